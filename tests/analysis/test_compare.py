"""Two scenarios side by side: exact shares of a difference, and the error of the difference."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from detente.analysis.compare import (
    Comparison,
    compare,
    difference,
    influence,
    shapley,
    subsets,
)
from detente.analysis.probabilities import NAMES, probabilities
from detente.arrays import Floats
from detente.ensemble.chunk import Outcomes
from detente.ensemble.run import run
from detente.model.structure import structure_of
from detente.sampling.draws import Plan
from detente.situation.load import Loaded, load
from detente.situation.quantities import Point, Quantity
from detente.situation.scenarios import Scenario, scenarios
from detente.situation.values import patched

SIGMAS = 4.5
Game = dict[frozenset[str], Floats]
MakeOutcomes = Callable[..., Outcomes]


@pytest.fixture(scope="module")
def bridge() -> Loaded:
    """A situation of one package with all three acts."""
    return load(Path(__file__).parents[1] / "situations" / "three-acts.yaml")


@pytest.fixture(scope="module")
def pair(bridge: Loaded) -> tuple[Scenario, Scenario]:
    """Winter under the calm reading, spring under the dark one: everything differs."""
    found = scenarios(bridge.situation, None)
    return found[0], found[3]


def at(scenario: Scenario, points: Mapping[str, float]) -> Scenario:
    """The scenario with some addresses at known numbers."""
    patch = {address: Quantity(Point(x), "test") for address, x in points.items()}
    return replace(scenario, values=patched(scenario.values, patch, "test"))


def game(drivers: str, seed: int = 1, rows: int = 50) -> Game:
    """A random value for every subset of drivers named by letters."""
    rng = np.random.default_rng(seed)
    return {taken: rng.normal(size=rows) for taken in subsets(drivers)}


def test_every_subset_once_from_nothing_to_everything() -> None:
    """Eight drivers make 256."""
    found = subsets("abcdefgh")
    assert len(found) == len(set(found)) == 256
    assert found[0] == frozenset()
    assert found[-1] == frozenset("abcdefgh")


@pytest.mark.parametrize("drivers", ["a", "ab", "abc", "abcdefgh"])
def test_shapley_values_sum_to_the_difference(drivers: str) -> None:
    """Element by element, to 1e-12."""
    value = game(drivers)
    total = np.sum(list(shapley(drivers, value).values()), axis=0)
    expected = value[frozenset(drivers)] - value[frozenset()]
    assert np.abs(total - expected).max() <= 1e-12


def test_two_drivers_share_what_they_do_together() -> None:
    """Half of what a adds alone and half of what it adds after b."""
    value = game("ab")
    none, a, b, ab = (value[frozenset(s)] for s in ("", "a", "b", "ab"))
    found = shapley("ab", value)
    assert found["a"] == pytest.approx(0.5 * (a - none) + 0.5 * (ab - b), abs=1e-15)
    assert found["b"] == pytest.approx(0.5 * (b - none) + 0.5 * (ab - a), abs=1e-15)


def test_values_are_the_mean_over_all_orders() -> None:
    """Shapley's definition, four drivers, all 24 orders one by one."""
    value = game("abcd")
    found = shapley("abcd", value)
    orders = list(itertools.permutations("abcd"))
    for driver in "abcd":
        gains = [
            value[frozenset(order[: order.index(driver) + 1])]
            - value[frozenset(order[: order.index(driver)])]
            for order in orders
        ]
        assert found[driver] == pytest.approx(np.mean(gains, axis=0), abs=1e-13)


def test_a_driver_that_changes_nothing_carries_nothing() -> None:
    """Exactly 0, whatever the others do; and the others share as if it were not there."""
    smaller = game("abc")
    value = {taken: smaller[taken - {"x"}] for taken in subsets("axbc")}
    found, without = shapley("axbc", value), shapley("abc", smaller)
    assert not found["x"].any()
    for driver in "abc":
        assert found[driver] == pytest.approx(without[driver], abs=1e-13)


def test_the_order_of_drivers_does_not_matter() -> None:
    """Neither do their names: drivers that do the same carry the same."""
    value = game("abcde")
    first, second = shapley("abcde", value), shapley("decab", value)
    for driver in "abcde":
        assert first[driver] == pytest.approx(second[driver], abs=1e-14)
    renamed = dict(zip("abcde", "badce", strict=True))
    swapped = {frozenset(renamed[d] for d in taken): v for taken, v in value.items()}
    third = shapley("abcde", swapped)
    for driver in "abcde":
        assert third[renamed[driver]] == pytest.approx(first[driver], abs=1e-14)


