"""Do an answer and a forecast fit the question? Checked before anything is written."""

from __future__ import annotations

import math
from datetime import date
from itertools import pairwise

from detente.addresses import suggestion
from detente.errors import UsageError
from detente.ledger.records import (
    Answer,
    Kind,
    Normal,
    Point,
    Probability,
    Quantiles,
    Question,
    Sample,
    Shares,
    Value,
)

SUM_SLACK = 1e-6  # shares written with a few digits
FORMS: dict[Kind, tuple[type, ...]] = {
    "yes-no": (Probability,),
    "one-of": (Shares,),
    "number": (Quantiles, Normal, Sample),
    "date": (Quantiles, Sample),
}
TAKES: dict[Kind, str] = {
    "yes-no": "a probability from 0 to 1, such as 0.3",
    "one-of": "a share for each option, together 1",
    "number": "quantiles, a normal distribution or a sample",
    "date": "quantiles or a sample of dates",
}


def check_question(question: Question) -> None:
    """Refuse a question that could not be answered. Raises UsageError naming every mistake."""
    mistakes: list[str] = []
    if question.opens > question.closes:
        mistakes.append(f"opens on {question.opens}, closes on {question.closes}; not before it")
    repeated = len(set(question.options)) < len(question.options)
    if question.kind == "one-of" and (len(question.options) < 2 or repeated):
        mistakes.append(f"found {len(question.options)} options; at least two, all different")
    if question.kind != "one-of" and question.options:
        mistakes.append(f"found options on a {question.kind} question; only one-of has them")
    if mistakes:
        raise UsageError("\n".join(f"question {question.id}: {m}; correct it" for m in mistakes))


def check_answer(question: Question, answer: Answer) -> Answer:
    """The answer as it is kept. Raises UsageError for one the question cannot have."""
    match question.kind:
        case "yes-no":
            if isinstance(answer, bool):
                return answer
            allowed = "yes or no"
        case "one-of":
            if answer in question.options:
                return answer
            allowed = f"one of its options; {suggestion(str(answer), question.options)}"
        case "number":
            number = math.nan if isinstance(answer, bool | str) else float(answer)
            if math.isfinite(number):
                return number
            allowed = "a finite number"
        case "date":
            found = _as_date(answer) if isinstance(answer, str) else None
            if found is not None:
                return found.isoformat()
            allowed = "a date such as 2025-10-31"
    raise UsageError(
        f"{question.id}: found the answer {answer!r}; {allowed} is allowed; correct it"
    )


def check_value(question: Question, value: Value) -> None:
    """Refuse a forecast that is none of this question. Raises UsageError."""
    if not isinstance(value, FORMS[question.kind]):
        raise _wrong(question, f"found {value.form}", TAKES[question.kind])
    match value:
        case Shares():
            _check_shares(question, value)
        case Quantiles():
            _check_quantiles(question, value)
        case Sample():
            for point in value.values:
                point_number(question, point)
        case _:
            pass


def _check_shares(question: Question, value: Shares) -> None:
    unknown = [name for name in value.shares if name not in question.options]
    if unknown:
        told = f"{suggestion(unknown[0], question.options)}"
        raise _wrong(question, f"found the option {unknown[0]!r}; {told}", "its options")
    missing = [name for name in question.options if name not in value.shares]
    if missing:
        raise _wrong(question, f"no share for {missing[0]!r}", "a share for every option, 0 too")
    total = math.fsum(value.shares.values())
    if abs(total - 1.0) > SUM_SLACK:
        raise _wrong(question, f"shares add up to {total:g}", "shares that add up to 1")


def _check_quantiles(question: Question, value: Quantiles) -> None:
    if len(value.levels) != len(value.values):
        raise _wrong(question, "levels and values differ in number", "one value for each level")
    rising = all(a < b for a, b in pairwise(value.levels))
    if not rising or not all(0.0 < level < 1.0 for level in value.levels):
        raise _wrong(question, f"found the levels {list(value.levels)}", "rising between 0 and 1")
    points = [point_number(question, point) for point in value.values]
    if any(a > b for a, b in pairwise(points)):
        raise _wrong(question, "the values fall", "values that rise with their levels")


def point_number(question: Question, point: Point | Answer) -> float:
    """A number as it is, a date as its day number. Raises UsageError for the other kind."""
    if question.kind == "date":
        found = _as_date(point) if isinstance(point, str) else None
        if found is None:
            raise _wrong(question, f"found {point!r}", "dates such as 2025-10-31")
        return float(found.toordinal())
    if isinstance(point, str):
        raise _wrong(question, f"found {point!r}", "numbers")
    return float(point)


def _as_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _wrong(question: Question, found: str, allowed: str) -> UsageError:
    return UsageError(f"{question.id}: {found}; {allowed} is allowed; correct the forecast")
