"""What came of an import: what was kept, and what was not, with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from detente.ledger.keeping import put_forecast, put_question, put_resolution
from detente.ledger.records import Forecast, Question, Resolution
from detente.ledger.store.store import Ledger

Records = tuple[Question, list[Forecast], Resolution | None]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A question that was not kept, the line it stands on, and why."""

    line: int
    question: str
    reason: str


@dataclass(slots=True)
class QuestionSet:
    """Questions read from a file, with their forecasts and answers, and those left out."""

    kept: list[Records] = field(default_factory=list[Records])
    left_out: list[LeftOut] = field(default_factory=list[LeftOut])
    notes: list[str] = field(default_factory=list[str])


@dataclass(frozen=True, slots=True)
class Imported:
    """How many records an import wrote, and what it left out."""

    questions: int
    forecasts: int
    resolutions: int
    left_out: Sequence[LeftOut]
    notes: Sequence[str]


def keep(ledger: Ledger, found: QuestionSet) -> Imported:
    """Write a set into a ledger, whole or not at all.

    A question of which the ledger has the like by that name is left out. Raises UsageError.
    """
    left = list(found.left_out)
    forecasts = resolutions = 0
    with ledger.writing() as turn:
        for question, said, answer in found.kept:
            if turn.history(question.id) is not None:
                left.append(LeftOut(0, question.id, "the ledger has a question of that name"))
                continue
            put_question(turn, question)
            for one in said:
                put_forecast(turn, one)
            if answer is not None:
                put_resolution(turn, answer)
            forecasts += len(said)
            resolutions += answer is not None
    kept = len(found.kept) - (len(left) - len(found.left_out))
    return Imported(kept, forecasts, resolutions, tuple(left), tuple(found.notes))
