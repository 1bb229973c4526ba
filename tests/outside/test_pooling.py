"""Pools and mixtures: identities that hold whatever the numbers."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from detente.outside.base_rates import Beta
from detente.outside.pooling import (
    Mixture,
    Weighted,
    expit,
    linear_pool,
    log_odds_pool,
    logit,
    normalised,
    pooled_interval,
    quantile,
)

chances = st.floats(0.001, 0.999)
weights = st.floats(0.0, 1.0)
TWO = Mixture((Beta(3.5, 10.5), Beta(40.5, 9.5)), (0.25, 0.75))


@given(chances, chances, weights)
def test_a_pool_lies_between_and_ends_at_either(p: float, q: float, w: float) -> None:
    """Weight 0 is the inside view, weight 1 the outside one, any other lies between."""
    for pool in (linear_pool, log_odds_pool):
        assert pool(p, q, 0.0) == pytest.approx(p)
        assert pool(p, q, 1.0) == pytest.approx(q)
        assert min(p, q) - 1e-12 <= pool(p, q, w) <= max(p, q) + 1e-12
        assert pool(p, p, w) == pytest.approx(p)
        assert pool(1 - p, 1 - q, w) == pytest.approx(1 - pool(p, q, w))


def test_the_log_odds_pool_is_the_geometric_mean_of_odds() -> None:
    """Worked by hand: odds 4 and 1/9 with weights 1/2 give 2/3, a chance of 0.4."""
    assert log_odds_pool(0.8, 0.1, 0.5) == pytest.approx(0.4)
    assert linear_pool(0.8, 0.1, 0.25) == pytest.approx(0.625)
    assert expit(logit(0.123)) == pytest.approx(0.123)
    assert expit(-800.0) == 0.0


def test_a_mixture_has_the_moments_of_its_density() -> None:
    """Mean, and the two parts of its variance, by the midpoint rule."""
    x = (np.arange(100_000) + 0.5) / 100_000
    density = 0.25 * stats.beta.pdf(x, 3.5, 10.5) + 0.75 * stats.beta.pdf(x, 40.5, 9.5)
    density /= density.sum()
    mean = float(x @ density)
    assert TWO.mean == pytest.approx(mean, rel=1e-8)
    assert TWO.within + TWO.between == pytest.approx(float((x - mean) ** 2 @ density), rel=1e-7)
    assert 0.0 < TWO.heterogeneity < 1.0


def test_classes_that_agree_are_not_heterogeneous() -> None:
    """Equal means leave nothing between; one part alone is that part."""
    alike = Mixture((Beta(2, 6), Beta(20, 60)), (0.5, 0.5))
    assert alike.heterogeneity == pytest.approx(0.0, abs=1e-15)
    one = Mixture((Beta(2, 6),), (1.0,))
    assert one.interval(0.9) == pytest.approx(Beta(2, 6).interval(0.9), abs=1e-12)


@given(st.floats(0.01, 0.99))
@settings(max_examples=20)
def test_the_quantile_turns_the_distribution_round(p: float) -> None:
    """Where the distribution is continuous it takes the value asked for there."""
    assert TWO.cdf(quantile(TWO.cdf, p)) == pytest.approx(p, abs=1e-9)


def test_values_with_weights_jump() -> None:
    """The least value at which enough weight lies."""
    three = Weighted(np.array([0.2, 0.5, 0.9]), np.array([0.25, 0.5, 0.25]))
    assert three.cdf(0.5) == 0.75
    assert three.interval(0.5) == pytest.approx((0.2, 0.5))
    assert three.interval(0.9) == pytest.approx((0.2, 0.9))


@given(weights)
@settings(max_examples=20)
def test_the_pooled_interval_reaches_no_further_than_both(w: float) -> None:
    """It lies within the least and the greatest end of the two."""
    inside = Weighted(np.linspace(0.3, 0.5, 21), np.full(21, 1 / 21))
    low, high = pooled_interval(inside, TWO, w, 0.9)
    a, b = inside.interval(0.9), TWO.interval(0.9)
    assert min(a[0], b[0]) - 1e-9 <= low <= high <= max(a[1], b[1]) + 1e-9


def test_weights_are_made_to_sum_to_one() -> None:
    """In proportion."""
    assert normalised([1, 3]) == (0.25, 0.75)
    assert math.fsum(normalised([0.1] * 7)) == pytest.approx(1.0)
