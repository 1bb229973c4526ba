"""Forecasts of one question over time: who stood where, from when to when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from detente.arrays import Floats, Ints
from detente.ledger.history import Book, Kept, window
from detente.ledger.history import standing as stands_at
from detente.ledger.records import Answer, Forecast, Question, Value
from detente.ledger.scores.value import as_shares

OUTSIDE = "outside"  # the lens whose forecasts are the outside view
RUN = "run"  # the lens of forecasts read off a run


@dataclass(frozen=True, slots=True, order=True)
class Stream:
    """Forecasts that replace each other: of one person, by one lens, under one reading."""

    by: str
    lens: str
    reading: str
    after_the_fact: bool

    @property
    def is_own(self) -> bool:
        """Whether it speaks for its author: made in time, and under no reading but the author's."""
        return not self.reading and not self.after_the_fact

    @property
    def name(self) -> str:
        """Author, lens and reading."""
        return ", ".join(part for part in (self.by, self.lens, self.reading) if part)


def stream_of(one: Forecast) -> Stream:
    """The stream that a forecast belongs to."""
    return Stream(one.by, one.lens, one.reading, one.after_the_fact)


@dataclass(frozen=True, slots=True)
class Track:
    """A stream on one question, in the order of time.

    ``since`` holds the moments as seconds, rising, shape (forecast,).
    """

    stream: Stream
    values: tuple[Value, ...]
    since: Floats


@dataclass(frozen=True, slots=True)
class Course:
    """What was said of an answered question while it mattered.

    Attributes:
        question, answer: which, and how it was answered.
        tracks: those that count, then those made after the fact.
        edges: moments between which nothing changes, from opening to the end, shape (edge,).
        late: forecasts left out, because the answer could be known by then.
    """

    question: Question
    answer: Answer
    tracks: tuple[Track, ...]
    edges: Floats
    late: int

    @property
    def lengths(self) -> Floats:
        """Seconds from edge to edge, shape (edge - 1,)."""
        return np.diff(self.edges)

    def standing(self, track: Track) -> Ints:
        """Which forecast of a track stands from edge to edge, -1 before the first."""
        return np.searchsorted(track.since, self.edges[:-1], side="right") - 1


def courses(book: Book, now: datetime, names: Sequence[str] | None = None) -> list[Course]:
    """Every question that has an answer, with its forecasts; those named, or all.

    A question that is open, ambiguous, annulled or void has no answer and is not scored.
    """
    found: list[Course] = []
    for name in book if names is None else names:
        history, stands = book[name], stands_at(book, name, now)
        if stands.status != "resolved" or stands.answer is None:
            continue
        start, end = window(history.question, stands)
        counting = [one for one in history.forecasts if counts(one.record, end)]
        tracks = _tracks(counting)
        moments = {start.timestamp(), end.timestamp()} if end > start else {end.timestamp()}
        for track in tracks:
            if not track.stream.after_the_fact:
                moments.update(track.since.tolist())
        found.append(
            Course(
                history.question, stands.answer, tracks, np.array(sorted(moments)),
                len(history.forecasts) - len(counting),
            )
        )  # fmt: skip
    return found


def counts(one: Forecast, end: datetime) -> bool:
    """Whether a forecast was made before the end of the window, or is marked as made after the fact."""
    return one.after_the_fact or one.at < end


def _tracks(kept: Sequence[Kept[Forecast]]) -> tuple[Track, ...]:
    by: dict[Stream, list[Kept[Forecast]]] = {}
    for one in kept:
        by.setdefault(stream_of(one.record), []).append(one)
    found: list[Track] = []
    for stream, said in by.items():
        said.sort(key=lambda one: (one.record.at, one.number))
        since = np.array([one.record.at.timestamp() for one in said])
        found.append(Track(stream, tuple(one.record.value for one in said), since))
    return tuple(sorted(found, key=lambda t: (t.stream.after_the_fact, t.stream)))


def stack(course: Course, track: Track) -> Floats:
    """A track's shares from edge to edge, NaN before the first; shape (edge - 1, class)."""
    shares = np.array([as_shares(course.question, value) for value in track.values])
    at = course.standing(track)
    found = shares[np.maximum(at, 0)]
    found[at < 0] = np.nan
    return found
