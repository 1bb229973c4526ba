"""What a set of movers can bring about together: legal sequences of their moves.

A sequence is legal if no group moves twice in a row (Fang, Hipel & Kilgour 1993). A move of a
group that moves only together is one step of it.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np

from detente.arrays import Bools, Ints
from detente.kernels import kernel
from detente.stability.graph import Graph, Group

FAR = 2**62  # no state is reached


def least_reached(graph: Graph, value: Ints, movers: Ints) -> Ints:
    """From each state, the least ``value`` (state,) of a state that ``movers`` reach.

    Values are below FAR, which stands where nothing is reached. ``movers``: numbers of groups.
    """
    return _least_reached(value, graph.first, graph.to, movers)


@kernel
def _least_reached(value: Ints, first: Ints, to: Ints, movers: Ints) -> Ints:
    """As ``least_reached``; sweeps until nothing changes."""
    states = value.size
    by = np.full((movers.size, states), FAR)  # reached by sequences that this mover begins
    # over movers: the least, whose it is, and the least of the others
    low, whose, next_low = np.full(states, FAR), np.full(states, -1), np.full(states, FAR)
    changed = True
    while changed:
        changed = False
        for k in range(movers.size):
            g = movers[k]
            for x in range(states):
                best = by[k, x]
                for a in range(first[g, x], first[g, x + 1]):
                    y = to[a]
                    after = next_low[y] if whose[y] == k else low[y]
                    best = min(best, value[y], after)
                if best < by[k, x]:
                    by[k, x] = best
                    changed = True
                    if whose[x] == k:
                        low[x] = best
                    elif best < low[x]:
                        next_low[x], low[x], whose[x] = low[x], best, k
                    elif best < next_low[x]:
                        next_low[x] = best
    return low


@dataclass(frozen=True, slots=True)
class Step:
    """One move of a sequence: who makes it, and the state it leads to."""

    members: Group
    state: int


def way_to(graph: Graph, start: int, movers: Ints, wanted: Bools) -> tuple[Step, ...]:
    """A shortest legal sequence of ``movers`` from ``start`` to a state of ``wanted``, (state,).

    Of sequences equally short, the one whose movers and states come first; empty if none is.
    """
    seen: set[tuple[int, int]] = set()
    waiting: deque[tuple[int, int, tuple[Step, ...]]] = deque([(start, -1, ())])
    while waiting:
        state, last, so_far = waiting.popleft()
        for g in map(int, movers):
            if g == last:
                continue
            for y in graph.moves(g, state).tolist():
                if wanted[y]:
                    return (*so_far, Step(graph.groups[g], y))
                if (y, g) not in seen:
                    seen.add((y, g))
                    waiting.append((y, g, (*so_far, Step(graph.groups[g], y))))
    return ()


def steps_from(graph: Graph, start: int) -> Ints:
    """Fewest moves from ``start`` to each state, by anybody: shape (state,); -1 if never.

    Status quo analysis (Li, Kilgour & Hipel 2005). That nobody moves twice in a row does not
    matter where one move may do what two of the same mover do.
    """
    return steps_by(graph, start, np.arange(len(graph.groups), dtype=np.int64))


def steps_by(graph: Graph, start: int, movers: Ints) -> Ints:
    """Fewest moves of ``movers`` from ``start`` to each state: shape (state,); -1 if never."""
    found = np.full(graph.states, -1, dtype=np.int64)
    _spread(start, graph.first, graph.to, movers, found)
    return found


@kernel
def _spread(start: int, first: Ints, to: Ints, movers: Ints, steps: Ints) -> None:
    """Breadth first over pairs of a state and who moved last."""
    states, groups = steps.size, movers.size
    seen = np.zeros((states, groups), dtype=np.bool_)
    queue = np.empty((states * groups + 1, 3), dtype=np.int64)
    queue[0, 0], queue[0, 1], queue[0, 2] = start, -1, 0
    steps[start] = 0
    head, tail = 0, 1
    while head < tail:
        x, last, done = queue[head, 0], queue[head, 1], queue[head, 2]
        head += 1
        for g in range(groups):
            if g != last:
                for a in range(first[movers[g], x], first[movers[g], x + 1]):
                    y = to[a]
                    if not seen[y, g]:
                        seen[y, g] = True
                        if steps[y] < 0:
                            steps[y] = done + 1
                        queue[tail, 0], queue[tail, 1], queue[tail, 2] = y, g, done + 1
                        tail += 1
