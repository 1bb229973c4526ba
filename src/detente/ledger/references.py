"""What a forecast is measured against: the base rate, the community, the outside view."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from detente.arrays import Floats
from detente.ledger.scores.value import class_of, classes
from detente.ledger.tracks import OUTSIDE, Course, Stream, stack

BASE_RATE, COMMUNITY, OUTSIDE_VIEW = "base-rate", "community", "outside"
REFERENCES = {
    BASE_RATE: "the share of yes among the other answered questions",
    COMMUNITY: "the median of everybody who had a forecast at the time",
    OUTSIDE_VIEW: "the forecast of the outside view at the time",
}
Reference = Callable[[Course], Floats | None]  # shares from edge to edge, NaN where there is none


def reference(name: str, courses: Sequence[Course]) -> Reference:
    """The reference of that name over these questions; None for numbers and dates."""
    match name:
        case "base-rate":
            return _base_rates(courses)
        case "community":
            return lambda course: _median(course, lambda stream: stream.is_own)
        case _:
            return lambda course: _median(course, _is_outside)


def _base_rates(courses: Sequence[Course]) -> Reference:
    """Leave one out, so that no question sets its own; options are equally likely."""
    yes = [c.answer is True for c in courses if c.question.kind == "yes-no"]
    total, count = sum(yes), len(yes)

    def found(course: Course) -> Floats | None:
        names = classes(course.question)
        if not names:
            return None
        shares = np.full(len(names), 1.0 / len(names))
        if course.question.kind == "yes-no" and count > 1:
            p = (total - class_of(course.question, course.answer)) / (count - 1)
            shares = np.array([1.0 - p, p])
        return np.tile(shares, (len(course.edges) - 1, 1))

    return found


def _is_outside(stream: Stream) -> bool:
    return stream.lens == OUTSIDE and not stream.after_the_fact


def _median(course: Course, counts: Callable[[Stream], bool]) -> Floats | None:
    """Median over people of the median over each one's own forecasts, normalised."""
    tracks = [track for track in course.tracks if counts(track.stream)]
    if not tracks or not classes(course.question):
        return None
    people = sorted({track.stream.by for track in tracks})
    own = [
        _middle([stack(course, track) for track in tracks if track.stream.by == person])
        for person in people
    ]
    found = _middle(own)
    return found / found.sum(axis=-1, keepdims=True)


def _middle(several: Sequence[Floats]) -> Floats:
    """Median that passes over those who have said nothing yet; NaN where nobody has."""
    if len(several) == 1:
        return several[0]
    rising = np.sort(np.array(several), axis=0)  # NaN comes last
    count = np.count_nonzero(~np.isnan(rising), axis=0)
    low, high = (
        np.take_along_axis(rising, np.maximum(at, 0)[None], axis=0)[0]
        for at in ((count - 1) // 2, count // 2)
    )
    return np.where(count > 0, (low + high) / 2.0, np.nan)
