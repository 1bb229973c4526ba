"""A scale as people see it: what its points mean, who stands on it, and the table of them."""

from __future__ import annotations

from dataclasses import dataclass

from detente.spatial.table import Table


@dataclass(frozen=True, slots=True)
class Scale:
    """One scale, and positions on it in one case or in many draws.

    Attributes:
        name: identifier, or as the source has it.
        title: what it is called.
        marks: what points of it mean, from the lowest.
        actors: what the actors of the table's second axis are called; alike for all scales.
        table: axes (draw, actor).
        assumed: whether nobody wrote where the options stand, so that they are evenly spread.
        without_power: names of actors whose power nobody wrote, so that a default holds.
    """

    name: str
    title: str
    marks: tuple[tuple[float, str], ...]
    actors: tuple[str, ...]
    table: Table
    assumed: bool = False
    without_power: frozenset[str] = frozenset()
