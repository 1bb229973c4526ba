"""A ledger on a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from detente.ledger.combining import pools_now
from detente.ledger.history import Book, History, Kept, standing
from detente.ledger.latest import latest
from detente.ledger.records import AFTER, Forecast, Probability
from detente.ledger.tracks import Stream
from detente.report.ledger_words import (
    asked_words,
    day_words,
    forecast_notes,
    reasons_words,
    runs_words,
    share_words,
    standing_words,
    value_words,
)

SHOWN = 60  # questions on a terminal; JSON has all


def print_ledger(console: Console, book: Book, names: Sequence[str], now: datetime) -> None:
    """The questions as a table."""
    table = Table(box=None, pad_edge=False)
    for heading in ("question", "closes", "stands", "forecast"):
        table.add_column(heading, overflow="fold")
    for name in names[:SHOWN]:
        table.add_row(
            Text(name),
            book[name].question.closes.isoformat(),
            Text(standing_words(standing(book, name, now))),
            Text(forecasts_words(latest(book, name, now))),
        )
    console.print(table)
    if len(names) > SHOWN:
        console.print(f"{len(names) - SHOWN:,} more: --json has all.")


def print_question(console: Console, book: Book, name: str, now: datetime) -> None:
    """One question with everything that was said of it."""
    history = book[name]
    question = history.question
    console.print(Text(question.text, style="bold"), soft_wrap=True)
    lines = [
        ("stands", standing_words(standing(book, name, now))),
        ("together", ", ".join(f"{m} {share_words(p)}" for m, p in pools_now(book, name).items())),
        ("open", f"{question.opens} to {question.closes}, {asked_words(history)}"),
        ("criteria", question.criteria),
        ("fine print", question.fine_print),
        ("only if", question.condition.says if question.condition else ""),
        ("options", ", ".join(question.options)),
        ("truth", question.truth),
        ("tags", " ".join(question.tags)),
    ]
    for heading, told in lines:
        if told:
            console.print(Padding(Text(f"{heading}: {told}"), (0, 0, 0, 2)))
    if history.forecasts:
        console.print()
        console.print(_forecasts(history))
        for told in (*runs_words(history), *reasons_words(history)):
            console.print(Text(told), soft_wrap=True)
    for kept in history.resolutions:
        one = kept.record
        told = one.verdict if one.answer is None else value_of(one.answer)
        line = (
            f"entry {kept.number}: {told}, known {day_words(one.known)}, by {one.by}: {one.source}"
        )
        console.print(Text(line), soft_wrap=True)


def _forecasts(history: History) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in ("entry", "for", "by", "forecast", "how"):
        table.add_column(heading, overflow="fold")
    for kept in history.forecasts:
        one = kept.record
        table.add_row(
            str(kept.number), day_words(one.at), Text(one.by), Text(value_words(one.value)),
            Text(forecast_notes(one)),
        )  # fmt: skip
    return table


def value_of(answer: bool | float | str) -> str:
    """An answer as a person writes it."""
    return ("yes" if answer else "no") if isinstance(answer, bool) else str(answer)


def forecasts_words(last: Mapping[Stream, Kept[Forecast]]) -> str:
    """What is forecast now, by one or by how many; in time, or else after the fact."""
    in_time = [stream for stream in last if not stream.after_the_fact]
    now = in_time or list(last)
    if not now:
        return "\u2013"
    late = "" if in_time else f", {AFTER}"
    said = [last[stream].record.value for stream in now]
    if len(now) == 1:
        return f"{value_words(said[0])}, {now[0].name}{late}"
    shares = sorted(value.p for value in said if isinstance(value, Probability))
    if len(shares) < len(said):
        return f"{len(now)} forecasts{late}"
    return f"{share_words(shares[0])} to {share_words(shares[-1])}, {len(now)} forecasts{late}"
