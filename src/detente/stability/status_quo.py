"""How far each outcome is from where things stand (status quo analysis, Li, Kilgour & Hipel 2005)."""

from __future__ import annotations

from dataclasses import dataclass

from detente.arrays import Ints
from detente.stability.graph import Graph, improvements
from detente.stability.reaching import steps_from


@dataclass(frozen=True, slots=True)
class Distance:
    """Fewest moves from the current state to each state: shape (state,); -1 if it is never reached.

    Attributes:
        legal: by any moves, nobody moving twice in a row.
        improving: by moves that everybody who makes them prefers to where they start.
    """

    legal: Ints
    improving: Ints


def distance_from(graph: Graph, start: int) -> Distance:
    """Which states can be reached from ``start``, and in how many moves."""
    return Distance(
        steps_from(graph, start),
        steps_from(improvements(graph), start),
    )
