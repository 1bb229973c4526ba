"""Forecasts that pages write: said by hand, or kept from the answer of a state."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from pydantic import BaseModel, ConfigDict, Field

from detente import __version__
from detente.errors import UsageError
from detente.ledger.chain import Entry
from detente.ledger.events import EVENTS, USUAL
from detente.ledger.exchange.question_set import typed_probability
from detente.ledger.from_run import forecasts_from
from detente.ledger.history import Book, History, standing
from detente.ledger.keeping import put_forecast
from detente.ledger.records import Forecast, Name, Probability, Prose, Question, Said
from detente.ledger.store.store import Ledger
from detente.ledger.tracks import stream_of
from detente.report.ledger_words import forecast_words
from detente.situation.quantities import Unreadable, read
from detente.situation.values import base_values, set_here
from detente.situation.writing import plain
from detente.web.answering import Pair
from detente.web.ledgers import Offered, Read

TWICE = 60  # seconds within which the same forecast again is the same form, sent twice


class ByHand(BaseModel):
    """What somebody expects of a yes-no question."""

    model_config = ConfigDict(str_strip_whitespace=True)

    probability: str | float = Field(description="Of yes: 0.3 or 30%.")
    by: Said = Field(description="Who says so.")
    why: Prose = Field("", description="The reasons.")
    lens: Name = Field("judgement", description="The method.")


class Keeping(BaseModel):
    """Which probability of an answer is to be kept, as a forecast of which question."""

    model_config = ConfigDict(str_strip_whitespace=True)

    question: str = Field(max_length=80, description="A yes-no question that is open.")
    event: str = Field(
        USUAL, max_length=200, description=f"What its yes is: {', '.join(EVENTS['yes-no'])}."
    )
    by: Said = Field(description="Who says so.")
    why: Prose = Field("", description="The reasons.")
    version: str = Field("", max_length=400, description="Of the situation, as the draft said.")


@dataclass(frozen=True, slots=True)
class Drafted:
    """A forecast that is to be written: in words, as the entry will have it, and where."""

    forecast: Forecast
    says: str
    lines: Sequence[str]
    ledger: str


class WillWrite(BaseModel):
    """What keeping would write."""

    says: str
    record: Forecast
    ledger: str
    version: str = Field(description="Of the situation; send it along to keep exactly this.")


def by_hand(book: Book, name: str, given: ByHand, now: datetime) -> Forecast:
    """A forecast that somebody typed. Raises UsageError."""
    question = open_question(book, name, now)
    p = typed_probability("probability", str(given.probability), "0.3 or 30%")
    value = Probability(p=p)
    return Forecast(
        question=question.id, by=given.by, at=now, value=value, why=given.why, lens=given.lens
    )


def kept_from(book: Book, pair: Pair, given: Keeping, situation: str, now: datetime) -> Forecast:
    """A probability of a state's answer as a forecast; ``situation`` is its name. Raises UsageError."""
    question = open_question(book, given.question, now)
    found, _ = forecasts_from(
        pair.run, question, given.event, name=situation, version=__version__, by=given.by,
        at=now, why=given.why, patch=patch_of(pair),
    )  # fmt: skip
    return found[0]


def patch_of(pair: Pair) -> dict[str, str]:
    """What a state lays on its reading, as a command would set it.

    What is left out becomes the values that fall with it. Raises UsageError for one that
    cannot be written in a line.
    """
    asked, base = pair.asked, base_values(pair.run.situation)
    patch = set_here(asked.scenario.values)
    for address, value in asked.scenario.values.items():
        if address in patch or value.quantity == asked.base.values[address].quantity:
            continue
        written = str(plain(value.quantity))
        try:
            same = read(written, base[address].kind) == value.quantity
        except Unreadable:
            same = False
        if not same:
            raise UsageError(
                f"{address}: what is left out leaves a value that cannot be set in a line; a "
                "reading holds it; save the changes as a reading first, and keep its answer"
            )
        patch[address] = written
    return patch


def open_question(book: Book, name: str, now: datetime) -> Question:
    """A yes-no question that a page may forecast. Raises UsageError."""
    if name not in book:
        raise UsageError(f"question {name[:80]}: none of this ledger; choose one of its own")
    question = book[name].question
    if question.kind != "yes-no":
        raise UsageError(
            f"{name}: a {question.kind} question; pages take yes-no ones; forecast it with: "
            f"detente ledger forecast {name}"
        )
    stands = standing(book, name, now)
    if stands.status != "open":
        raise UsageError(
            f"{name}: not open any more, {stands.status}; a forecast would be made after the fact, "
            "which pages do not write; see: detente ledger forecast --at"
        )
    if now.date() < question.opens:
        raise UsageError(f"{name}: opens on {question.opens}; from then on is allowed; wait")
    return question


def open_questions(book: Book, now: datetime) -> list[Question]:
    """Yes-no questions that may be forecast now, in the order asked."""
    return [
        one.question
        for name, one in book.items()
        if one.question.kind == "yes-no"
        and one.question.opens <= now.date()
        and standing(book, name, now).status == "open"
    ]


def drafted(one: Forecast, read_: Read) -> Drafted:
    """A forecast as it would be written."""
    record = one.model_dump(mode="json", exclude_none=True)
    lines = json.dumps(record, indent=1, ensure_ascii=False).splitlines()
    return Drafted(one, forecast_words(one), lines, read_.where)


def put_once(ledger: Ledger, one: Forecast) -> list[Entry]:
    """Write a forecast; one that is there just so already, since it was sent twice, is written.

    Raises UsageError.
    """
    with ledger.writing() as turn:
        there = _just_written(turn.history(one.question), one, turn.now)
        if there is None:
            return [put_forecast(turn, one)]
    return [entry for entry in ledger.entries(one.question) if entry.number == there]


def _just_written(history: History | None, one: Forecast, now: datetime) -> int | None:
    """The entry in which its stream said just this a moment ago."""
    for kept in reversed(history.forecasts if history else []):
        if stream_of(kept.record) != stream_of(one):
            continue
        same = kept.record.model_copy(update={"at": one.at}) == one
        return kept.number if same and (now - kept.recorded).total_seconds() < TWICE else None
    return None


def must_be_writable(one: Offered) -> None:
    """Raises UsageError for a copy."""
    if not one.writable:
        raise UsageError(
            f"{one.title}: a copy to look at, not written to; a ledger of your own is allowed; "
            "begin one with: detente ledger ask"
        )


def moment_now() -> datetime:
    """Now, UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)
