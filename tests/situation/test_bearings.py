"""What the addresses of a situation are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.addresses import beneath
from detente.cases.catalog import case_file
from detente.situation.bearings import known_actors, namings
from detente.situation.load import Loaded, load
from detente.situation.values import base_values
from detente.sources.marks.hints import Hints

SITUATIONS = Path(__file__).parents[1] / "situations"


@pytest.mark.parametrize(
    "file",
    [SITUATIONS / "every-term.yaml", SITUATIONS / "three-acts.yaml", case_file("budapest-2025")],
)
def test_every_naming_begins_an_address_that_exists(file: Path) -> None:
    situation = load(file).situation
    addresses = list(base_values(situation))
    found = namings(situation)
    assert [one.beginning for one in found if not beneath(one.beginning, addresses)] == []
    heads = {one.beginning.partition(".")[0] for one in found}
    assert heads >= {"pressures", "preferences"}


def test_what_a_party_wants_asks_for_that_party(every_term: Loaded) -> None:
    for one in namings(every_term.situation):
        head, _, rest = one.beginning.partition(".")
        if head in {"preferences", "red_lines"}:
            assert one.actors == {rest.partition(".")[0]}


def test_a_pressure_is_found_by_its_name(every_term: Loaded) -> None:
    pressure = every_term.situation.pressures[0]
    hints = Hints(namings(every_term.situation))
    text = f"{pressure.id.replace('-', ' ')} {pressure.name}"
    assert f"pressures.{pressure.id}" in hints.for_sentence(text, ())


def test_actors_keep_their_names_and_aliases(every_term: Loaded) -> None:
    situation = every_term.situation
    assert [(k.id, k.name, k.sort, k.forms) for k in known_actors(situation)] == [
        (name, actor.name, actor.sort, actor.aliases) for name, actor in situation.actors.items()
    ]
