"""The weighted median: half the weight stands on either side of it (Black 1958)."""

from __future__ import annotations

import numpy as np

from detente.arrays import Floats
from detente.spatial.table import Table

# Sums that are equal on paper differ by rounding: what is closer than this to half is half.
HALF_WITHIN = 1e-12


def weighted_median(table: Table) -> Floats:
    """The position with at most half the weight, salience times power, on either side. Axis (case,).

    Where exactly half the weight lies on each side of a gap, the middle of the gap. Where nobody has
    weight every present actor counts alike; NaN where nobody takes a position.
    """
    return median_of(table.position, table.say())


def median(table: Table) -> Floats:
    """The median of the positions taken, every actor counting once; tie rule as above. Axis (case,)."""
    return median_of(table.position, table.present().astype(np.float64))


def median_of(position: Floats, weight: Floats) -> Floats:
    """The middle of the lowest and the highest weighted median.

    Axes: position and weight (case, actor), result (case,). Weight 0 where a position is absent.
    """
    order = np.argsort(position, axis=1, kind="stable")
    place = np.take_along_axis(position, order, axis=1)
    below = np.cumsum(np.take_along_axis(weight, order, axis=1), axis=1)
    half = below[:, -1:] / 2.0
    slack = HALF_WITHIN * half
    lowest = _at(place, np.argmax(below >= half - slack, axis=1))
    highest = _at(place, np.argmax(below > half + slack, axis=1))
    return np.where(half[:, 0] > 0, (lowest + highest) / 2.0, np.nan)


def _at(place: Floats, index: np.ndarray[tuple[int], np.dtype[np.intp]]) -> Floats:
    return np.take_along_axis(place, index[:, None], axis=1)[:, 0]
