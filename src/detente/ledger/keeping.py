"""Ask, forecast, resolve: the rules by which a ledger is kept.

Each function takes its turn, checks against the log as it is then, and writes whole or not
at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from detente.addresses import suggestion
from detente.errors import UsageError
from detente.ledger.chain import Entry
from detente.ledger.history import History, Standing, standing, window
from detente.ledger.records import Condition, Forecast, Question, Resolution
from detente.ledger.store.store import Ledger, Writing
from detente.ledger.values import check_answer, check_question, check_value

ANSWERED = frozenset({"resolved", "ambiguous", "annulled", "void"})


def ask(ledger: Ledger, question: Question, now: datetime | None = None) -> Entry:
    """Write a question down; its criteria stand from then on. Raises UsageError."""
    with ledger.writing(now) as turn:
        return put_question(turn, question)


def forecast(
    ledger: Ledger, forecasts: Iterable[Forecast], now: datetime | None = None
) -> list[Entry]:
    """Write forecasts down, all or none. Raises UsageError.

    A forecast counts from now on, whatever moment it names, unless it comes from a record
    that is imported. One of a question whose answer could be known is marked as made after
    the fact, and keeps the moment for which it speaks.
    """
    with ledger.writing(now) as turn:
        return [put_forecast(turn, one) for one in forecasts]


def resolve(ledger: Ledger, resolution: Resolution, now: datetime | None = None) -> Entry:
    """Write an answer down; a later one takes the place of an earlier one. Raises UsageError."""
    with ledger.writing(now) as turn:
        return put_resolution(turn, resolution)


def put_question(turn: Writing, question: Question) -> Entry:
    """``ask`` within a turn."""
    check_question(question)
    if turn.history(question.id) is not None:
        raise UsageError(
            f"question {question.id}: there is one of that name, and it stays as it was asked; "
            "another name is allowed; choose one with --id"
        )
    if question.condition is not None and question.condition.question is not None:
        decides = asked(turn, question.condition.question)
        given = check_answer(decides.question, question.condition.answer)
        condition = question.condition.model_copy(update={"answer": given})
        question = question.model_copy(update={"condition": condition})
    return turn.append(question)


def put_forecast(turn: Writing, one: Forecast) -> Entry:
    """``forecast`` within a turn."""
    history = asked(turn, one.question)
    check_value(history.question, one.value)
    start, end = window(history.question, _stands(turn, history))
    if not one.imported:
        if turn.now < end:
            one = one.model_copy(update={"at": turn.now.astimezone(UTC), "after_the_fact": False})
        else:
            one = one.model_copy(update={"after_the_fact": True})
    if one.at < start:
        raise UsageError(
            f"{one.question}: a forecast of {one.at:%Y-%m-%d}, the question opens on "
            f"{start:%Y-%m-%d}; from then on is allowed; correct one of them"
        )
    return turn.append(one)


def put_resolution(turn: Writing, one: Resolution) -> Entry:
    """``resolve`` within a turn."""
    history = asked(turn, one.question)
    if one.verdict == "value":
        if one.answer is None:
            raise UsageError(f"{one.question}: no answer; one is allowed; add it")
        one = one.model_copy(update={"answer": check_answer(history.question, one.answer)})
        _condition_allows(turn, history.question.condition, one)
    elif one.answer is not None:
        raise UsageError(f"{one.question}: an answer that is {one.verdict}; one of both; choose")
    if one.verdict == "void" and history.question.condition is None:
        raise UsageError(
            f"{one.question}: it has no condition that could fail; an answer, ambiguous or "
            "annulled is allowed; choose one"
        )
    if one.known > turn.now:
        raise UsageError(
            f"{one.question}: known on {one.known:%Y-%m-%d}, which is yet to come; a past moment "
            "is allowed; correct --on"
        )
    return turn.append(one)


def _condition_allows(turn: Writing, condition: Condition | None, one: Resolution) -> None:
    """An answer counts only where the condition came true."""
    if condition is None or condition.question is None:
        return
    found = _stands(turn, asked(turn, condition.question))
    if found.status == "resolved" and found.answer == condition.answer:
        return
    told = f"{condition.question} is {found.status}: " + (
        "resolve that first" if found.status in {"open", "closed"} else "it has no answer then"
    )
    raise UsageError(f"{one.question}: counts only if {condition.says}; {told}")


def asked(turn: Writing, name: str) -> History:
    """The question of that name. Raises UsageError."""
    found = turn.history(name)
    if found is None:
        raise unknown(name, turn.names())
    return found


def unknown(name: str, names: Sequence[str]) -> UsageError:
    """What to say of a question that nobody asked."""
    return UsageError(
        f"{name}: no question of this ledger; its questions are allowed; {suggestion(name, names)}"
    )


def _stands(turn: Writing, history: History) -> Standing:
    """Where a question stands, with the questions its condition hangs on."""
    book: dict[str, History] = {}
    at: History | None = history
    while at is not None and at.question.id not in book:
        book[at.question.id] = at
        condition = at.question.condition
        at = turn.history(condition.question) if condition and condition.question else None
    return standing(book, history.question.id, turn.now)
