"""Who would leave a state, for which, and what keeps those who stay."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.arrays import Ints
from detente.stability.concepts import Concept
from detente.stability.graph import Graph, improvements
from detente.stability.reaching import Step, way_to
from detente.stability.smr import best_after


@dataclass(frozen=True, slots=True)
class Temptation:
    """A move that its maker prefers, and the answer that deters it.

    Attributes:
        maker: who would make it.
        state: where it leads.
        answer: how the others bring it to no better than where it stood, a shortest way; empty
            where nothing deters it.
    """

    maker: int
    state: int
    answer: tuple[Step, ...]

    @property
    def deterred(self) -> bool:
        """Whether the maker gives it up."""
        return bool(self.answer)


def temptations(
    graph: Graph, one: Concept, maker: int, state: int, better: Graph | None = None,
    most: int = 200,
) -> tuple[Temptation, ...]:  # fmt: skip
    """Moves of ``maker`` from ``state`` that it prefers, the best first, at most ``most``.

    Those that nothing deters stand first; none of them means that the state is stable.
    """
    better = improvements(graph) if better is None else better
    goals = _goals(better, maker, state)
    if not len(goals):
        return ()
    rank, held = graph.rank[maker], one.held_to(graph, maker, better)
    free = held[goals] > rank[state]
    order = np.lexsort((goals, -rank[goals], ~free))[:most]
    return tuple(
        Temptation(
            maker,
            int(goal),
            () if is_free else _answer(graph, one, maker, state, int(goal), better),
        )
        for goal, is_free in zip(goals[order], free[order], strict=True)
    )


def _goals(better: Graph, maker: int, state: int) -> Ints:
    none = np.zeros(0, dtype=np.int64)
    parts = [better.moves(g, state) for g in better.within((maker,)).tolist()]
    return np.unique(np.concatenate([none, *parts]))


def _answer(
    graph: Graph, one: Concept, maker: int, state: int, goal: int, better: Graph
) -> tuple[Step, ...]:
    """A shortest way for the others to bring ``maker`` from ``goal`` to no better than ``state``."""
    value = best_after(graph, maker) if one.name == "smr" else graph.rank[maker]
    moves = better if one.name == "seq" else graph
    wanted = np.asarray(value <= graph.rank[maker, state])
    return way_to(moves, goal, graph.others((maker,)), wanted)
