"""A plain table of actors on one scale: name, position, salience and power, with a line of names.

Positions run from 0 to 100. Salience runs from 0 to 1, or from 0 to 100 where one of them is
above 1. Separated by commas, semicolons or tabs.
"""

from __future__ import annotations

from collections.abc import Sequence

from detente.addresses import suggestion
from detente.delimited import Row
from detente.interchange.naming import label
from detente.interchange.reading import Source
from detente.interchange.record import Account, Settings, within_limits
from detente.interchange.scales import Scale, Seat, Table
from detente.interchange.tables import number_in, rows_of

FULL = 100.0
LARGEST = 1e12
SCALE = "position"
COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("name", "actor"),
    "position": ("position",),
    "salience": ("salience",),
    "power": ("power", "capability", "influence"),
}


def looks_like_actor_table(source: Source) -> bool:
    """Whether the first line names a position."""
    return "position" in next(line for line in source.text.splitlines() if line.strip()).lower()


def read_actor_table(sources: Sequence[Source], _: Settings, account: Account) -> Table:
    """The table in this file. Raises SituationError with every mistake."""
    source = sources[0]
    rows = rows_of(source, account)
    columns = _columns(rows[0], account)
    account.stop_if_wrong()
    seats = [_seat(row, columns, account) for row in rows[1:]]
    _check_names(seats, rows[1:], account)
    within_limits(account, source.place, len(seats), 1)
    account.stop_if_wrong()
    if any(seat.salience[SCALE] > 1.0 for seat in seats):
        account.taken("salience from 0 to 100 became salience from 0 to 1")
        seats = [_shrunk(seat) for seat in seats]
    return Table(source.path.stem, (Scale(SCALE, "Position", 0.0, FULL),), tuple(seats))


def _columns(header: Row, account: Account) -> dict[str, int]:
    """Where each column stands; every missing or doubled one is a mistake."""
    given = [field.text.lower() for field in header.fields]
    found: dict[str, int] = {}
    for name, words in COLUMNS.items():
        at = [index for index, text in enumerate(given) if text in words]
        if len(at) == 1:
            found[name] = at[0]
            continue
        what = "no column" if not at else f"{len(at)} columns"
        near = suggestion(name, [text for text in given if text])
        account.wrong(
            header.place, f"{what} {' or '.join(words)}",
            "one each: " + ", ".join(COLUMNS), f"name them in the first line; {near}",
        )  # fmt: skip
    return found


def _seat(row: Row, columns: dict[str, int], account: Account) -> Seat:
    name = row.text(columns["name"])
    where = number_in(row, columns["position"], "the position", 0.0, FULL, account)
    salience = number_in(row, columns["salience"], "the salience", 0.0, FULL, account)
    power = number_in(row, columns["power"], "the power", 0.0, LARGEST, account)
    return Seat(name, name, power or 0.0, {SCALE: where or 0.0}, {SCALE: salience or 0.0})


def _shrunk(seat: Seat) -> Seat:
    salience = {SCALE: float(f"{seat.salience[SCALE] / FULL:.12g}")}
    return Seat(seat.name, seat.title, seat.capability, seat.position, salience)


def _check_names(seats: Sequence[Seat], rows: Sequence[Row], account: Account) -> None:
    seen: set[str] = set()
    for seat, row in zip(seats, rows, strict=True):
        if not seat.name or seat.name in seen:
            account.wrong(
                row.place, f"a second actor {label(seat.name)!r}" if seat.name else "no name",
                "a name for each actor, each once", "rename one of them",
            )  # fmt: skip
        seen.add(seat.name)
