"""Data of the exchange model: marks, punctuation, what is told, mistakes with their places."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from detente.errors import SituationError
from detente.interchange.importing import import_files
from detente.interchange.record import Settings
from detente.situation.schema import Situation
from detente.situation.values import base_values

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
