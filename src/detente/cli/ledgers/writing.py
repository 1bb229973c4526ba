"""detente ledger ask and resolve."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from detente.cli.ledgers.common import history_of, made, moment_of, opened, tell, today, who
from detente.errors import UsageError
from detente.ledger.exchange.flat import said
from detente.ledger.exchange.question_set import as_answer, slug
from detente.ledger.history import standing
from detente.ledger.keeping import ask as write_question
from detente.ledger.keeping import resolve as write_answer
from detente.ledger.records import Answer, Condition, Kind, Question, Resolution, Verdict
from detente.ledger.store.store import Ledger


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as typed."""

    text: str
    criteria: str
    closes: str
    opens: str | None
    id: str | None
    kind: str
    options: tuple[str, ...]
    ordered: bool
    unit: str
    fine_print: str
    condition: str | None
    decided_by: str | None
    truth: str
    tags: tuple[str, ...]
    by: str | None


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as typed."""

    question: str
    answer: str | None
    verdicts: tuple[str, ...]
    source: str
    on: str | None
    note: str
    by: str | None


def ask(where: str, asked: Asked, *, as_json: bool) -> None:
    """Write a question down. Raises UsageError."""
    opens = moment_of("--opens", asked.opens).date() if asked.opens else today().date()
    closes = moment_of("--closes", asked.closes).date()
    if not asked.criteria.strip():
        raise UsageError(
            "--criteria: nothing found; words are allowed; say what counts as which answer"
        )
    _question(asked, opens, closes, None)  # refuse it before a ledger is begun
    with opened(where, make=True) as ledger:
        question = _question(asked, opens, closes, _condition(ledger, asked))
        entry = write_question(ledger, question)
    told = f"{question.id}: asked, open from {opens} to {closes}; its criteria stand from now on"
    tell([entry], [told], as_json=as_json, question=question.id)


def _question(asked: Asked, opens: date, closes: date, condition: Condition | None) -> Question:
    return made(
        "ledger ask",
        lambda: Question(
            id=asked.id or slug(asked.text), text=asked.text, criteria=asked.criteria,
            fine_print=asked.fine_print, kind=cast(Kind, asked.kind), options=asked.options,
            ordered=asked.ordered, unit=asked.unit, opens=opens, closes=closes,
            condition=condition, truth=asked.truth, tags=asked.tags, by=who(asked.by),
        ),
    )  # fmt: skip


def _condition(ledger: Ledger, asked: Asked) -> Condition | None:
    if asked.decided_by is None:
        says = asked.condition
        return made("--if", lambda: Condition(says=says)) if says else None
    name, _, wanted = asked.decided_by.partition("=")
    decides = history_of(ledger, name).question
    answer = _answer(decides, wanted or "yes", "--if-question")
    told = asked.condition or f"{decides.text} {said(answer)}"
    return made("--if", lambda: Condition(says=told, question=name, answer=answer))


def _answer(question: Question, text: str, option: str) -> Answer:
    try:
        return as_answer(question, text)
    except ValueError:
        allowed = {
            "yes-no": "yes or no", "one-of": ", ".join(question.options), "number": "a number",
            "date": "a date such as 2025-10-31",
        }[question.kind]  # fmt: skip
        raise UsageError(
            f"{option} {text}: no answer of {question.id}; {allowed} is allowed; correct it"
        ) from None


def resolve(where: str, given: Given, *, as_json: bool) -> None:
    """Write an answer down. Raises UsageError."""
    if (given.answer is not None) + len(given.verdicts) != 1:
        raise UsageError(
            f"ledger resolve {given.question}: an answer, --ambiguous, --annulled or --void is "
            "allowed; give one of them"
        )
    if not given.source.strip():
        raise UsageError(
            "--source: nothing found; where the answer stands is allowed; add --source"
        )
    known = moment_of("--on", given.on) if given.on else today()
    with opened(where) as ledger:
        question = history_of(ledger, given.question).question
        answer = None if given.answer is None else _answer(question, given.answer, "answer")
        verdict = cast(Verdict, given.verdicts[0] if given.verdicts else "value")
        record = made(
            "ledger resolve",
            lambda: Resolution(
                question=question.id, verdict=verdict, answer=answer, known=known,
                source=given.source, by=who(given.by), note=given.note,
            ),
        )  # fmt: skip
        entry = write_answer(ledger, record)
        book = ledger.book()
        hanging = [
            name
            for name, one in book.items()
            if one.question.condition is not None
            and one.question.condition.question == question.id
            and standing(book, name, today()).because == question.id
        ]
    told = [f"{question.id}: {said(answer) if answer is not None else verdict}"]
    told += [
        f"{name}: {standing(book, name, today()).status}, by its condition" for name in hanging
    ]
    tell([entry], told, as_json=as_json, decided=hanging)
