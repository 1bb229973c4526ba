"""A ledger on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from detente.ledger.combining import pools_now
from detente.ledger.history import Book, standing
from detente.report.ledger_words import (
    day_words,
    forecast_notes,
    share_words,
    standing_words,
    value_words,
)

SHOWN = 60  # questions on a terminal; JSON has all


def print_ledger(console: Console, book: Book, names: Sequence[str], now: datetime) -> None:
    """The questions as a table."""
    table = Table(box=None, pad_edge=False)
    for heading in ("question", "closes", "stands", "last forecast", "forecasts"):
        table.add_column(heading, overflow="fold")
    for name in names[:SHOWN]:
        history = book[name]
        last = history.forecasts[-1].record if history.forecasts else None
        table.add_row(
            Text(name),
            history.question.closes.isoformat(),
            Text(standing_words(standing(book, name, now))),
            Text(f"{value_words(last.value)}, {last.by}" if last else "\u2013"),
            str(len(history.forecasts)),
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
        ("open", f"{question.opens} to {question.closes}, asked in entry {history.asked.number}"),
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
        table = Table(box=None, pad_edge=False)
        for heading in ("entry", "for", "by", "forecast", "how", "why"):
            table.add_column(heading, overflow="fold")
        for kept in history.forecasts:
            one = kept.record
            table.add_row(
                str(kept.number), day_words(one.at), Text(one.by), Text(value_words(one.value)),
                Text(forecast_notes(one)), Text(one.why),
            )  # fmt: skip
        console.print(table)
    for kept in history.resolutions:
        one = kept.record
        told = one.verdict if one.answer is None else value_of(one.answer)
        line = (
            f"entry {kept.number}: {told}, known {day_words(one.known)}, by {one.by}: {one.source}"
        )
        console.print(Text(line), soft_wrap=True)


def value_of(answer: bool | float | str) -> str:
    """An answer as a person writes it."""
    return ("yes" if answer else "no") if isinstance(answer, bool) else str(answer)
