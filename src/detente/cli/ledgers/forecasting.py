"""detente ledger forecast: by hand, or from a run."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime

from detente.cli.ledgers.as_typed import ByHand, OfRun, Said
from detente.cli.ledgers.common import history_of, made, moment_of, opened, tell, today, who
from detente.errors import UsageError
from detente.ledger.chain import Entry
from detente.ledger.exchange.question_set import day, typed_probability
from detente.ledger.history import read_entry, standing, window
from detente.ledger.keeping import forecast
from detente.ledger.records import (
    Forecast,
    Normal,
    Point,
    Probability,
    Quantiles,
    Question,
    Shares,
    Value,
)
from detente.ledger.store.store import Ledger
from detente.ledger.values import check_value
from detente.printable import printable
from detente.report.ledger_words import forecast_words


def by_hand(where: str, said: Said, given: ByHand, *, as_json: bool) -> None:
    """Write down what was typed. Raises UsageError."""
    if len(given.readings) > 1:
        raise UsageError(f"--reading {','.join(given.readings)}: one is allowed; name one")
    with opened(where) as ledger:
        question = history_of(ledger, said.question).question
        value, at = _value(question, given), _moment(ledger, said)
        one = _one(said, question, value, at, said.lens or "judgement", "".join(given.readings))
        entries = forecast(ledger, [one])
    _told(entries, [], as_json=as_json)


def _one(
    said: Said, question: Question, value: Value, at: datetime, lens: str, reading: str
) -> Forecast:
    return made(
        "ledger forecast",
        lambda: Forecast(
            question=question.id, by=who(said.by), at=at, value=value, why=said.why, lens=lens,
            reading=reading,
        ),
    )  # fmt: skip


def _moment(ledger: Ledger, said: Said) -> datetime:
    """For when a forecast speaks: now, or once the question is over, as said. Raises UsageError."""
    if said.at is None:
        return today()
    book = ledger.book()
    _, end = window(book[said.question].question, standing(book, said.question, today()))
    if today() < end:
        raise UsageError(
            f"--at {said.at}: {said.question} is still open, and a forecast counts from the moment "
            "it is written; a question that is over is allowed; leave --at out, or import a record"
        )
    return moment_of("--at", said.at)


def _value(question: Question, given: ByHand) -> Value:
    ways = (given.probability, given.shares, given.quantiles, given.normal)
    if sum(bool(way) for way in ways) != 1:
        raise UsageError(
            f"ledger forecast {question.id}: a probability, --share, --quantile, --normal or "
            "--from-run is allowed; give one of them"
        )
    if given.probability:
        p = typed_probability("probability", given.probability, "0.3 or 30%")
        return _checked(question, Probability(p=p))
    if given.shares:
        pairs = [_pair("--share", text) for text in given.shares]
        shares = {name: typed_probability("--share", p, "OPTION=0.3") for name, p in pairs}
        return _checked(question, Shares(shares=shares))
    if given.quantiles:
        return _checked(question, _quantiles(question, given.quantiles))
    mean, _, sd = (given.normal or "").partition(",")
    numbers = [_float("--normal", text) for text in (mean, sd)]
    return _checked(question, made("--normal", lambda: Normal(mean=numbers[0], sd=numbers[1])))


def _checked(question: Question, value: Value) -> Value:
    check_value(question, value)
    return value


def _quantiles(question: Question, texts: Sequence[str]) -> Quantiles:
    pairs = [_pair("--quantile", text) for text in texts]
    levels = [typed_probability("--quantile", p, "0.5=12") for p, _ in pairs]
    points: list[Point] = []
    for _, text in pairs:
        if question.kind == "date":
            try:
                points.append(day(text).isoformat())
            except ValueError:
                raise UsageError(
                    f"--quantile {text}: no date; 2025-10-31 is one; correct it"
                ) from None
        else:
            points.append(_float("--quantile", text))
    order = sorted(range(len(levels)), key=lambda i: levels[i])
    return made(
        "--quantile",
        lambda: Quantiles(
            levels=tuple(levels[i] for i in order), values=tuple(points[i] for i in order)
        ),
    )


def _pair(option: str, text: str) -> tuple[str, str]:
    name, equals, value = text.rpartition("=")
    if not equals:
        raise UsageError(f"{option} {text}: no = found; NAME=VALUE is allowed; add a value")
    return name.strip(), value.strip()


def _float(option: str, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise UsageError(f"{option}: found {text!r}; a number is allowed; correct it") from None


def from_run(where: str, said: Said, wanted: OfRun, *, as_json: bool) -> None:
    """Run, and write down what it says under each reading. Raises UsageError."""
    from detente.cli.ledgers.run_forecasts import forecasts  # noqa: PLC0415 -- loads the whole model

    if wanted.both:
        raise UsageError("--from-run: a value was given as well; one of them is allowed; drop one")
    with opened(where) as ledger:
        question = history_of(ledger, said.question).question
        found, without = forecasts(
            question, wanted, by=who(said.by), at=_moment(ledger, said), why=said.why,
            lens=said.lens,
        )  # fmt: skip
        entries = forecast(ledger, found)
    for name in without:
        told = f"{name}: does not have the event, no forecast is made of it"
        print(printable(told), file=sys.stderr)
    _told(entries, without, as_json=as_json)


def _told(entries: Sequence[Entry], without: Sequence[str], *, as_json: bool) -> None:
    lines: list[str] = []
    for entry in entries:
        one = read_entry(entry)
        assert isinstance(one, Forecast)
        lines.append(forecast_words(one))
    tell(entries, lines, as_json=as_json, without=list(without))
