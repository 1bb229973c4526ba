"""General metarationality: a move is given up if others could answer it (Howard 1971).

State s is stable for i if for every s1 in R_i^+(s) there is an s2 in R_{N-i}(s1) that i does
not prefer to s. Others may hurt themselves by the answer.
"""

from __future__ import annotations

from detente.arrays import Ints
from detente.stability.graph import Graph
from detente.stability.reaching import least_reached

TITLE = "GMR"
ABOUT = "each expects any answer that the others could give, also one that hurts them"


def held_to(graph: Graph, maker: int, better: Graph) -> Ints:
    """The least rank the others could bring ``maker`` to from each state: shape (state,)."""
    del better
    return least_reached(graph, graph.rank[maker], graph.others((maker,)))
