"""The line along which a table of values over two axes takes one value.

Marching squares: in each square of four neighbouring values the line enters and leaves where
straight lines between neighbours take the value. Where it could do so in two ways the middle
of the square decides (the bilinear surface; Wenger 2013, section 2.2).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from detente.arrays import Floats

Place = tuple[float, float]
Edge = tuple[int, int, bool]  # row, column, and whether it runs along the row
Line = tuple[Place, ...]


def contour(x: Sequence[float], y: Sequence[float], z: Floats, level: float) -> tuple[Line, ...]:
    """The polylines on which ``z`` is ``level``, each a chain of places; closed ones end as they began.

    Args:
        x: shape (column,), rising.
        y: shape (row,), rising.
        z: shape (row, column), NaN where not known; squares that touch one are left out.
        level: the value; one equal to it counts as above.
    """
    joins: dict[Edge, list[Edge]] = {}
    for row in range(len(y) - 1):
        for column in range(len(x) - 1):
            for a, b in _crossed(z, level, row, column):
                joins.setdefault(a, []).append(b)
                joins.setdefault(b, []).append(a)
    return tuple(tuple(_place(x, y, z, level, edge) for edge in chain) for chain in _chains(joins))


def _crossed(z: Floats, level: float, row: int, column: int) -> list[tuple[Edge, Edge]]:
    """The pairs of edges that the line joins within one square."""
    corners = (z[row, column], z[row, column + 1], z[row + 1, column + 1], z[row + 1, column])
    if any(math.isnan(value) for value in corners):
        return []
    bottom, right = (row, column, True), (row, column + 1, False)
    top, left = (row + 1, column, True), (row, column, False)
    edges = (bottom, right, top, left)  # edge i joins corners i and i + 1
    above = [value >= level for value in corners]
    cut = [edges[i] for i in range(4) if above[i] != above[(i + 1) % 4]]
    if len(cut) < 4:
        return [(cut[0], cut[1])] if cut else []
    middle = sum(corners) / 4 >= level
    if middle == above[0]:  # corners 0 and 2 hang together: the line cuts off 1 and 3
        return [(bottom, right), (top, left)]
    return [(left, bottom), (right, top)]


def _place(x: Sequence[float], y: Sequence[float], z: Floats, level: float, edge: Edge) -> Place:
    """Where on an edge the straight line between its ends takes the value."""
    row, column, along = edge
    first, second = z[row, column], z[row, column + 1] if along else z[row + 1, column]
    part = float((level - first) / (second - first))
    if along:
        return x[column] + part * (x[column + 1] - x[column]), y[row]
    return x[column], y[row] + part * (y[row + 1] - y[row])


def _chains(joins: dict[Edge, list[Edge]]) -> list[list[Edge]]:
    """Edges in the order in which the line passes them, open chains first."""
    left = {edge: list(others) for edge, others in joins.items()}
    chains: list[list[Edge]] = []
    for start in (*(edge for edge in joins if len(joins[edge]) == 1), *joins):
        if not left[start]:
            continue
        chain = [start]
        while left[chain[-1]]:
            here = chain[-1]
            there = left[here].pop()
            left[there].remove(here)
            chain.append(there)
        chains.append(chain)
    return chains
