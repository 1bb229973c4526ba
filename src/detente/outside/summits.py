"""Leaders' meetings of the United States with the Soviet Union and Russia, counted.

The table holds a row a meeting that was planned. What a column means, and by which rules
it was filled, is written in docs/reference/summits.md.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

Row = Mapping[str, str]
HELD = ("held", "postponed_then_held")
SUMMIT = "summit"


@dataclass(frozen=True, slots=True)
class Counted:
    """``k`` of ``n`` planned from ``first`` to ``last``, and the same of certain rows alone.

    ``left_out`` is how many rows say neither yes nor no.
    """

    n: int
    k: int
    first: int
    last: int
    left_out: int
    certain_n: int
    certain_k: int


def read_summits(path: Path) -> list[dict[str, str]]:
    """The rows of the table, in file order."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def count_held(rows: Iterable[Row]) -> Counted:
    """Of the planned meetings, those held, on another day too."""
    return _count(list(rows), _is_held)


def count_signed(rows: Iterable[Row]) -> Counted:
    """Of the meetings held, those at which something was signed; unclear ones are left out."""
    held = [row for row in rows if _is_held(row)]
    told = [row for row in held if row["signed"] in {"yes", "no"}]
    return _count(told, lambda row: row["signed"] == "yes", len(held) - len(told))


def since(rows: Iterable[Row], year: int) -> list[Row]:
    """Meetings planned for that year or later."""
    return [row for row in rows if _year(row) >= year]


def summits_only(rows: Iterable[Row]) -> list[Row]:
    """Meetings for their own sake, not on the margin of a gathering of many."""
    return [row for row in rows if row.get("kind", SUMMIT) == SUMMIT]


def _is_held(row: Row) -> bool:
    return row["status"] in HELD


def _year(row: Row) -> int:
    return int(row["planned_for"][:4])


def _count(rows: Sequence[Row], counts: Callable[[Row], bool], left_out: int = 0) -> Counted:
    years = [_year(row) for row in rows]
    certain = [row for row in rows if row["uncertain"] == "no"]
    return Counted(
        len(rows), sum(map(counts, rows)), min(years), max(years), left_out,
        len(certain), sum(map(counts, certain)),
    )  # fmt: skip
