from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from detente.errors import UsageError
from detente.web import library as library_module
from detente.web.library import Library, Unknown, library

Served = Callable[[Library], TestClient]
HTML = {"accept": "text/html"}


def keys(shelf: Library) -> list[str]:
    return [entry.key for entry in shelf.entries()]


@pytest.mark.parametrize(
    "path",
    [
        "../secret", "..%2Fsecret", "%2e%2e%2fsecret", "%2e%2e/secret", "..", "....//secret",
        "%2Fetc%2Fpasswd", "three-acts.yaml", "..%5Csecret", "secret%00", "link", "linked~secret",
        "linked~situation", "linked", "C%3A%5Csecret",
    ],
)  # fmt: skip
def test_no_path_leaves_the_folder(folder: Path, served: Served, path: str) -> None:
    """Neither dots, however written, nor links, nor absolute paths reach what lies outside."""
    secret = folder.parent / "secret.yaml"
    shutil.copyfile(folder / "three-acts.yaml", secret)
    (folder / "link.yaml").symlink_to(secret)
    (folder / "linked").symlink_to(folder.parent, target_is_directory=True)
    client = served(library(str(folder), folder))
    assert [one["key"] for one in client.get("/cases.json").json()] == ["three-acts"]
    for page in ("run", "run.json", "edit", "edit.json", "version.json", "text", "answer/report"):
        assert client.get(f"/s/{path}/{page}", headers=HTML).status_code == 404
    for what in ("edit.json", "check.json"):
        before = secret.read_bytes()
        answer = client.post(f"/s/{path}/{what}", json={"text": "x", "version": ""})
        assert answer.status_code in {404, 405}
        assert secret.read_bytes() == before


def test_assets_are_ours_only(client: TestClient) -> None:
    """Nothing else of the package, and nothing of the machine, is handed out as an asset."""
    for name in ("..%2Fapp.py", "%2e%2e%2fapp.py", "app.py", "%2Fetc%2Fpasswd", "..", "x"):
        assert client.get(f"/assets/x/{name}").status_code == 404


@pytest.mark.parametrize("claims", ["../outside.yaml", "{folder}/../outside.yaml", "link.yaml"])
def test_claims_outside_the_folder_are_not_read(folder: Path, served: Served, claims: str) -> None:
    """Nor does a situation in the folder, or a text sent to it, name its way out."""
    (folder / "three-acts-claims.yaml").rename(folder.parent / "outside.yaml")
    (folder / "link.yaml").symlink_to(folder.parent / "outside.yaml")
    text = (folder / "three-acts.yaml").read_text("utf-8")
    text = text.replace("claims: three-acts-claims.yaml", f"claims: {claims.format(folder=folder)}")
    (folder / "three-acts.yaml").write_text(text, "utf-8")
    client = served(library(str(folder), folder))
    answer = client.get("/s/three-acts/run.json")
    assert answer.status_code == 422
    assert "outside the folder" in answer.text
    (listed,) = client.get("/cases.json").json()
    assert "outside the folder" in listed["mistakes"][0]


def test_a_folder_of_situations(folder: Path) -> None:
    """Each situation two folders deep or less has a name of its own; nothing is hidden."""
    text = (folder / "three-acts.yaml").read_bytes()
    for name in ("a b.yaml", "a-b.yaml", "x.yaml", "x/situation.yaml", "x/y/z.yaml",
                 "x/y/z/deep.yaml", "мост.yaml", "notes.yaml"):  # fmt: skip
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text)
    (folder / "notes.yaml").write_text("nothing: here\n")
    shelf = library(str(folder), folder)
    found = {entry.file.relative_to(folder).as_posix() for entry in shelf.entries()}
    assert found == {"three-acts.yaml", "a b.yaml", "a-b.yaml", "x.yaml", "x/situation.yaml",
                     "x/y/z.yaml", "мост.yaml"}  # fmt: skip
    assert len(set(keys(shelf))) == 7
    assert {"three-acts", "мост", "x~y~z", "a-b"} <= set(keys(shelf))
    assert keys(shelf) == keys(library(str(folder), folder))


def test_odd_names_are_served(folder: Path, served: Served) -> None:
    """Blanks, other alphabets and marks of addresses in a file's name break no page."""
    for name in ("a b?c#d%e.yaml", "мост.yaml"):
        shutil.copyfile(folder / "three-acts.yaml", folder / name)
        client = served(library(str(folder / name), folder))
        (listed,) = client.get("/cases.json").json()
        home = client.get("/").text
        assert client.get(f"/s/{listed['key']}/run.json?draws=10").status_code == 200
        page = client.get(f"/s/{listed['key']}/run?draws=10", headers=HTML)
        assert page.status_code == 200
        address = page.url.path
        assert f'href="{page.url.raw_path.decode().partition("?")[0]}"' in home
        assert client.post(f"{address.removesuffix('run')}ask/compare").status_code == 200


