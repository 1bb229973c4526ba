"""Changes saved as what-ifs: in a file of their own that detente whatif reads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from starlette.testclient import TestClient

from detente.cases.opening import open_situation
from detente.situation.what_ifs import load_what_ifs
from detente.situation.writing import plain
from detente.web.library import Library, library
from detente.web.state import State, concrete

Served = Callable[[Library], TestClient]
FEAR = "?set=runup.fear%3D0.5"
AWAY = "?without=speaker%3Aferryman&set=outlook.west%3Dlow"


def saved(client: TestClient, name: str, query: str, key: str = "three-acts") -> dict[str, str]:
    """Draft a what-if, and write what the draft showed."""
    body = {"kind": "what-if", "name": name}
    drafted = client.post(f"/s/{key}/draft.json{query}", json=body).json()
    assert not Path(drafted["file"]).is_file() or name not in Path(drafted["file"]).read_text()
    body["version"] = drafted["version"]
    return client.post(f"/s/{key}/save.json{query}", json=body).json()


def test_a_what_if_holds_what_is_changed_and_what_falls_with_a_word(
    client: TestClient, folder: Path
) -> None:
    """Laid over the reading it was made on, it gives the values of the page."""
    situation = (folder / "three-acts.yaml").read_bytes()
    file = Path(saved(client, "afraid", FEAR)["file"])
    assert file == folder / "three-acts-what-ifs.yaml"
    saved(client, "without-him", AWAY)
    opened = open_situation(str(folder / "three-acts.yaml"))
    afraid, away = load_what_ifs(file, opened.situation)
    assert {a: plain(q) for a, q in afraid.patch.items()} == {"runup.fear": 0.5}
    state = State(settings=("outlook.west=low",), without=("speaker:ferryman",))
    asked = concrete(opened, state)
    assert set(away.patch) > {"outlook.west"}
    for address, value in asked.scenario.values.items():
        laid = away.patch.get(address, asked.base.values[address].quantity)
        assert laid.shape == value.quantity.shape, address
    assert (folder / "three-acts.yaml").read_bytes() == situation


def test_another_goes_below_the_first_and_every_line_of_that_stays(client: TestClient) -> None:
    """Comments of a person included; a name is taken once."""
    file = Path(saved(client, "afraid", FEAR)["file"])
    file.write_text(file.read_text("utf-8") + "# mine\n", "utf-8")
    before = file.read_text("utf-8").splitlines()
    saved(client, "more", FEAR)
    after = iter(file.read_text("utf-8").splitlines())
    assert all(line in after for line in before)
    refused = client.post(
        f"/s/three-acts/draft.json{FEAR}", json={"kind": "what-if", "name": "more"}
    )
    assert refused.status_code == 422
    assert "there is a what-if of that name" in refused.text
    plainly = client.post("/s/three-acts/draft.json", json={"kind": "what-if", "name": "x"})
    assert "nothing is changed" in plainly.text


def test_a_file_that_changed_meanwhile_is_not_overwritten(client: TestClient, folder: Path) -> None:
    """Nor one that appeared since the difference was shown."""
    body = {"kind": "what-if", "name": "afraid"}
    version = client.post(f"/s/three-acts/draft.json{FEAR}", json=body).json()["version"]
    file = folder / "three-acts-what-ifs.yaml"
    file.write_text("what_ifs: {other: {set: {runup.fear: 0.1}}}\n", "utf-8")
    answer = client.post(f"/s/three-acts/save.json{FEAR}", json=body | {"version": version})
    assert answer.status_code == 409
    assert file.read_text("utf-8") == "what_ifs: {other: {set: {runup.fear: 0.1}}}\n"


def test_what_ifs_of_a_shipped_case_go_to_the_working_folder(
    tmp_path: Path, served: Served
) -> None:
    """The case itself is neither written to nor copied; the form leads back to the answer."""
    client = served(library("budapest-2025", tmp_path))
    fields = {"kind": "what-if", "name": "calm", "title": "Calm"}
    page = "/s/budapest-2025/save?set=runup.fear%3Dlow&draws=50"
    shown = client.post(page, data=fields, headers={"accept": "text/html"}).text
    version = shown.partition('name="version" value="')[2].partition('"')[0]
    done = client.post(
        page, data=fields | {"version": version, "write": "1"}, follow_redirects=False
    )
    assert done.status_code == 303
    assert "set=" in done.headers["location"]
    again, other = (
        client.post(page, data=one | {"version": version, "write": "1"}, follow_redirects=False)
        for one in (fields, fields | {"title": "Calmer"})
    )
    assert (again.status_code, again.headers["location"]) == (303, done.headers["location"])
    assert (other.status_code, "there is a what-if" in other.text) == (422, True)
    file = tmp_path / "budapest-2025-what-ifs.yaml"
    assert list(tmp_path.iterdir()) == [file]
    assert "detente whatif budapest-2025 --from budapest-2025-what-ifs.yaml" in file.read_text()
    assert f"--from {file}" in client.get(done.headers["location"]).text
