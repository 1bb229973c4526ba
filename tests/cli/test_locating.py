"""detente spatial, as a user types it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from detente.spatial.models import MODELS

Typed = Callable[..., Any]
TABLE = "name,position,salience,power\nnorth,0,0.5,1\nsouth,100,0.5,3\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Two actors, three to one in weight."""
    path = tmp_path / "actors.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_a_table_of_actors(table: Path, detente: Typed, tmp_path: Path) -> None:
    """Words, JSON and the page tell the same; nothing but the answer is written."""
    said = detente("spatial", table, "--out", tmp_path / "out")
    assert said.code == 0
    assert "compromise" in said.out
    assert "75.0" in said.out
    plain = json.loads(detente("spatial", table, "--json").out)
    assert [one["name"] for one in plain["models"]] == list(MODELS)
    (scale,) = plain["scales"]
    assert scale["models"][0]["forecast"]["mean"] == 75.0
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["spatial.html", "spatial.json"]
    page = (tmp_path / "out" / "spatial.html").read_text(encoding="utf-8")
    assert "<svg" in page
    assert page.count("north") > 1


def test_a_situation(river: Path, detente: Typed, tmp_path: Path) -> None:
    """Same seed, same numbers; readings of one round side by side; settings count."""
    words = ("spatial", river, "--draws", 50, "--json")
    first = detente(*words)
    assert first.code == 0
    assert detente(*words).out == first.out
    plain = json.loads(first.out)
    assert [scale["name"] for scale in plain["scenarios"][0]["scales"]]
    said = detente(*words[:-1], "--out", tmp_path / "out")
    assert said.code == 0
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"situation.yaml", "spatial.html", "spatial.json"} <= names
    again = (tmp_path / "out" / "spatial.html").read_text(encoding="utf-8")
    assert "seed 1; draws 50" in again


def test_power_given_here_counts(river: Path, detente: Typed) -> None:
    """Without the others' power the compromise is where one side stands."""
    words = ("spatial", river, "--draws", 50, "--json", "--power", "upland=0")
    plain = json.loads(detente(*words, "--model", "compromise").out)
    assert plain["set"] == {"power of upland": "0"}
    for scale in plain["scenarios"][0]["scales"]:
        by_name = {actor["name"]: actor for actor in scale["actors"]}
        others = [actor for actor in by_name.values() if actor["weight"] > 0.0]
        if len(others) == 1:
            where = others[0]["position"]["mean"]
            assert scale["models"][0]["forecast"]["mean"] == pytest.approx(where)


def test_an_issue_shown_alone_is_not_decided_alone(river: Path, detente: Typed) -> None:
    """What is shown does not change what is expected."""
    words = ("spatial", river, "--draws", 50, "--json")
    every = json.loads(detente(*words).out)["scenarios"][0]["scales"]
    for scale in every:
        alone = json.loads(detente(*words, "--issue", scale["name"]).out)
        assert alone["scenarios"][0]["scales"] == [scale]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--model", "compromis"), "compromise"),
        (("--issue", "nothing"), "--issue nothing: unknown"),
        (("--power", "upland=many"), "a number from 0"),
        (("--power", "nobody=1"), "no such actor"),
    ],
)
def test_what_cannot_be_asked_ends_in_a_message(
    words: tuple[str, ...], said: str, river: Path, detente: Typed
) -> None:
    """Exit 2, the name, what is allowed."""
    found = detente("spatial", river, *words)
    assert found.code == 2
    assert said in found.err


def test_a_table_is_told_what_holds_today(table: Path, river: Path, detente: Typed) -> None:
    """Then two more models have a forecast; a situation says it itself."""
    words = ("spatial", table, "--model", "reference-point", "--json", "--status-quo")
    (scale,) = json.loads(detente(*words, "position=20").out)["scales"]
    assert scale["reference"] == 20.0
    assert scale["models"][0]["forecast"]["mean"] == 20.0
    for wrong, said in (("position=200", "from 0 to 100"), ("tax=3", "no such scale")):
        found = detente(*words, wrong)
        assert found.code == 2
        assert said in found.err
    assert "goes with a table" in detente("spatial", river, "--status-quo", "toll=1").err


def test_a_table_has_no_rounds(table: Path, detente: Typed, tmp_path: Path) -> None:
    """Nor readings, nor settings; and a mistake in it has its place."""
    found = detente("spatial", table, "--reading", "x", "--set", "a=1")
    assert found.code == 2
    assert "--reading, --set: " in found.err
    table.write_text(TABLE.replace("100", "1000"), encoding="utf-8")
    found = detente("spatial", table, "--out", tmp_path / "out")
    assert found.code == 2
    assert "actors.csv:3:7" in found.err
    assert not (tmp_path / "out").exists()
