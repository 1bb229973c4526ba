"""Solve the table in every draw: from a Table to which package, how large the zone."""

from __future__ import annotations

from detente.bargaining.protocols import NASH, protocol
from detente.bargaining.solution import Lots, Question, Solution
from detente.bargaining.space import Space
from detente.model.structure import LinePlace
from detente.model.table import Table


def solve(
    space: Space,
    table: Table,
    lines: tuple[LinePlace, ...] = (),
    name: str = NASH,
    lots: Lots | None = None,
) -> Solution:
    """The solution of every draw by a protocol, exactly, over every package.

    Args:
        space: the package space.
        table: one problem a draw.
        lines: red lines.
        name: the protocol.
        lots: what chance decides; only some protocols ask.

    Raises:
        UsageError: an unknown protocol, or one that does not take so many principals.
    """
    return protocol(name).solve(Question(space, table, lines, lots))
