from __future__ import annotations

import difflib
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from detente.cases.catalog import case_files
from detente.cases.opening import Opened, open_situation
from detente.errors import UsageError
from detente.situation.scenarios import scenarios
from detente.sources.removal import removals
from detente.web.inserting import with_entry
from detente.web.library import Library, library
from detente.web.pages import saving as pages
from detente.web.saving import draft, write
from detente.web.state import State, concrete

Served = Callable[[Library], TestClient]
SITUATIONS = Path(__file__).parents[1] / "situations"
HTML = {"accept": "text/html"}
SMALL = """\
detente: 1  # a comment
title: "Two"   # spaces and quotes stay
actors:
    a: {name: A, role: principal,   power: 0.5}
    b: {name: B, role: principal, power: 0.5}
issues:
    one:
        status_quo: no-deal
        options: {no-deal: nothing, deal: all}
        salience: {a: 1, b: 1}
        preferences:
            a: {no-deal: 0, deal: 0.5..1}
            b: {no-deal: 0, deal: 0.5..1}
red_lines: []
"""
BRACES = "{early: {title: Early, speaker: me, set: {outlook.a: 0.25}}}"
NOTED = """\
  early:
    title: Early
    speaker: me
    set: {outlook.a: 0.25}
    note: |
      What stands here is text:
      # this line too, and

      # the last.
"""
TEXTS = {
    "no readings": SMALL,
    "no newline at the end": SMALL.rstrip("\n"),
    "blank lines at the end": SMALL + "\n\n# the end\n\n",
    "nothing between braces": SMALL + "readings: {}\noutlook: {a: 0}\n",
    "braces": SMALL + f"readings: {BRACES}  # all\noutlook: {{a: 0}}\n",
    "braces on several lines": SMALL
    + "readings: {early: {title: Early, speaker: me,\n  set: {outlook.a: 0.25}},  # one\n  }\noutlook: {a: 0}\n",
    "in the middle": SMALL + f"readings:\n  early: {BRACES[8:-1]}\noutlook: {{a: 0}}\n",
    "deeply indented": SMALL + f"readings:\n      early: {BRACES[8:-1]}\n",
    "comments after the last": SMALL
    + f"readings:\n  early: {BRACES[8:-1]}  # mine\n  # late: not yet\n\n# The end.\noutlook: {{a: 0}}\n",
    "lines of text that look like comments": SMALL + f"readings:\n{NOTED}\noutlook: {{a: 0}}\n",
    "text to the very end": (SMALL + f"readings:\n{NOTED}").rstrip("\n"),
    "a quoted key": SMALL + f"'readings':\n  early: {BRACES[8:-1]}\n",
    "marks of a document": f"---\n{SMALL}...\n",
    "names in quotes": SMALL + f'readings:\n  "early": {BRACES[8:-1]}\n',
    "a byte order mark": "\ufeff" + SMALL,
    "all between braces": '{"detente": 1, "title": "T", "actors": {"a": {"name": "A", "role": '
    '"principal"}, "b": {"name": "B", "role": "principal"}},\n "issues": {"one": {"status_quo": '
    '"x", "options": {"x": "none", "y": "all"}, "salience": {"a": 1, "b": 1}}}\n}\n',
}  # fmt: skip
MADE = {"title": "A: “title”", "speaker": "- me # too", "note": "Two\nlines."}


def opened(folder: Path, text: str, name: str = "it.yaml") -> Opened:
    file = folder / name
    file.write_bytes(text.encode())
    return open_situation(str(file))


def kept(before: str, after: str) -> list[str]:
    """Lines of ``before`` that are not in ``after``, in order."""
    lines = difflib.ndiff(before.splitlines(keepends=True), after.splitlines(keepends=True))
    return [line[2:] for line in lines if line.startswith("- ")]


