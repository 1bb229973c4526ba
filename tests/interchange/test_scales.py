"""Actors on scales: options along the scale, closeness as preference, no deal as the source leaves it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from detente.interchange.importing import import_files
from detente.interchange.record import Settings
from detente.situation.schema import Situation
from detente.situation.values import base_values

KTAB = (
    "A bridge, where it stands, 3, 2,\n"
    "Actor,Description,Power,Pstn1,Sal1,Pstn2,Sal2,\n"
    'north,"The north, all of it",50,0,30,100,70,\n'
    "south,The south,100,80,60,20,40,\n"
    "isle,The isle,0,40,10,100,10,\n"
)


def imported(text: str, tmp_path: Path, situation_in: Any, **settings: Any) -> Situation:
    """The situation a file with ``text`` becomes."""
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    return situation_in(import_files([path], settings=Settings(**settings)))


def stated(situation: Situation, address: str) -> float | None:
    """The number at an address."""
    return base_values(situation)[address].quantity.fixed


def test_with_a_status_quo_no_option_is_added(tmp_path: Path, situation_in: Any) -> None:
    """The position that holds today is an option like the others."""
    today = {"dimension 1": "10", "dimension 2": "20"}
    found = imported(KTAB, tmp_path, situation_in, status_quo=today)
    assert list(found.issues["dimension-1"].options) == ["at-0", "at-10", "at-40", "at-80"]
    assert found.issues["dimension-1"].status_quo == "at-10"
    assert not found.links
    assert stated(found, "preferences.north.dimension-1.at-10") == pytest.approx(0.9)


def test_positions_that_do_not_fit_become_a_grid(tmp_path: Path, situation_in: Any) -> None:
    """More positions than options: evenly spread points, and closeness to those."""
    found = imported(KTAB, tmp_path, situation_in, steps=2)
    assert list(found.issues["dimension-1"].options) == ["no-agreement", "at-0", "at-100"]
    assert stated(found, "preferences.south.dimension-1.at-100") == pytest.approx(0.8)


def test_a_status_quo_always_leaves_two_options(tmp_path: Path, situation_in: Any) -> None:
    """With the fewest steps, an end of the scale that holds today still has another to go to."""
    today = {"dimension 1": "0", "dimension 2": "100"}
    found = imported(KTAB, tmp_path, situation_in, status_quo=today, steps=2)
    options = [list(issue.options) for issue in found.issues.values()]
    assert options == [["at-0", "at-100"], ["at-20", "at-100"]]


def test_actors_to_whom_nothing_matters_are_left_out(tmp_path: Path, situation_in: Any) -> None:
    """They are named; a situation with the others loads."""
    path = tmp_path / "table.csv"
    path.write_text(KTAB.replace("40,10,100,10", "40,0,100,0"), encoding="utf-8")
    imported = import_files([path])
    assert list(situation_in(imported).actors) == ["north", "south"]
    assert "left out: actors to whom nothing matters: isle" in map(str, imported.remarks)
