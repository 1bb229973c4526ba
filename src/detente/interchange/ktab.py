"""Actor tables of KTAB, a toolkit for spatial models (Wise, Lester & Efird 2015), as CSV.

The first line holds name, description, number of actors and number of dimensions; the second names
the columns; then one line an actor: name, description, capability, and position and salience for
each dimension, from 0 to 100.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from detente.delimited import Row
from detente.interchange.naming import label
from detente.interchange.reading import Source
from detente.interchange.record import Account, Settings, listed
from detente.interchange.scales import Scale, Seat, Table
from detente.interchange.tables import number_in, rows_of

FULL = 100.0
LARGEST = 1e12
_POSITION = re.compile(r"[\s_-]*(position|pstn|pos)[\s_-]*(?=\d*$)", re.IGNORECASE)


def looks_like_ktab(source: Source) -> bool:
    """Whether the first line ends in two counts and the second names actors."""
    start = "\n".join(source.text.splitlines()[:40])
    rows = rows_of(replace(source, text=start), Account(), sample_from=1)
    return len(rows) > 2 and _counts(rows[0]) is not None


def read_ktab(sources: Sequence[Source], _: Settings, account: Account) -> Table:
    """The table in this file. Raises SituationError with every mistake."""
    source = sources[0]
    rows = rows_of(source, account, sample_from=1)
    counts = _counts(rows[0])
    if counts is None or len(rows) < 3:
        account.wrong(
            rows[0].place, "no line with name, description, number of actors and of dimensions",
            "a KTAB table: that line, a line of column names, one line an actor", "add it",
        )  # fmt: skip
        account.stop_if_wrong()
    assert counts is not None
    actors, dimensions = counts
    body = rows[2:]
    if len(body) != actors:
        account.wrong(
            rows[0].place, f"{actors} actors announced and {len(body)} rows of actors",
            "the two alike", "correct the number, or the rows",
        )  # fmt: skip
    scales = tuple(_scale(rows[1], index) for index in range(dimensions))
    seats = tuple(_seat(row, scales, account) for row in body)
    _check_names([seat.name for seat in seats], body, account)
    account.stop_if_wrong()
    account.taken("salience from 0 to 100 became salience from 0 to 1")
    return Table(_title(rows[0]), scales, seats)


def _counts(row: Row) -> tuple[int, int] | None:
    """The two counts at the end of the first line."""
    texts = [field.text for field in row.fields if field.text]
    if len(texts) < 3 or not all(text.isdecimal() and len(text) < 4 for text in texts[-2:]):
        return None
    return int(texts[-2]), int(texts[-1])


def _title(row: Row) -> str:
    return ", ".join([field.text for field in row.fields if field.text][:-2])


def _scale(header: Row, index: int) -> Scale:
    column = 3 + 2 * index
    written = header.text(column) or f"dimension {index + 1}"
    name = _POSITION.sub(" ", written).strip()
    if not name or name.isdecimal():
        name = f"dimension {name or index + 1}"
    return Scale(name, name, 0.0, FULL)


def _seat(row: Row, scales: tuple[Scale, ...], account: Account) -> Seat:
    wanted = 3 + 2 * len(scales)
    given = [field for field in row.fields[wanted:] if field.text]
    if given:
        account.wrong(
            given[0].place, f"{len(given)} field(s) more than the {wanted} announced",
            "name, description, capability, then position and salience a dimension",
            "drop them, or put a field that holds a comma in quotes",
        )  # fmt: skip
    position: dict[str, float] = {}
    salience: dict[str, float] = {}
    capability = number_in(row, 2, "the capability", 0.0, LARGEST, account)
    for index, scale in enumerate(scales):
        where = number_in(row, 3 + 2 * index, f"the position on {scale.name}", 0.0, FULL, account)
        weight = number_in(row, 4 + 2 * index, f"the salience of {scale.name}", 0.0, FULL, account)
        if where is not None and weight is not None:
            position[scale.name] = where
            salience[scale.name] = float(f"{weight / FULL:.12g}")
    return Seat(row.text(0), row.text(1) or row.text(0), capability or 0.0, position, salience)


def _check_names(names: list[str], rows: list[Row], account: Account) -> None:
    for index, name in enumerate(names):
        if not name or name in names[:index]:
            account.wrong(
                rows[index].at(0), f"a second actor {label(name)!r}" if name else "no name",
                "a name for each actor, each once", "rename one of them",
            )  # fmt: skip


def tell_of_saliences(seats: tuple[Seat, ...], account: Account) -> None:
    """Note that a situation knows proportions of saliences only."""
    over = [seat.name for seat in seats if sum(seat.salience.values()) > 1.0 + 1e-9]
    if over:
        account.chosen(
            f"saliences of {listed(over)} sum to more than 100; a situation takes shares, so only "
            "their proportions count"
        )
    elif any(sum(seat.salience.values()) < 1.0 - 1e-9 for seat in seats):
        account.left_out(
            "how far saliences stay below 100: a situation takes shares, so only their proportions "
            "count within an actor"
        )
