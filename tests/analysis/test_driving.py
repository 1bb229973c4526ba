"""Whose each difference is: drivers of addresses and incidents, and scenarios made of both."""

from __future__ import annotations

from dataclasses import fields
from itertools import pairwise
from pathlib import Path

import pytest

from detente.analysis.compare import subsets
from detente.analysis.driving import (
    DRIVER_WORDS,
    Differences,
    differences,
    driver_of,
    hybrid,
    incident_driver,
)
from detente.ensemble.chunk import Outcomes
from detente.ensemble.run import run
from detente.errors import UsageError
from detente.model.structure import structure_of
from detente.sampling.draws import Plan
from detente.situation.load import Loaded, load, loads
from detente.situation.scenarios import Scenario, scenarios
from detente.situation.schema import Recorded
from detente.situation.values import base_values

PLAN = Plan(600, 1)


@pytest.fixture(scope="module")
def bridge() -> Loaded:
    """A situation of one package with all three acts."""
    return load(Path(__file__).parents[1] / "situations" / "three-acts.yaml")


@pytest.fixture(scope="module")
def both(bridge: Loaded) -> list[Scenario]:
    """Its two rounds under two readings: winter and spring, calm and dark."""
    return scenarios(bridge.situation, None)


def assert_same(one: Outcomes, other: Outcomes) -> None:
    """Bit for bit."""
    for field in fields(Outcomes):
        a, b = getattr(one, field.name), getattr(other, field.name)
        assert (a is None) == (b is None), field.name
        assert a is None or a.tobytes() == b.tobytes(), field.name


@pytest.mark.parametrize(
    ("address", "driver"),
    [
        ("pressures.winter.severity", "pressure"),
        ("pressures.winter.relieved_by.bridge.open", "pressure"),
        ("runup.tension", "tension"),
        ("runup.half_life.tension", "tension"),
        ("hardening.east", "tension"),
        ("runup.fear", "fear"),
        ("runup.half_life.fear", "fear"),
        ("escalation.suspicion.east", "fear"),
        ("escalation.rate", "danger"),
        ("aftermath.rate", "danger"),
        ("runup.calling_off.rate", "road"),
        ("runup.incidents.raid.rate", "road"),
        ("runup.sabotage.militia.raid.cost", "road"),
        ("runup.recorded.shots.severity", "tension"),
        ("runup.recorded.leaflet.staged", "fear"),
        ("trust.east.west", "trust"),
        ("sincerity.west", "trust"),
        ("outlook.east", "outlook"),
        ("signing_cost.east", "outlook"),
        ("preferences.east.bridge.open", "positions"),
        ("salience.west.bridge", "positions"),
    ],
)
def test_every_address_has_its_driver(bridge: Loaded, address: str, driver: str) -> None:
    """By what it is about."""
    assert address in base_values(bridge.situation)
    assert driver_of(bridge.situation, address) == driver


def test_no_address_is_without_a_named_driver(bridge: Loaded, every_term: Loaded) -> None:
    """Of either situation."""
    for loaded in (bridge, every_term):
        situation = loaded.situation
        assert {driver_of(situation, a) for a in base_values(situation)} <= set(DRIVER_WORDS)


@pytest.mark.parametrize(
    ("written", "driver"),
    [
        ({}, "tension"),
        ({"staged": "likely"}, "fear"),
        ({"staged": "roughly even chance"}, "fear"),
        ({"staged": "unlikely"}, "tension"),
        ({"staged": 0.499}, "tension"),
        ({"staged": "likely", "driver": "tension"}, "tension"),
    ],
)
def test_an_incident_counts_by_whether_it_is_thought_staged(
    written: dict[str, object], driver: str
) -> None:
    """At even chances or more it feeds fear, unless the file says otherwise."""
    body = {"id": "x", "date": "2024-01-01", "severity": "low"} | written
    assert incident_driver(Recorded.model_validate(body)) == driver


