"""A table of actors on scales for the spatial models, from a file that is no situation."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from detente.arrays import Floats
from detente.interchange.actor_table import looks_like_actor_table, read_actor_table
from detente.interchange.decide import looks_like_decide, read_decide
from detente.interchange.ktab import looks_like_ktab, read_ktab
from detente.interchange.naming import label
from detente.interchange.reading import read_source
from detente.interchange.record import Account, Settings, refusal, within_limits
from detente.interchange.scales import Scale as Written
from detente.interchange.scales import Seat
from detente.interchange.scales import Table as Seats
from detente.spatial.scale import Scale
from detente.spatial.table import LENGTH, Table

READERS = (
    (looks_like_decide, read_decide),
    (looks_like_ktab, read_ktab),
    (looks_like_actor_table, read_actor_table),
)
SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".dat"})


def read_scales(path: Path, account: Account) -> tuple[str, tuple[Scale, ...]]:
    """The table's title, and its scales with one case each. Raises SituationError.

    Positions become 0 to 100 from the scale's lower to its upper end.
    """
    source = read_source(path, account)
    for looks, read in READERS:
        if looks(source):
            seats = read([source], Settings(), account)
            within_limits(account, source.place, len(seats.seats), len(seats.scales))
            account.stop_if_wrong()
            return label(seats.title), tuple(_scale(one, seats) for one in seats.scales)
    raise refusal(
        source.place, "no table of actors that can be told",
        "columns name, position, salience and power; a KTAB table; or lines that start with #A, #D",
        "write the columns' names in the first line",
    )  # fmt: skip


def _scale(one: Written, seats: Seats) -> Scale:
    length = one.high - one.low

    def column(of: str) -> Floats:
        return np.array([[_number(seat, one.name, of) for seat in seats.seats]])

    position = (column("position") - one.low) / length * LENGTH
    salience = np.nan_to_num(column("salience"))
    power = np.array([[seat.capability for seat in seats.seats]])
    return Scale(
        one.name,
        label(one.title),
        tuple(((at - one.low) / length * LENGTH, label(text)) for at, text in one.marks if text),
        _titles(seats),
        Table(position, salience, power, np.array([np.nan])),
    )


def _number(seat: Seat, scale: str, of: str) -> float:
    return (seat.position if of == "position" else seat.salience).get(scale, np.nan)


def _titles(seats: Seats) -> tuple[str, ...]:
    """What actors are called: their titles if these tell them apart, else their names."""
    titles = tuple(label(seat.title or seat.name) for seat in seats.seats)
    apart = len(set(titles)) == len(titles)
    return titles if apart else tuple(label(seat.name) for seat in seats.seats)
