"""The compromise model: the mean of positions, weighted by salience times power (Achen 2006)."""

from __future__ import annotations

import numpy as np

from detente.arrays import Floats
from detente.spatial.table import Table


def compromise(table: Table) -> Floats:
    """The weighted mean of each case's positions, 0 to 100. Axis (case,).

    Where nobody has weight every present actor counts alike; NaN where nobody takes a position.
    """
    weight = table.weight()
    weightless = weight.sum(axis=1, keepdims=True) == 0
    weight = np.where(weightless, table.present(), weight)
    total = weight.sum(axis=1)
    moment = np.where(table.present(), weight * table.position, 0.0).sum(axis=1)
    return np.divide(moment, total, out=np.full(len(total), np.nan), where=total > 0)
