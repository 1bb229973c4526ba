"""Actors on scales: options along the scale, closeness as preference, capability as power."""

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
# The exchange model's own marks, as documented for its program; made-up content.
DECIDE = (
    "#O;A made-up council\n"
    "#/;ID;full name\n"
    "#A;n;North\n"
    "#A;s;South\n"
    "#P;toll;Who pays the toll\n"
    "#P;site;Where it stands\n"
    "#M;toll;0;nobody\n"
    "#M;toll;50;lorries\n"
    "#M;toll;100;everybody\n"
    "#/;actor;issue;position;salience;power\n"
    "#D;n;toll;25;0,5;0.4\n"
    "#D;s;toll;100;1;0.8\n"
    "#D;s;site;10;0.25;0.8\n"
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


@pytest.mark.parametrize("form", ["semicolon", "tab and quotes", "comma"])
def test_decide_data_in_every_punctuation(form: str, tmp_path: Path, situation_in: Any) -> None:
    """Tab, semicolon and comma, quotes, decimal commas where they can be told apart."""
    text = DECIDE
    if form == "tab and quotes":
        quoted = [
            "\t".join(f"'{x}'" for x in line.split(";")) + "\t''" for line in text.splitlines()
        ]
        text = "\n".join(quoted)
    elif form == "comma":
        text = text.replace("0,5", "0.5").replace(";", ",")
    found = imported(text, tmp_path, situation_in)
    assert [actor.name for actor in found.actors.values()] == ["North", "South"]
    assert found.issues["toll"].options["at-50"].name == "50: lorries"
    assert stated(found, "preferences.n.toll.at-50") == pytest.approx(0.75)
    assert stated(found, "salience.n.toll") == 0.5
    assert stated(found, "salience.n.site") == 0.0
    assert stated(found, "power.n") == 0.5


def test_what_is_not_translated_is_told(tmp_path: Path) -> None:
    """A missing position, the lack of a veto, differing power: each stands in the account."""
    path = tmp_path / "council.csv"
    path.write_text(DECIDE.replace("0.25;0.8", "0.25;0.6"), encoding="utf-8")
    remarks = "\n".join(map(str, import_files([path]).remarks))
    assert "left out: the weighing of actors without a veto" in remarks
    assert "power differs by issue; its mean was taken: s (0.6 to 0.8)" in remarks
    assert "no position, so no salience: n on site" in remarks
    assert "from 0 to 100, as in the source's program: site" in remarks


def test_actors_to_whom_nothing_matters_are_left_out(tmp_path: Path, situation_in: Any) -> None:
    """They are named; a situation with the others loads."""
    path = tmp_path / "table.csv"
    path.write_text(KTAB.replace("40,10,100,10", "40,0,100,0"), encoding="utf-8")
    imported = import_files([path])
    assert list(situation_in(imported).actors) == ["north", "south"]
    assert "left out: actors to whom nothing matters: isle" in map(str, imported.remarks)


def test_mistakes_come_all_at_once_with_their_places(tmp_path: Path) -> None:
    """Line and column of each, what is allowed, what to do."""
    path = tmp_path / "wrong.csv"
    text = (
        DECIDE.replace("#D;n;toll;25", "#D;x;toll;250") + "#D;s;toll;1;2;0.1\n#Q;what\n#A;n;again\n"
    )
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SituationError) as caught:
        import_files([path])
    told = [str(problem).removeprefix(str(tmp_path)) for problem in caught.value.problems]
    assert len(told) == 4
    assert any("wrong.csv:11:4: x has no line #A" in text for text in told)
    assert any("wrong.csv:14:1: a second #D for s on toll" in text for text in told)
    assert any("wrong.csv:15:1: a line that starts with '#Q'" in text for text in told)
    assert any("wrong.csv:16:4: a second actor 'n'" in text for text in told)


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
