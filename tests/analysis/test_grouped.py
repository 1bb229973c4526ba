"""The bootstrap by groups: closed forms, brute force, and groups that stay whole."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.analysis.grouped import LEVEL, Measured, groups
from detente.arrays import Floats

CASES = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.integers(-20, 20).map(float)), min_size=1, max_size=25
)


@given(CASES)
@settings(max_examples=30)
def test_each_replicate_is_its_groups_put_together(cases: list[tuple[str, float]]) -> None:
    """Mean, root mean square and median, each replicate written out case by case."""
    names, values = [name for name, _ in cases], np.array([value for _, value in cases])
    drawn = groups(names, seed=5, replicates=40)
    written = [np.repeat(values, times[drawn.of]) for times in drawn.times]
    tails = [(1 - LEVEL) / 2, (1 + LEVEL) / 2]

    def mean(found: Floats) -> float:
        return float(found.mean())

    def root_mean_square(found: Floats) -> float:
        return float(np.sqrt((found**2).mean()))

    def lower_median(found: Floats) -> float:
        return float(np.sort(found)[(len(found) - 1) // 2])

    for measured, statistic in (
        (drawn.mean(values), mean),
        (drawn.root_mean_square(values), root_mean_square),
        (drawn.median(values), lower_median),
    ):
        low, high = np.quantile([statistic(found) for found in written], tails)
        expected = statistic(values), low, high
        assert (measured.value, measured.low, measured.high) == pytest.approx(expected, abs=1e-9)


def test_every_replicate_draws_as_many_groups_as_there_are() -> None:
    """And over all of them each equally often: the bootstrap is balanced."""
    drawn = groups(list("aabcccd"), seed=1, replicates=100)
    assert drawn.count == 4
    assert (drawn.times.sum(axis=1) == 4).all()
    assert drawn.times.sum(axis=0).tolist() == [100] * 4


def test_cases_of_a_group_count_as_one() -> None:
    """A hundred copies of four cases are known no better than the four."""
    values, names = np.array([0.0, 1.0, 5.0, 9.0]), list("abcd")
    few = groups(names, 2).mean(values)
    many = groups(names * 100, 2).mean(np.tile(values, 100))
    assert (many.low, many.high) == pytest.approx((few.low, few.high))
    assert few.high - few.low > 4.0


def test_zero_is_excluded_on_one_side_only() -> None:
    """An end at zero does not exclude it."""
    assert Measured(1.0, 0.1, 2.0).excludes_zero
    assert Measured(-1.0, -2.0, -0.1).excludes_zero
    assert not Measured(1.0, 0.0, 2.0).excludes_zero
