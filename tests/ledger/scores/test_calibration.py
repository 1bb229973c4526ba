"""Scores taken apart: Murphy's identity, and the CORP curve with its band."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.arrays import Floats
from detente.ledger.scores.corp import recalibrated, reliability
from detente.ledger.scores.murphy import murphy

pairs = st.lists(
    st.tuples(st.floats(0, 1), st.sampled_from([0.0, 1.0])), min_size=1, max_size=60
).map(lambda found: (np.array([p for p, _ in found]), np.array([y for _, y in found])))


@given(pairs)
def test_the_parts_add_up_to_the_score(given_: tuple[Floats, Floats]) -> None:
    """Reliability - resolution + uncertainty + what is left within bins, whatever the forecasts."""
    p, y = given_
    found = murphy(p, y)
    total = found.reliability - found.resolution + found.uncertainty + found.within
    assert found.brier == pytest.approx(float(np.mean((p - y) ** 2)))
    assert total == pytest.approx(found.brier, abs=1e-12)
    assert min(found.reliability, found.resolution, found.uncertainty) >= 0.0
    assert sum(one.count for one in found.bins) == len(p)


@given(pairs)
def test_with_bin_means_three_parts_are_enough(given_: tuple[Floats, Floats]) -> None:
    """Where each forecast is its bin's mean, Brier = reliability - resolution + uncertainty."""
    p, y = given_
    at = np.minimum((p * 10).astype(int), 9)
    means = np.array([p[at == k].mean() for k in at])
    assume_same = np.minimum((means * 10).astype(int), 9)
    if not (assume_same == at).all():  # a mean rounded over its edge
        return
    found = murphy(means, y)
    assert found.within == pytest.approx(0.0, abs=1e-12)
    three = found.reliability - found.resolution + found.uncertainty
    assert three == pytest.approx(found.brier, abs=1e-12)


def test_bin_middles_would_not_add_up() -> None:
    """The identity fails with a bin's middle, which is why its mean is used."""
    p, y = np.array([0.31, 0.32, 0.39, 0.39]), np.array([0.0, 1.0, 1.0, 0.0])
    found = murphy(p, y)
    middle = (0.35 - 0.5) ** 2 - found.resolution + found.uncertainty
    assert abs(middle - found.brier) > 1e-4
    assert found.bins[0].mean == pytest.approx(p.mean())


def test_edges_belong_to_the_bin_above() -> None:
    """0.1 to the second bin, 1 to the last."""
    found = murphy(np.array([0.0, 0.1, 1.0]), np.array([0.0, 0.0, 1.0]))
    assert [(one.low, one.count) for one in found.bins] == [(0.0, 1), (0.1, 1), (0.9, 1)]


def pooled_by_hand(shares: list[float], counts: list[int]) -> list[float]:
    """Pool adjacent violators, the textbook way."""
    blocks: list[list[float]] = []
    for share, count in zip(shares, counts, strict=True):
        blocks.append([share, count, 1])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            b, a = blocks.pop(), blocks.pop()
            n = a[1] + b[1]
            blocks.append([(a[0] * a[1] + b[0] * b[1]) / n, n, a[2] + b[2]])
    return [share for share, _, length in blocks for _ in range(int(length))]


@given(pairs)
def test_the_curve_pools_adjacent_violators(given_: tuple[Floats, Floats]) -> None:
    """It rises, agrees with the textbook's algorithm, and does not hang on the order given."""
    p, y = given_
    at, curve, count = recalibrated(p, y)
    assert (np.diff(curve) >= -1e-12).all()
    shares = [float(y[p == x].mean()) for x in at]
    assert curve == pytest.approx(pooled_by_hand(shares, [int(c) for c in count]), abs=1e-9)
    turned = recalibrated(p[::-1], y[::-1])
    assert turned[1] == pytest.approx(curve)


@given(pairs)
def test_corp_parts_add_up_and_are_never_negative(given_: tuple[Floats, Floats]) -> None:
    """Score = miscalibration - discrimination + uncertainty."""
    p, y = given_
    found = reliability(p, y, seed=1, resamples=3)
    total = found.miscalibration - found.discrimination + found.uncertainty
    assert total == pytest.approx(float(np.mean((p - y) ** 2)), abs=1e-12)
    assert found.miscalibration >= -1e-12
    assert found.discrimination >= -1e-12


def test_reliable_forecasts_stay_in_the_band_and_others_leave_it() -> None:
    """Answers drawn from the forecasts: about nine points in ten; from their squares: far fewer."""
    draw = np.random.default_rng(5)
    p = np.round(draw.uniform(0, 1, 600), 1)
    inside: list[float] = []
    for _ in range(10):
        found = reliability(p, (draw.uniform(size=600) < p).astype(float), seed=3, resamples=200)
        inside.append(float(np.mean((found.curve >= found.low) & (found.curve <= found.high))))
    assert 0.8 < np.mean(inside) <= 1.0
    worse = reliability(p, (draw.uniform(size=600) < p**2).astype(float), seed=3, resamples=200)
    assert np.mean((worse.curve >= worse.low) & (worse.curve <= worse.high)) < 0.5


def test_the_band_is_the_same_for_the_same_seed() -> None:
    """And another for another."""
    p, y = np.linspace(0, 1, 60), (np.arange(60) % 2).astype(float)
    one, same, other = (reliability(p, y, seed=s, resamples=50) for s in (1, 1, 2))
    assert (one.low == same.low).all()
    assert not (one.low == other.low).all()
