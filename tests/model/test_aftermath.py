"""Act 3 against closed forms: the hazard, the lifetimes it gives, war with and without a deal."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from detente.arrays import Floats
from detente.ensemble.run import run
from detente.model.aftermath import collapse_hazard, escalates, months_lasted
from detente.model.structure import Structure, structure_of
from detente.sampling.draws import Draws, Plan
from detente.situation.load import Loaded, load
from detente.situation.quantities import Point, Quantity
from detente.situation.scenarios import Scenario, scenarios
from detente.situation.values import patched

SIGMAS = 4.5
N = 4000
EFFECTS = {"surplus_effect": 1.5, "trust_effect": 2.0, "tension_effect": 0.7}
FIXED = {f"aftermath.{name}": x for name, x in EFFECTS.items()} | {
    "aftermath.rate": 0.03,
    "trust.east.west": 0.8,
    "trust.west.east": 0.5,
}
NO_ROAD = {
    "runup.incidents.raid.rate": 0.0,
    "runup.incidents.hoax.rate": 0.0,
    "runup.sabotage.militia.raid.capability": 0.0,
    "runup.calling_off.rate": 0.0,
    "runup.calling_off.least.east": 0.0,
    "escalation.rate": 0.0,
    "escalation.loss.east": 0.0,
}


@pytest.fixture(scope="module")
def bridge() -> Loaded:
    """A situation of one package with all three acts."""
    return load(Path(__file__).parents[1] / "situations" / "three-acts.yaml")


@pytest.fixture(scope="module")
def spring(bridge: Loaded) -> Scenario:
    """Its round with known effects in the aftermath."""
    found = scenarios(bridge.situation, None, rounds=["spring"], readings=["as-written"])[0]
    return at(found, FIXED)


def at(scenario: Scenario, points: Mapping[str, float]) -> Scenario:
    """The scenario with some addresses at known numbers."""
    patch = {address: Quantity(Point(x), "test") for address, x in points.items()}
    return replace(scenario, values=patched(scenario.values, patch, "test"))


def hazard(
    bridge: Loaded, scenario: Scenario, surplus: float, tension: float, loss: float = 0.0
) -> float:
    """Collapses a month where the least surplus, the tension and the militia's loss are these."""
    structure: Structure = structure_of(bridge.situation)
    found = collapse_hazard(
        structure,
        Draws(scenario.values, Plan(1, 1), 0, 1),
        np.array([[surplus, surplus + 0.3]]),
        np.array([tension]),
        np.array([[0.0, 0.0, loss]]),
    )
    return float(found[0])


def test_at_middling_values_the_hazard_is_the_published_rate(
    bridge: Loaded, spring: Scenario
) -> None:
    """Surplus 0.1, trust and tension 0.5: the rate itself, whatever the effects."""
    assert hazard(bridge, spring, 0.1, 0.5) == 0.03


def test_the_hazard_is_its_closed_form(bridge: Loaded, spring: Scenario) -> None:
    """Least surplus and least trust count, and a spoiler adds what it judges worth while."""
    expected = 0.03 * math.exp(-1.5 * (0.25 - 0.1) - 2.0 * (0.3 - 0.5) + 0.7 * (0.9 - 0.5))
    wary = at(spring, {"trust.west.east": 0.3})
    assert hazard(bridge, wary, 0.25, 0.9) == pytest.approx(expected, rel=1e-13)
    spoiled = expected + 0.02 * float(stats.norm.cdf((0.35 - 0.2) / 0.1))
    assert hazard(bridge, wary, 0.25, 0.9, loss=0.35) == pytest.approx(spoiled, rel=1e-13)


def test_what_is_bad_for_a_deal_shortens_it(bridge: Loaded, spring: Scenario) -> None:
    """The hazard falls with surplus and trust, and rises with tension and a spoiler's loss."""
    grid = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
    by_surplus = [hazard(bridge, spring, x, 0.5) for x in grid]
    by_trust = [hazard(bridge, at(spring, {"trust.east.west": x}), 0.1, 0.5) for x in grid[:3]]
    by_tension = [hazard(bridge, spring, 0.1, x) for x in grid]
    by_loss = [hazard(bridge, spring, 0.1, 0.5, loss=x) for x in grid[:5]]
    assert (np.diff(by_surplus) < 0.0).all()
    assert (np.diff(by_trust) < 0.0).all()
    assert (np.diff(by_tension) > 0.0).all()
    assert (np.diff(by_loss) > 0.0).all()
    assert by_loss[0] == 0.03  # no loss, no spoiler


