"""What speaks for whom, piece by piece: what counted, what was known, what is worth watching."""

from __future__ import annotations

import math
from dataclasses import dataclass
from string import ascii_uppercase

from detente.analysis.indicators import Indicator
from detente.analysis.probabilities import Estimate
from detente.analysis.weighing import Weighing
from detente.figures.candidate_names import indicator_name
from detente.figures.naming import Names, tidy

MOST_NEXT = 4  # indicators shown beside what has happened
CLEAR = 2.0  # standard errors from which a gain of information is told
STRONG, WEAK = math.log2(3.0), math.log2(1.25)
COUNTED, KNOWN, AHEAD = "counted", "known beforehand, not counted", "worth watching"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One column: something that happened, or that may be seen.

    ``by_reading`` is its chance under each reading given what came before; None where
    that never came true. ``p`` is its chance over readings.
    """

    letter: str
    words: str
    status: str
    by_reading: dict[str, float | None]
    p: float


def evidence_of(names: Names, found: Weighing) -> tuple[Evidence, ...]:
    """Columns: what counted, what was known, and what is most worth watching."""
    rows: list[tuple[str, str, dict[str, float | None], float]] = []
    for before, step in zip(found.steps, found.steps[1:], strict=False):
        assert step.event is not None
        chances = _points(step.likelihood)
        rows.append((tidy(step.event.says), COUNTED, chances, _mean(before.weights, chances)))
    prior = found.steps[0].weights
    for one in found.known:
        chances = _points(dict(one.likelihood))
        rows.append((tidy(one.event.says), KNOWN, chances, _mean(prior, chances)))
    rows += [
        (indicator_name(names, one), AHEAD, one.by_reading, one.p)
        for one in next_to_watch(found)[:MOST_NEXT]
    ]
    return tuple(
        Evidence(letter, said, status, chances, p)
        for letter, (said, status, chances, p) in zip(ascii_uppercase, rows, strict=False)
    )


def next_to_watch(found: Weighing) -> list[Indicator]:
    """Indicators that tell beyond Monte Carlo error, the best of each sort, best first."""
    best: dict[str, Indicator] = {}
    for one in found.indicators:
        if one.bits > CLEAR * one.se:
            best.setdefault(one.candidate.sort, one)
    return list(best.values())


def leaning(one: Evidence, reading: str) -> float:
    """How far a column speaks for a reading: log2 of its chance there over that over all."""
    p = one.by_reading[reading]
    if p is None or one.p <= 0.0:
        return 0.0
    return math.log2(p / one.p) if p > 0.0 else -math.inf


def sign(one: Evidence, reading: str) -> str:
    """The same as a mark: ++, +, nothing, - or --."""
    lean = leaning(one, reading)
    if abs(lean) < WEAK:
        return ""
    mark = "+" if lean > 0.0 else "-"
    return 2 * mark if abs(lean) >= STRONG else mark


def _points(found: dict[str, Estimate | None]) -> dict[str, float | None]:
    return {name: None if one is None else one.p for name, one in found.items()}


def _mean(weights: dict[str, Estimate], chances: dict[str, float | None]) -> float:
    known = {name: p for name, p in chances.items() if p is not None}
    total = sum(weights[name].p for name in known)
    return sum(weights[n].p * p for n, p in known.items()) / total if total else 0.0
