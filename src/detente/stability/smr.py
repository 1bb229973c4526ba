"""Symmetric metarationality: an answer counts if it cannot be undone (Howard 1971).

State s is stable for i if for every s1 in R_i^+(s) there is an s2 in R_{N-i}(s1) that i does
not prefer to s, and from which i has no move to a state it prefers to s.
"""

from __future__ import annotations

import numpy as np

from detente.arrays import Ints
from detente.kernels import kernel
from detente.stability.graph import Graph
from detente.stability.reaching import least_reached

TITLE = "SMR"
ABOUT = "each expects any answer, but only where it could not then get away from it"


def held_to(graph: Graph, maker: int, better: Graph) -> Ints:
    """The least rank the others could hold ``maker`` to, its own reply counted: (state,)."""
    del better
    return least_reached(graph, best_after(graph, maker), graph.others((maker,)))


def best_after(graph: Graph, maker: int) -> Ints:
    """The best rank that ``maker`` can have from each state by staying or one move: (state,)."""
    rank = graph.rank[maker].copy()
    for g in graph.within((maker,)).tolist():
        _best(graph.rank[maker], graph.first, graph.to, g, rank)
    return np.asarray(rank)


@kernel
def _best(rank: Ints, first: Ints, to: Ints, group: int, out: Ints) -> None:
    for x in range(out.size):
        for a in range(first[group, x], first[group, x + 1]):
            out[x] = max(out[x], rank[to[a]])
