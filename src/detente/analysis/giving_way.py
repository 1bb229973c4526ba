"""Moves that make what blocks a deal give way.

Where several things block at once, moving one of them changes nothing, so what brings
most by itself says little. Minimal blocking sets say which belong together.
"""

from __future__ import annotations

from collections.abc import Iterable

from detente.analysis.blockers import BlockingSet
from detente.analysis.probing import Move

SETS, CONSTRAINTS = 6, 6  # of the most frequent sets, and constraints in them


def giving_way(sets: Iterable[BlockingSet], moves: Iterable[Move]) -> tuple[Move, ...]:
    """Those of ``moves`` that loosen a constraint of the most frequent sets, in that order."""
    frequent = list(sets)[:SETS]
    names = list(dict.fromkeys(name for one in frequent for name in one.constraints))[:CONSTRAINTS]
    wanted = [way for name in names for way in _ways(name)]
    by_way = {(move[0].address, move[0].end > move[0].start): move for move in moves}
    return tuple(by_way[way] for way in wanted if way in by_way)


def _ways(constraint: str) -> list[tuple[str, bool]]:
    """Addresses behind a constraint, each with whether it has to rise."""
    head, _, rest = constraint.partition(".")
    match head:
        case "links":
            return [(f"{constraint}.holds", False)]
        case "red_lines":
            return [(f"{constraint}.cost", False), (f"{constraint}.absolute", False)]
        case "consent":
            return [(f"leverage.{rest}", True), (f"outlook.{rest}", False)]
        case _:
            return [(f"outlook.{rest}", False), (f"signing_cost.{rest}", False)]
