"""How good forecasts on a grid are: proper scores, PIT, intervals and their coverage.

Axes: mass (case, point), outcome (case,) as points of the grid. A distribution on a grid is a step
function with atoms, so a central interval cannot hold just 80 %: closed, it holds more. Coverage is
therefore counted in two ways, and both are reported:

- by the probability integral transform. An outcome at an atom lies between F(y-) and F(y) and
  counts with the share of that stretch inside the central 80 %, as if the atom were spread out
  (the mean of the randomised PIT; Czado, Gneiting & Held 2009). What is right covers 80 %.
- by the interval that is shown: the shortest run of points that holds at least 80 %. It is told
  together with what it holds, and what is right covers that.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from detente.arrays import Bools, Floats, Ints

_ROUNDING = 1e-12


def cumulated(mass: Floats) -> Floats:
    """The distribution function at each point. Axes (case, point)."""
    return np.cumsum(mass, axis=1)


def crps(mass: Floats, outcome: Ints) -> Floats:
    """Continuous ranked probability score in points of the scale, least is best. Axis (case,).

    The integral of (F(x) - 1{y <= x})^2 (Matheson & Winkler 1976), exact for steps on a grid of
    step 1; of a point forecast it is the absolute error.
    """
    points = np.arange(mass.shape[1], dtype=np.int64)
    gap = cumulated(mass) - np.where(points >= outcome[:, None], 1.0, 0.0)
    return np.square(gap[:, :-1]).sum(axis=1)


def log_score(mass: Floats, outcome: Ints) -> Floats:
    """Negative natural logarithm of the mass on the outcome; infinite where that is 0. Axis (case,)."""
    at = mass[np.arange(len(mass)), outcome]
    return -np.log(at, out=np.full(len(mass), -np.inf), where=at > 0)


def stretch(mass: Floats, outcome: Ints) -> tuple[Floats, Floats]:
    """F just below the outcome and at it: the ends of the PIT's range. Axes (case,)."""
    cases = np.arange(len(mass))
    high = np.minimum(cumulated(mass)[cases, outcome], 1.0)
    return np.maximum(high - mass[cases, outcome], 0.0), high


def pit_shares(mass: Floats, outcome: Ints, bins: int) -> Floats:
    """The share of each case's PIT in each of equal bins. Axes (case, bin); rows sum to 1."""
    edges = np.linspace(0.0, 1.0, bins + 1)
    return np.stack(
        [inside(mass, outcome, low, high) for low, high in pairwise(edges.tolist())],
        axis=1,
    )


def inside(mass: Floats, outcome: Ints, low: float, high: float) -> Floats:
    """The share of each case's PIT from ``low`` to ``high``. Axis (case,)."""
    start, end = stretch(mass, outcome)
    width = end - start
    shared = np.minimum(end, high) - np.maximum(start, low)
    spread = np.clip(shared, 0.0, None) / np.where(width > _ROUNDING, width, 1.0)
    at_once = (start >= low) & (start < high)  # what was given no chance has no width
    return np.where(width > _ROUNDING, spread, at_once)


def central(mass: Floats, outcome: Ints, level: float) -> Floats:
    """Coverage of the central interval by the PIT, case by case, 0 to 1. Axis (case,)."""
    return inside(mass, outcome, (1.0 - level) / 2.0, (1.0 + level) / 2.0)


def quantile(mass: Floats, level: float) -> Ints:
    """The lowest point with at least ``level`` at or below it. Axis (case,)."""
    found = (cumulated(mass) < level - _ROUNDING).sum(axis=1)
    return np.minimum(found, mass.shape[1] - 1)


@dataclass(frozen=True, slots=True)
class Intervals:
    """From ``low`` to ``high``, both included, and the mass ``held`` there. Axes (case,)."""

    low: Ints
    high: Ints
    held: Floats

    def cover(self, outcome: Ints) -> Bools:
        """Whether the outcome lies within. Axis (case,)."""
        return (self.low <= outcome) & (outcome <= self.high)


def shortest(mass: Floats, level: float) -> Intervals:
    """The shortest run of points that holds at least ``level``; of several the one holding most."""
    below = np.concatenate([np.zeros((len(mass), 1)), cumulated(mass)], axis=1)
    cases, points = mass.shape
    low, high = np.zeros(cases, np.int64), np.full(cases, points - 1)
    best = below[:, -1].copy()
    for start in range(points):
        wanted = below[:, start] + level - _ROUNDING
        end = (below < wanted[:, None]).sum(axis=1) - 1  # the first point that makes it enough
        held = below[np.arange(cases), np.minimum(end, points - 1) + 1] - below[:, start]
        width, so_far = end - start, high - low
        better = (end < points) & ((width < so_far) | ((width == so_far) & (held > best)))
        low, high = np.where(better, start, low), np.where(better, end, high)
        best = np.where(better, held, best)
    return Intervals(low, high, best)
