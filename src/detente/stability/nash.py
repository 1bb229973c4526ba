"""Nash stability: nobody has a move it prefers (Nash 1950b).

State s is stable for i if R_i^+(s) is empty. Nobody looks at what others would answer.
"""

from __future__ import annotations

import numpy as np

from detente.arrays import Ints
from detente.stability.graph import Graph
from detente.stability.reaching import FAR

TITLE = "Nash"
ABOUT = "nobody looks at what the others would answer"


def held_to(graph: Graph, maker: int, better: Graph) -> Ints:
    """Where the others could bring a maker after it moved, as its rank: never anywhere."""
    del maker, better
    return np.full(graph.states, FAR, dtype=np.int64)
