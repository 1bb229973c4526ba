"""Names and addresses: their form, what lies beneath, what was probably meant."""

from __future__ import annotations

import pytest

from detente.addresses import (
    MAX_IDENTIFIER,
    beneath,
    is_address,
    is_identifier,
    nearest,
    suggestion,
)


@pytest.mark.parametrize("name", ["a", "us", "us-senator", "a1", "a_b-c2", "x" * MAX_IDENTIFIER])
def test_identifiers(name: str) -> None:
    """Small letters first, then digits and single dashes."""
    assert is_identifier(name)


@pytest.mark.parametrize(
    "name",
    ["", "A", "1a", "-a", "a-", "a--b", "a.b", "a b", "é", "a\n", "x" * (MAX_IDENTIFIER + 1)],
)
def test_other_names_are_refused(name: str) -> None:
    """Anything that would make an address ambiguous."""
    assert not is_identifier(name)


def test_an_address_is_identifiers_joined_by_dots() -> None:
    """Every part is an identifier, and no part is empty."""
    assert is_address("preferences.north.strait.shared")
    assert not is_address("preferences..strait")
    assert not is_address("preferences.")


def test_beneath_takes_whole_parts_only() -> None:
    """``trust.us`` is above ``trust.us.eu``, not above ``trust.us-senator``."""
    known = ["trust.us.eu", "trust.us-senator.eu", "trust.us", "power.us"]
    assert beneath("trust.us", known) == ["trust.us.eu", "trust.us"]


def test_the_nearest_name_is_suggested_or_all_are_listed() -> None:
    """A near name, else the first eight, else that there is none."""
    assert nearest("russa", ["russia", "us", "prussia"]) == "russia"
    assert suggestion("russa", ["us", "russia"]) == "did you mean russia?"
    assert suggestion("zz", ["a", "b"]) == "use one of a, b"
    assert suggestion("zz", [f"a{i}" for i in range(9)]).endswith("a7, …")
    assert suggestion("zz", []) == "none is defined yet"
