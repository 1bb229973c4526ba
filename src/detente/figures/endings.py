"""Why a meeting falls through, in words. Draws nothing, so a terminal can use it at no cost."""

from __future__ import annotations

from detente.analysis.answer import Answer
from detente.figures.theme import CAUSE_MARKS
from detente.model.causes import CAUSES, HELD


def why_not(answer: Answer) -> tuple[tuple[str, float], ...]:
    """Causes for which a meeting falls through with their share of all draws, largest first.

    Empty where there is no run-up, or where every meeting is held.
    """
    if answer.road is None:
        return ()
    found = [(c, e.p) for c, e in answer.road.causes.items() if c != CAUSES[HELD] and e.p > 0.0]
    return tuple(sorted(found, key=lambda pair: -pair[1]))


def in_short(cause: str) -> str:
    """A cause in a word or four."""
    return next(mark.short for code, mark in CAUSE_MARKS.items() if CAUSES[code] == cause)
