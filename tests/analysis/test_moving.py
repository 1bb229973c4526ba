"""Whose lever an address is: a written table, complete and without overlap."""

from __future__ import annotations

import pytest

from detente.analysis.moving import (
    NOBODYS,
    PRESSURE,
    RULES,
    WHY_WORDS,
    Lever,
    lever_at,
    levers,
)
from detente.situation.kinds import kind_forms
from detente.situation.load import Loaded
from detente.situation.quantities import Point, Quantity
from detente.situation.schema import Situation
from detente.situation.values import Values, base_values, patched


@pytest.fixture(scope="module")
def strait(every_term: Loaded) -> tuple[Situation, Values]:
    return every_term.situation, base_values(every_term.situation)


def test_every_form_of_address_is_somebodys_or_nobodys_and_not_both() -> None:
    """A new form of address is put into the table on purpose."""
    forms = [form for form, _ in kind_forms()]
    told = [rule.form for rule in RULES] + list(NOBODYS)
    assert sorted(told) == sorted(forms)
    assert {rule.why for rule in RULES} == set(WHY_WORDS)


@pytest.mark.parametrize(
    ("address", "owners", "together"),
    [
        ("preferences.hawks.strait.closed", ("hawks",), False),
        ("outlook.north", ("north",), False),
        ("signing_cost.south", ("south",), False),
        ("trust.north.south", ("south",), False),
        ("sincerity.south", ("south",), False),
        ("leverage.isle", ("north", "south"), False),
        ("red_lines.north.tariffs.gone.cost", ("north",), False),
        ("runup.calling_off.least.north", ("north",), False),
    ],
)
def test_a_value_is_moved_by_whom_the_rule_says(
    strait: tuple[Situation, Values], address: str, owners: tuple[str, ...], together: bool
) -> None:
    found = lever_at(strait[0], address)
    assert found is not None
    assert (found.owners, found.together) == (owners, together)


def test_a_pressure_is_never_for_the_party_that_it_is_on(
    strait: tuple[Situation, Values],
) -> None:
    """Nor for those who neither negotiate nor spoil."""
    situation, values = strait
    acting = {*situation.with_role("principal"), *situation.with_role("spoiler")}
    found = [lever for lever in levers(situation, values) if lever.why == PRESSURE]
    assert found
    for lever in found:
        on = next(p.on for p in situation.pressures if p.id == lever.address.split(".")[1])
        assert set(lever.owners) == acting - {on}


@pytest.mark.parametrize("form", sorted(NOBODYS))
def test_what_nobody_moves_is_no_lever(strait: tuple[Situation, Values], form: str) -> None:
    situation, values = strait
    parts = form.split(".")
    same = [
        address
        for address in values
        if len(address.split(".")) == len(parts)
        and all(f.isupper() or f == a for f, a in zip(parts, address.split("."), strict=True))
    ]
    assert all(lever_at(situation, address) is None for address in same)


def test_a_waiver_takes_all_principals_and_nobody_could_make_it_alone() -> None:
    lever = Lever("links.order.holds", "waiver", ("north", "south"), together=True)
    assert not any(map(lever.moved_by, ("north", "south", "isle")))
    assert Lever("x", "waiver", ("north",), together=True).moved_by("north")


def test_what_can_matter_to_nothing_is_left_out(strait: tuple[Situation, Values]) -> None:
    situation, values = strait
    nothing = {"salience.north.fish": Quantity(Point(0.0), "none")}
    found = {lever.address for lever in levers(situation, patched(values, nothing, "test"))}
    every = {lever.address for lever in levers(situation, values)}
    gone = {a for a in every - found if not a.startswith("preferences.north.fish.")}
    assert every - found
    assert not gone  # a stated weight may be moved again
    assert "outlook.hawks" not in every  # hawks demand nothing at the table
    assert "salience.guild.fish" not in every  # nobody said that it cares


def test_with_actors_only_what_one_of_them_could_move_alone(
    strait: tuple[Situation, Values],
) -> None:
    situation, values = strait
    every = levers(situation, values)
    own = levers(situation, values, ("isle", "south"))
    assert own == tuple(one for one in every if one.moved_by("isle") or one.moved_by("south"))
    assert not any(one.address.endswith(".holds") for one in own)
