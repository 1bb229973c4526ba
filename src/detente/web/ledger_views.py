"""What the pages of a ledger show, ready for their templates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from detente.ledger.combining import pools_now
from detente.ledger.exchange.flat import said
from detente.ledger.history import Book, Kept, Standing, standing, window
from detente.ledger.latest import latest
from detente.ledger.records import AFTER, Forecast, Probability, Provenance, Question
from detente.ledger.tracks import counts
from detente.report.ledger_words import (
    TOO_LATE,
    asked_words,
    day_words,
    forecast_notes,
    share_words,
    standing_words,
    value_words,
)
from detente.web.origins import Origin, Place, origin

SAID_LAST = 3  # streams that a row of the list tells; the question has all
DOTS = 60  # marks on the small line of a row
ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Leaf:
    """A part of a long list: its place, how many parts there are, and how many items in all."""

    number: int
    last: int
    total: int

    @property
    def first_item(self) -> int:
        """The first item of this part, from 1."""
        return (self.number - 1) * ON_A_PAGE + 1

    @property
    def last_item(self) -> int:
        """The last item of this part."""
        return min(self.number * ON_A_PAGE, self.total)

    @property
    def span(self) -> slice:
        """The part as a slice of the list."""
        return slice(self.first_item - 1, self.last_item)


def leaf(total: int, number: int) -> Leaf:
    """The part of a list of ``total`` items with that number, or the nearest there is."""
    last = max(-(-total // ON_A_PAGE), 1)
    return Leaf(min(max(number, 1), last), last, total)


@dataclass(frozen=True, slots=True)
class LastSaid:
    """What a stream said last, in a few words."""

    told: str
    who: str


@dataclass(frozen=True, slots=True)
class Row:
    """A question in the list.

    ``dots`` are probabilities of yes from 0 to 100, each with whether it was made in time;
    ``answer`` is where the answer stands on the same line, None where it has no place.
    """

    question: Question
    stands: str
    status: str
    last: tuple[LastSaid, ...]
    more: int
    forecasts: int
    dots: tuple[tuple[float, bool], ...]
    answer: float | None


def row(book: Book, name: str, now: datetime) -> Row:
    """A question for the list."""
    history, stands = book[name], standing(book, name, now)
    last = latest(book, name, now)
    told = [
        LastSaid(
            value_words(kept.record.value),
            stream.name + (f", {AFTER}" if stream.after_the_fact else ""),
        )
        for stream, kept in list(last.items())[:SAID_LAST]
    ]
    dots = [
        (100.0 * kept.record.value.p, not stream.after_the_fact)
        for stream, kept in list(last.items())[:DOTS]
        if isinstance(kept.record.value, Probability)
    ]
    at = 100.0 * stands.answer if isinstance(stands.answer, bool) else None
    return Row(
        history.question, standing_words(stands), stands.status, tuple(told),
        len(last) - len(told), len(history.forecasts), tuple(dots), at,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """A forecast with everything about it.

    Attributes:
        number, recorded: its place in the log, and when it was written there.
        at, by, value, how, why: as said.
        like: the entry above that gives the same reasons, 0 where none does.
        note: why it does not count, or nothing.
        provenance: of one from a run; ``origin`` where that can be looked at.
    """

    number: int
    recorded: str
    at: str
    by: str
    value: str
    how: str
    why: str
    like: int
    note: str
    provenance: Provenance | None
    origin: Origin | None


@dataclass(frozen=True, slots=True)
class Resolved:
    """An answer that was entered."""

    number: int
    recorded: str
    told: str
    known: str
    by: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """A question with what was said of it; of forecasts the latest first, a part of them."""

    question: Question
    asked: str
    stands: Standing
    stands_told: str
    together: str
    leaf: Leaf
    forecasts: tuple[Told, ...]
    resolutions: tuple[Resolved, ...]


def question_page(
    book: Book, name: str, now: datetime, number: int, known: tuple[Place, ...]
) -> QuestionPage:
    """A question for its page; ``number`` is of the part of its forecasts."""
    history, stands = book[name], standing(book, name, now)
    part = leaf(len(history.forecasts), number)
    shown = history.forecasts[::-1][part.span]
    _, end = window(history.question, stands)
    given: dict[str, int] = {}
    for one in shown:
        given.setdefault(one.record.why, one.number)
    return QuestionPage(
        history.question, asked_words(history), stands, standing_words(stands),
        ", ".join(f"{method} {share_words(p)}" for method, p in pools_now(book, name).items()),
        part,
        tuple(
            _told(
                one, given[one.record.why],
                "" if counts(one.record, end) else TOO_LATE, known,
            )
            for one in shown
        ),
        tuple(
            Resolved(
                one.number, moment_words(one.recorded),
                one.record.verdict if one.record.answer is None else said(one.record.answer),
                day_words(one.record.known), one.record.by, one.record.source, one.record.note,
            )
            for one in history.resolutions
        ),
    )  # fmt: skip


def _told(one: Kept[Forecast], given: int, note: str, known: tuple[Place, ...]) -> Told:
    record = one.record
    return Told(
        one.number, moment_words(one.recorded), moment_words(record.at), record.by,
        value_words(record.value), forecast_notes(record), record.why,
        0 if given == one.number else given, note, record.provenance,
        origin(known, record.provenance) if record.provenance else None,
    )  # fmt: skip


def moment_words(at: datetime) -> str:
    """A moment to the minute."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def tags_of(book: Book) -> list[tuple[str, int]]:
    """Every tag with how many questions have it, in order."""
    return sorted(Counter(t for one in book.values() for t in one.question.tags).items())


def found(book: Book, names: Sequence[str], words: str) -> list[str]:
    """Those questions that have every one of some words, in their name, text or criteria."""
    wanted = words.lower().split()
    return [n for n in names if all(word in _text(book[n].question) for word in wanted)]


def _text(question: Question) -> str:
    return f"{question.id} {question.text} {question.criteria}".lower()