def test_trust_that_is_not_stated_is_middling(every_term: Loaded) -> None:
    """Between principals only: what others trust does not count."""
    values = scenarios(every_term.situation, None)[0].values
    structure = structure_of(every_term.situation)
    draws = Draws(values, Plan(2, 1), 0, 2)
    least = np.minimum(draws.value("trust.north.south"), draws.value("trust.south.north"))
    between = {"trust.north.south", "trust.south.north"}
    bare = Draws({a: v for a, v in values.items() if a not in between}, Plan(2, 1), 0, 2)
    args = (np.full((2, 2), 0.1), np.full(2, 0.5), np.zeros((2, 4)))
    rate = draws.value("aftermath.rate")
    assert collapse_hazard(structure, bare, *args) == pytest.approx(rate, rel=1e-14)
    stated = collapse_hazard(structure, draws, *args)
    assert stated == pytest.approx(rate * np.exp(-(least - 0.5)), rel=1e-13)


@pytest.mark.parametrize("a_month", [0.002, 0.03, 1.7])
def test_lifetimes_are_exponential(spring: Scenario, a_month: float) -> None:
    """Kolmogorov's distance to the law: at most 1 / n, the chances being one in each stratum."""
    u = Draws(spring.values, Plan(N, 1), 0, N).chance("aftermath.lasts")
    months = months_lasted(np.full(N, a_month), u)
    assert stats.kstest(months, "expon", args=(0.0, 1.0 / a_month)).statistic <= 1.0 / N + 1e-12


def test_lifetimes_of_independent_chances_are_exponential() -> None:
    """The same with chances from elsewhere, to the Kolmogorov bound at SIGMAS."""
    u: Floats = np.random.default_rng(5).random(N)
    months = months_lasted(np.full(N, 0.4), u)
    bound = stats.kstwo.isf(2.0 * stats.norm.sf(SIGMAS), N)
    assert stats.kstest(months, "expon", args=(0.0, 2.5)).statistic <= bound


def test_without_a_hazard_a_deal_lasts_for_ever() -> None:
    """Hazard 0 is no division by zero."""
    assert months_lasted(np.array([0.0, 0.0]), np.array([0.1, 0.9])).tolist() == [np.inf] * 2


@pytest.mark.parametrize("horizon", [1.0, 24.0, 120.0])
def test_a_deal_outlasts_the_horizon_with_exponential_survival(
    bridge: Loaded, spring: Scenario, horizon: float
) -> None:
    """From the file to the table: every draw has the same deal, a share exp(-hazard h) of them lasts."""
    points = {
        "outlook.east": 0.6,
        "misreading.east": 0.0,
        "pressures.winter.felt": 0.0,
        "aftermath.horizon": horizon,
    }
    scenario = at(spring, NO_ROAD | points)
    assert scenario.calendar is not None
    scenario = replace(scenario, calendar=replace(scenario.calendar, recorded=()))
    out = run(structure_of(bridge.situation), [scenario], Plan(N, 1), why=False)[0]
    assert out.deal.all()
    assert out.lasts is not None
    assert out.months is not None
    surplus = 1.0 - 0.6 - 0.3 * 0.2  # gain less outlook less hardening times tension
    after = 0.02 * float(stats.norm.cdf((0.5 - 0.2) / 0.1))  # the militia loses 0.5
    rate = 0.03 * math.exp(-1.5 * (surplus - 0.1) - 0.0 + 0.7 * (0.2 - 0.5)) + after
    assert abs(out.lasts.mean() - math.exp(-rate * horizon)) <= 1.0 / N + 1e-12
    assert (out.lasts == (out.months >= horizon)).all()


def test_only_deals_have_a_lifetime(bridge: Loaded, spring: Scenario) -> None:
    """Months are unknown, not zero, without a deal; and no deal never lasts."""
    out = run(structure_of(bridge.situation), [spring], Plan(N, 1), why=False)[0]
    assert out.months is not None
    assert out.lasts is not None
    assert 0 < out.deal.sum() < N
    assert (np.isnan(out.months) == ~out.deal).all()
    assert not out.lasts[~out.deal].any()
    assert (out.months[out.deal] > 0.0).all()


@pytest.mark.parametrize("deal", [False, True])
def test_a_deal_takes_its_share_off_the_risk_of_war(spring: Scenario, deal: bool) -> None:
    """R without a deal, R (1 - share removed) with one, to one row in n; war on the road stays."""
    draws = Draws(spring.values, Plan(N, 1), 0, N)
    risk, removed, deals = np.full(N, 0.4), np.full(N, 0.75), np.full(N, deal)
    found = escalates(draws, risk, removed, deals, np.zeros(N, dtype=np.bool_))
    assert abs(found.mean() - (0.1 if deal else 0.4)) <= 1.0 / N + 1e-12
    assert escalates(draws, risk, removed, deals, np.ones(N, dtype=np.bool_)).all()
