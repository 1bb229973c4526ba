"""Do things said to be 70 % likely happen in 70 %? Yes-no forecasts as they stood at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from detente.arrays import Floats
from detente.ledger.history import Book
from detente.ledger.records import Probability
from detente.ledger.scores.corp import FEW, Reliability, reliability
from detente.ledger.scores.murphy import Murphy, murphy
from detente.ledger.tracks import Course, Stream, courses

Counts = Callable[[Course, Stream], bool]


@dataclass(frozen=True, slots=True)
class Point:
    """A forecast at its question's close, and whether it came true."""

    question: str
    stream: Stream
    p: float
    happened: bool


@dataclass(frozen=True, slots=True)
class Calibration:
    """How well probabilities were kept.

    Attributes:
        points: every forecast, in the order of the questions.
        questions: how many different ones.
        murphy: the score taken apart; None without a point.
        curve: None where there are fewer than FEW questions: it would show chance.
    """

    points: tuple[Point, ...]
    questions: int
    murphy: Murphy | None
    curve: Reliability | None


def calibration(
    book: Book, now: datetime, seed: int = 1, *, counts: Counts | None = None,
    names: Sequence[str] | None = None, after_the_fact: bool = False,
) -> Calibration:  # fmt: skip
    """Calibration of the forecasts that ``counts`` takes, of yes-no questions with an answer.

    Forecasts made after the fact are left out, or with ``after_the_fact`` are all there is.
    ``seed`` is of the band.
    """
    points = tuple(
        Point(course.question.id, track.stream, last.p, course.answer is True)
        for course in courses(book, now, names)
        for track in course.tracks
        if track.stream.after_the_fact == after_the_fact
        and (counts is None or counts(course, track.stream))
        and isinstance(last := track.values[-1], Probability)
    )
    questions = len({point.question for point in points})
    if not points:
        return Calibration(points, 0, None, None)
    p, happened = columns(points)
    curve = reliability(p, happened, seed) if questions >= FEW else None
    return Calibration(points, questions, murphy(p, happened), curve)


def columns(points: Sequence[Point]) -> tuple[Floats, Floats]:
    """Probabilities and what happened, as 0 or 1, each of shape (point,)."""
    return np.array([x.p for x in points]), np.array([float(x.happened) for x in points])
