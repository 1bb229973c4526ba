"""A conflict in option form as a graph: who can move from which feasible state to which.

A decision maker may change any of its options at once, as long as each may be changed in that
direction and the state that comes about is feasible (Fang, Hipel & Kilgour 1993).
"""

from __future__ import annotations

import numpy as np

from detente.arrays import Bools, Ints
from detente.interchange.conflict import Conflict, Maker
from detente.stability.graph import Graph, make_graph

NEVER_TAKEN, NEVER_DROPPED = frozenset({"back", "none"}), frozenset({"fwd", "none"})


def graph_of(conflict: Conflict) -> Graph:
    """The graph of a conflict; states in its order. Raises SpaceTooLarge."""
    rank = np.stack([maker.rank for maker in conflict.makers])
    moves = {(m,): _moves(conflict, maker) for m, maker in enumerate(conflict.makers)}
    ranks = [np.unique(one, return_inverse=True)[1].reshape(-1) for one in rank]
    return make_graph(
        [maker.name for maker in conflict.makers], np.array(ranks, dtype=np.int64), moves
    )


def state_name(conflict: Conflict, state: int) -> str:
    """The state as other tools write it: a letter an option, Y or N."""
    return "".join("Y" if on else "N" for on in conflict.states[state])


def _moves(conflict: Conflict, maker: Maker) -> tuple[Ints, Ints]:
    """Where the maker's moves start and end: both of shape (move,)."""
    states = conflict.states
    own = np.zeros(states.shape[1], dtype=np.bool_)
    own[list(maker.options)] = True
    bits: Ints = 2 ** np.arange(states.shape[1], dtype=np.int64)
    fixed: Ints = np.asarray(states[:, ~own].astype(np.int64) @ bits[~own], dtype=np.int64)
    starts, ends = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for alike in _classes(fixed):
        for state in alike:
            reached = alike[_permitted(conflict, states[state], states[alike])]
            starts.append(np.full(len(reached), state, dtype=np.int64))
            ends.append(reached)
    return np.concatenate(starts), np.concatenate(ends)


def _classes(fixed: Ints) -> list[Ints]:
    """States in which everything that is not one's own is the same."""
    order = np.argsort(fixed, kind="stable")
    cuts = np.flatnonzero(np.diff(fixed[order])) + 1
    return [np.asarray(part, dtype=np.int64) for part in np.split(order, cuts)]


def _permitted(conflict: Conflict, now: Bools, then: Bools) -> Bools:
    """Which of the states ``then`` change nothing in a direction that is not allowed."""
    ways = conflict.directions
    no_taking = np.array([way in NEVER_TAKEN for way in ways], dtype=np.bool_)
    no_dropping = np.array([way in NEVER_DROPPED for way in ways], dtype=np.bool_)
    taken, dropped = then & ~now, ~then & now
    wrong = (taken & no_taking) | (dropped & no_dropping)
    return ~np.asarray(wrong.any(axis=1))
