"""Effects against analytic values, SciPy and SALib, with chance and without."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from scipy import stats

from detente.analysis.pick_freeze import Pages, plan_of
from detente.analysis.resampling import Resampling
from detente.analysis.sobol import Effect, averaged, effects, of_chances, of_draws, share_of_inputs
from detente.sampling.draws import Draws
from detente.situation.quantities import Uniform
from detente.testing.plain_functions import (
    ISHIGAMI,
    ISHIGAMI_FIRST,
    ISHIGAMI_TOTAL,
    ishigami,
    plain_pages,
)

SINGLE = {name: frozenset({name}) for name in ISHIGAMI}
WEIGHTS = {"p.one": 0.6, "p.two": 0.3, "p.three": 0.1}
UNIT = {name: Uniform(0.0, 1.0) for name in (*WEIGHTS, "p.idle")}
APART = {name: frozenset({name}) for name in UNIT}


def additive(draws: Draws) -> np.ndarray:
    """1 with a chance that is a sum of one part an input."""
    chance = sum(weight * draws.value(name) for name, weight in WEIGHTS.items())
    return (draws.chance("x") < chance).astype(float)


def found(pages: Pages, seed: int = 1) -> dict[str, Effect]:
    return effects(of_chances(pages), ["y"], Resampling(seed))["y"]


def holds(effect: Effect, first: float, total: float) -> bool:
    return (
        effect.first.low <= first <= effect.first.high
        and effect.total.low <= total <= effect.total.high
    )


@pytest.mark.parametrize("lucks", [1, 2])
def test_ishigami_analytically(lucks: int) -> None:
    """S1 = .314, .442, 0 and ST = .558, .442, .244 lie within the intervals, which are narrow."""
    got = found(plain_pages(ishigami, ISHIGAMI, SINGLE, plan_of(4096, 1, lucks)))
    for name, effect in got.items():
        assert holds(effect, ISHIGAMI_FIRST[name], ISHIGAMI_TOTAL[name]), (name, effect)
        assert effect.first.high - effect.first.low < 0.13
        assert effect.total.high - effect.total.low < 0.13


@pytest.mark.parametrize(
    "groups", [SINGLE, {"odd": frozenset({"x.one", "x.three"}), "two": frozenset({"x.two"})}]
)
def test_without_chance_it_is_what_scipy_gives(groups: Mapping[str, frozenset[str]]) -> None:
    """The same numbers as scipy.stats.sobol_indices on the same columns, groups or not."""
    pages = plain_pages(ishigami, ISHIGAMI, groups, plan_of(1024, 5, lucks=1))
    theirs = stats.sobol_indices(
        func={
            "f_A": pages.a[..., 0],
            "f_B": pages.b[..., 0],
            "f_AB": np.stack([page[..., 0] for page in pages.groups.values()]),
        },
        n=1024,
    )
    for split in (of_chances, of_draws):
        ours = effects(split(pages), ["y"], Resampling(1))["y"]
        first = [ours[name].first.value for name in groups]
        total = [ours[name].total.value for name in groups]
        assert first == pytest.approx(np.ravel(theirs.first_order), abs=1e-12)
        assert total == pytest.approx(np.ravel(theirs.total_order), abs=1e-12)


def test_salib_gives_the_same_up_to_its_centring() -> None:
    """SALib centres on all pages; that moves an estimate by far less than its interval."""
    analyze = pytest.importorskip("SALib.analyze.sobol", reason="SALib is an optional oracle")
    pages = plain_pages(ishigami, ISHIGAMI, SINGLE, plan_of(4096, 5, lucks=1))
    columns = [pages.a, *pages.groups.values(), pages.b]
    problem = {"num_vars": 3, "names": list(SINGLE), "bounds": [[-np.pi, np.pi]] * 3}
    theirs = analyze.analyze(
        problem, np.stack([c[0, :, 0] for c in columns], axis=1).reshape(-1),
        calc_second_order=False, seed=1,
    )  # fmt: skip
    for index, effect in enumerate(found(pages).values()):
        assert effect.first.value == pytest.approx(theirs["S1"][index], abs=0.01)
        assert effect.total.value == pytest.approx(theirs["ST"][index], abs=0.01)
        width = (effect.first.high - effect.first.low) / 2
        assert width == pytest.approx(theirs["S1_conf"][index], rel=0.15)


def test_an_additive_chance_has_first_orders_that_sum_to_one() -> None:
    """Though chance makes five sixths of the variance, effects are shares of the rest.

    Over twelve seeds the sum is one to three standard errors, and nine in ten intervals
    hold the true shares.
    """
    whole = sum(weight**2 for weight in WEIGHTS.values())
    sums, hits = list[float](), list[bool]()
    for seed in range(12):
        products = of_chances(plain_pages(additive, UNIT, APART, plan_of(2048, seed)))
        got = effects(products, ["y"], Resampling(seed))["y"]
        sums.append(sum(effect.first.value for effect in got.values()))
        for name in UNIT:
            true = WEIGHTS.get(name, 0.0) ** 2 / whole
            hits.append(holds(got[name], true, true))
        inputs = share_of_inputs(products, ["y"], Resampling(seed))["y"]
        hits.append(inputs.low <= whole / 12 / 0.25 <= inputs.high)
    assert abs(np.mean(sums) - 1.0) < 3 * np.std(sums) / np.sqrt(12)
    assert np.std(sums) < 0.12
    assert np.mean(hits) >= 0.9


def test_in_a_single_draw_chance_takes_part_in_everything() -> None:
    """Of draws, the total effect of the inputs is far above what they do to the chance."""
    pages = plain_pages(additive, UNIT, {"all": frozenset(UNIT)}, plan_of(4096, 3))
    chances = effects(of_chances(pages), ["y"], Resampling(1))["y"]["all"]
    draws = effects(of_draws(pages), ["y"], Resampling(1))["y"]["all"]
    reach = chances.total.high - chances.total.low  # four standard errors
    assert abs(chances.total.value - 1.0) < reach < 0.2
    assert draws.first.value < 0.2
    assert draws.total.value > 0.4


def test_a_group_that_does_nothing_has_an_interval_that_holds_nothing() -> None:
    """The idle input, and a group of no addresses."""
    pages = plain_pages(additive, UNIT, {**APART, "none": frozenset()}, plan_of(512, 2))
    for name in ("p.idle", "none"):
        assert holds(found(pages)[name], 0.0, 0.0)


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    """Over 60 seeds, 95 % intervals hold the analytic values in at least 88 % of cases."""
    hits = [
        holds(effect, ISHIGAMI_FIRST[name], effect.total.value)
        for seed in range(60)
        for name, effect in found(
            plain_pages(ishigami, ISHIGAMI, SINGLE, plan_of(256, seed, lucks=1)), seed
        ).items()
    ]
    assert np.mean(hits) >= 0.88


def test_names_and_order_of_groups_change_nothing() -> None:
    """Relabelled and turned round, every group has the same numbers to the last bit."""
    plan = plan_of(256, 4)
    one = found(plain_pages(additive, UNIT, APART, plan))
    other = found(plain_pages(additive, UNIT, {f"g-{n}": APART[n] for n in reversed(APART)}, plan))
    for name, effect in one.items():
        assert other[f"g-{name}"].first.value == pytest.approx(effect.first.value, abs=1e-14)
        assert other[f"g-{name}"].total.high == pytest.approx(effect.total.high, abs=1e-14)


def test_over_readings_is_the_mean_of_variances_by_weight() -> None:
    """A reading under which nothing moves halves the variance and leaves the shares."""
    moving = of_chances(plain_pages(ishigami, ISHIGAMI, SINGLE, plan_of(256, 4)))
    still = of_chances(plain_pages(lambda d: 0.0 * ishigami(d), ISHIGAMI, SINGLE, plan_of(256, 4)))
    both = averaged([0.5, 0.5], [moving, still])
    assert both.whole.mean() == pytest.approx(moving.whole.mean() / 2)
    ours, theirs = (effects(one, ["y"], Resampling(1))["y"] for one in (both, moving))
    assert ours["x.two"].total.value == pytest.approx(theirs["x.two"].total.value)
