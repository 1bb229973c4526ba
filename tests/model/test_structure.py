"""Names turned into positions: principals, then consenters, then mere spoilers."""

from __future__ import annotations

import pytest

from detente.model.structure import structure_of
from detente.situation.load import Loaded, loads


def test_axes_are_in_their_documented_order(every_term: Loaded) -> None:
    """Parties by role, options in file order end to end, undelivered and status quo by position."""
    structure = structure_of(every_term.situation)
    assert structure.parties == ("north", "south", "isle", "hawks")
    assert (structure.principals, structure.consenters, structure.at_table) == (2, 1, 3)
    assert structure.sizes == (3, 3, 2)
    assert structure.packages == 18
    assert structure.starts == (0, 3, 6)
    assert structure.status_quo == (0, 3, 6)
    refs = [option.ref for option in structure.options]
    assert refs[2:5] == ["strait.shared", "tariffs.kept", "tariffs.lowered"]
    assert structure.options[2].undelivered == 1
    assert structure.options[1].undelivered == 0
    assert structure.consent_to == ((2, 7),)
    assert [link.form for link in structure.links] == ["requires", "excludes", "with"]
    assert structure.links[2].match_all
    assert [(line.party, line.option) for line in structure.lines] == [
        (0, 5),
        (1, 2),
        (2, 2),
        (3, 7),
    ]
    assert structure.tangible_any == (1, 2, 5)


@pytest.mark.parametrize("order", [("a", "b", "c", "d"), ("d", "c", "b", "a")])
def test_party_order_follows_roles_whatever_the_order_in_the_file(order: tuple[str, ...]) -> None:
    """A consenter written before the principals still comes after them."""
    roles = {
        "a": "principal", "b": "principal", "c": "[spoiler, consenter], consents_to: [land.sold]",
        "d": "spoiler",
    }  # fmt: skip
    actors = "".join(f"  {name}: {{name: X, role: {roles[name]}}}\n" for name in order)
    weights = ", ".join(f"{name}: low" for name in order)
    text = (
        f"detente: 1\ntitle: T\nactors:\n{actors}issues:\n  land: {{status_quo: kept, "
        f"options: {{kept: k, sold: s}}, salience: {{{weights}}}}}\n"
    )
    structure = structure_of(loads(text.encode()).situation)
    principals = tuple(name for name in order if name in "ab")
    assert structure.parties == (*principals, "c", "d")
    assert structure.consent_to == ((1,),)
