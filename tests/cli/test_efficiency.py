"""detente frontier, as a user types it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Typed = Callable[..., Any]
PATIENT = ("--set", "outlook.lowland=minus very high")


def test_the_table_and_the_json_tell_the_same(river: Path, detente: Typed) -> None:
    """As many packages, gains from the most downwards, and what it takes to get it again."""
    said = detente("frontier", river, "--draw", 4, "--all", "--json")
    assert (said.code, said.err) == (0, "")
    plain = json.loads(said.out)
    assert (plain["draw"], plain["draws"], plain["within_zone"]) == (4, 1000, False)
    gains = [list(one["gain"].values()) for one in plain["packages"]]
    assert gains == sorted(gains, reverse=True)
    assert len(gains) > 1
    told = detente("frontier", river, "--draw", 4, "--all")
    assert told.code == 0
    for one in plain["packages"]:
        assert f"{one['gain']['upland']:+.3f}" in told.out
    assert "Demands are put aside" in told.out
    assert "seed 1, 1,000 draws" in told.out


def test_no_zone_is_said(river: Path, detente: Typed) -> None:
    """Nothing suits everybody at the mean of the file; it does where a side is patient."""
    assert "No package suits everybody" in detente("frontier", river).out
    said = detente("frontier", river, "--json", *PATIENT)
    assert json.loads(said.out)["packages"]


def test_what_cannot_be_asked_ends_in_a_message(river: Path, detente: Typed) -> None:
    """A draw that is not there, two readings."""
    said = detente("frontier", river, "--draw", 1000)
    assert said.code == 2
    assert "0 to 999 are allowed" in said.err
    said = detente("frontier", river, "--reading", "a,b")
    assert said.code == 2
    assert "one is allowed" in said.err
