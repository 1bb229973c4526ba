"""Stability against coalitions: would several decision makers leave a state together?

For a coalition H, R_H(s) is what legal sequences of moves within H reach, and R_H^{++}(s) the
states of it that every member prefers to s: coalition improvements (Kilgour, Hipel, Fang & Peng
2001). The four concepts have the logical form of Inohara & Hipel (2008):

    Nash  R_H^{++}(s) is empty
    GMR   for every x in R_H^{++}(s) some y in R_{N-H}(x) is one that not all of H prefer to s
    SMR   the same, and from y no z in R_H(y) is one that all of H prefer to s
    SEQ   as GMR, y being reached by improvements of those who move, R_{N-H}^+(x)

In SEQ Inohara and Hipel let the others answer as coalitions of their own that gain on balance;
here every step must be an improvement for whoever makes it, as for single decision makers. A
coalition of one gives the concepts for single decision makers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from detente.arrays import Bools, Ints
from detente.stability.graph import Graph, Group, improvements
from detente.stability.reaching import least_reached, steps_by

MOST_COALITIONS = 512
NAMES = ("nash", "gmr", "smr", "seq")


@dataclass(frozen=True, slots=True)
class Departure:
    """A coalition that would leave a state under a concept, and where it would go."""

    members: Group
    state: int


def coalitions(graph: Graph) -> tuple[Group, ...]:
    """Every coalition of two or more, the smallest first; cut at MOST_COALITIONS."""
    n = len(graph.makers)
    every = (group for size in range(2, n + 1) for group in combinations(range(n), size))
    return tuple(group for group, _ in zip(every, range(MOST_COALITIONS), strict=False))


def departures(
    graph: Graph, state: int, members: Group, better: Graph | None = None
) -> dict[str, tuple[int, ...]]:
    """By concept, the states for which ``members`` would leave ``state`` together.

    Empty where the state is stable for the coalition. Best first for whoever gains least in
    places, then by state.
    """
    better = improvements(graph) if better is None else better
    steps = steps_by(graph, state, graph.within(members))
    preferred = _all_prefer(graph, state, members)
    goals = np.flatnonzero((steps > 0) & preferred)
    if not len(goals):
        return dict.fromkeys(NAMES, ())
    goals = _best_first(graph, state, members, goals)
    others = graph.others(members)
    kept = {"nash": np.ones(len(goals), dtype=np.bool_)}
    # a state that not all of H prefer has value 0: can the others reach one?
    bad = preferred.astype(np.int64)
    kept["gmr"] = least_reached(graph, bad, others)[goals] != 0
    kept["seq"] = least_reached(better, bad, others)[goals] != 0
    caught = _caught(graph, members, preferred).astype(np.int64)
    kept["smr"] = least_reached(graph, 1 - caught, others)[goals] != 0
    return {name: tuple(goals[kept[name]].tolist()) for name in NAMES}


def leaving(
    graph: Graph, state: int, groups: Iterable[Group], name: str, better: Graph | None = None
) -> tuple[Departure, ...]:
    """Coalitions of ``groups`` that would leave ``state`` under a concept, and where to."""
    better = improvements(graph) if better is None else better
    found: list[Departure] = []
    for members in groups:
        goals = departures(graph, state, members, better)[name]
        if goals:
            found.append(Departure(members, goals[0]))
    return tuple(found)


def _all_prefer(graph: Graph, state: int, members: Group) -> Bools:
    rank = graph.rank[list(members)]
    return np.asarray((rank > rank[:, [state]]).all(axis=0))


def _best_first(graph: Graph, state: int, members: Group, goals: Ints) -> Ints:
    rank = graph.rank[list(members)]
    gained = rank[:, goals] - rank[:, [state]]
    return goals[np.lexsort((goals, -gained.sum(axis=0), -gained.min(axis=0)))]


def _caught(graph: Graph, members: Group, preferred: Bools) -> Bools:
    """States that not all of H prefer, and from which H cannot get to one that all do."""
    away = least_reached(graph, np.where(preferred, 0, 1), graph.within(members))
    return ~preferred & (away != 0)
