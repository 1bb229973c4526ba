"""detente stability as typed: a situation, a conflict file, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from detente.testing.conflicts import ELMIRA_FILE

Typed = Callable[..., Any]
SITUATIONS = Path(__file__).parents[1] / "situations"
FEW = ("--draws", "30")


@pytest.fixture
def elmira(tmp_path: Path) -> Path:
    path = tmp_path / "elmira.json"
    path.write_text(json.dumps(ELMIRA_FILE), encoding="utf-8")
    return path


def test_a_conflict_file_is_answered_in_words_table_picture_and_json(
    detente: Typed, elmira: Path, tmp_path: Path
) -> None:
    """The published equilibria come out, and who leaves the rest."""
    out = tmp_path / "out"
    said = detente("stability", elmira, "--out", out)
    assert said.code == 0, said.err
    assert "6 of 12 outcomes hold under SEQ" in said.out
    assert "Town would leave on its own for outcome 7" in said.out
    assert {path.name for path in out.iterdir()} == {"stability.json", "stability.html"}
    plain = json.loads((out / "stability.json").read_text(encoding="utf-8"))
    (view,) = plain["views"]
    assert view["equilibria"]["nash"] == [5, 6, 7, 10, 11, 12]
    assert view["equilibria"]["gmr"] == [1, 4, 5, 6, 7, 10, 11, 12]
    jump = next(one for one in view["outcomes"] if one["number"] == 7)["together"]
    assert [(one["who"], one["to"]) for one in jump] == [(["Ministry", "Company"], 10)]
    assert "<svg" in (out / "stability.html").read_text(encoding="utf-8")


def test_a_situation_is_answered_reading_by_reading(detente: Typed, tmp_path: Path) -> None:
    """The same object twice, its situation beside it, and every reading a view."""
    out = tmp_path / "out"
    bridge = SITUATIONS / "three-acts.yaml"
    said = detente("stability", bridge, *FEW, "--out", out, "--json")
    assert said.code == 0, said.err
    plain = json.loads(said.out)
    assert said.out == detente("stability", bridge, *FEW, "--json").out
    assert [view["reading"] for view in plain["views"]] == ["calm", "dark"]
    assert plain["round"] == "spring"
    assert {path.name for path in out.iterdir()} == {
        "situation.yaml", "stability.json", "stability.html",
    }  # fmt: skip
    first, *_ = plain["views"][0]["outcomes"]
    assert first["start"]
    assert set(first["holds_in"]) == {"nash", "seq"}


def test_it_starts_where_the_user_says(detente: Typed, elmira: Path) -> None:
    """A state's number of a conflict, options of a situation."""
    plain = json.loads(detente("stability", elmira, "--from", "7", "--json").out)
    assert plain["views"][0]["outcomes"][0]["number"] == 7
    bridge = SITUATIONS / "three-acts.yaml"
    said = detente(
        "stability", bridge, *FEW, "--reading", "calm", "--from", "bridge.open", "--json"
    )
    first = json.loads(said.out)["views"][0]["outcomes"][0]
    assert (first["says"], first["start"]) == ("bridge: everybody crosses", True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--concept", "sqe"), "--concept sqe: no such concept; nash, gmr, smr, seq are allowed"),
        (("--from", "13"), "--from 13: no such state; a number from 1 to 12 is allowed"),
        (("--from", "-1"), "--from -1: no such state"),
        (("--reading", "calm"), "--reading:"),
        (("--with-doubt",), "--with-doubt:"),
    ],
)
def test_what_cannot_be_asked_of_a_conflict_is_refused(
    words: tuple[str, ...], said: str, detente: Typed, elmira: Path, tmp_path: Path
) -> None:
    """With exit code 2, what is allowed, and nothing written."""
    found = detente("stability", elmira, *words, "--out", tmp_path / "out")
    assert found.code == 2
    assert said in found.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("where", "said"),
    [("bridge.opne", "did you mean bridge.open"), ("bridge.open,bridge.shut", "a second option"),
     ("open", "not in this situation")],
)  # fmt: skip
def test_a_start_that_is_not_there_is_refused(where: str, said: str, detente: Typed) -> None:
    """The nearest option is named."""
    found = detente("stability", SITUATIONS / "three-acts.yaml", *FEW, "--from", where)
    assert found.code == 2
    assert said in found.err


def test_a_conflict_with_mistakes_tells_them_all(detente: Typed, tmp_path: Path) -> None:
    """As an import does: file, line, what is allowed."""
    path = tmp_path / "bad.json"
    bad = {**ELMIRA_FILE, "infeasibles": [[[9, "Y"]], [[0, "?"]]]}
    path.write_text(json.dumps(bad), encoding="utf-8")
    found = detente("stability", path)
    assert found.code == 2
    assert "infeasibles.0" in found.err
    assert "infeasibles.1" in found.err
    assert "nothing was run" in found.err


def test_names_of_a_conflict_are_text_and_nothing_more(
    detente: Typed, elmira: Path, tmp_path: Path
) -> None:
    """Markup in them is printed as it stands, and does nothing on the page."""
    bad = json.loads(elmira.read_text(encoding="utf-8"))
    bad["decisionMakers"][0] |= {"name": "[bold]<script>M", "preferenceVector": []}
    bad["options"][0]["name"] = "<script>{{7*7}}"
    elmira.write_text(json.dumps(bad), encoding="utf-8")
    said = detente("stability", elmira, "--concept", "nash", "--out", tmp_path / "out")
    assert said.code == 0, said.err
    assert "[bold]<script>M states no preference" in said.out
    page = (tmp_path / "out" / "stability.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "{{7*7}}" in page
