"""Leaders' meetings of the United States with the Soviet Union and Russia, counted.

The table holds a row a meeting that was planned. What a column means, and by which rules
it was filled, is written in docs/reference/summits.md.
"""

from __future__ import annotations

import calendar
import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("summits.csv")

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


@dataclass(frozen=True, slots=True)
class Class:
    """A class that is counted from the table: whether held or signed, and of which rows."""

    signed: bool = False
    margins_too: bool = False
    since: int = 0


CLASSES: Mapping[str, Class] = {
    "us-russia-summits-held": Class(),
    "us-russia-summits-held-since-1992": Class(since=1992),
    "us-russia-meetings-held": Class(margins_too=True),
    "us-russia-summits-signed": Class(signed=True),
    "us-russia-summits-signed-since-1992": Class(signed=True, since=1992),
    "us-russia-meetings-signed": Class(signed=True, margins_too=True),
}


def count(name: str, before: date | None = None, rows: Iterable[Row] | None = None) -> Counted:
    """The counts of a class of ``CLASSES``.

    Args:
        name: of the class.
        before: count only meetings planned for earlier days; where only the month or the year
            is known, all of it must be earlier. So a forecast is not held against itself.
        rows: of the table; by default the shipped ones.
    """
    which = CLASSES[name]
    some = [
        row
        for row in (shipped() if rows is None else rows)
        if (which.margins_too or row.get("kind", SUMMIT) == SUMMIT)
        and int(row["planned_for"][:4]) >= which.since
        and (before is None or last_day(row["planned_for"]) < before)
    ]
    return count_signed(some) if which.signed else count_held(some)


def last_day(text: str) -> date:
    """The last day that YYYY-MM-DD, YYYY-MM or YYYY may mean."""
    year, *rest = map(int, text.split("-"))
    month = rest[0] if rest else 12
    return date(year, month, rest[1] if rest[1:] else calendar.monthrange(year, month)[1])


@cache
def shipped() -> tuple[Row, ...]:
    """The rows of the table that ships with Detente."""
    return tuple(read_summits(TABLE))


def read_summits(path: Path) -> list[dict[str, str]]:
    """The rows of a table, in file order."""
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


def _is_held(row: Row) -> bool:
    return row["status"] in HELD


def _year(row: Row) -> int:
    return int(row["planned_for"][:4])


def _count(rows: Sequence[Row], counts: Callable[[Row], bool], left_out: int = 0) -> Counted:
    years = [_year(row) for row in rows]
    certain = [row for row in rows if row["uncertain"] == "no"]
    return Counted(
        len(rows), sum(map(counts, rows)), min(years, default=0), max(years, default=0), left_out,
        len(certain), sum(map(counts, certain)),
    )  # fmt: skip
