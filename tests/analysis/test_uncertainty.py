"""Input uncertainty told apart from Monte Carlo error."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from scipy import stats

from detente.analysis.uncertainty import Spread, input_spread, shrunk_spread
from detente.arrays import Floats
from detente.ensemble.chunk import Outcomes


def every(chance: Floats) -> Spread:
    """The spread where every draw counts."""
    return shrunk_spread(chance, np.ones_like(chance))


@pytest.mark.parametrize("sd", [0.02, 0.05, 0.1])
def test_a_known_spread_between_points_is_recovered(sd: float) -> None:
    """Points scatter by a known sd, draws within a point by much more: 80 % interval of the points."""
    rng = np.random.default_rng(7)
    widths: list[float] = []
    for _ in range(30):
        points = 0.5 + sd * rng.standard_normal((100, 1))
        found = every(points + 0.2 * rng.standard_normal((100, 20)))
        assert found.points == 100
        widths.append(found.high - found.low)
    expected = 2 * stats.norm.ppf(0.9) * sd
    assert np.mean(widths) == pytest.approx(expected, rel=0.12)


def test_noise_alone_is_no_input_uncertainty() -> None:
    """Where all points are alike the interval is far narrower than the scatter of their means."""
    rng = np.random.default_rng(8)
    chance = 0.5 + 0.2 * rng.standard_normal((1000, 20))
    found = every(chance)
    raw = np.quantile(chance.mean(axis=1), [0.1, 0.9])
    assert found.high - found.low < 0.5 * (raw[1] - raw[0])


def test_without_noise_the_points_themselves_are_the_answer() -> None:
    """Eight in ten of the points, and never outside 0 and 1."""
    chance = np.repeat(np.linspace(0, 1, 101)[:, None], 4, axis=1)
    found = every(chance)
    assert (found.low, found.high) == pytest.approx((0.1, 0.9))
    constant = every(np.full((10, 3), 0.25))
    assert (constant.low, constant.high) == (0.25, 0.25)


def test_rows_that_share_inputs_form_a_point(make_outcomes: Callable[..., Outcomes]) -> None:
    """Consecutive rows are one point; packages that are not tangible count as no chance."""
    outcomes = make_outcomes([1] * 6, closing=[0.2, 0.2, 0.2, 0.8, 0.8, 0.8])
    found = input_spread(outcomes, np.ones(6), 3)
    assert found is not None
    assert (found.low, found.high, found.points) == (pytest.approx(0.26), pytest.approx(0.74), 2)
    nothing = input_spread(outcomes, np.zeros(6), 3)
    assert nothing is not None
    assert (nothing.low, nothing.high) == (0.0, 0.0)


def test_draws_that_never_met_do_not_count() -> None:
    """Whatever stands in a row of weight 0, the spread is that of the other rows."""
    rng = np.random.default_rng(9)
    chance = rng.random((60, 20))
    weight = np.ones((60, 20))
    weight[:, 12:] = 0.0
    spoilt = chance.copy()
    spoilt[:, 12:] = 1e6
    found, expected = shrunk_spread(spoilt, weight), every(chance[:, :12])
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), rel=1e-12)
