"""The forecast that spoilers and principals act on: its closed form, and what it leaves out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from scipy import stats

from detente.ensemble.run import run
from detente.ensemble.scouting import DRAWS, NOBODY, scout
from detente.model.runup import Scout
from detente.model.structure import structure_of
from detente.sampling.draws import Plan
from detente.situation.load import Loaded, load
from detente.situation.quantities import Point, Quantity, Uniform
from detente.situation.scenarios import Scenario, scenarios
from detente.situation.values import patched

CALM = {
    "runup.incidents.raid.rate": 0.0,
    "runup.incidents.hoax.rate": 0.0,
    "hardening.east": 0.0,
    "escalation.loss.east": 0.0,
    "pressures.winter.felt": 0.0,
}


@pytest.fixture(scope="module")
def bridge() -> Loaded:
    """A situation of one package with all three acts."""
    return load(Path(__file__).parents[1] / "situations" / "three-acts.yaml")


@pytest.fixture(scope="module")
def spring(bridge: Loaded) -> Scenario:
    """Its round with sabotage in the offing, as written."""
    return scenarios(bridge.situation, None, rounds=["spring"], readings=["as-written"])[0]


def laid(scenario: Scenario, patch: Mapping[str, Quantity]) -> Scenario:
    """The scenario with some addresses at other values."""
    return replace(scenario, values=patched(scenario.values, patch, "test"))


def at(scenario: Scenario, points: Mapping[str, float]) -> Scenario:
    """The scenario with some addresses at known numbers."""
    return laid(scenario, {a: Quantity(Point(x), "test") for a, x in points.items()})


def forecast(loaded: Loaded, scenario: Scenario, seed: int = 1) -> Scout:
    """What is expected of the scenario beforehand."""
    return scout(structure_of(loaded.situation), scenario, seed=seed)


def test_the_forecast_is_the_mean_chance_of_closing(bridge: Loaded, spring: Scenario) -> None:
    """Surplus uniform on 0 to 0.4, misread by 0.2: mean Phi(z), z uniform on 0 to 2.

    The chance falls in one stratum of the outlook each, so it is off by its range over n.
    """
    found = forecast(bridge, at(spring, CALM))
    phi, density = stats.norm.cdf, stats.norm.pdf
    expected = (2.0 * phi(2.0) + density(2.0) - density(0.0)) / 2.0
    assert abs(found.deal - expected) <= (phi(2.0) - 0.5) / DRAWS


def test_the_stake_is_the_mean_loss_under_the_deal(bridge: Loaded, spring: Scenario) -> None:
    """Only losses count: a gain uniform on -0.5 to 0.5 is a stake of 1/8, a sure loss itself."""
    sure = forecast(bridge, at(spring, CALM))
    assert sure.stake["militia"] == pytest.approx(0.5, rel=1e-12)
    assert sure.stake["east"] == sure.stake["west"] == 0.0
    closed = at(spring, CALM | {"misreading.east": 0.0})
    open_wish = Quantity(Uniform(0.0, 1.0), "test")
    unsure = forecast(bridge, laid(closed, {"preferences.militia.bridge.open": open_wish}))
    assert abs(unsure.stake["militia"] - 0.125) <= 0.5 / DRAWS


def test_losses_count_by_the_chance_that_the_deal_closes(bridge: Loaded, spring: Scenario) -> None:
    """Where east may refuse for certain, those draws are no part of the stake."""
    half = Quantity(Uniform(0.5, 1.5), "test")  # above 1 nothing is enough
    found = forecast(
        bridge, laid(at(spring, CALM | {"misreading.east": 0.0}), {"outlook.east": half})
    )
    assert abs(found.deal - 0.5) <= 1.0 / DRAWS
    assert found.stake["militia"] == pytest.approx(0.5, rel=1e-12)


def test_nobody_sabotages_in_the_forecast(bridge: Loaded, spring: Scenario) -> None:
    """One best reply, no more: what spoilers could do does not enter what they expect."""
    stem = "runup.sabotage.militia.raid"
    mild = forecast(bridge, at(spring, {f"{stem}.capability": 0.0}))
    wild = forecast(bridge, at(spring, {f"{stem}.capability": 9.0, f"{stem}.cost": 0.0}))
    assert mild == wild


def test_the_forecast_does_not_foresee_the_eve(bridge: Loaded, spring: Scenario) -> None:
    """It is the chance of a deal if they meet, whatever it takes to meet."""
    strict = {"runup.calling_off.least.east": 1.0, "runup.calling_off.rate": 10.0}
    assert forecast(bridge, at(spring, strict)) == forecast(bridge, spring)


def test_the_forecast_is_the_seed_s_alone(bridge: Loaded, spring: Scenario) -> None:
    """The same whatever the number of draws and chunks asked for: rows of one seed agree."""
    assert forecast(bridge, spring) == forecast(bridge, spring)
    assert forecast(bridge, spring) != forecast(bridge, spring, seed=2)
    structure = structure_of(bridge.situation)
    one, other = (
        run(structure, [spring], Plan(600, 4), chunk=chunk, why=False)[0] for chunk in (600, 77)
    )
    assert one.incidents is not None
    assert other.incidents is not None
    assert one.incidents.tobytes() == other.incidents.tobytes()


def test_a_round_without_dates_has_no_forecast(bridge: Loaded, spring: Scenario) -> None:
    """There is no road on which anybody could act on it."""
    assert forecast(bridge, replace(spring, calendar=None)) is NOBODY


def test_where_no_deal_is_possible_the_forecast_is_nothing(
    bridge: Loaded, spring: Scenario
) -> None:
    """No chance and no stake, and no division by zero."""
    found = forecast(bridge, at(spring, {"signing_cost.east": 1.0}))
    assert found == Scout(0.0, dict.fromkeys(("east", "west", "militia"), 0.0))
