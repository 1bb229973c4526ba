"""A public question set as CSV: at least question, a closing date, probability and outcome.

Columns go by several names, since everybody's set has others. One row is one forecast; a
question with several rows has several forecasts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from detente.errors import Problem, SituationError, UsageError
from detente.ledger.exchange.imported import LeftOut, QuestionSet
from detente.ledger.exchange.pacing import Steps, paced, quietly
from detente.ledger.exchange.rows import Row, Table
from detente.ledger.history import day_start
from detente.ledger.records import (
    Answer,
    Condition,
    Forecast,
    Probability,
    Question,
    Resolution,
    Value,
    Verdict,
)
from detente.ledger.values import check_question, check_value

ID = ("id", "question_id", "ifp_id")
TEXT = ("question", "question_text", "title", "text")
OPENS = ("opens", "opened", "open_date", "open_time", "created", "date_start", "start")
CLOSES = ("closes", "close_date", "close_time", "date_to_close", "deadline", "end")
MADE = ("date", "at", "forecast_date", "timestamp", "made")
P = ("probability", "forecast", "p", "prediction")
BY = ("forecaster", "by", "author", "user", "who")
OUTCOME = ("outcome", "resolution", "result", "answer")
KNOWN = ("resolved", "resolved_date", "date_closed", "resolve_time", "known")
YES, NO = frozenset({"yes", "true", "1", "1.0", "y"}), frozenset({"no", "false", "0", "0.0", "n"})
VERDICTS: dict[str, Verdict] = {
    "ambiguous": "ambiguous", "annulled": "annulled", "cancelled": "annulled",
    "canceled": "annulled", "voided": "annulled", "void": "void", "n/a": "annulled",
}  # fmt: skip
_VALUE: TypeAdapter[Value] = TypeAdapter(Value)
_OPTIONS = TypeAdapter(tuple[str, ...])  # made once: it takes long
T = TypeVar("T")


class _Reading:
    """One file being read: what was found so far, and every mistake."""

    def __init__(self, table: Table, by: str, tags: tuple[str, ...]) -> None:
        self.table, self.by, self.tags = table, by, tags
        self.found = QuestionSet()
        self.problems: list[Problem] = []

    def take(
        self, row: Row, names: tuple[str, ...], make: Callable[[str], T], allowed: str
    ) -> T | None:
        """What a field says, None where it is empty or wrong; a mistake is noted."""
        text = row.text(*names)
        if not text:
            return None
        try:
            return make(text)
        except (ValueError, UsageError):
            name = next(n for n in names if row.text(n))
            self.problems.append(row.wrong(name, f"found {text[:60]!r}", allowed, "correct it"))
            return None


def is_set(table: Table) -> bool:
    """Whether a table has a column of questions."""
    return bool(set(TEXT) & set(table.headings))


def read_set(
    table: Table, by: str = "import", tags: tuple[str, ...] = (), steps: Steps = quietly
) -> QuestionSet:
    """Every question of the file, kept or with the reason why not.

    ``by`` is who forecast where no column says so; ``tags`` go on every question; ``steps``
    hears how far it is. Raises SituationError with every value that cannot be read.
    """
    reading = _Reading(table, by, tags)
    rows: dict[str, list[Row]] = {}
    for row in table.rows:
        rows.setdefault(_name(row), []).append(row)
    for name, some in paced(list(rows.items()), steps("Checking")):
        _question_with_forecasts(reading, name, some)
    if reading.problems:
        raise SituationError(reading.problems)
    return reading.found


def _name(row: Row) -> str:
    """The name of a question: its own, or made of its text."""
    own = re.sub(r"[^a-z0-9._-]+", "-", (row.text(*ID) or "").lower()).strip("-._")[:80]
    return own or slug(row.text(*TEXT))


def slug(text: str) -> str:
    """A name made of a question's words; two questions of different words have different ones."""
    words = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    if len(words) > 50 or not words:
        mark = sha256(text.encode("utf-8", "replace")).hexdigest()[:8]
        return f"{words[:50].rstrip('-') or 'question'}-{mark}"
    return words


def _question_with_forecasts(reading: _Reading, name: str, rows: list[Row]) -> None:
    first = rows[0]
    try:
        question = _question(reading, name, rows)
        check_question(question)
        said = [f for row in rows if (f := _forecast(reading, question, row)) is not None]
        answer = _resolution(reading, question, rows)
    except _Missing as reason:
        reading.found.left_out.append(LeftOut(first.line, name, str(reason)))
    except ValidationError as error:
        for details in error.errors(include_url=False, include_context=False):
            at = ".".join(str(part) for part in details["loc"])
            reading.problems.append(first.wrong(at, details["msg"], "see how-to", "correct it"))
    except UsageError as error:
        reading.problems.append(first.wrong("", str(error), "see how-to", "correct it"))
    else:
        reading.found.kept.append((question, said, answer))


class _Missing(Exception):
    """What a question lacks."""


