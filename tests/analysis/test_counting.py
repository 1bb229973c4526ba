"""Counts and sums do not depend on how a column is cut up."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.analysis import counting
from detente.analysis.counting import Counts, Sum, median_of

FLOATS = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e100, max_value=1e100)


@given(st.lists(st.lists(FLOATS, max_size=8), max_size=6))
def test_a_sum_is_exact_in_any_order(pieces: list[list[float]]) -> None:
    """The nearest float to the sum of fractions, whatever the order and the cuts."""
    exact = sum((Fraction(x) for piece in pieces for x in piece), Fraction(0))
    for order in (pieces, pieces[::-1]):
        total = Sum()
        for piece in order:
            total.add(np.array(piece, dtype=np.float64))
        assert total.value() == float(exact)


def test_a_sum_keeps_what_plain_addition_loses() -> None:
    """One, a huge number, and less the huge number: one is left."""
    total = Sum()
    for number in (1.0, 1e100, -1e100):
        total.add(np.array([number]))
    assert total.value() == 1.0


@pytest.mark.parametrize("merge", [1, 10**6])
@given(st.lists(st.lists(st.integers(-5, 5), max_size=9), min_size=1, max_size=6))
def test_counts_are_those_of_the_whole_column(merge: int, pieces: list[list[int]]) -> None:
    """Values rise, times add up, however often they are merged."""
    kept = counting.MERGE
    counting.MERGE = merge
    try:
        counts = Counts()
        for piece in pieces:
            counts.add(np.array(piece, dtype=np.int64))
        values, times = counts.counted()
    finally:
        counting.MERGE = kept
    column = np.array([x for piece in pieces for x in piece], dtype=np.int64)
    whole, often = np.unique(column, return_counts=True)
    assert values.tolist() == whole.tolist()
    assert times.tolist() == often.tolist()


@given(st.lists(st.one_of(st.integers(-9, 9), FLOATS), min_size=1, max_size=30))
def test_the_median_is_that_of_numpy(column: list[float]) -> None:
    """To the last bit, for odd and even numbers of values."""
    values, times = np.unique(np.array(column), return_counts=True)
    expected = float(np.median(np.array(column)))
    assert median_of(values, times) == expected or math.isnan(expected)
