"""Several forecasters as one, and what each adds: pooled with them and without."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from detente.ledger.history import Book
from detente.ledger.records import Probability
from detente.ledger.scores.pooling import METHODS, pooled
from detente.ledger.tracks import courses

Panel = dict[str, float]  # author to probability


@dataclass(frozen=True, slots=True)
class Without:
    """A pool without one forecaster, over the questions that one answered with others.

    ``change`` is the score without less the score with: above 0, the pool is worse off
    without.
    """

    by: str
    questions: int
    own: float
    change: float


@dataclass(frozen=True, slots=True)
class Pooled:
    """One way of pooling: its mean halved Brier score, and what each forecaster adds."""

    method: str
    questions: int
    brier_halved: float
    without: tuple[Without, ...]


def combine(book: Book, now: datetime, names: Sequence[str] | None = None) -> tuple[Pooled, ...]:
    """Every way of pooling, over yes-no questions that two people or more forecast.

    Each person counts once a question, with the median of what they said last under no reading.
    """
    panels = [
        (panel, float(course.answer is True))
        for course in courses(book, now, names)
        if course.question.kind == "yes-no"
        and len(panel := _panel([(t.stream.by, t.values[-1]) for t in course.tracks
                                 if t.stream.is_own])) > 1
    ]  # fmt: skip
    return tuple(_pooled(method, panels) for method in METHODS) if panels else ()


def pools_now(book: Book, name: str) -> dict[str, float]:
    """What several people together say of a yes-no question as it stands, by way of pooling.

    Empty where fewer than two have a forecast that was made in time.
    """
    last: dict[tuple[str, str], Probability] = {}
    for kept in book[name].forecasts:
        one = kept.record
        if isinstance(one.value, Probability) and not (one.after_the_fact or one.reading):
            last[one.by, one.lens] = one.value
    panel = _panel([(by, value) for (by, _), value in last.items()])
    if len(panel) < 2:
        return {}
    return {method: pooled(np.array(list(panel.values())), method) for method in METHODS}


def _panel(said: Sequence[tuple[str, object]]) -> Panel:
    each: dict[str, list[float]] = {}
    for by, value in said:
        if isinstance(value, Probability):
            each.setdefault(by, []).append(value.p)
    return {by: float(np.median(values)) for by, values in each.items()}


def _pooled(method: str, panels: Sequence[tuple[Panel, float]]) -> Pooled:
    people = sorted({by for panel, _ in panels for by in panel})
    scores = [_score(panel, happened, method) for panel, happened in panels]
    without: list[Without] = []
    for by in people:
        there = [(panel, y, s) for (panel, y), s in zip(panels, scores, strict=True) if by in panel]
        changes = [
            _score({b: p for b, p in panel.items() if b != by}, y, method) - s
            for panel, y, s in there
        ]
        own = [(panel[by] - y) ** 2 for panel, y, _ in there]
        without.append(Without(by, len(there), float(np.mean(own)), float(np.mean(changes))))
    return Pooled(method, len(panels), float(np.mean(scores)), tuple(without))


def _score(panel: Panel, happened: float, method: str) -> float:
    return (pooled(np.array(list(panel.values())), method) - happened) ** 2
