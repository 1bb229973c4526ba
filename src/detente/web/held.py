"""The questions of every ledger that a situation was asked for a forecast of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from detente.errors import DetenteError
from detente.web.bench import Seen
from detente.web.ledger_views import Row, row
from detente.web.ledgers import Offered
from detente.web.origins import forecast_from, place_of

MOST = 8  # questions on the page of an answer; the ledger has all


@dataclass(frozen=True, slots=True)
class Held:
    """Questions of one ledger, some of them, and how many there are."""

    ledger: Offered
    rows: tuple[Row, ...]
    total: int


def forecasts_of(seen: Seen) -> list[Held]:
    """Questions forecast from a situation, ledger by ledger; one that is gone has none."""
    place, now = place_of(seen.bench, seen.opened), datetime.now(UTC)
    found: list[Held] = []
    for one in seen.bench.offered():
        try:
            read = seen.bench.ledgers.read(one)
        except DetenteError:
            continue
        names = forecast_from(read.book, place)
        if names:
            rows = tuple(row(read.book, name, now) for name in names[:MOST])
            found.append(Held(one, rows, len(names)))
    return found
