"""Chances over several readings, and changes of them, with their Monte Carlo error.

With weights w of readings r and evidence e, the chance of a given b is

    p = sum_r w_r P_r(a and b and e) / sum_r w_r P_r(b and e),

the linear opinion pool (Stone 1961) after Bayes' rule. All columns run over the same
draws, so one column of influences (the delta method, Casella & Berger 2002, section
5.5.4) gives the error of any such p, and of the difference of two.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from detente.analysis.probabilities import Estimate, Event
from detente.arrays import Bools, Floats

FEW = 30  # a share of fewer draws than this has no error worth the name


@dataclass(frozen=True, slots=True)
class Difference:
    """A probability on two sides. ``points`` is second less first, with its error."""

    first: Estimate
    second: Estimate
    points: float
    se: float


@dataclass(frozen=True, slots=True)
class Pooled:
    """A chance over one or several readings.

    ``column`` has shape (draw,): its mean is ``p``, its spread the Monte Carlo error.
    ``count`` is in how many draws its condition held, under any reading.
    """

    p: float
    column: Floats
    count: int

    @property
    def estimate(self) -> Estimate:
        """The chance with one standard error."""
        return Estimate(self.p, standard_error(self.column))


def standard_error(column: Floats) -> float:
    """Of the mean of a column, shape (draw,)."""
    n = len(column)
    return float(column.std(ddof=1)) / math.sqrt(n) if n > 1 else 0.0


def change(first: Pooled, second: Pooled) -> Difference:
    """Second less first, on common random numbers."""
    points = second.column - first.column
    return Difference(first.estimate, second.estimate, float(points.mean()), standard_error(points))


def pooled(
    weights: Sequence[float], events: Sequence[Event], evidence: Sequence[Bools] | None = None
) -> Pooled | None:
    """The chance of an event over readings in the same order; None where its condition never held.

    Args:
        weights: prior weight of each reading, at least 0.
        events: the event in each reading's draws, each column of shape (draw,).
        evidence: in each reading's draws, whether what is known to have happened did.
    """
    draws = len(events[0][0])
    happened, given = np.zeros(draws), np.zeros(draws)
    ever = np.zeros(draws, dtype=np.bool_)
    for index, (weight, (came_true, condition)) in enumerate(zip(weights, events, strict=True)):
        known = np.ones_like(came_true) if evidence is None else evidence[index]
        if condition is not None:
            known = known & condition
        happened += weight * (came_true & known)
        given += weight * known
        ever |= known
    share = float(given.mean())
    if share <= 0.0:
        return None
    p = float(happened.mean()) / share
    return Pooled(p, p + (happened - p * given) / share, int(ever.sum()))
