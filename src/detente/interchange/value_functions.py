"""What an issue's value is worth, for issues that are numbers: the usual shapes."""

from __future__ import annotations

from collections.abc import Sequence


def affine(points: Sequence[float], slope: float, offset: float) -> list[float]:
    """``offset + slope x``."""
    return [offset + slope * x for x in points]


def polynomial(points: Sequence[float], coefficients: Sequence[float], bias: float) -> list[float]:
    """``bias + c1 x + c2 x^2 + …``."""
    return [bias + sum(c * x**k for k, c in enumerate(coefficients, start=1)) for x in points]


def triangular(points: Sequence[float], low: float, top: float, high: float) -> list[float]:
    """0 outside ``low`` to ``high``, 1 at ``top``, straight in between."""
    return [_tent(x, low, top, high) for x in points]


def _tent(x: float, low: float, top: float, high: float) -> float:
    if x == top:
        return 1.0
    if not low < x < high:
        return 0.0
    return (x - low) / (top - low) if x < top else (high - x) / (high - top)
