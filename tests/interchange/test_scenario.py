"""Ranges of numbers as values: all of them where they fit, else from end to end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from detente.interchange.scenario import Range


@given(low=st.integers(-50, 50), length=st.integers(0, 60), most=st.integers(2, 11))
def test_whole_numbers(low: int, length: int, most: int) -> None:
    """Every one if they fit; otherwise so many, rising, both ends among them."""
    points = Range(low, low + length, whole=True).points(most)
    assert len(points) == min(length + 1, most)
    assert list(points) == sorted(set(points))
    assert (points[0], points[-1]) == (low, low + length)
    assert all(point == int(point) for point in points)


def test_real_numbers_are_evenly_spread() -> None:
    """Written without the noise of binary fractions."""
    assert Range(0.0, 1.0, whole=False).points(11) == tuple(n / 10 for n in range(11))
    assert Range(2.0, 2.0, whole=False).points(5) == (2.0,)
