"""The continuous ranked probability score, in the unit of the answer; smaller is better.

CRPS(F, y) = integral over x of (F(x) - 1{x >= y})^2. Source: Gneiting & Raftery 2007, whose
closed forms for the normal distribution and for samples these are.
"""

from __future__ import annotations

import math

import numpy as np

from detente.arrays import Floats


def crps_normal(mean: float, sd: float, y: float) -> float:
    """Of a normal distribution; ``sd`` above 0."""
    z = (y - mean) / sd
    density = math.exp(-0.5 * z * z) / math.sqrt(2.0 * math.pi)
    return sd * (z * (math.erf(z / math.sqrt(2.0))) + 2.0 * density - 1.0 / math.sqrt(math.pi))


def crps_sample(values: Floats, y: float, *, fair: bool = False) -> float:
    """Of equally likely values: mean |x_i - y| - half the mean of |x_i - x_j| over all pairs.

    The fair form leaves pairs of a value with itself out, so that a small sample is not
    punished for being small (Ferro 2014); a single value has no such form and takes the plain one.

    Args:
        values: shape (value,), at least one.
        y: the answer.
        fair: whether the values stand for a distribution they were drawn from.
    """
    x, n = np.sort(values), len(values)
    weights = 2.0 * np.arange(1, n + 1) - n - 1.0  # sum over pairs of |x_i - x_j|, sorted
    pairs = 2.0 * float(np.dot(weights, x))
    over = n * (n - 1) if fair and n > 1 else n * n
    return float(np.mean(np.abs(x - y))) - pairs / (2.0 * over)


def crps_quantiles(levels: Floats, values: Floats, y: float) -> float:
    """Of quantiles, read as a distribution that is even between neighbours.

    What lies below the lowest level stands on the lowest value, what lies above the highest
    on the highest: a forecaster who gives no tails has none. Each piece of the integral is a
    parabola's, so the value is exact.

    Args:
        levels: rising, between 0 and 1, shape (quantile,).
        values: rising or equal, shape (quantile,).
        y: the answer.
    """
    total = max(values[0] - y, 0.0) + max(y - values[-1], 0.0)
    for k in range(len(values) - 1):
        total += _piece(values[k], values[k + 1], levels[k], levels[k + 1], y)
    return float(total)


def _piece(left: float, right: float, low: float, high: float, y: float) -> float:
    """The integral between two neighbours, split where the answer lies."""
    if right <= left:
        return 0.0
    at = min(max(y, left), right)
    level = low + (high - low) * (at - left) / (right - left)
    below = (at - left) * _mean_square(low, level)
    return below + (right - at) * _mean_square(level - 1.0, high - 1.0)


def _mean_square(a: float, b: float) -> float:
    """Mean of the squares between a and b."""
    return (a * a + a * b + b * b) / 3.0