def same_values(found: Opened, state: State, folder: Path, after: str, name: str) -> None:
    """The reading ``name`` of the text ``after`` has exactly the values of ``state``."""
    again = opened(folder, after, "again.yaml")
    asked = concrete(found, state)
    rounds = (asked.base.round,) if asked.base.round else ()
    (saved,) = scenarios(again.situation, again.claims, rounds=rounds, readings=(name,))
    assert {a: v.quantity for a, v in saved.values.items()} == {
        a: v.quantity for a, v in asked.scenario.values.items()
    }


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("name", TEXTS)
def test_all_else_in_the_file_stays(tmp_path: Path, name: str, end: str) -> None:
    """However readings are written: each old line is there, and what was read is read again."""
    text = TEXTS[name].replace("\n", end)
    found = opened(tmp_path, text)
    state = State(settings=("salience.a.one=high", "power.b=0.25..0.75"))
    text = text.removeprefix("\ufeff")
    made = draft(found, text, concrete(found, state), name="mine", **MADE)
    assert (made.text.count("\n") == made.text.count("\r\n")) == (end == "\r\n")
    assert "mine" in made.diff
    gone = kept(text if text.endswith("\n") else text + end, made.text)
    if "braces" not in name:
        assert gone == []
    assert len(gone) <= 1
    if "..." in text:
        assert made.text.endswith(f"...{end}")
    same_values(found, state, tmp_path, made.text, "mine")
    reading = opened(tmp_path, made.text, "again.yaml").situation.readings["mine"]
    assert {key: getattr(reading, key) for key in MADE} == MADE
    whole = opened(tmp_path, text if text.endswith("\n") else text + end).situation.readings
    others = open_situation(str(tmp_path / "again.yaml")).situation.readings
    assert {k: v for k, v in others.items() if k != "mine"} == whole


def test_a_second_reading_comes_after_the_first(tmp_path: Path) -> None:
    """One saved on top of another holds what that one changed, too."""
    found = opened(tmp_path, SMALL)
    state = State(settings=("power.a=0.75", "outlook.a=0.1..0.25"))
    first = draft(found, SMALL, concrete(found, state), name="first", title="", speaker="", note="")
    found = opened(tmp_path, first.text)
    state = State(reading="first", settings=("power.a=high",))
    second = draft(
        found, first.text, concrete(found, state), name="second", title="", speaker="", note=""
    )
    assert second.text.startswith(first.text)
    same_values(found, state, tmp_path, second.text, "second")
    assert list(opened(tmp_path, second.text).situation.readings) == ["first", "second"]


