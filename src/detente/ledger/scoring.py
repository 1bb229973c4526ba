"""Scores of a ledger: every stream on every answered question, then means by group.

Nothing is stored: scores are computed from the log each time, so a new resolution rescores.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from detente.arrays import Bools, Floats
from detente.ledger.history import Book
from detente.ledger.records import Question
from detente.ledger.references import Reference, reference
from detente.ledger.scores.value import Scores, scores_of, scores_of_shares
from detente.ledger.tracks import RUN, Course, Stream, Track, courses


@dataclass(frozen=True, slots=True)
class Scored:
    """A stream on one question.

    Attributes:
        question: which.
        stream: whose.
        forecasts: how many it had.
        coverage: share of the time from opening to the answer in which it had one; None
            for what was made after the fact.
        at_close: scores of the last forecast, by name.
        time_weighted: scores averaged over the time covered; empty after the fact.
        less_reference: time-weighted own less reference, over the time both had a forecast;
            absent where either is infinite.
        of_reference: the reference's, over the same time.
    """

    question: Question
    stream: Stream
    forecasts: int
    coverage: float | None
    at_close: Mapping[str, float]
    time_weighted: Mapping[str, float]
    less_reference: Mapping[str, float]
    of_reference: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean over questions, each counting once; ``se`` is its standard error, None for one."""

    mean: float
    se: float | None
    questions: int


@dataclass(frozen=True, slots=True)
class Group:
    """Scores of streams that have something in common.

    Attributes:
        name: what they have in common.
        after_the_fact: whether they were made after the fact; never mixed.
        questions, forecasts: how many.
        coverage: mean share of the time in which there was a forecast.
        at_close, time_weighted: means by name of the score.
        less_reference: mean difference from the reference; below 0 is better than it.
        skill: 1 - own score / reference's, by name: 1 is perfect, 0 no better.
    """

    name: str
    after_the_fact: bool
    questions: int
    forecasts: int
    coverage: float | None
    at_close: Mapping[str, Mean]
    time_weighted: Mapping[str, Mean]
    less_reference: Mapping[str, Mean]
    skill: Mapping[str, float]


def _reading(stream: Stream) -> str:
    return stream.reading or ("as written" if stream.lens == RUN else "no reading")


GROUPINGS: dict[str, Callable[[Scored], tuple[str, ...]]] = {
    "stream": lambda one: (one.stream.name,),
    "author": lambda one: (one.stream.by,),
    "lens": lambda one: (one.stream.lens,),
    "reading": lambda one: (_reading(one.stream),),
    "tag": lambda one: one.question.tags or ("no tag",),
    "question": lambda one: (one.question.id,),
    "all": lambda one: ("all",),  # noqa: ARG005 -- every grouping takes one
}


def score(
    book: Book, now: datetime, *, against: str | None = None, names: Sequence[str] | None = None
) -> list[Scored]:
    """Score every stream on every question that has an answer.

    Args:
        book: the ledger's questions with their histories.
        now: the moment at which the ledger is read.
        against: a name of REFERENCES, or None.
        names: only these questions.
    """
    found = courses(book, now, names)
    laid = reference(against, found) if against is not None else None
    return [one for course in found for one in _scored(course, laid)]


def late(book: Book, now: datetime, names: Sequence[str] | None = None) -> int:
    """Forecasts that do not count, since the answer could be known when they were made."""
    return sum(course.late for course in courses(book, now, names))


def _scored(course: Course, laid: Reference | None) -> list[Scored]:
    reference_scores: Scores = {}
    if laid is not None and len(course.edges) > 1:
        shares = laid(course)
        if shares is not None:
            reference_scores = scores_of_shares(course.question, shares, course.answer)
    return [_one(course, track, reference_scores) for track in course.tracks]


def _one(course: Course, track: Track, laid: Scores) -> Scored:
    own = scores_of(course.question, track.values, course.answer)
    at_close = {name: float(values[-1]) for name, values in own.items()}
    if track.stream.after_the_fact:
        return Scored(course.question, track.stream, len(track.values), None, at_close, {}, {}, {})
    at, lengths = course.standing(track), course.lengths
    covered = at >= 0
    over_time = {name: values[np.maximum(at, 0)] for name, values in own.items()}
    both = {n: covered & ~np.isnan(values) for n, values in laid.items()}
    compared = [n for n in over_time if n in both and lengths[both[n]].sum() > 0]
    own_then = {n: _weighted(over_time[n], lengths, both[n]) for n in compared}
    its_own = {n: _weighted(laid[n], lengths, both[n]) for n in compared}
    return Scored(
        course.question, track.stream, len(track.values),
        float(lengths[covered].sum() / lengths.sum()),
        at_close,
        {n: _weighted(v, lengths, covered) for n, v in over_time.items()},
        {n: own_then[n] - its_own[n] for n in compared if np.isfinite(own_then[n] + its_own[n])},
        its_own,
    )  # fmt: skip


def _weighted(values: Floats, lengths: Floats, where: Bools) -> float:
    weights = lengths[where]
    return float((values[where] * weights).sum() / weights.sum())


def grouped(scored: Sequence[Scored], by: str) -> list[Group]:
    """Means over what has something in common; ``by`` is a name of GROUPINGS."""
    parts: dict[tuple[bool, str], list[Scored]] = {}
    for one in scored:
        for name in GROUPINGS[by](one):
            parts.setdefault((one.stream.after_the_fact, name), []).append(one)
    return [_group(name, after, some) for (after, name), some in sorted(parts.items())]


def _group(name: str, after: bool, some: Sequence[Scored]) -> Group:
    less = _means(some, lambda one: one.less_reference)
    against = _means(some, lambda one: one.of_reference)
    covered = [one.coverage for one in some if one.coverage is not None]
    return Group(
        name,
        after,
        len({one.question.id for one in some}),
        sum(one.forecasts for one in some),
        float(np.mean(covered)) if covered else None,
        _means(some, lambda one: one.at_close),
        _means(some, lambda one: one.time_weighted),
        less,
        {
            n: -less[n].mean / laid.mean
            for n, laid in against.items()
            if n in less and less[n].questions == laid.questions and laid.mean > 0.0
        },
    )


def _means(some: Sequence[Scored], of: Callable[[Scored], Mapping[str, float]]) -> dict[str, Mean]:
    """Means within each question, then over questions."""
    found: dict[str, dict[str, list[float]]] = {}
    for one in some:
        for name, value in of(one).items():
            found.setdefault(name, {}).setdefault(one.question.id, []).append(value)
    return {name: _mean([float(np.mean(v)) for v in each.values()]) for name, each in found.items()}


def _mean(values: Sequence[float]) -> Mean:
    array = np.array(values)
    n = len(array)
    known = n > 1 and bool(np.isfinite(array).all())
    se = float(array.std(ddof=1) / np.sqrt(n)) if known else None
    return Mean(float(array.mean()), se, n)
