"""The compromise model: the mean of positions, weighted by salience times power (Achen 2006)."""

from __future__ import annotations

from detente.arrays import Floats
from detente.spatial.table import Table, weighted_mean


def compromise(table: Table) -> Floats:
    """The weighted mean of each case's positions, 0 to 100. Axis (case,).

    Where nobody has weight every present actor counts alike; NaN where nobody takes a position.
    """
    return weighted_mean(table.position, table.say())
