"""What came of an import: what was kept, and what was not, with the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from detente.ledger.exchange.pacing import Steps, paced, quietly
from detente.ledger.history import History
from detente.ledger.keeping import put_forecast, put_question, put_resolution
from detente.ledger.records import Forecast, Question, Resolution
from detente.ledger.store.store import Ledger, Writing

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


@dataclass(frozen=True, slots=True)
class Imported:
    """How many records an import wrote, how many were there already, and what it left out."""

    questions: int
    forecasts: int
    resolutions: int
    already: int
    left_out: Sequence[LeftOut]


def keep(ledger: Ledger, found: QuestionSet, steps: Steps = quietly) -> Imported:
    """Write a set into a ledger, whole or not at all.

    Of a question that is there already, with the same words, only forecasts that are new are
    added, and an answer where it has none. ``steps`` hears how far it is. Raises UsageError.
    """
    left = list(found.left_out)
    wanted = 0
    with ledger.writing() as turn:
        turn.foresee([question.id for question, _, _ in found.kept])
        for question, said, answer in paced(found.kept, steps("Writing")):
            before = turn.history(question.id)
            if before is not None and before.question.text != question.text:
                left.append(LeftOut(0, question.id, "the ledger has another question of that name"))
                continue
            wanted += 1 + len(said) + (answer is not None)
            _put(turn, question, said, answer, before)
        count = Counter(entry.kind for entry in turn.written)
    already = wanted - count.total()
    return Imported(count["question"], count["forecast"], count["resolution"], already, tuple(left))


def _put(
    turn: Writing, question: Question, said: Sequence[Forecast], answer: Resolution | None,
    before: History | None,
) -> None:  # fmt: skip
    there = {_key(kept.record) for kept in before.forecasts} if before else set[Any]()
    answered = before is not None and bool(before.resolutions)
    if before is None:
        put_question(turn, question)
    for one in said:
        if _key(one) not in there:
            put_forecast(turn, one)
    if answer is not None and not answered:
        put_resolution(turn, answer)


def _key(one: Forecast) -> tuple[str, str, str, datetime, str]:
    """What makes a forecast the same as one that is there."""
    return one.by, one.lens, one.reading, one.at, one.value.model_dump_json()
