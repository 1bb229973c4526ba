"""Chances over readings, with their error."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.analysis.pooling import change, pooled, standard_error

YES, NO = True, False


def flags(*parts: tuple[bool, int]) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    return np.concatenate([np.full(count, flag) for flag, count in parts])


def test_one_reading_is_its_share_with_the_binomial_error() -> None:
    found = pooled([1.0], [(flags((YES, 300), (NO, 700)), None)])
    assert found is not None
    assert found.p == 0.3
    assert found.estimate.mc_se == pytest.approx(math.sqrt(0.3 * 0.7 / 999), rel=1e-12)


def test_a_chance_over_readings_is_the_weighted_mean_of_their_chances() -> None:
    first, second = flags((YES, 20), (NO, 80)), flags((YES, 60), (NO, 40))
    found = pooled([0.25, 0.75], [(first, None), (second, None)])
    assert found is not None
    assert found.p == pytest.approx(0.25 * 0.2 + 0.75 * 0.6, abs=1e-15)


def test_a_conditional_chance_counts_each_reading_by_how_often_its_condition_holds() -> None:
    """(w1 P1(a, b) + w2 P2(a, b)) / (w1 P1(b) + w2 P2(b)), not the mean of the conditionals."""
    b1, b2 = flags((YES, 80), (NO, 20)), flags((YES, 10), (NO, 90))
    a1, a2 = flags((YES, 40), (NO, 60)), flags((YES, 10), (NO, 90))
    found = pooled([0.5, 0.5], [(a1, b1), (a2, b2)])
    assert found is not None
    assert found.p == pytest.approx((0.4 + 0.1) / (0.8 + 0.1))


def test_evidence_is_a_condition_on_every_reading() -> None:
    """The same as Bayes' rule on the readings, then their forecasts given the evidence."""
    seen = [flags((YES, 50), (NO, 50)), flags((YES, 10), (NO, 90))]
    a = [flags((YES, 25), (NO, 75)), flags((YES, 10), (NO, 90))]
    found = pooled([0.5, 0.5], [(one, None) for one in a], seen)
    weights = 0.5 / 0.6, 0.1 / 0.6
    assert found is not None
    assert found.p == pytest.approx(weights[0] * 0.5 + weights[1] * 1.0)


def test_what_never_comes_to_pass_has_no_conditional_chance() -> None:
    assert pooled([1.0], [(flags((NO, 9)), flags((NO, 9)))]) is None


def test_the_error_of_a_ratio_is_that_of_repeated_runs() -> None:
    """Two thousand runs of 400 draws scatter as the column of one of them says."""
    rng = np.random.default_rng(5)
    b = rng.random((2000, 400)) < 0.4
    a = b & (rng.random((2000, 400)) < 0.3)
    each = [pooled([1.0], [(x, y)]) for x, y in zip(a, b, strict=True)]
    scatter = np.std([one.p for one in each if one is not None], ddof=1)
    told = np.mean([one.estimate.mc_se for one in each if one is not None])
    assert told == pytest.approx(scatter, rel=0.05)  # the scatter itself is known to 1.6 %


@given(st.lists(st.booleans(), min_size=2, max_size=60), st.data())
def test_a_change_is_second_less_first(first: list[bool], data: st.DataObject) -> None:
    second = data.draw(st.lists(st.booleans(), min_size=len(first), max_size=len(first)))
    one, other = (pooled([1.0], [(np.array(side), None)]) for side in (first, second))
    assert one is not None
    assert other is not None
    found = change(one, other)
    assert found.points == pytest.approx(other.p - one.p, abs=1e-12)
    assert change(one, one).se == 0.0


def test_one_draw_has_no_error_to_tell() -> None:
    assert standard_error(np.ones(1)) == 0.0