def test_the_shares_of_a_comparison_sum_to_its_difference(
    bridge: Loaded, pair: tuple[Scenario, Scenario]
) -> None:
    """For every probability as the target, and backwards with the sign turned."""
    for target in NAMES:
        forth, back = (
            compare(bridge.situation, [order], Plan(300, 1), target)[0]
            for order in (pair, (pair[1], pair[0]))
        )
        shares = {share.driver: share for share in forth.shares}
        assert len(shares) == len(forth.what.drivers) == 5
        total = math.fsum(share.points for share in forth.shares)
        assert abs(total - forth.differences[target].points) <= 1e-12
        for share in back.shares:
            assert share.points == pytest.approx(-shares[share.driver].points, abs=1e-12)
            assert share.se == pytest.approx(shares[share.driver].se, abs=1e-12)


def test_two_drivers_by_hand(bridge: Loaded, pair: tuple[Scenario, Scenario]) -> None:
    """Positions and trust: four runs made here give the shares that are reported."""
    first = pair[0]
    outlook, tension = {"outlook.east": 0.9}, {"runup.tension": 0.7}
    second = at(first, outlook | tension)
    plan = Plan(800, 2)
    (found,) = compare(bridge.situation, [(first, second)], plan, "deal")
    four = [first, at(first, tension), at(first, outlook), second]
    none, t, o, both = (
        float(out.deal.mean()) for out in run(structure_of(bridge.situation), four, plan, why=False)
    )
    assert [share.driver for share in found.shares] == ["tension", "outlook"]
    assert found.shares[0].points == pytest.approx(0.5 * (t - none) + 0.5 * (both - o), abs=1e-12)
    assert found.shares[1].points == pytest.approx(0.5 * (o - none) + 0.5 * (both - t), abs=1e-12)
    assert found.differences["deal"].points == pytest.approx(both - none, abs=1e-12)


def test_a_driver_without_effect_gets_exactly_nothing(
    bridge: Loaded, pair: tuple[Scenario, Scenario]
) -> None:
    """Trust matters after a deal only: of the chance of a deal it carries 0, without error."""
    first = pair[0]
    second = at(first, {"trust.east.west": 0.1, "runup.tension": 0.5})
    (found,) = compare(bridge.situation, [(first, second)], Plan(300, 1), "deal")
    shares = {share.driver: (share.points, share.se) for share in found.shares}
    assert shares["trust"] == (0.0, 0.0)
    assert shares["tension"][0] < 0.0


def test_a_scenario_does_not_differ_from_itself(
    bridge: Loaded, pair: tuple[Scenario, Scenario]
) -> None:
    """No drivers, and every difference exactly 0 with no error."""
    (found,) = compare(bridge.situation, [(pair[1], pair[1])], Plan(200, 1), "tangible_given_held")
    assert found.shares == ()
    assert set(found.differences) == set(NAMES)
    for name, one in found.differences.items():
        assert (one.points, one.se) == (0.0, 0.0), name
        assert one.first == one.second


def test_both_sides_are_the_runs_themselves(
    bridge: Loaded, pair: tuple[Scenario, Scenario]
) -> None:
    """Probabilities side by side are those each scenario has alone; progress counts every draw."""
    plan = Plan(400, 1)
    seen: list[tuple[int, int]] = []

    def progress(done: int, of: int) -> None:
        seen.append((done, of))

    pairs = [pair, (pair[1], pair[1])]
    found: list[Comparison] = compare(
        bridge.situation, pairs, plan, "held", chunk=150, progress=progress
    )
    alone = [probabilities(o) for o in run(structure_of(bridge.situation), pair, plan, why=False)]
    for name, one in found[0].differences.items():
        assert (one.first, one.second) == (alone[0][name], alone[1][name])
        assert one.points == pytest.approx(one.second.p - one.first.p, abs=1e-14)
    assert [done for done, _ in seen] == sorted({done for done, _ in seen})
    assert seen[-1] == (33 * 400, 33 * 400)


