"""KTAB tables: every number comes through, every mistake has its place."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from detente.errors import SituationError
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


def test_a_ktab_table_keeps_its_numbers(tmp_path: Path, situation_in: Any) -> None:
    """Closeness 1 - |x - o| / 100, salience over 100, power over the largest capability."""
    found = imported(KTAB, tmp_path, situation_in)
    assert found.actors["north"].name == "The north, all of it"
    assert stated(found, "preferences.south.dimension-1.at-0") == pytest.approx(0.2)
    assert stated(found, "preferences.south.dimension-1.at-80") == 1.0
    assert stated(found, "preferences.isle.dimension-2.at-20") == pytest.approx(0.2)
    assert stated(found, "salience.north.dimension-2") == 0.7
    assert stated(found, "power.north") == 0.5
    assert stated(found, "power.isle") == 1e-6
    assert found.issues["dimension-1"].status_quo == "no-agreement"


def test_published_tables_come_through_whole(shared: Path, situation_in: Any) -> None:
    """Every actor of both tables, with its closeness to every option."""
    for name in ("SOE-Pol-Comp", "dummyData_3Dim"):
        path = shared / "spatial" / f"{name}.csv"
        rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()[2:]))
        found = situation_in(import_files([path]))
        assert len(found.actors) == len(rows)
        for row, actor in zip(rows, found.actors, strict=True):
            positions = [float(text) for text in row[3::2] if text.strip()]
            for issue, x in zip(found.issues.items(), positions, strict=True):
                for option, body in issue[1].options.items():
                    if option != "no-agreement":
                        value = stated(found, f"preferences.{actor}.{issue[0]}.{option}")
                        assert value == pytest.approx(1 - abs(x - float(body.name)) / 100)


@pytest.mark.parametrize(
    ("before", "after", "where"),
    [
        (",80,60", ",180,60", "4:21: found '180' as the position"),
        (",80,60", ",,60", "4:21: the position on dimension 1 is missing"),
        ("south,The", "north,The", "4:1: a second actor 'north'"),
        ("3, 2,", "4, 2,", "1:1: 4 actors announced and 3 rows"),
        ("20,40,", "20,40,7,", "4:33: 1 field(s) more"),
    ],
)
def test_ktab_mistakes(before: str, after: str, where: str, tmp_path: Path) -> None:
    """Each names its place and what is wrong there."""
    path = tmp_path / "table.csv"
    path.write_text(KTAB.replace(before, after), encoding="utf-8")
    with pytest.raises(SituationError) as caught:
        import_files([path])
    assert f"table.csv:{where}" in str(caught.value)
