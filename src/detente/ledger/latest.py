"""What each stream of forecasts said last of a question, as far as it counts."""

from __future__ import annotations

from datetime import datetime

from detente.ledger.history import Book, History, Kept, Standing, standing, window
from detente.ledger.records import Forecast
from detente.ledger.tracks import Stream


def stream_of(one: Forecast) -> Stream:
    """The stream that a forecast belongs to."""
    return Stream(one.by, one.lens, one.reading, one.after_the_fact)


def counts(history: History, one: Forecast, stands: Standing) -> bool:
    """Whether a forecast was made in time, or is marked as made after the fact."""
    _, end = window(history.question, stands)
    return one.after_the_fact or one.at < end


def by_stream(book: Book, name: str, now: datetime) -> dict[Stream, list[Kept[Forecast]]]:
    """Every forecast that counts, by stream and in the order of time.

    Streams made in time come first, then those made after the fact.
    """
    history, stands = book[name], standing(book, name, now)
    found: dict[Stream, list[Kept[Forecast]]] = {}
    for kept in sorted(history.forecasts, key=lambda one: (one.record.at, one.number)):
        if counts(history, kept.record, stands):
            found.setdefault(stream_of(kept.record), []).append(kept)
    return dict(sorted(found.items(), key=lambda one: (one[0].after_the_fact, one[0])))


def latest(book: Book, name: str, now: datetime) -> dict[Stream, Kept[Forecast]]:
    """The last forecast of every stream."""
    return {stream: kept[-1] for stream, kept in by_stream(book, name, now).items()}