@pytest.fixture(scope="module")
def bridge(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """The bridge with its claims, where files may be written beside."""
    folder = tmp_path_factory.mktemp("bridge")
    shutil.copyfile(SITUATIONS / "three-acts-claims.yaml", folder / "three-acts-claims.yaml")
    text = (SITUATIONS / "three-acts.yaml").read_text("utf-8")
    return opened(folder, f"{text}claims: three-acts-claims.yaml\n")


@settings(max_examples=30)
@given(st.data())
def test_a_saved_reading_is_the_state_it_was_saved_from(
    bridge: Opened, data: st.DataObject
) -> None:
    """Whatever round, reading, changes and words left out: value for value, exactly."""
    assert bridge.file is not None
    assert bridge.claims is not None
    addresses = st.sampled_from([
        "outlook.east", "pressures.winter.severity", "runup.fear", "trust.east.west",
        "escalation.suspicion.east", "runup.incidents.raid.rate", "runup.tension",
    ])  # fmt: skip
    values = st.sampled_from(["0", "1", "0.3", "0.25..0.75", "0.1..0.2"])
    changes = data.draw(st.dictionaries(addresses, values, max_size=3))
    names = [f"{one.sort}:{one.name}" for one in removals(bridge.claims)]
    without = data.draw(st.lists(st.sampled_from(names), max_size=3, unique=True))
    state = State(
        data.draw(st.sampled_from([None, *bridge.situation.rounds])),
        data.draw(st.sampled_from(["calm", "dark", "as-written"])),
        settings=tuple(f"{a}={v}" for a, v in changes.items()),
        without=tuple(without),
    )
    if not state.changed:
        return
    text = bridge.file.read_text("utf-8")
    made = draft(bridge, text, concrete(bridge, state), name="mine", title="", speaker="", note="")
    assert kept(text, made.text) == []
    same_values(bridge, state, bridge.file.parent, made.text, "mine")


def test_the_shipped_case_takes_a_reading(tmp_path: Path) -> None:
    """Its long file too: all lines stay, in order, and the values are those of the state."""
    for file in case_files("budapest-2025"):
        shutil.copyfile(file, tmp_path / file.name)
    found = open_situation(str(tmp_path / "situation.yaml"))
    assert found.file is not None
    text = found.file.read_text("utf-8")
    address = next(a for a in concrete(found, State()).base.values if a.startswith("red_lines."))
    for state in (
        State(settings=(f"{address}=0.01",)),
        State(without=("group:service",)),
        State(settings=(f"{address}=0.01",), without=("group:service", "unjudged:F6")),
    ):
        made = draft(
            found, text, concrete(found, state), name="mine", title="Mine", speaker="me", note=""
        )
        assert kept(text, made.text) == []
        assert len(made.text) > len(text)
        same_values(found, state, tmp_path, made.text, "mine")


@pytest.mark.parametrize(
    ("name", "state", "why"),
    [
        ("calm", State(settings=("runup.fear=0.5",)), "there is a reading of that name"),
        ("as-written", State(settings=("runup.fear=0.5",)), "there is a reading of that name"),
        ("My reading", State(settings=("runup.fear=0.5",)), "small letters"),
        ("", State(settings=("runup.fear=0.5",)), "small letters"),
        ("../up", State(settings=("runup.fear=0.5",)), "small letters"),
        ("mine", State(reading="dark"), "nothing is changed"),
    ],
)
def test_what_cannot_be_saved_is_refused_in_words(
    bridge: Opened, name: str, state: State, why: str
) -> None:
    """A name that is taken or none, and changes that are none."""
    assert bridge.file is not None
    with pytest.raises(UsageError, match=why):
        draft(
            bridge,
            bridge.file.read_text(),
            concrete(bridge, state),
            name=name,
            title="",
            speaker="",
            note="",
        )


def test_what_would_change_something_else_is_refused(tmp_path: Path) -> None:
    """Where readings stand only by an alias, another would be written elsewhere."""
    text = SMALL + f"readings:\n  early: &e {BRACES[8:-1]}\n  late: *e\n"
    found = opened(tmp_path, text)
    state = State(settings=("power.b=0.25",))
    try:
        made = draft(
            found, text, concrete(found, state), name="mine", title="", speaker="", note=""
        )
    except UsageError as error:
        assert "aliases" in str(error)  # noqa: PT017 -- either will do
    else:
        same_values(found, state, tmp_path, made.text, "mine")
    with pytest.raises(UsageError, match="no mapping"):
        with_entry("- a list", "readings", "mine", {})


CHANGED = "?set=runup.fear%3D0.5"


def save(client: TestClient, name: str, query: str = CHANGED, key: str = "three-acts") -> int:
    """Draft, and write what the draft showed."""
    made = client.post(f"/s/{key}/draft.json{query}", json={"name": name}).json()
    body = {"name": name, "version": made["version"]}
    return client.post(f"/s/{key}/save.json{query}", json=body).status_code


def test_saving_goes_by_way_of_a_draft(client: TestClient, folder: Path) -> None:
    """A draft writes nothing; saving writes what it showed; then the reading is there."""
    file = folder / "three-acts.yaml"
    before = file.read_text("utf-8")
    made = client.post(f"/s/three-acts/draft.json{CHANGED}", json={"name": "mine"}).json()
    assert file.read_text("utf-8") == before
    assert made["file"] == str(file)
    saved = client.post(
        f"/s/three-acts/save.json{CHANGED}", json={"name": "mine", "version": made["version"]}
    )
    assert saved.json() == {"file": str(file), "name": "mine"}
    assert kept(before, file.read_text("utf-8")) == []
    live = client.get(f"/s/three-acts/run.json{CHANGED}&draws=50").json()
    mine = client.get("/s/three-acts/run.json?reading=mine&draws=50").json()
    assert [one["after"] for one in live["chances"]] == [one["after"] for one in mine["chances"]]
    assert mine["changes"] == []


def test_a_form_does_the_same(client: TestClient, folder: Path) -> None:
    """First it shows the difference, then it writes it and leads to the new reading."""
    file = folder / "three-acts.yaml"
    before = file.read_text("utf-8")
    page = f"/s/three-acts/save{CHANGED}"
    version = client.get("/s/three-acts/version.json").json()["version"]
    fields = {"name": "mine", "title": "<Mine>", "version": version}
    shown = client.post(page, data=fields, headers=HTML)
    assert shown.status_code == 200
    assert "+  mine:" in shown.text
    assert "&lt;Mine&gt;" in shown.text
    assert file.read_text("utf-8") == before
    done = client.post(page, data=fields | {"write": "1"}, headers=HTML, follow_redirects=False)
    assert done.status_code == 303
    assert done.headers["location"] == "/s/three-acts/run?reading=mine&saved=reading"
    assert "title: <Mine>" in file.read_text("utf-8")
    again = client.post(page, data=fields | {"write": "1"}, headers=HTML, follow_redirects=False)
    assert (again.status_code, again.headers["location"]) == (303, done.headers["location"])
    for wrong, status, why in (
        (fields | {"title": "Another"}, 422, "there is a reading of that name"),
        (fields | {"name": "x y"}, 422, "small letters"),
        (fields | {"name": "x" * 81}, 422, "80"),
        (fields | {"name": "other"}, 409, "has changed on disk"),
    ):
        text = file.read_text("utf-8")
        answer = client.post(page, data=wrong | {"write": "1"}, headers=HTML)
        assert (answer.status_code, why in answer.text) == (status, True)
        assert file.read_text("utf-8") == text
    plain = client.post("/s/three-acts/save", data=fields | {"name": "other"}, headers=HTML)
    assert "nothing is changed" in plain.text


def test_a_page_with_a_form_is_not_loaded_again_by_itself(client: TestClient) -> None:
    """When its file changes: a reload would send the form once more. Other pages are."""
    for page, again in (("run", True), ("situation", True), ("save", False), ("edit", False)):
        text = client.get(f"/s/three-acts/{page}?draws=60", headers=HTML).text
        assert ("fresh.js" in text) is again, page
    sent = client.post(f"/s/three-acts/save{CHANGED}", data={"name": "mine"}, headers=HTML)
    assert "fresh.js" not in sent.text


def test_what_is_saved_just_so_is_saved(tmp_path: Path, served: Served) -> None:
    """Sent twice, a form and a request are answered as the first time; anything else is not.

    With several lines in the note, as a browser sends them, and of a case that ships.
    """
    client = served(library("budapest-2025", tmp_path))
    query = "?set=runup.fear%3D0.5&without=speaker%3Asvr"
    told = {"name": "mine", "speaker": "me", "note": "One line.\r\n\r\n  Another."}
    made = client.post(f"/s/budapest-2025/draft.json{query}", json=told).json()
    body = told | {"version": made["version"]}
    first = client.post(f"/s/budapest-2025/save.json{query}", json=body)
    file = tmp_path / "budapest-2025" / "situation.yaml"
    text = file.read_bytes()
    again = client.post(f"/s/budapest-2025/save.json{query}", json=body)
    assert (first.status_code, first.json()) == (200, {"file": str(file), "name": "mine"})
    assert (again.status_code, again.json()) == (200, first.json())
    for other, where in (
        (body | {"note": "Two"}, query),
        (body, "?set=runup.fear%3D0.6&without=speaker%3Asvr"),
        (body, "?set=runup.fear%3D0.5"),
    ):
        answer = client.post(f"/s/budapest-2025/save.json{where}", json=other)
        assert (answer.status_code, "there is a reading" in answer.text) == (422, True)
    assert file.read_bytes() == text


def test_two_requests_at_once_save_once(
    client: TestClient, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that finds the file changed by its twin is answered as saved."""

    def twice(*given: Any) -> Path:
        write(*given)
        return write(*given)

    monkeypatch.setattr(pages, "write", twice)
    assert save(client, "mine") == 200
    assert (folder / "three-acts.yaml").read_text("utf-8").count("  mine:") == 1


def test_a_file_that_changed_meanwhile_is_not_overwritten(client: TestClient, folder: Path) -> None:
    """Neither by a reading nor by a text that was made from what it was before."""
    file = folder / "three-acts.yaml"
    version = client.get("/s/three-acts/version.json").json()["version"]
    file.write_text(file.read_text("utf-8") + "# somebody else\n", "utf-8")
    before = file.read_bytes()
    body = {"name": "mine", "version": version}
    assert client.post(f"/s/three-acts/save.json{CHANGED}", json=body).status_code == 409
    assert (
        client.post(f"/s/three-acts/save.json{CHANGED}", json={"name": "mine"}).status_code == 409
    )
    text = {"text": before.decode(), "version": version}
    assert client.post("/s/three-acts/edit.json", json=text).status_code == 409
    assert file.read_bytes() == before


def test_a_text_is_written_if_it_is_a_situation(client: TestClient, folder: Path) -> None:
    """Mistakes come back with their places; line ends stay what they were in the file."""
    file = folder / "three-acts.yaml"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    got = client.get("/s/three-acts/edit.json").json()
    wrong = got["text"].replace("detente: 1", "detente: 2")
    (mistake,) = client.post("/s/three-acts/check.json", json={"text": wrong}).json()
    assert (mistake["line"], mistake["column"], mistake["address"]) == (2, 1, "detente")
    answer = client.post("/s/three-acts/edit.json", json=got | {"text": wrong})
    assert answer.status_code == 422
    assert "three-acts.yaml:2:1" in answer.json()["messages"][0]
    typed = got["text"].replace("\r\n", "\n").replace("a bridge", "a ferry")
    assert client.post("/s/three-acts/edit.json", json=got | {"text": typed}).status_code == 200
    assert file.read_bytes() == typed.replace("\n", "\r\n").encode()


def test_a_shipped_case_is_changed_in_a_copy(tmp_path: Path, served: Served) -> None:
    """The first save makes the copy in the working folder, the second goes into that."""
    shipped = {file: file.read_bytes() for file in case_files("budapest-2025")}
    client = served(library("budapest-2025", tmp_path))
    query = "?without=group:service"
    target = tmp_path / "budapest-2025" / "situation.yaml"
    drafted = client.post(f"/s/budapest-2025/draft.json{query}", json={"name": "mine"}).json()
    assert drafted["file"] == str(target)
    assert list(tmp_path.iterdir()) == []
    assert save(client, "mine", query, "budapest-2025") == 200
    assert sorted(one.name for one in target.parent.iterdir()) == sorted(f.name for f in shipped)
    assert save(client, "other", query, "budapest-2025") == 200
    readings = open_situation(str(target)).situation.readings
    assert {"mine", "other"} <= set(readings)
    assert [one.name for one in tmp_path.iterdir()] == ["budapest-2025"]
    assert {file: file.read_bytes() for file in shipped} == shipped


def test_a_folder_that_cannot_be_written_to_is_named(
    client: TestClient, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full or locked disk is said in words, and nothing half-written is left."""
    before = sorted(folder.iterdir())

    def full(_self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device", str(target))

    monkeypatch.setattr(Path, "replace", full)
    made = client.post(f"/s/three-acts/draft.json{CHANGED}", json={"name": "mine"}).json()
    body = {"name": "mine", "version": made["version"]}
    answer = client.post(f"/s/three-acts/save.json{CHANGED}", json=body)
    assert answer.status_code == 422
    assert "No space left on device" in answer.json()["messages"][0]
    assert sorted(folder.iterdir()) == before
