"""Shapes of value functions, by hand."""

from __future__ import annotations

import pytest

from detente.interchange.value_functions import affine, polynomial, triangular


def test_lines_and_polynomials() -> None:
    """1 + 2x; 1 + 2x + 3x squared."""
    assert affine([0, 2], 2, 1) == [1, 5]
    assert polynomial([0, 2], [2, 3], 1) == [1, 17]


@pytest.mark.parametrize(
    ("x", "worth"), [(-1, 0), (0, 0), (1, 0.5), (2, 1), (5, 0.5), (8, 0), (9, 0)]
)
def test_a_triangle_rises_to_its_top_and_falls(x: float, worth: float) -> None:
    """0 outside, 1 at the top, straight in between."""
    assert triangular([x], 0, 2, 8) == [pytest.approx(worth)]


def test_a_top_at_an_end_is_reached() -> None:
    """A triangle without a rise or without a fall still has its top."""
    assert triangular([0, 1], 0, 0, 2) == [1.0, 0.5]
    assert triangular([1, 2], 0, 2, 2) == [0.5, 1.0]
