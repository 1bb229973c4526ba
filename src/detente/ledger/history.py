"""The log read back: what became of each question, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Generic, Literal, TypeVar

from pydantic import ValidationError

from detente.errors import UsageError
from detente.ledger.chain import Entry
from detente.ledger.records import RECORDS, Answer, Forecast, Question, Record, Resolution, Verdict

R = TypeVar("R", bound=Record)
Status = Literal["open", "closed", "resolved", "ambiguous", "annulled", "void"]
_STATUS: dict[Verdict, Status] = {
    "value": "resolved", "ambiguous": "ambiguous", "annulled": "annulled", "void": "void",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kept(Generic[R]):
    """A record with its place in the log and the moment at which it was written there."""

    number: int
    recorded: datetime
    record: R


@dataclass(slots=True)
class History:
    """A question and all that was said of it, in the order of the log."""

    asked: Kept[Question]
    forecasts: list[Kept[Forecast]] = field(default_factory=list[Kept[Forecast]])
    resolutions: list[Kept[Resolution]] = field(default_factory=list[Kept[Resolution]])

    @property
    def question(self) -> Question:
        """The question itself."""
        return self.asked.record


Book = Mapping[str, History]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a question stands.

    Attributes:
        status: ``open`` or ``closed`` while nobody answered it, else what the answer was like.
        answer: where it is ``resolved``, else None: an annulled or void question is no "no".
        known: from when the answer could be known.
        source: on whose word.
        because: the question whose answer decided this one, for a condition.
    """

    status: Status
    answer: Answer | None = None
    known: datetime | None = None
    source: str = ""
    because: str | None = None


def read_entry(entry: Entry) -> Question | Forecast | Resolution:
    """The record of an entry. Raises UsageError where it cannot be read."""
    try:
        return RECORDS[entry.kind].model_validate_json(entry.body)
    except (KeyError, ValidationError):
        raise UsageError(
            f"entry {entry.number} of the ledger cannot be read as a {entry.kind}; entries that "
            "this version or an earlier one wrote are allowed; see: detente ledger verify"
        ) from None


def book_of(entries: Iterable[Entry]) -> dict[str, History]:
    """Every question with what was said of it, by name, in the order asked.

    Raises UsageError for entries that cannot be read, or that speak of no question.
    """
    book: dict[str, History] = {}
    for entry in entries:
        enter(book, entry)
    return book


def enter(
    book: dict[str, History], entry: Entry, record: Question | Forecast | Resolution | None = None
) -> None:
    """Put one more entry into the book; its ``record`` is read unless it is given.

    Raises UsageError as ``book_of``.
    """
    record, recorded = record or read_entry(entry), datetime.fromisoformat(entry.recorded)
    if isinstance(record, Question):
        book.setdefault(record.id, History(Kept(entry.number, recorded, record)))
        return
    if record.question not in book:
        raise UsageError(
            f"entry {entry.number} of the ledger speaks of {record.question}, which was never "
            "asked; an entry after its question is allowed; see: detente ledger verify"
        )
    history = book[record.question]
    if isinstance(record, Forecast):
        history.forecasts.append(Kept(entry.number, recorded, record))
    else:
        history.resolutions.append(Kept(entry.number, recorded, record))


def day_start(day: date) -> datetime:
    """The first moment of a day, UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def day_end(day: date) -> datetime:
    """The moment at which a day is over, UTC."""
    return day_start(day) + timedelta(days=1)


def standing(book: Book, name: str, now: datetime) -> Standing:
    """Where a question stands at ``now``; the last resolution counts.

    A question whose condition failed is void, whatever else was entered; one whose
    condition cannot be told, because that question is ambiguous, annulled or void itself,
    shares its fate.
    """
    history = book[name]
    failed = _condition(book, history, now)
    if failed is not None:
        return failed
    if not history.resolutions:
        over = now >= day_end(history.question.closes)
        return Standing("closed" if over else "open")
    last = history.resolutions[-1].record
    return Standing(_STATUS[last.verdict], last.answer, last.known, last.source)


def _condition(book: Book, history: History, now: datetime) -> Standing | None:
    """What the condition makes of a question; None where it leaves it alone."""
    condition = history.question.condition
    if condition is None or condition.question is None:
        return None
    decides = book.get(condition.question)
    if decides is None or decides.asked.number >= history.asked.number:
        return None
    found = standing(book, condition.question, now)
    if found.status in {"open", "closed"}:
        return None
    if found.status != "resolved":
        return Standing(found.status, None, found.known, found.source, condition.question)
    if found.answer == condition.answer:
        return None
    return Standing("void", None, found.known, found.source, condition.question)


def window(question: Question, stands: Standing) -> tuple[datetime, datetime]:
    """From when to when forecasts count: opening to closing, or until the answer was known."""
    end = day_end(question.closes)
    if stands.known is not None:
        end = min(end, stands.known)
    return day_start(question.opens), end
