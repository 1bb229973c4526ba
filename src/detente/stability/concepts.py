"""Every concept on every state for every decision maker, and what is an equilibrium."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from detente.addresses import suggestion
from detente.arrays import Bools, Ints
from detente.errors import UsageError
from detente.kernels import kernel
from detente.stability import gmr, nash, seq, smr
from detente.stability.graph import Graph, improvements

NOWHERE = -1
NASH = "nash"


@dataclass(frozen=True, slots=True)
class Concept:
    """A way to look ahead.

    ``held_to`` gives the rank to which the others bring a maker after it has moved to each
    state. The maker gives the move up if that is no better than where it stood.
    """

    name: str
    title: str
    about: str
    held_to: Callable[[Graph, int, Graph], Ints]


CONCEPTS: dict[str, Concept] = {
    name: Concept(name, module.TITLE, module.ABOUT, module.held_to)
    for name, module in (("nash", nash), ("gmr", gmr), ("smr", smr), ("seq", seq))
}


def concept(name: str) -> Concept:
    """A concept by name. Raises UsageError."""
    if name not in CONCEPTS:
        raise UsageError(
            f"--concept {name}: no such concept; {', '.join(CONCEPTS)} are allowed; "
            f"{suggestion(name, CONCEPTS)}"
        )
    return CONCEPTS[name]


def stable_states(graph: Graph) -> dict[str, Bools]:
    """By concept, which states are stable for whom: shape (maker, state)."""
    better = improvements(graph)
    return {name: stable_under(graph, one, better) for name, one in CONCEPTS.items()}


def stable_under(graph: Graph, one: Concept, better: Graph) -> Bools:
    """Which states are stable for whom under one concept: shape (maker, state)."""
    found = np.ones((len(graph.makers), graph.states), dtype=np.bool_)
    for maker in range(len(graph.makers)):
        own = graph.within((maker,))
        if own.size:
            held = one.held_to(graph, maker, better)
            best = np.full(graph.states, NOWHERE, dtype=np.int64)
            for g in own.tolist():
                _best_left(held, better.first, better.to, g, best)
            found[maker] = best <= graph.rank[maker]
    return found


@kernel
def _best_left(held: Ints, first: Ints, to: Ints, group: int, out: Ints) -> None:
    """The best that is left of any improvement once it was answered, into ``out`` (state,)."""
    for x in range(out.size):
        for a in range(first[group, x], first[group, x + 1]):
            out[x] = max(out[x], held[to[a]])


def equilibria(stable: Bools) -> Bools:
    """States that are stable for everybody: shape (state,), from (maker, state)."""
    return np.asarray(stable.all(axis=0))