def test_what_differs_is_listed_by_driver(bridge: Loaded, both: list[Scenario]) -> None:
    """Addresses, incidents that count in one only, and the time to the meeting."""
    winter_calm, winter_dark, spring_calm, _ = both
    found = differences(bridge.situation, winter_calm, spring_calm)
    assert found == Differences(
        {"outlook": ("outlook.east",), "pressure": ("pressures.winter.felt",)},
        {"tension": ("shots", "release"), "fear": ("leaflet",)},
        timing=False,
    )
    assert found.drivers == ("pressure", "tension", "fear", "outlook")
    readings = differences(bridge.situation, winter_calm, winter_dark)
    assert readings == Differences(
        {
            "trust": ("trust.east.west",),
            "tension": ("runup.tension",),
            "fear": ("escalation.suspicion.east", "runup.fear"),
        },
        {},
        timing=False,
    )
    assert differences(bridge.situation, winter_calm, winter_calm).drivers == ()


def test_another_time_to_the_meeting_belongs_to_the_road() -> None:
    """So does a round without dates beside one with them."""
    text = bridge_text()
    moved = loads(text.replace("planned: 2020-04-05", "planned: 2020-04-25").encode())
    undated = loads(text.replace(", planned: 2020-04-05", "").encode())
    for loaded in (moved, undated):
        winter, spring = scenarios(loaded.situation, None, readings=["calm"])
        found = differences(loaded.situation, winter, spring)
        assert found.timing
        assert found.drivers[-1] == "road"


def bridge_text() -> str:
    """The small situation as it is written."""
    path = Path(__file__).parents[1] / "situations" / "three-acts.yaml"
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "change", [("", ""), ("planned: 2020-04-05", "planned: 2020-05-25"), (", planned: 2020-04-05", "")]
)  # fmt: skip
def test_all_drivers_taken_over_is_the_second_scenario_and_none_the_first(
    change: tuple[str, str],
) -> None:
    """Bit for bit, also where the time to the meeting differs or one round has no dates."""
    loaded = loads(bridge_text().replace(*change).encode() if change[0] else bridge_text().encode())
    situation = loaded.situation
    found = scenarios(situation, None)
    for first, second in ((found[0], found[3]), (found[3], found[0])):
        drivers = differences(situation, first, second).drivers
        whole = hybrid(situation, first, second, frozenset(drivers))
        none = hybrid(situation, first, second, frozenset())
        assert whole.calendar == second.calendar
        assert none.calendar == first.calendar
        outs = run(structure_of(situation), [whole, second, none, first], PLAN, why=False)
        assert_same(outs[0], outs[1])
        assert_same(outs[2], outs[3])


def test_a_mixture_takes_each_driver_from_its_own_side(
    bridge: Loaded, both: list[Scenario]
) -> None:
    """Every subset: values and incidents of the drivers taken from the second, others from the first."""
    situation = bridge.situation
    first, second = both[0], both[3]
    what = differences(situation, first, second)
    assert first.calendar is not None
    assert second.calendar is not None
    for taken in subsets(what.drivers):
        mixed = hybrid(situation, first, second, taken)
        for address, value in mixed.values.items():
            side = second if driver_of(situation, address) in taken else first
            assert value == side.values[address], address
        assert mixed.calendar is not None
        expected = {
            incident.id: days
            for incident in situation.runup.recorded
            for days in [
                dict(
                    (second if incident_driver(incident) in taken else first).calendar.recorded  # pyright: ignore[reportOptionalMemberAccess]
                ).get(incident.id)
            ]
            if days is not None
        }
        assert dict(mixed.calendar.recorded) == expected


NINE = """detente: 1
title: T
actors: {a: {name: A, role: principal}, b: {name: B, role: principal}}
issues:
  i: {status_quo: n, options: {n: "", x: ""}, salience: {a: low, b: low}}
pressures:
PRESSURES
rounds: {one: {title: O}, two: {title: T, set: {SET}}}
"""


def test_more_than_eight_drivers_are_refused_by_name() -> None:
    """Eight, with names of their own, stand after the known ones; nine are too many."""
    names = [*"hgfedcba", "z"]
    pressures = "\n".join(
        f"  - {{id: p-{name}, on: a, severity: low, driver: d-{name}}}" for name in names
    )
    for count in (8, 9):
        patch = ", ".join(f"pressures.p-{name}.severity: high" for name in names[:count])
        text = NINE.replace("PRESSURES", pressures).replace("SET", patch)
        situation = loads(text.encode()).situation
        found = differences(situation, *scenarios(situation, None))
        if count == 8:
            assert all(one < other for one, other in pairwise(found.drivers))
            assert len(found.drivers) == 8
        else:
            with pytest.raises(UsageError, match=r"9 drivers differ \(d-a, .*d-z\); at most 8"):
                _ = found.drivers
