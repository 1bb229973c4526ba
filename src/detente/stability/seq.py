"""Sequential stability: only answers the others would want to give (Fraser & Hipel 1979).

State s is stable for i if for every s1 in R_i^+(s) there is an s2 in R_{N-i}^+(s1) that i does
not prefer to s. R_{N-i}^+ holds what legal sequences reach in which everybody who makes a move
prefers where it leads to where it starts.
"""

from __future__ import annotations

from detente.arrays import Ints
from detente.stability.graph import Graph
from detente.stability.reaching import least_reached

TITLE = "SEQ"
ABOUT = "each expects only answers by which those who give them gain"


def held_to(graph: Graph, maker: int, better: Graph) -> Ints:
    """The least rank to which the others would bring ``maker`` by improvements: (state,).

    ``better``: the moves that all who make them prefer.
    """
    return least_reached(better, graph.rank[maker], graph.others((maker,)))
