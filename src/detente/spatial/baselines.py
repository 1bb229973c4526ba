"""What a model has to beat: forecasts that anybody could make without one."""

from __future__ import annotations

import numpy as np

from detente.arrays import Floats
from detente.spatial.table import Table, weighted_mean

MIDDLE = 50.0


def mean(table: Table) -> Floats:
    """The mean of the positions taken, every actor counting once. Axis (case,)."""
    return _by(np.ones_like(table.position), table)


def salience_mean(table: Table) -> Floats:
    """The mean of the positions weighted by salience alone. Axis (case,).

    Where the decision matters to nobody every present actor counts alike.
    """
    return _by(table.salience, table)


def reference_point(table: Table) -> Floats:
    """What holds if nothing is decided; NaN where there is no reference point. Axis (case,)."""
    return table.reference.copy()


def largest_actor(table: Table) -> Floats:
    """The position of the most powerful actor that takes one; the mean of several. Axis (case,)."""
    power = np.where(table.present(), table.power, -1.0)
    return _by((power == power.max(axis=1, keepdims=True)).astype(np.float64), table)


def middle(table: Table) -> Floats:
    """50, the middle of the scale, in every case. Axis (case,)."""
    return np.full(len(table.reference), MIDDLE)


def _by(weight: Floats, table: Table) -> Floats:
    """The mean by ``weight``; where that is nothing, every present actor counts alike."""
    present = table.present()
    weight = np.where(present, weight, 0.0)
    weightless = weight.sum(axis=1, keepdims=True) == 0
    return weighted_mean(table.position, np.where(weightless, present, weight))
