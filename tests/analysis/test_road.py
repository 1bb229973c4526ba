"""The road to the meeting as numbers: causes, fans and marks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from detente.analysis.road import BANDS, SAMPLE, Road, road
from detente.ensemble.run import run
from detente.ensemble.scouting import scout
from detente.model.causes import CAUSES
from detente.model.structure import Structure, structure_of
from detente.sampling.draws import Plan
from detente.situation.calendar import Calendar
from detente.situation.load import Loaded, load
from detente.situation.quantities import Point, Quantity
from detente.situation.scenarios import Scenario, scenarios
from detente.situation.values import patched

PLAN = Plan(1500, 1)


@pytest.fixture(scope="module")
def bridge() -> Loaded:
    """A situation of one package with all three acts."""
    return load(Path(__file__).parents[1] / "situations" / "three-acts.yaml")


@pytest.fixture(scope="module")
def places(bridge: Loaded) -> Structure:
    """Positions of its names."""
    return structure_of(bridge.situation)


@pytest.fixture(scope="module")
def spring(bridge: Loaded) -> Scenario:
    """Its round with sabotage in the offing, as written."""
    return scenarios(bridge.situation, None, rounds=["spring"], readings=["as-written"])[0]


def told(bridge: Loaded, places: Structure, scenario: Scenario) -> Road | None:
    """The road of a scenario after a run of it."""
    out = run(places, [scenario], PLAN, why=False)[0]
    mean = None if out.incidents is None else float(out.incidents.mean())
    forecast = scout(places, scenario, seed=PLAN.seed)
    return road(bridge.situation, places, scenario, forecast, PLAN, out.cause, mean)


def calm(scenario: Scenario, **calendar: object) -> Scenario:
    """Without incidents to come; the calendar with some fields changed."""
    points = {f"runup.incidents.{kind}.rate": 0.0 for kind in ("raid", "hoax")}
    points["runup.sabotage.militia.raid.capability"] = 0.0
    patch = {address: Quantity(Point(x), "test") for address, x in points.items()}
    assert scenario.calendar is not None
    return replace(
        scenario,
        values=patched(scenario.values, patch, "test"),
        calendar=replace(scenario.calendar, **calendar),  # pyright: ignore[reportArgumentType]
    )


def test_causes_sum_to_one_and_are_those_of_the_run(
    bridge: Loaded, places: Structure, spring: Scenario
) -> None:
    """Every cause is named, those that never happened included."""
    found = told(bridge, places, spring)
    assert found is not None
    assert list(found.causes) == list(CAUSES.values())
    assert sum(estimate.p for estimate in found.causes.values()) == pytest.approx(1.0, abs=1e-12)
    out = run(places, [spring], PLAN, why=False)[0]
    assert found.causes["held"].p == out.held.mean()
    assert out.incidents is not None
    assert found.incidents == out.incidents.mean()


def test_fans_are_the_quantiles_of_the_paths_and_end_on_the_eve(
    bridge: Loaded, places: Structure, spring: Scenario
) -> None:
    """Ordered, within 0 and 1, one a day; the last agrees with the table's tension and fear."""
    found = told(bridge, places, spring)
    assert found is not None
    out = run(places, [spring], PLAN, why=False)[0]
    for fan, eve in ((found.tension, out.tension), (found.fear, out.fear)):
        bands = np.array([day.quantiles for day in fan])
        assert bands.shape == (65, len(BANDS))
        assert (np.diff(bands, axis=1) >= 0.0).all()
        assert bands.min() >= 0.0
        assert bands.max() <= 1.0
        assert (np.diff([day.day for day in fan]) == 1).all()
        assert bands[-1] == pytest.approx(np.quantile(eve[:SAMPLE], BANDS), abs=1e-15)


def test_marks_stand_on_the_days_of_their_incidents(
    bridge: Loaded, places: Structure, spring: Scenario
) -> None:
    """In order of days from the announcement, by name or else by id; the meeting on its day."""
    found = told(bridge, places, spring)
    assert found is not None
    assert found.meeting == 35
    assert [(mark.day, mark.id, mark.name) for mark in found.marks] == [
        (-10, "shots", "Shots on the bridge"),
        (19, "leaflet", "leaflet"),
        (31, "release", "release"),
    ]


def test_the_fan_rises_on_the_day_of_the_mark(
    bridge: Loaded, places: Structure, spring: Scenario
) -> None:
    """The first day on which tension lies above its background is that of the incident."""
    found = told(bridge, places, calm(spring, recorded=(("shots", 10),)))
    assert found is not None
    first = next(day.day for day in found.tension if day.quantiles[0] > 0.2 + 1e-9)
    assert first == found.marks[0].day == 25


def test_a_fan_of_weeks_ends_with_the_meeting(
    bridge: Loaded, places: Structure, spring: Scenario
) -> None:
    """Also where weeks do not fit the dates: no day of it lies after the meeting."""
    found = told(bridge, places, calm(spring, step=7, ahead=10, lookback=28, recorded=()))
    assert found is not None
    assert found.tension[-1].day <= found.meeting == 10


def test_without_dates_there_is_no_road(
    bridge: Loaded, places: Structure, spring: Scenario
) -> None:
    """Neither where there is no calendar nor where a run had none."""
    assert told(bridge, places, replace(spring, calendar=None)) is None
    out = run(places, [replace(spring, calendar=None)], Plan(10, 1), why=False)[0]
    forecast = scout(places, spring, seed=1)
    assert road(bridge.situation, places, spring, forecast, Plan(10, 1), out.cause, None) is None


def test_a_meeting_on_the_day_of_its_announcement_has_no_road_ahead(
    bridge: Loaded, places: Structure, spring: Scenario
) -> None:
    """Only what came before counts: nothing can call it off but the eve."""
    same_day = replace(spring, calendar=Calendar(1, 0, 30, (("shots", 3),)))
    found = told(bridge, places, same_day)
    assert found is not None
    assert found.incidents == 0.0
    assert found.causes["called off in tension"].p == 0.0
    assert found.tension[-1].day <= found.meeting == 0
