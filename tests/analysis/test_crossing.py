"""Crossings of curves with error bands: by hand, and against the line they came from."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.analysis.crossing import (
    ABOVE,
    BELOW,
    EVEN,
    UNKNOWN,
    Stretch,
    crossings,
    side_of,
    stretches,
)

X = (0.0, 1.0, 2.0, 3.0, 4.0)


@given(
    root=st.floats(0.3, 3.7),
    slope=st.sampled_from([-2.0, -0.3, 0.5, 3.0]),
    half=st.floats(0.0, 0.08),
)
def test_a_straight_line_crosses_at_its_root_within_half_over_slope(
    root: float, slope: float, half: float
) -> None:
    """The bracket is where the line is within its error of nought."""
    (found,) = crossings(X, [slope * (x - root) for x in X], [half] * len(X))
    assert found.rising == (slope > 0.0)
    assert found.at == pytest.approx(root, abs=1e-9)
    assert found.low == pytest.approx(root - half / abs(slope), abs=1e-9)
    assert found.high == pytest.approx(root + half / abs(slope), abs=1e-9)


@given(
    y=st.lists(st.one_of(st.none(), st.floats(-1.0, 1.0)), min_size=2, max_size=12),
    half=st.floats(0.0, 0.5),
)
def test_crossings_alternate_between_clear_sides(y: list[float | None], half: float) -> None:
    """Each lies in its bracket, between a clear step on either side; directions alternate."""
    x = [float(i) for i in range(len(y))]
    found = crossings(x, y, [half] * len(y))
    for one in found:
        assert one.low <= one.at <= one.high
        before = [i for i in range(len(y)) if x[i] <= one.low and y[i] is not None]
        after = [i for i in range(len(y)) if x[i] >= one.high and y[i] is not None]
        assert before
        assert after
    known = [side_of(value, half) for value in y]
    if UNKNOWN not in known:
        clear = [side for side in known if side != EVEN]
        changes = sum(a != b for a, b in pairwise(clear))
        assert len(found) == changes
        assert [one.rising for one in found] == [b == ABOVE for a, b in pairwise(clear) if a != b]


def test_a_curve_that_only_touches_or_wavers_within_its_error_does_not_cross() -> None:
    assert crossings(X, [0.3, 0.02, -0.03, 0.05, 0.4], [0.1] * 5) == ()
    assert crossings(X, [0.05, -0.02, 0.01, 0.3, 0.4], [0.1] * 5) == ()


def test_through_steps_that_cannot_be_told_apart_the_middle_crossing_is_told() -> None:
    """Down, up and down again within the error: one crossing, bracketed by clear steps."""
    (found,) = crossings(X, [0.5, -0.05, 0.05, -0.05, -0.5], [0.1] * 5)
    assert found.at == pytest.approx(1.5)
    assert found.low == pytest.approx(0.4 / 0.55)
    assert found.high == pytest.approx(3.0 + 0.05 / 0.45)
    assert not found.rising


def test_nothing_is_told_across_a_step_that_is_not_known() -> None:
    (found,) = crossings(X, [-0.5, None, 0.5, 0.5, -0.5], [0.1] * 5)
    assert (found.at, found.low, found.high) == pytest.approx((3.5, 3.4, 3.6))


def test_neighbours_on_one_side_are_one_stretch() -> None:
    assert stretches(X, [0.5, 0.4, 0.05, None, -0.5], [0.1] * 5) == (
        Stretch(ABOVE, 0.0, 1.0),
        Stretch(EVEN, 2.0, 2.0),
        Stretch(UNKNOWN, 3.0, 3.0),
        Stretch(BELOW, 4.0, 4.0),
    )


def test_exactly_nought_without_error_is_on_no_side() -> None:
    assert (side_of(0.0, 0.0), side_of(0.1, 0.1), side_of(0.1, 0.05)) == (EVEN, EVEN, ABOVE)
