"""Scores of distributions on a grid: closed forms, brute force, and what is right covers its level."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.arrays import Floats
from detente.spatial.scores import (
    central,
    crps,
    inside,
    log_score,
    pit_shares,
    quantile,
    shortest,
    stretch,
)

WEIGHTS = st.lists(st.integers(0, 9), min_size=2, max_size=12).filter(any)


def distribution(weights: list[int]) -> Floats:
    """One row that sums to 1."""
    return np.array([weights]) / sum(weights)


def every_outcome(weights: list[int]) -> tuple[Floats, np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """The distribution once for each point that can come, and the points."""
    points = np.flatnonzero(weights).astype(np.int64)
    return np.repeat(distribution(weights), len(points), axis=0), points


def test_the_crps_of_a_point_is_its_distance() -> None:
    """All mass on 30: 20 for an outcome of 50, nothing for 30."""
    mass = np.zeros((2, 101))
    mass[:, 30] = 1.0
    np.testing.assert_allclose(crps(mass, np.array([50, 30])), [20.0, 0.0])


@given(WEIGHTS, st.data())
@settings(max_examples=40)
def test_the_crps_is_mean_distance_less_half_the_spread(
    weights: list[int], data: st.DataObject
) -> None:
    """E|X - y| - E|X - X'| / 2 (Gneiting & Raftery 2007), summed pair by pair."""
    mass, outcome = distribution(weights), data.draw(st.integers(0, len(weights) - 1))
    points, p = range(len(weights)), mass[0]
    far = sum(p[i] * abs(i - outcome) for i in points)
    spread = sum(p[i] * p[j] * abs(i - j) for i in points for j in points)
    assert crps(mass, np.array([outcome]))[0] == pytest.approx(far - spread / 2, abs=1e-12)


def test_the_log_score_of_the_impossible_is_infinite() -> None:
    """-ln 1/4, and infinity where nothing was given."""
    mass = np.array([[0.25, 0.75, 0.0], [0.25, 0.75, 0.0]])
    np.testing.assert_allclose(log_score(mass, np.array([0, 2])), [np.log(4), np.inf])


@given(WEIGHTS, st.floats(0.05, 0.99))
@settings(max_examples=60)
def test_a_right_distribution_covers_just_its_level(weights: list[int], level: float) -> None:
    """Weighted by the distribution itself, coverage by the PIT is the level, atoms or not."""
    mass, points = every_outcome(weights)
    covered = central(mass, points, level)
    assert (mass[0, points] * covered).sum() == pytest.approx(level, abs=1e-9)


@given(WEIGHTS)
@settings(max_examples=40)
def test_a_right_distribution_has_a_flat_pit(weights: list[int]) -> None:
    """Weighted by the distribution itself, every bin holds the same; each case sums to 1."""
    mass, points = every_outcome(weights)
    shares = pit_shares(mass, points, 7)
    np.testing.assert_allclose(shares.sum(axis=1), 1.0)
    np.testing.assert_allclose(mass[0, points] @ shares, 1 / 7)


def test_an_outcome_that_was_given_nothing_falls_into_one_bin() -> None:
    """Its PIT has no width: 0.5 lies in the second half, and in no other part."""
    mass, outcome = np.array([[0.5, 0.0, 0.5]]), np.array([1])
    low, high = stretch(mass, outcome)
    assert (low[0], high[0]) == (0.5, 0.5)
    assert inside(mass, outcome, 0.5, 1.0)[0] == 1.0
    assert inside(mass, outcome, 0.0, 0.5)[0] == 0.0


@given(WEIGHTS, st.floats(0.05, 0.99))
@settings(max_examples=60)
def test_the_shortest_interval_is_the_shortest(weights: list[int], level: float) -> None:
    """Against every run of points; of equally short ones the one that holds most."""
    mass = distribution(weights)
    found = shortest(mass, level)
    size = len(weights)
    runs = [
        (b - a, -mass[0, a : b + 1].sum())
        for a in range(size)
        for b in range(a, size)
        if mass[0, a : b + 1].sum() >= level - 1e-12
    ]
    width, held = min(runs)
    assert found.high[0] - found.low[0] == width
    assert found.held[0] == pytest.approx(-held)
    assert found.cover(found.low)[0]
    assert not found.cover(found.high + 1)[0]


def test_a_quantile_is_the_lowest_point_that_reaches_its_level() -> None:
    """Half at 1 reaches one half; 0.51 takes the next."""
    mass = np.array([[0.2, 0.3, 0.5]])
    assert quantile(mass, 0.5)[0] == 1
    assert quantile(mass, 0.51)[0] == 2
    assert quantile(mass, 1.0)[0] == 2
