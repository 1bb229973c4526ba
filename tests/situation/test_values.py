"""The one address space: every quantity has an address, a kind and an origin."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from detente.addresses import is_address
from detente.situation.kinds import HEADS, kind_of
from detente.situation.load import Loaded
from detente.situation.quantities import default_of, read
from detente.situation.values import DEFAULT, STATED, address_at, base_values, patched


def test_every_address_has_the_kind_of_its_form(every_term: Loaded) -> None:
    """Each address is well formed, its kind is found from the address alone."""
    values = base_values(every_term.situation)
    for address, value in values.items():
        assert is_address(address)
        assert kind_of(address) is value.kind
        low, high = value.quantity.span
        assert value.kind.bounds[0] <= low <= high <= value.kind.bounds[1]
    assert {address.split(".")[0] for address in values} <= set(HEADS)


def test_what_the_file_is_silent_on_stands_there_as_a_default(every_term: Loaded) -> None:
    """A default is marked as one and has its kind's default range."""
    values = base_values(every_term.situation)
    assert values["outlook.north"].origin == STATED
    assert values["outlook.hawks"].origin == DEFAULT
    for value in values.values():
        if value.origin == DEFAULT:
            assert value.quantity == default_of(value.kind)


@given(data=st.data())
def test_a_patch_changes_its_own_addresses_only(every_term: Loaded, data: st.DataObject) -> None:
    """All else keeps value and origin, and the order of addresses stays."""
    values = base_values(every_term.situation)
    addresses = data.draw(st.lists(st.sampled_from(sorted(values)), unique=True, max_size=5))
    patch = {a: read(values[a].kind.bounds[1], values[a].kind) for a in addresses}
    after = patched(values, patch, "reading x")
    assert list(after) == list(values)
    for address in values:
        if address in patch:
            assert after[address].quantity == patch[address]
            assert after[address].origin == "reading x"
            assert after[address].kind is values[address].kind
        else:
            assert after[address] is values[address]


def test_a_form_that_no_address_has_has_no_kind() -> None:
    """Too few or too many parts, unknown heads and fields."""
    for address in ("outlook", "outlook.a.b", "pressures.p", "pressures.p.sverity", "x.y", ""):
        assert kind_of(address) is None


def test_places_in_the_file_have_the_address_of_what_stands_there(every_term: Loaded) -> None:
    """Lists are addressed by what their entries are called, not by number."""
    data = every_term.tree.data
    assert address_at(("issues", "fish", "preferences", "isle", "quota"), data) == (
        "preferences.isle.fish.quota"
    )
    assert address_at(("issues", "fish", "salience", "isle"), data) == "salience.isle.fish"
    assert address_at(("actors", "north", "power"), data) == "power.north"
    assert address_at(("red_lines", 1, "absolute"), data) == (
        "red_lines.south.strait.shared.absolute"
    )
    assert address_at(("influence", 0, "weight"), data) == "influence.guild.north"
    assert address_at(("links", 2, "with"), data) == "links.better-together.worth"
    assert address_at(("rounds", "first", "set", "runup.tension"), data) == (
        "rounds.first: runup.tension"
    )
    assert address_at(("red_lines", 99, "cost"), data) == "red_lines.99.cost"
