"""A conflict as a graph: states, who can move from which to which, and who prefers which.

The graph model of Kilgour, Hipel & Fang (1987). Movers are groups of decision makers: a group
of one moves alone, a larger one only together. A move that cannot be taken back is one without
a move in the other direction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from detente.arrays import Ints
from detente.errors import SpaceTooLarge, UsageError
from detente.kernels import kernel

Group = tuple[int, ...]  # positions of decision makers, rising

MOST_STATES = 8192
MOST_MOVES = 8_000_000
MOST_MAKERS = 12


@dataclass(frozen=True, slots=True)
class Graph:
    """Who can move where, and what each thinks of it. Axes: maker, state, group, move.

    Attributes:
        makers: names of the decision makers.
        rank: shape (maker, state), the higher the better; equal ranks are ties.
        groups: who moves, each as rising positions of makers.
        first: shape (group, state + 1), where the moves of a group from a state begin in ``to``.
        to: shape (move,), the states moved to.
    """

    makers: tuple[str, ...]
    rank: Ints
    groups: tuple[Group, ...]
    first: Ints
    to: Ints

    @property
    def states(self) -> int:
        """How many states there are."""
        return self.rank.shape[1]

    def moves(self, group: int, state: int) -> Ints:
        """Where group number ``group`` can move to from ``state``: shape (move,)."""
        return self.to[self.first[group, state] : self.first[group, state + 1]]

    def within(self, members: Iterable[int]) -> Ints:
        """Numbers of the groups that ``members`` can form among themselves: shape (group,)."""
        inside = set(members)
        found = [g for g, group in enumerate(self.groups) if inside.issuperset(group)]
        return np.array(found, dtype=np.int64)

    def others(self, members: Iterable[int]) -> Ints:
        """Numbers of the groups of everybody else: shape (group,)."""
        inside = set(members)
        return self.within(m for m in range(len(self.makers)) if m not in inside)

    def ranked(self, rank: Ints) -> Graph:
        """The same moves under other preferences: (maker, state)."""
        return Graph(self.makers, rank, self.groups, self.first, self.to)


def make_graph(
    makers: Sequence[str], rank: Ints, moves: Mapping[Group, tuple[Ints, Ints]]
) -> Graph:
    """Build a graph.

    Args:
        makers: names of the decision makers.
        rank: shape (maker, state), the higher the better.
        moves: by group, where moves start and where they end: both of shape (move,).
            Moves that lead nowhere else, and repeats, are dropped.

    Raises:
        UsageError: no makers or states, groups or states that are not there.
        SpaceTooLarge: more states, makers or moves than are taken.
    """
    if rank.ndim != 2 or len(rank) != len(makers) or not rank.size:
        raise UsageError(
            f"ranks of shape {rank.shape}; (maker, state), at least one of each, is allowed; "
            "give every maker a rank for every state"
        )
    states = len(rank[0])
    _check_sizes(len(makers), states)
    groups = tuple(sorted(moves, key=lambda group: (len(group), group)))
    first = np.zeros((len(groups), states + 1), dtype=np.int64)
    parts = [np.zeros(0, dtype=np.int64)]
    so_far = 0
    for g, group in enumerate(groups):
        _check_group(group, len(makers))
        start, end = _tidied(*moves[group], states)
        first[g] = so_far + np.searchsorted(start, np.arange(states + 1))
        so_far += len(end)
        parts.append(end)
    if so_far > MOST_MOVES:
        raise SpaceTooLarge(
            f"{so_far:,} moves; at most {MOST_MOVES:,} are taken; merge options nobody disputes"
        )
    return Graph(tuple(makers), rank.astype(np.int64), groups, first, np.concatenate(parts))


def _check_sizes(makers: int, states: int) -> None:
    for count, most, what in (
        (states, MOST_STATES, "states"), (makers, MOST_MAKERS, "decision makers"),
    ):  # fmt: skip
        if count > most:
            raise SpaceTooLarge(
                f"{count:,} {what}; at most {most:,} are taken; leave out those that matter least"
            )


def _check_group(group: Group, makers: int) -> None:
    rising = tuple(sorted(set(group))) == group
    if not group or not rising or not 0 <= group[0] <= group[-1] < makers:
        raise UsageError(
            f"group {group}; rising positions from 0 to {makers - 1} are allowed; correct it"
        )


def _tidied(start: Ints, end: Ints, states: int) -> tuple[Ints, Ints]:
    """Moves in order, each once."""
    if start.size and not (
        min(start.min(), end.min()) >= 0 and max(start.max(), end.max()) < states
    ):
        raise UsageError(f"a move from or to a state that is not there; 0 to {states - 1}")
    away = start != end
    code = np.sort(start[away].astype(np.int64) * states + end[away])
    code = code[np.diff(code, prepend=-1) > 0]
    return code // states, code % states


def improvements(graph: Graph) -> Graph:
    """The same states with those moves alone that all who make them prefer to where they start."""
    size = max(len(group) for group in graph.groups) if graph.groups else 1
    members = np.full((len(graph.groups), size), -1, dtype=np.int64)
    for g, group in enumerate(graph.groups):
        members[g, : len(group)] = group
    first, to = _improving(graph.first, graph.to, graph.rank, members)
    return Graph(graph.makers, graph.rank, graph.groups, first, to)


@kernel
def _improving(first: Ints, to: Ints, rank: Ints, members: Ints) -> tuple[Ints, Ints]:
    """``first`` and ``to`` of the moves that all of a row of ``members`` prefer; -1 is nobody."""
    begins, ends, count = np.zeros_like(first), np.empty_like(to), 0
    for g in range(first.shape[0]):
        begins[g, 0] = count
        for x in range(first.shape[1] - 1):
            for a in range(first[g, x], first[g, x + 1]):
                better = True
                for m in members[g]:
                    better &= m < 0 or rank[m, to[a]] > rank[m, x]
                if better:
                    ends[count] = to[a]
                    count += 1
            begins[g, x + 1] = count
    return begins, ends[:count].copy()
