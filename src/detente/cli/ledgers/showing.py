"""detente ledger show: on a terminal, as JSON, or as a page that anyone can host."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rich.console import Console

from detente import __version__
from detente.cli.ledgers.common import looked_at, must_be_writable, today
from detente.files import write_text
from detente.ledger.choosing import check_status, tagged, with_status
from detente.ledger.copies import Readable
from detente.ledger.exchange.log import log_csv
from detente.ledger.history import Book, standing
from detente.ledger.keeping import unknown
from detente.report.ledger_json import ledger_object
from detente.report.ledger_terminal import print_ledger, print_question


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which questions to show."""

    question: str | None
    tags: tuple[str, ...]
    status: str | None


def show(where: str, wanted: Wanted, *, as_json: bool, out: Path | None) -> None:
    """Show the questions wanted. Raises UsageError."""
    check_status(wanted.status)
    if out is not None:
        must_be_writable(out)
    now = today()
    with looked_at(where) as ledger:
        book = ledger.book()
        names = _names(book, wanted, now)
        plain = ledger_object(
            book, names, now, where=ledger.where, head=ledger.head(), version=__version__
        )
        if out is not None:
            _save(ledger, book, names, now, plain, out)
    if as_json:
        print(json.dumps(plain, indent=2, ensure_ascii=False))
        return
    console = Console(highlight=False)
    if wanted.question is not None:
        print_question(console, book, wanted.question, now)
        _print_scores(console, book, wanted.question, now)
    elif names:
        print_ledger(console, book, names, now)
    else:
        console.print("No question like that was asked yet.")
    if out is not None:
        console.print(f"\nPage: {out / 'ledger.html'}", soft_wrap=True)


def _print_scores(console: Console, book: Book, name: str, now: datetime) -> None:
    if standing(book, name, now).status != "resolved":
        return
    # scores take a while to load, and few questions have an answer
    from detente.ledger.scoring import grouped, score  # noqa: PLC0415
    from detente.report.ledger_scores_terminal import print_scores  # noqa: PLC0415

    console.print()
    print_scores(console, grouped(score(book, now, names=(name,)), "stream"), "stream", None)


def _names(book: Book, wanted: Wanted, now: datetime) -> list[str]:
    if wanted.question is not None and wanted.question not in book:
        raise unknown(wanted.question, list(book))
    names = tagged(book, wanted.tags) if wanted.question is None else [wanted.question]
    return with_status(book, names, wanted.status, now)


def _save(
    ledger: Readable,
    book: Book,
    names: list[str],
    now: datetime,
    plain: dict[str, object],
    out: Path,
) -> None:
    # pictures and scores take a while to load, and only the page needs them
    from detente.ledger.calibrating import calibration  # noqa: PLC0415
    from detente.ledger.scoring import grouped, score  # noqa: PLC0415
    from detente.report.ledger_html import render_ledger  # noqa: PLC0415

    page = render_ledger(
        book, names, now, groups=grouped(score(book, now, names=names), "stream"),
        calibrated=calibration(book, now, names=names), head=ledger.head(),
        title="Forecasts and what became of them", version=__version__,
    )  # fmt: skip
    write_text(out / "ledger.json", json.dumps(plain, indent=2, ensure_ascii=False) + "\n")
    write_text(out / "ledger.csv", log_csv(ledger.entries()))
    write_text(out / "ledger.html", page)
