"""One order of actors whatever order they are written in, so that a result cannot depend on it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.arrays import Floats, Ints
from detente.spatial.table import Table


@dataclass(frozen=True, slots=True)
class Ranked:
    """Actors from the lowest position to the highest, then by weight; those without one are last.

    Axes: position and weight (case, actor), count, who take a position, (case,).
    """

    position: Floats
    salience: Floats
    weight: Floats
    count: Ints


def ranked(table: Table) -> Ranked:
    """The table's actors in that order, with the weight ``Table.say`` gives them."""
    weight = table.say()
    order = np.lexsort((table.salience, weight, table.position), axis=1)
    position, salience, weight = (
        np.ascontiguousarray(np.take_along_axis(one, order, axis=1), dtype=np.float64)
        for one in (table.position, table.salience, weight)
    )
    return Ranked(position, salience, weight, table.present().sum(axis=1, dtype=np.int64))