def test_the_column_of_a_conditional_share_averages_to_it(make_outcomes: MakeOutcomes) -> None:
    """P + (a - p b) / E[b] by hand; nothing at all where the condition never holds."""
    out = make_outcomes(
        [1] * 4, cause=[0, 0, 1, 2], deal=[True, False, False, False],
        tangible=[True, False, False, False],
    )  # fmt: skip
    column = influence(out, "tangible_given_held")
    assert column.tolist() == [0.5 + 0.5 / 0.5, 0.5 - 0.5 / 0.5, 0.5, 0.5]
    assert column.mean() == 0.5
    never = make_outcomes([1] * 2, cause=[1, 1], deal=[False] * 2, tangible=[False] * 2)
    assert influence(never, "tangible_given_held").tolist() == [0.0, 0.0]


def assert_errors_are_honest(points: Floats, errors: Floats) -> None:
    """The scatter of ``points`` over replications lies in the band for the errors they state."""
    tail = float(stats.norm.sf(SIGMAS))
    freedom = len(points) - 1
    ratio = float(points.var(ddof=1) / (errors**2).mean())
    low, high = (float(stats.chi2.ppf(q, freedom)) / freedom for q in (tail, 1.0 - tail))
    assert low <= ratio <= high


@pytest.mark.parametrize("name", NAMES)
def test_the_error_of_a_difference_is_how_far_it_scatters(
    make_outcomes: MakeOutcomes, name: str
) -> None:
    """Over 600 tables of 400 independent rows, both scenarios sharing their chances."""
    rng = np.random.default_rng(7)
    found = np.array([_one_difference(rng, make_outcomes, name) for _ in range(600)])
    assert_errors_are_honest(found[:, 0], found[:, 1])


def _one_difference(
    rng: np.random.Generator, make_outcomes: MakeOutcomes, name: str
) -> tuple[float, float]:
    u = rng.random((5, 400))
    sides: list[Outcomes] = []
    for held, deal, tangible, lasts, war in ((0.7, 0.5, 0.8, 0.6, 0.1), (0.5, 0.65, 0.7, 0.8, 0.2)):
        met = u[0] < held
        agreed = met & (u[1] < deal * (1.0 + 0.3 * (u[0] < 0.3)))
        sides.append(
            make_outcomes(
                [1] * 400,
                cause=np.where(met, 0, 1),
                deal=agreed,
                tangible=agreed & (u[2] < tangible),
                lasts=agreed & (u[3] < lasts),
                escalated=u[4] < war,
            )
        )
    return difference(sides[0], sides[1], name)


def test_the_error_holds_over_replications_of_a_run(
    bridge: Loaded, pair: tuple[Scenario, Scenario]
) -> None:
    """Forty seeds; where only incidents decide, rows are independent and the band has two sides.

    With no misreading, a known outlook and foresight, a deal closes if the incidents of
    the run-up leave demand low enough. Tension at the start differs.
    """
    known = {
        "outlook.east": 0.85,
        "misreading.east": 0.0,
        "escalation.loss.east": 0.0,
        "escalation.rate": 0.0,
        "pressures.winter.felt": 0.0,
        "runup.calling_off.rate": 0.0,
        "runup.calling_off.least.east": 0.0,
        "runup.incidents.raid.rate": 3.0,
        "runup.sabotage.militia.raid.capability": 0.0,
    }
    first, second = (at(pair[1], known | {"runup.tension": t}) for t in (0.3, 0.15))
    structure = structure_of(bridge.situation)
    found: list[tuple[float, float]] = []
    for seed in range(40):
        one, other = run(structure, [first, second], Plan(500, seed), why=False)
        found.append(difference(one, other, "deal"))
    points, errors = np.array(found).T
    # the difference is no accident of the draws, so there is an error to speak of
    assert points.mean() > SIGMAS * errors.mean() / math.sqrt(len(points))
    assert_errors_are_honest(points, errors)


def test_stratified_draws_scatter_no_more_than_stated(
    bridge: Loaded, pair: tuple[Scenario, Scenario]
) -> None:
    """Forty seeds of the situation as it is: errors err on the large side, if at all."""
    structure = structure_of(bridge.situation)
    found = {name: list[tuple[float, float]]() for name in NAMES}
    for seed in range(40):
        one, other = run(structure, pair, Plan(500, seed), why=False)
        for name in NAMES:
            found[name].append(difference(one, other, name))
    bound = float(stats.chi2.isf(stats.norm.sf(SIGMAS), 39)) / 39
    for name, pairs in found.items():
        points, errors = np.array(pairs).T
        assert 0.0 < points.var(ddof=1) <= bound * (errors**2).mean(), name
