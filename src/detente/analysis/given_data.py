"""First-order effects of every address from runs made anyway (Plischke et al. 2013).

The draws of an address are cut into bins of equal size by its stratum, which costs no
sorting. How far the mean of the output differs from bin to bin, less what the spread
within bins would bring about by itself, is the variance that goes with the address: the
estimator of one-way analysis of variance. It sees any shape, also a hump, where a rank
correlation sees a rise or a fall only; it sees nothing that two addresses do together.

Its error follows from the noncentral chi-squared distribution of the sum of squares
between bins: 2 (bins - 1) + 4 lambda is its variance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.arrays import Floats, Ints

LEAST = 8  # points a bin; fewer make fewer bins


@dataclass(frozen=True, slots=True)
class Moved:
    """Variances that go with one address: each of shape (output,), with a standard error."""

    variance: Floats
    se: Floats


def bins_for(points: int) -> int:
    """How many bins so many points are cut into, at least 1.

    More bins see finer shapes, and more of them is noise; 1.5 times the cube root of the
    points loses less to the one than to the other from some hundred points on.
    """
    return max(1, min(round(1.5 * points ** (1.0 / 3.0)), points // LEAST))


def bins_of(stratum: Floats, count: int) -> Ints:
    """The bin of each point. ``stratum`` holds 0 to points - 1 in any order."""
    return np.floor(stratum * count / len(stratum)).astype(np.int64)


def moved(bins: Ints, columns: Floats) -> Moved:
    """Variance between bins, freed of the variance within.

    Args:
        bins: the bin of each point, shape (point,), bins of about equal size.
        columns: shape (output, point).
    """
    points = len(bins)
    sizes = np.bincount(bins)
    count = len(sizes)
    if count < 2:
        nothing = np.zeros(len(columns))
        return Moved(nothing, nothing)
    mean = columns.mean(axis=1)
    means = np.stack([np.bincount(bins, column, count) for column in columns]) / sizes
    between = (sizes * (means - mean[:, None]) ** 2).sum(axis=1)
    whole = ((columns - mean[:, None]) ** 2).sum(axis=1)
    within = (whole - between) / (points - count)
    variance = (between - (count - 1) * within) / points
    spread = 2.0 * (count - 1) * within**2 + 4.0 * within * points * np.maximum(variance, 0.0)
    return Moved(variance, np.sqrt(spread) / points)
