"""What each stream of forecasts said last of a question, as far as it counts."""

from __future__ import annotations

from datetime import datetime

from detente.ledger.history import Book, Kept, standing, window
from detente.ledger.records import Forecast
from detente.ledger.tracks import Stream, counts, stream_of


def by_stream(book: Book, name: str, now: datetime) -> dict[Stream, list[Kept[Forecast]]]:
    """Every forecast that counts, by stream and in the order of time.

    Streams made in time come first, then those made after the fact.
    """
    history = book[name]
    _, end = window(history.question, standing(book, name, now))
    found: dict[Stream, list[Kept[Forecast]]] = {}
    for kept in sorted(history.forecasts, key=lambda one: (one.record.at, one.number)):
        if counts(kept.record, end):
            found.setdefault(stream_of(kept.record), []).append(kept)
    return dict(sorted(found.items(), key=lambda one: (one[0].after_the_fact, one[0])))


def latest(book: Book, name: str, now: datetime) -> dict[Stream, Kept[Forecast]]:
    """The last forecast of every stream."""
    return {stream: kept[-1] for stream, kept in by_stream(book, name, now).items()}
