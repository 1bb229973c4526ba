"""Scores against closed forms, brute force and independent integration."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.integrate import quad

from detente.arrays import Floats
from detente.ledger.scores.crps import crps_normal, crps_quantiles, crps_sample
from detente.ledger.scores.pooling import EDGE, METHODS, extremising, pooled
from detente.ledger.scores.probability import brier, brier_halved, log_score
from detente.ledger.scores.ranked import rps

shares = st.lists(st.floats(0.01, 1.0), min_size=2, max_size=6).map(
    lambda weights: np.array([weights]) / sum(weights)
)
numbers = st.floats(-50, 50)


def one_hot(at: int, length: int) -> Floats:
    found = np.zeros((1, length))
    found[0, at] = 1.0
    return found


def test_brier_by_hand() -> None:
    """0.7 on what came true: 0.09 halved, 0.18 in the two-class form; the named forms differ by 2."""
    p, yes = np.array([0.7, 0.7]), np.array([1.0, 0.0])
    assert brier_halved(p, yes) == pytest.approx([0.09, 0.49])
    both = np.stack([1 - p, p], axis=1)
    assert brier(both, np.stack([1 - yes, yes], axis=1)) == pytest.approx([0.18, 0.98])
    assert brier(np.array([[0.2, 0.3, 0.5]]), one_hot(2, 3)) == pytest.approx([0.38])


def test_log_by_hand() -> None:
    """-ln p; nothing for certainty, infinite for what was ruled out."""
    found = log_score(np.array([1.0, math.exp(-1), 0.0]))
    assert found.tolist() == [0.0, 1.0, math.inf]
    assert not np.signbit(found[0])


def test_ranked_by_hand() -> None:
    """Epstein's: 0.2, 0.5, 0.3 with the last one true is 0.04 + 0.49."""
    assert rps(np.array([[0.2, 0.5, 0.3]]), one_hot(2, 3)) == pytest.approx([0.53])
    near, far = rps(np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]]), np.repeat(one_hot(2, 3), 2, 0))
    assert (near, far) == (1.0, 2.0)


@given(shares, st.data())
def test_the_ranked_score_is_a_sum_over_thresholds(p: Floats, data: st.DataObject) -> None:
    """Of halved Brier scores of "at most this option"; for two classes it is that score."""
    k = p.shape[1]
    at = data.draw(st.integers(0, k - 1))
    thresholds = [
        brier_halved(p[:, : j + 1].sum(axis=1), np.array([float(at <= j)]))[0] for j in range(k - 1)
    ]
    assert rps(p, one_hot(at, k))[0] == pytest.approx(sum(thresholds), abs=1e-12)
    if k == 2:
        halved = brier_halved(p[:, 1], np.array([float(at == 1)]))[0]
        assert rps(p, one_hot(at, k))[0] == pytest.approx(halved)
        assert brier(p, one_hot(at, k))[0] == pytest.approx(2.0 * halved)


@given(shares, shares)
def test_the_truth_scores_best_on_average(p: Floats, q: Floats) -> None:
    """Every rule is proper: nobody gains by saying q where p is believed."""
    k = min(p.shape[1], q.shape[1])
    p, q = p[0, :k] / p[0, :k].sum(), q[0, :k] / q[0, :k].sum()
    outcomes = np.eye(k)
    for rule in (brier, rps):
        own, other = (rule(np.tile(s, (k, 1)), outcomes) @ p for s in (p, q))
        assert own <= other + 1e-12
    assert log_score(p) @ p <= log_score(q) @ p + 1e-12


def test_crps_of_a_normal_is_its_integral() -> None:
    """The definition, integrated by SciPy."""
    for mean, sd, y in ((0.0, 1.0, 0.3), (2.0, 3.0, -4.0), (-1.0, 0.2, -1.0)):
        cdf = stats.norm(mean, sd).cdf
        below = quad(lambda x, cdf=cdf: cdf(x) ** 2, -60, y)[0]
        above = quad(lambda x, cdf=cdf: (1 - cdf(x)) ** 2, y, 60)[0]
        assert crps_normal(mean, sd, y) == pytest.approx(below + above, rel=1e-6)


@given(st.lists(numbers, min_size=1, max_size=15), numbers)
def test_crps_of_a_sample_is_its_definition(values: list[float], y: float) -> None:
    """All pairs, by brute force; the fair form too."""
    x, n = np.array(values), len(values)
    pairs = np.abs(x[:, None] - x[None, :]).sum()
    near = np.abs(x - y).mean()
    assert crps_sample(x, y) == pytest.approx(near - pairs / (2 * n * n), abs=1e-9)
    if n > 1:
        fair = near - pairs / (2 * n * (n - 1))
        assert crps_sample(x, y, fair=True) == pytest.approx(fair, abs=1e-9)


@given(st.lists(numbers, min_size=1, max_size=7), numbers, st.data())
def test_crps_of_quantiles_is_its_integral(
    values: list[float], y: float, data: st.DataObject
) -> None:
    """The integral of the piecewise straight distribution, by a fine sum."""
    levels = np.array(sorted(data.draw(
        st.sets(st.sampled_from([k / 20 for k in range(1, 20)]), min_size=len(values), max_size=len(values))
    )))  # fmt: skip
    x = np.array(sorted(values))
    edges = np.unique(np.concatenate([x, [y, -60.0, 60.0]]))
    total = 0.0
    for left, right in pairwise(edges):
        at = left + (right - left) * (np.arange(400) + 0.5) / 400
        cdf = np.where(at < x[0], 0.0, np.where(at >= x[-1], 1.0, np.interp(at, x, levels)))
        total += float(np.mean((cdf - (at >= y)) ** 2)) * (right - left)
    assert crps_quantiles(levels, x, y) == pytest.approx(total, abs=2e-4)


def test_crps_of_certainty_is_the_distance() -> None:
    """One value, however it is given, scores how far off it is."""
    assert crps_sample(np.array([3.0]), 5.5) == 2.5
    assert crps_quantiles(np.array([0.5]), np.array([3.0]), 5.5) == 2.5
    assert crps_normal(3.0, 1e-9, 5.5) == pytest.approx(2.5)


def test_pools_by_hand() -> None:
    """Mean, median, a fifth left out at each end, log odds times a factor that grows with n."""
    p = np.array([0.1, 0.2, 0.4, 0.7, 0.9])
    assert pooled(p, "mean") == pytest.approx(0.46)
    assert pooled(p, "median") == 0.4
    assert pooled(p, "trimmed") == pytest.approx((0.2 + 0.4 + 0.7) / 3)
    odds = np.log(p / (1 - p)).mean() * 5 * (math.sqrt(61) - 2) / 19
    assert pooled(p, "log-odds") == pytest.approx(1 / (1 + math.exp(-odds)))
    assert extremising(1) == 1.0
    assert extremising(2) == pytest.approx(2 * (math.sqrt(7) - 2))
    assert extremising(10**6) == pytest.approx(math.sqrt(3), abs=1e-5)
    with pytest.raises(ValueError, match="are allowed"):
        pooled(p, "loudest")


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_pools_keep_what_all_agree_on(p: list[float]) -> None:
    """Whatever the order; complements give the complement; one alone changes at the edge only."""
    array = np.array(p)
    for method in METHODS:
        found = pooled(array, method)
        assert 0.0 <= found <= 1.0
        assert pooled(array[::-1], method) == pytest.approx(found)
        assert pooled(1.0 - array, method) == pytest.approx(1.0 - found)
        single = min(max(p[0], EDGE), 1 - EDGE) if method == "log-odds" else p[0]
        assert pooled(array[:1], method) == pytest.approx(single)
