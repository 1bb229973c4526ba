"""Published conflicts as graphs, and the definitions tried out state by state."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np

from detente.stability.graph import Graph, make_graph

# Prisoner's Dilemma; states 1 to 4 as NN, YN, NY, YY of cooperating.
PRISONERS_RANK = [[2, 1, 4, 3], [2, 4, 1, 3]]
PRISONERS_MOVES: list[dict[int, list[int]]] = [
    {1: [2], 2: [1], 3: [4], 4: [3]},
    {1: [3], 2: [4], 3: [1], 4: [2]},
]
# The Elmira conflict, 12 states not merged (Hipel, Fang, Kilgour & Haight 1993): a ministry, a
# company, a local government.
ELMIRA_RANK = [
    [7, 6, 11, 10, 4, 4, 8, 5, 12, 9, 4, 4],
    [12, 7, 6, 11, 8, 8, 9, 4, 5, 10, 8, 8],
    [9, 5, 11, 6, 4, 4, 10, 7, 12, 8, 4, 4],
]
ELMIRA_MOVES: list[dict[int, list[int]]] = [
    {1: [2], 3: [4], 5: [6], 7: [8], 9: [10], 11: [12]},
    {1: [3, 5], 2: [4, 6], 3: [5], 4: [6], 7: [9, 11], 8: [10, 12], 9: [11], 10: [12]},
    {s: [s + 6 if s <= 6 else s - 6] for s in range(1, 13)},
]

# The same as a conflict file in option form.
ELMIRA_FILE: dict[str, Any] = {
    "program": "gmcr-py",
    "useManualPreferenceVectors": True,
    "options": [
        {"name": "Modify", "permittedDirection": "fwd"},
        {"name": "Delay", "permittedDirection": "back"},
        {"name": "Accept", "permittedDirection": "both"},
        {"name": "Abandon", "permittedDirection": "fwd"},
        {"name": "Insist", "permittedDirection": "both"},
    ],
    "infeasibles": [
        [[1, "Y"], [2, "Y"]], [[1, "Y"], [3, "Y"]], [[2, "Y"], [3, "Y"]],
        [[1, "N"], [2, "N"], [3, "N"]],
    ],
    "decisionMakers": [
        {"name": "Ministry", "options": [0],
         "preferenceVector": [9, 3, 4, 10, 7, 1, 2, 8, [5, 6, 11, 12]]},
        {"name": "Company", "options": [1, 2, 3],
         "preferenceVector": [1, 4, 10, 7, [5, 6, 11, 12], 2, 3, 9, 8]},
        {"name": "Town", "options": [4],
         "preferenceVector": [9, 3, 7, 1, 10, 8, 4, 2, [5, 6, 11, 12]]},
    ],
}  # fmt: skip


def graph_from(rank: list[list[int]], moves: list[dict[int, list[int]]]) -> Graph:
    """A graph whose states count from 1 in ``moves``, and from 0 in what comes out."""
    arcs: dict[tuple[int, ...], Any] = {}
    for maker, table in enumerate(moves):
        pairs = [(s - 1, t - 1) for s, ends in table.items() for t in ends]
        arcs[maker,] = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return make_graph([f"m{i}" for i in range(len(rank))], np.array(rank), arcs)


def prisoners() -> Graph:
    """The Prisoner's Dilemma."""
    return graph_from(PRISONERS_RANK, PRISONERS_MOVES)


def elmira() -> Graph:
    """The Elmira conflict."""
    return graph_from(ELMIRA_RANK, ELMIRA_MOVES)


def random_conflict(
    seed: int, makers: int, states: int, ranks: int, share: float, *, joint: bool
) -> Graph:
    """Random moves, each with chance ``share``, and ranks below ``ranks``; one joint mover or none."""
    rng = np.random.default_rng(seed)
    groups: list[tuple[int, ...]] = [(i,) for i in range(makers)]
    if joint:
        pairs = list(combinations(range(makers), 2))
        groups.append(pairs[int(rng.integers(len(pairs)))])
    rank = rng.integers(0, ranks, size=(makers, states))
    arcs: dict[tuple[int, ...], Any] = {
        group: np.nonzero(rng.random((states, states)) < share) for group in groups
    }
    return make_graph([f"m{i}" for i in range(makers)], rank, arcs)


def brute_reach(graph: Graph, start: int, movers: set[int], *, better: bool) -> set[int]:
    """R(start): every legal sequence followed by hand."""
    found: set[int] = set()
    seen: set[tuple[int, int]] = set()
    waiting = [(start, -1)]
    while waiting:
        x, last = waiting.pop()
        for g, group in enumerate(graph.groups):
            if g == last or not set(group) <= movers:
                continue
            for y in graph.moves(g, x).tolist():
                if better and not all(graph.rank[m, y] > graph.rank[m, x] for m in group):
                    continue
                found.add(y)
                if (y, g) not in seen:
                    seen.add((y, g))
                    waiting.append((y, g))
    return found


def brute_stable(graph: Graph, members: tuple[int, ...], state: int) -> dict[str, bool]:
    """The four definitions for a coalition, word by word; one member is the usual case."""
    inside, every = set(members), set(range(len(graph.makers)))

    def gains(y: int) -> bool:
        return all(graph.rank[m, y] > graph.rank[m, state] for m in members)

    improved = [x for x in brute_reach(graph, state, inside, better=False) if gains(x)]

    def any_answer(x: int) -> bool:
        return any(not gains(y) for y in brute_reach(graph, x, every - inside, better=False))

    def wanted_answer(x: int) -> bool:
        return any(not gains(y) for y in brute_reach(graph, x, every - inside, better=True))

    def lasting_answer(x: int) -> bool:
        return any(
            not gains(y) and not any(gains(z) for z in brute_reach(graph, y, inside, better=False))
            for y in brute_reach(graph, x, every - inside, better=False)
        )

    return {
        "nash": not improved,
        "gmr": all(any_answer(x) for x in improved),
        "smr": all(lasting_answer(x) for x in improved),
        "seq": all(wanted_answer(x) for x in improved),
    }
