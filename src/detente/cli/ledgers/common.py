"""What the ledger commands share: who speaks, dates as typed, how an entry is told."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError
from rich.console import Console
from rich.text import Text

from detente.errors import UsageError
from detente.ledger.author import login_name
from detente.ledger.chain import Entry
from detente.ledger.copies import Readable, open_to_read, refuse_copy
from detente.ledger.exchange.question_set import moment
from detente.ledger.history import History
from detente.ledger.keeping import unknown
from detente.ledger.store.store import Ledger, open_ledger
from detente.printable import printable
from detente.report.ledger_entry_json import entry_object

T = TypeVar("T")


def opened(where: str, *, make: bool = False) -> Ledger:
    """The ledger, to write to; says so where it was of an earlier schema. Raises UsageError."""
    refuse_copy(where)
    ledger = open_ledger(where, make=make)
    _tell_migrated(ledger)
    return ledger


def looked_at(where: str) -> Readable:
    """The ledger, or a copy of one, to read; as ``opened``. Raises UsageError."""
    ledger = open_to_read(where)
    if isinstance(ledger, Ledger):
        _tell_migrated(ledger)
    return ledger


def _tell_migrated(ledger: Ledger) -> None:
    if ledger.migrated is not None:
        said = f"brought to the newest schema; as it was: {ledger.migrated}"
        print(printable(said), file=sys.stderr)


def who(given: str | None) -> str:
    """Who speaks: as given, else the name of the login. Raises UsageError."""
    found = (given or login_name()).strip()
    if not found:
        raise UsageError("--by: nobody named; a name is allowed; add --by NAME, or set DETENTE_BY")
    return found


def moment_of(option: str, text: str) -> datetime:
    """A date or a moment as typed. Raises UsageError."""
    try:
        return moment(text)
    except ValueError:
        raise UsageError(
            f"{option} {text}: not a date; a date such as 2025-10-31, or 2025-10-31T15:00+02:00, "
            "is allowed; correct it"
        ) from None


def made(what: str, make: Callable[[], T]) -> T:
    """A record, or what is wrong with it in one line a mistake. Raises UsageError."""
    try:
        return make()
    except ValidationError as error:
        told = [
            f"{what}: {'.'.join(str(p) for p in one['loc']) or 'it'}: found "
            f"{str(one.get('input'))[:60]!r}; {one['msg'].removeprefix('Value error, ')}; correct it"
            for one in error.errors(include_url=False)
        ]
        raise UsageError("\n".join(told)) from None


def history_of(ledger: Readable, name: str) -> History:
    """A question with what was said of it. Raises UsageError."""
    book = ledger.book()
    if name not in book:
        raise unknown(name, list(book))
    return book[name]


def tell(entries: Sequence[Entry], said: Sequence[str], *, as_json: bool, **more: Any) -> None:
    """What was written: the entries, and the hash to note."""
    if as_json:
        print(json.dumps({"entries": [entry_object(e) for e in entries], **more}, indent=2))
        return
    console = Console(highlight=False)
    for line in said:
        console.print(Text(line), soft_wrap=True)
    last = entries[-1]
    console.print(Text(f"entry {last.number}, hash {last.hash}"), soft_wrap=True, style="dim")


def today() -> datetime:
    """Now, UTC."""
    return datetime.now(UTC)


def must_be_writable(out: Path) -> None:
    """Make the folder if need be and try to write into it. Raises UsageError."""
    from detente.cli.preparing import writable  # noqa: PLC0415 -- loads the whole model

    writable(out)
