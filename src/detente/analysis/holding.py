"""What would hold in a conflict: equilibria, who would leave the rest, and what keeps who stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from detente.arrays import Bools
from detente.stability.coalitions import Departure, coalitions, leaving
from detente.stability.concepts import concept, equilibria, stable_states
from detente.stability.graph import Graph, Group, improvements
from detente.stability.status_quo import Distance, distance_from
from detente.stability.witnesses import Temptation, temptations

MOST_TOLD = 40
ALL_COALITIONS = 6  # makers up to which every coalition is asked


@dataclass(frozen=True, slots=True)
class Told:
    """One state, told in full under the concept asked for.

    Attributes:
        state: its position.
        stable: by concept, for whom it is stable.
        tempted: for each maker that prefers a move, the move that nothing deters, or else the
            best one that something deters.
        groups: coalitions that would leave it together, and where to.
    """

    state: int
    stable: dict[str, tuple[bool, ...]]
    tempted: tuple[Temptation, ...]
    groups: tuple[Departure, ...]

    @property
    def leavers(self) -> tuple[Temptation, ...]:
        """Moves that nothing deters."""
        return tuple(one for one in self.tempted if not one.deterred)

    def holds(self, name: str) -> bool:
        """Whether nobody would leave it on its own, under a concept."""
        return all(self.stable[name])


@dataclass(frozen=True, slots=True)
class Holding:
    """The answer for one graph.

    Attributes:
        graph: what was asked.
        start: the state in which things stand.
        concept: the concept that is told in full.
        stable: by concept, shape (maker, state).
        distance: of every state from the start.
        told: states told in full, the start first.
        asked: coalitions that were asked.
    """

    graph: Graph
    start: int
    concept: str
    stable: dict[str, Bools]
    distance: Distance
    told: tuple[Told, ...]
    asked: tuple[Group, ...]

    def count(self, name: str) -> int:
        """How many states nobody would leave on its own."""
        return int(equilibria(self.stable[name]).sum())


def holding(
    graph: Graph, start: int, name: str, states: Sequence[int],
    stable: dict[str, Bools] | None = None,
) -> Holding:  # fmt: skip
    """Ask which states hold, and tell ``states`` in full. Raises UsageError.

    ``stable`` is what ``stable_states`` found, if it was asked before.
    """
    one, better = concept(name), improvements(graph)
    found = stable_states(graph) if stable is None else stable
    asked = _asked(graph)
    told = [
        Told(
            state,
            {key: tuple(map(bool, table[:, state])) for key, table in found.items()},
            tempted := tuple(
                first[0]
                for maker in range(len(graph.makers))
                if (first := temptations(graph, one, maker, state, better, most=1))
            ),
            _least(leaving(graph, state, asked, name, better), tempted),
        )
        for state in dict.fromkeys(states)
    ]
    return Holding(graph, start, name, found, distance_from(graph, start), tuple(told), asked)


def _asked(graph: Graph) -> tuple[Group, ...]:
    """Every coalition of few makers; of many, the groups that can move and everybody."""
    if len(graph.makers) <= ALL_COALITIONS:
        return coalitions(graph)
    everybody = tuple(range(len(graph.makers)))
    return tuple(dict.fromkeys([*(g for g in graph.groups if len(g) > 1), everybody]))


def _least(groups: Sequence[Departure], tempted: Sequence[Temptation]) -> tuple[Departure, ...]:
    """Coalitions without those in which fewer would leave for the same state."""
    alone = [Departure((one.maker,), one.state) for one in tempted if not one.deterred]
    every = [*alone, *groups]
    return tuple(
        one
        for one in groups
        if not any(
            set(less.members) < set(one.members) and less.state == one.state for less in every
        )
    )


def worth_telling(graph: Graph, start: int, stable: Bools) -> list[int]:
    """All states of a small graph; of a large one, the start and what holds nearest to it."""
    if graph.states <= MOST_TOLD:
        return [start, *(s for s in range(graph.states) if s != start)]
    legal = distance_from(graph, start).legal
    held = np.flatnonzero(equilibria(stable))
    steps = np.where(legal[held] < 0, graph.states, legal[held])
    return [start, *held[np.lexsort((held, steps))][: MOST_TOLD // 2].tolist()]