def test_no_more_than_a_bound(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of ever so many files lists no more than its bound."""
    for number in range(8):
        shutil.copyfile(folder / "three-acts.yaml", folder / f"copy-{number}.yaml")
    monkeypatch.setattr(library_module, "MOST_FILES", 5)
    assert len(keys(library(str(folder), folder))) == 5


def test_broken_files_are_listed_with_their_mistakes(folder: Path, served: Served) -> None:
    """So that they can be mended; the others are open all the same."""
    (folder / "broken.yaml").write_text("detente: 1\ntitle: [\n")
    (folder / "wrong.yaml").write_text("detente: 1\ntitle: A title\nactor: {}\n")
    (folder / "lost.yaml").write_text(
        (folder / "three-acts.yaml").read_text().replace("-claims.yaml", "-none.yaml")
    )
    client = served(library(str(folder), folder))
    found = {one["key"]: one for one in client.get("/cases.json").json()}
    assert set(found) == {"broken", "wrong", "lost", "three-acts"}
    assert found["three-acts"]["mistakes"] == []
    assert "wrong.yaml:3:1" in " ".join(found["wrong"]["mistakes"])
    assert "three-acts-none.yaml is not there" in found["lost"]["mistakes"][0]
    home = client.get("/").text
    for key in ("broken", "wrong", "lost"):
        assert found[key]["mistakes"]
        assert f'href="/s/{key}/edit"' in home
        assert client.get(f"/s/{key}/run", headers=HTML).status_code == 422
        assert client.get(f"/s/{key}/edit", headers=HTML).status_code == 200


def test_changes_on_disk_are_seen(folder: Path, client: TestClient) -> None:
    """Of the file and of its claims: what is answered next is of what stands there now."""
    file, claims = folder / "three-acts.yaml", folder / "three-acts-claims.yaml"
    version = client.get("/s/three-acts/version.json").json()["version"]
    assert client.get("/s/three-acts/situation.json").json()["title"] == "Two states and a bridge"
    assert client.get("/s/three-acts/version.json").json()["version"] == version
    assert client.get("/s/three-acts/edit.json").json()["version"] == version
    file.write_text(file.read_text().replace("a bridge", "a ferry"))
    assert client.get("/s/three-acts/situation.json").json()["title"] == "Two states and a ferry"
    other = client.get("/s/three-acts/version.json").json()["version"]
    assert other != version
    claims.write_text(claims.read_text().replace("The river is wide.", "It is a brook."))
    assert "It is a brook." in client.get("/s/three-acts/text").text
    assert client.get("/s/three-acts/version.json").json()["version"] != other
    file.write_text(file.read_text().replace("detente: 1", "detente: 7"))
    assert client.get("/s/three-acts/run").status_code == 422
    file.unlink()
    assert client.get("/s/three-acts/run").status_code == 404


def test_a_file_taken_away_is_said_to_be_missing(folder: Path, served: Served) -> None:
    """The file that was opened may be moved while the workbench is open."""
    client = served(library(str(folder / "three-acts.yaml"), folder))
    assert client.get("/s/three-acts/run.json?draws=10").status_code == 200
    (folder / "three-acts.yaml").unlink()
    (listed,) = client.get("/cases.json").json()
    assert "no such file" in listed["mistakes"][0]
    for page in ("run", "run.json", "edit", "edit.json", "whatif", "save", "why"):
        answer = client.get(f"/s/three-acts/{page}", headers=HTML)
        assert answer.status_code in {404, 422}
        assert "no such file" in answer.text
    said = client.post("/s/three-acts/edit.json", json={"text": "detente: 1", "version": ""})
    assert said.status_code == 422


def test_what_can_be_opened(folder: Path, tmp_path: Path) -> None:
    """A shipped case by name, every one of them, a file; anything else is refused in words."""
    (entry,) = library("budapest-2025", tmp_path).entries()
    assert entry.shipped
    assert "budapest-2025" in keys(library(None, tmp_path))
    assert keys(library(str(folder / "three-acts.yaml"), tmp_path)) == ["three-acts"]
    with pytest.raises(UsageError, match="no such file"):
        library(str(folder / "nothing.yaml"), tmp_path)
    with pytest.raises(Unknown):
        library(str(folder), tmp_path).open("nothing")
