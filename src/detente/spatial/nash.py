"""Asymmetric Nash bargaining on a scale: the point that makes most of everybody's gains.

Nash (1950) with weights (Harsanyi & Selten 1972). The weight is salience times power, and losses
grow with distance. Two disagreement points are offered, each by its own name.
"""

from __future__ import annotations

import numpy as np

from detente.arrays import Bools, Floats
from detente.spatial.table import LENGTH, Table

HALVINGS = 60  # of the scale: to the last bit


def nash_failure(table: Table) -> Floats:
    """The point that maximises the weighted log gains over a failure that costs all the scale.

    Disagreement is to everybody as bad as the far end of a scale of 100: gain 100 - |x - x_i|.
    Axis (case,), NaN where nobody takes a position.
    """
    return _best(table, np.full_like(table.position, LENGTH))


def nash_reference(table: Table) -> Floats:
    """The point that maximises the weighted log gains over the reference point. Axis (case,).

    Where not everybody with a say would gain by a move in the same direction, the reference point
    stands. NaN where there is none.
    """
    some = table.say() > 0.0
    aside = np.where(some, table.position - table.reference[:, None], 0.0)
    upwards: Bools = np.logical_and.reduce((aside > 0.0) | ~some, axis=1)
    downwards: Bools = np.logical_and.reduce((aside < 0.0) | ~some, axis=1)
    agreed = (upwards | downwards) & some.any(axis=1)
    best = _best(table, np.where(agreed[:, None], np.abs(aside), LENGTH))
    return np.where(agreed, best, np.where(some.any(axis=1), table.reference, np.nan))


def _best(table: Table, loss: Floats) -> Floats:
    """Where the sum of weight * log(loss - |x - x_i|), which is concave, is largest.

    ``loss`` is what disagreement costs each, axes (case, actor).
    """
    say, position = table.say(), table.position
    some = say > 0.0
    low: Floats = np.maximum(np.where(some, position - loss, 0.0).max(axis=1), 0.0)
    high: Floats = np.minimum(np.where(some, position + loss, LENGTH).min(axis=1), LENGTH)
    for _ in range(HALVINGS):
        middle: Floats = (low + high) / 2.0
        rising = _slope(middle, say, position, loss) > 0.0
        low, high = np.where(rising, middle, low), np.where(rising, high, middle)
    return np.where(some.any(axis=1), (low + high) / 2.0, np.nan)


def _slope(x: Floats, say: Floats, position: Floats, loss: Floats) -> Floats:
    """The derivative at x, axis (case,); the one from the right at a position."""
    distance = position - x[:, None]
    gain = loss - np.abs(distance)
    with np.errstate(divide="ignore", invalid="ignore"):
        part = np.where(distance > 0.0, 1.0, -1.0) * say / gain
    part = np.where((say > 0.0) & (gain <= 0.0), np.where(distance > 0.0, np.inf, -np.inf), part)
    return np.where(say > 0.0, part, 0.0).sum(axis=1)
