"""The log as CSV, one row an entry: what comes back has the same hashes."""

from __future__ import annotations

import json
from collections.abc import Sequence

from detente.errors import Problem, SituationError, UsageError
from detente.ledger.chain import Entry, verify
from detente.ledger.exchange.pacing import Steps, paced, quietly
from detente.ledger.exchange.rows import Table
from detente.ledger.history import History, enter, read_entry
from detente.ledger.records import question_of
from detente.ledger.store.store import Ledger
from detente.spreadsheets import csv_text

HEADINGS = ("number", "recorded", "kind", "body", "previous", "hash")


def log_csv(entries: Sequence[Entry]) -> str:
    """Every entry with its hash, in order."""
    return csv_text(
        HEADINGS,
        [(str(e.number), e.recorded, e.kind, e.body, e.previous, e.hash) for e in entries],
    )


def is_log(table: Table) -> bool:
    """Whether a table has the headings of a log."""
    return set(HEADINGS) <= set(table.headings)


def entries_of(table: Table, steps: Steps = quietly) -> list[Entry]:
    """The entries as they stand in the file, sound or not. Raises SituationError."""
    problems: list[Problem] = []
    found: list[Entry] = []
    for row in paced(table.rows, steps("Checking")):
        number = row.text("number")
        if not number.isascii() or not number.isdigit() or len(number) > 15:
            problems.append(
                row.wrong("number", f"found {number!r}", "a whole number", "export it again")
            )
            continue
        found.append(Entry(int(number), *(row.field(name) for name in HEADINGS[1:])))
    if problems:
        raise SituationError(problems)
    return found


def adopt_log(ledger: Ledger, table: Table, steps: Steps = quietly) -> int:
    """Bring a ledger up to another copy of its log; returns how many entries are new.

    All that the ledger has must stand at the beginning of the file, or the other way round.
    ``steps`` hears how far it is. Raises UsageError for a log that is not sound, or is another one.
    """
    entries = entries_of(table, steps)
    faults = verify(entries)
    if faults:
        told = "\n".join(f"{table.file}: {fault}" for fault in faults[:20])
        raise UsageError(f"{told}\n{table.file}: nothing was imported; a sound log is allowed")
    about = _questions(entries, steps)
    with ledger.writing() as turn:
        have = turn.length
        told = steps("Writing")
        for entry, name in paced(list(zip(entries, about, strict=True))[have:], told):
            turn.adopt(entry, name)
        if have and entries:
            common = min(have, len(entries))
            if turn.hash_at(common) != entries[common - 1].hash:
                raise UsageError(
                    f"{table.file}: another log than this ledger's, they differ up to entry "
                    f"{common}; a copy of the same log is allowed; import it into a new ledger"
                )
        return len(turn.written)


def _questions(entries: Sequence[Entry], steps: Steps) -> list[str]:
    """Of which question each entry speaks. Raises UsageError for one that was never asked."""
    found: list[str] = []
    book: dict[str, History] = {}
    for entry in paced(entries, steps("Checking")):
        record = read_entry(entry)
        enter(book, entry, record)
        found.append(question_of(record))
    return found


def body_of(entry: Entry) -> object:
    """An entry's record as plain data, for JSON."""
    return json.loads(entry.body)
