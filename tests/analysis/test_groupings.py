"""Addresses put together: each in one group, by what it is and by whose word it is."""

from __future__ import annotations

import pytest

from detente.analysis.bases import ASKED, SILENT
from detente.analysis.groupings import (
    ACTOR,
    GROUPINGS,
    ISSUE,
    NO_ISSUE,
    NOBODY,
    REST,
    SEVERAL,
    SOURCE,
    UNSPOKEN,
    VALUE,
    Ground,
    chosen,
    events,
    folded,
    grouped,
    uncertain,
)
from detente.situation.believing import voices
from detente.situation.load import Loaded
from detente.situation.scenarios import read_settings, scenarios
from detente.situation.schema import Situation
from detente.sources.claims import Claims


def ground(situation: Situation, claims: Claims | None = None, *settings: str) -> Ground:
    patch = read_settings(situation, settings)
    scenario = scenarios(situation, claims, patch=patch)[-1]
    told = voices(situation, claims, scenario.values, scenario.reading) if claims else None
    return Ground(situation, scenario, told)


@pytest.mark.parametrize("by", GROUPINGS)
def test_every_uncertain_address_is_in_exactly_one_group(every_term: Loaded, by: str) -> None:
    found = ground(every_term.situation)
    members = grouped(found, by)
    every = [address for group in members.values() for address in group]
    assert sorted(every) == sorted(uncertain(found.scenario))
    assert all(members.values())


@pytest.mark.parametrize(
    ("address", "actor", "issue"),
    [
        ("preferences.north.fish.quota", "north", "fish"),
        ("trust.south.north", "south", NO_ISSUE),
        ("influence.guild.north", "north", NO_ISSUE),
        ("pressures.strike.severity", "north", NO_ISSUE),
        ("red_lines.south.strait.shared.cost", "south", "strait"),
        ("escalation.rate", NOBODY, NO_ISSUE),
    ],
)
def test_whose_an_address_is_and_what_it_is_about(
    every_term: Loaded, address: str, actor: str, issue: str
) -> None:
    """An influence is on somebody, a trust is somebody's, a pressure is on somebody."""
    situation = every_term.situation
    wide = ground(situation, None, f"{address}=0.1..0.2")
    for by, name in ((ACTOR, actor), (ISSUE, issue)):
        assert address in grouped(wide, by)[name], by


def test_whose_word_an_address_rests_on(three_acts: Situation, bridge_claims: Claims) -> None:
    """One speaker, several, nobody, or the command line; a reading's patch on its own claims."""
    found = ground(
        three_acts, bridge_claims,
        "pressures.winter.severity=0.1..0.3", "aftermath.rate=0.01..0.02",
    )  # fmt: skip
    members = grouped(found, SOURCE)
    assert UNSPOKEN[ASKED] in members
    assert "aftermath.rate" in members[UNSPOKEN[ASKED]]
    assert "trust.east.west" not in members.get(UNSPOKEN[SILENT], ())
    named = set(members) - set(UNSPOKEN.values()) - {SEVERAL}
    assert named <= set(bridge_claims.speakers)
    for speaker in named:
        for address in members[speaker]:
            spoken = [
                name for name, claim in bridge_claims.claims.items()
                if any(address == s or address.startswith(s + ".") for s in claim.supports)
            ]  # fmt: skip
            assert any(bridge_claims.claims[name].origin == speaker for name in spoken), address


def test_many_groups_are_told_apart_by_what_they_weigh() -> None:
    """The heaviest stay, all others make one more, and nothing is lost."""
    members = {f"g{i:02}": (f"a.{i}", f"b.{i}") for i in range(20)}
    weight = {f"a.{i}": float(i) for i in range(20)}
    kept = chosen([members], weight, most=5)
    assert kept == ("g16", "g17", "g18", "g19")
    parts = folded(members, kept)
    assert list(parts) == [*kept, REST]
    assert len(parts[REST]) == 32
    assert chosen([members], weight, most=20) == tuple(members)
    assert REST not in folded(members, tuple(members))


def test_a_group_that_one_scenario_lacks_is_empty_there() -> None:
    """Names are the same for all scenarios, so that their columns can be averaged."""
    parts = folded({"one": ("a.x",)}, ("one", "two"))
    assert parts == {"one": ("a.x",), "two": ()}


def test_certain_events_and_what_is_not_modelled_are_no_chance(three_acts: Situation) -> None:
    """In winter the pressure is never felt; in spring it may be."""
    winter, spring = (
        next(s for s in scenarios(three_acts, None) if s.round == name)
        for name in ("winter", "spring")
    )
    assert "pressures" not in events(three_acts, winter)
    assert events(three_acts, spring)["pressures"] == ("event pressures.winter.felt",)
    assert "links" not in events(three_acts, spring)


def test_single_addresses_are_groups_of_one(every_term: Loaded) -> None:
    members = grouped(ground(every_term.situation), VALUE)
    assert all(group == (name,) for name, group in members.items())