def _question(reading: _Reading, name: str, rows: list[Row]) -> Question:
    row = rows[0]
    text = " ".join(row.text(*TEXT).split())
    if not text:
        raise _Missing("it has no text")
    for other in rows[1:]:
        if " ".join(other.text(*TEXT).split()) != text:
            reading.problems.append(
                other.wrong("question", f"{name} again, in other words", f"as in line {row.line}", "give it another id")
            )  # fmt: skip
    made = [at for r in rows if (at := reading.take(r, MADE, moment, "a date or a moment"))]
    closes = reading.take(row, CLOSES, day, "a date such as 2025-10-31")
    known = reading.take(row, KNOWN, day, "a date such as 2025-10-31")
    closes = closes or known
    if closes is None:
        raise _Missing("it has neither a closing date nor a date of its answer")
    opens = reading.take(row, OPENS, day, "a date such as 2025-10-31")
    if opens is None and not made:
        raise _Missing("it has neither an opening date nor a dated forecast")
    options = reading.take(row, ("options",), _OPTIONS.validate_json, "a JSON list")
    condition = reading.take(row, ("condition",), Condition.model_validate_json, "as exported")
    plain: dict[str, Any] = {
        "kind": row.text("kind") or "yes-no", "opens": opens or min(made).date(), "closes": closes,
        "tags": tuple(dict.fromkeys((*row.text("tags").split(), *reading.tags))),
    }  # fmt: skip
    return Question(
        id=name, text=text, criteria=row.text("criteria", "description"),
        fine_print=row.text("fine_print"), options=options or (),
        ordered=row.text("ordered").lower() in YES, unit=row.text("unit"), condition=condition,
        truth=row.text("truth"), imported=reading.table.label, **plain,
    )  # fmt: skip


def _forecast(reading: _Reading, question: Question, row: Row) -> Forecast | None:
    p = reading.take(row, P, probability, "a probability from 0 to 1, or such as 30%")
    value: Value | None = reading.take(row, ("value",), _VALUE.validate_json, "as exported")
    if p is not None and question.kind == "yes-no":
        value = Probability(p=p)
    if value is None:
        return None
    check_value(question, value)
    at = reading.take(row, MADE, moment, "a date or a moment") or day_start(question.opens)
    return Forecast(
        question=question.id, by=row.text(*BY) or reading.by, at=at, value=value,
        why=row.text("why", "rationale", "comment"), lens=row.text("lens") or "judgement",
        reading=row.text("reading"), after_the_fact=row.text("after_the_fact").lower() in YES,
        imported=reading.table.label,
    )  # fmt: skip


def _resolution(reading: _Reading, question: Question, rows: list[Row]) -> Resolution | None:
    said = {row.text(*OUTCOME).lower() for row in rows} - {""}
    row = next((row for row in rows if row.text(*OUTCOME)), rows[0])
    if not said:
        return None
    if len(said) > 1:
        told = f"{question.id} has several outcomes: {', '.join(sorted(said))}"
        reading.problems.append(row.wrong("outcome", told, "one outcome a question", "correct it"))
        return None
    text = row.text(*OUTCOME)
    verdict = VERDICTS.get(text.lower(), "value")
    if verdict == "void" and question.condition is None:
        verdict = "annulled"
    answer: Answer | None = None
    if verdict == "value":
        answer = reading.take(
            row,
            OUTCOME,
            lambda said: as_answer(question, said),
            "an answer of the question, or annulled",
        )
        if answer is None:
            return None
    known = reading.take(row, KNOWN, moment, "a date or a moment") or day_start(question.closes)
    return Resolution(
        question=question.id, verdict=verdict, answer=answer, known=known,
        source=row.text("source") or reading.table.label, by="import",
    )  # fmt: skip


def as_answer(question: Question, text: str) -> Answer:
    """An answer as a person writes it. Raises ValueError."""
    match question.kind:
        case "yes-no":
            if text.lower() not in YES | NO:
                raise ValueError(text)
            return text.lower() in YES
        case "one-of":
            if text not in question.options:
                raise ValueError(text)
            return text
        case "number":
            return float(text)
        case "date":
            return day(text).isoformat()


def probability(text: str) -> float:
    """``0.3`` or ``30%``. Raises ValueError."""
    p = float(text.removesuffix("%")) / (100.0 if text.endswith("%") else 1.0)
    if not 0.0 <= p <= 1.0:
        raise ValueError(text)
    return p


def typed_probability(what: str, text: str, like: str) -> float:
    """A probability that somebody typed as ``what``, such as ``like``. Raises UsageError."""
    try:
        return probability(text)
    except ValueError:
        raise UsageError(
            f"{what} {text[:40]}: no probability; a number from 0 to 1, such as {like}, is allowed; "
            "correct it"
        ) from None


def day(text: str) -> date:
    """A date, or the date of a moment. Raises ValueError."""
    return moment(text).date()


def moment(text: str) -> datetime:
    """A moment, UTC where it names no zone; a date is its first moment. Raises ValueError."""
    found = datetime.fromisoformat(text)
    try:
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:
        raise ValueError(text) from None
