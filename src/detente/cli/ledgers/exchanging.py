"""detente ledger export, import and verify."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.text import Text

from detente.cli.ledgers.common import looked_at, opened, today
from detente.cli.telling import telling
from detente.errors import UsageError
from detente.files import write_text
from detente.ledger.chain import Fault
from detente.ledger.copies import read_copy
from detente.ledger.exchange.flat import flat_csv
from detente.ledger.exchange.ifps import is_ifps, read_ifps
from detente.ledger.exchange.imported import Imported, QuestionSet, keep
from detente.ledger.exchange.log import adopt_log, is_log, log_csv
from detente.ledger.exchange.pacing import Steps
from detente.ledger.exchange.question_set import is_set, read_set
from detente.ledger.exchange.rows import Table, read_table
from detente.report.ledger_json import verified_object
from detente.report.ledger_words import NOTE_HASH, sound_words

SHOWN = 20  # reasons on a terminal; JSON has all
FOUND = 1


def export(where: str, to: Path, *, flat: bool, force: bool, as_json: bool) -> None:
    """Write the log, or the flat table. Raises UsageError."""
    if to.exists() and not force:
        raise UsageError(
            f"{to}: there is such a file; a new one is allowed; choose one, or --force"
        )
    with looked_at(where) as ledger:
        entries = ledger.entries()
        text = flat_csv(ledger.book(), today()) if flat else log_csv(entries)
    write_text(to, text)
    last = entries[-1].hash if entries else None
    if as_json:
        print(json.dumps({"file": str(to), "entries": len(entries), "head": last}, indent=2))
        return
    console = Console(highlight=False)
    console.print(Text(f"{to}: {len(entries):,} entries; the log ends with {last}"), soft_wrap=True)


def import_(
    where: str, file: Path, by: str | None, tags: tuple[str, ...], *, as_json: bool
) -> None:
    """Read a log or a question set. Raises UsageError, SituationError."""
    with telling() as teller:
        table = read_table(file, teller.step)
        if is_log(table):
            with opened(where, make=True) as ledger:
                count = adopt_log(ledger, table, teller.step)
            done = None
        else:
            found = _set(table, by, tags, teller.step)
            with opened(where, make=True) as ledger:
                done = keep(ledger, found, teller.step)
            count = 0
    if done is not None:
        _tell(file, table, done, as_json=as_json)
    elif as_json:
        print(json.dumps({"file": str(file), "form": "log", "new_entries": count}, indent=2))
    else:
        Console(highlight=False).print(Text(f"{file}: {count:,} new entries"), soft_wrap=True)


def _set(table: Table, by: str | None, tags: tuple[str, ...], steps: Steps) -> QuestionSet:
    if is_ifps(table):
        return read_ifps(table, tags)
    if is_set(table):
        return read_set(table, by or "import", tags, steps)
    raise UsageError(
        f"{table.file}: its columns are {', '.join(table.headings[:12]) or 'none'}; an exported "
        "log, a set with a column question, or ifps.csv is allowed; see the how-to"
    )


def _tell(file: Path, table: Table, done: Imported, *, as_json: bool) -> None:
    if as_json:
        plain = {
            "file": str(file),
            "form": "set",
            "encoding": table.encoding,
            "questions": done.questions,
            "forecasts": done.forecasts,
            "resolutions": done.resolutions,
            "already_there": done.already,
            "left_out": [
                {"line": one.line, "question": one.question, "reason": one.reason}
                for one in done.left_out
            ],
        }
        print(json.dumps(plain, indent=2, ensure_ascii=False))
        return
    console = Console(highlight=False)
    told = (
        f"{file}: {done.questions:,} questions, {done.forecasts:,} forecasts, "
        f"{done.resolutions:,} resolutions; there already: {done.already:,}; "
        f"left out: {len(done.left_out):,}"
    )
    console.print(Text(told), soft_wrap=True)
    for one in done.left_out[:SHOWN]:
        where = f"line {one.line}: " if one.line else ""
        console.print(Text(f"  {where}{one.question}: {one.reason}"), soft_wrap=True)
    if len(done.left_out) > SHOWN:
        console.print(f"  {len(done.left_out) - SHOWN:,} more: --json has all.")


def verify(where: str, file: Path | None, head: str | None, *, as_json: bool) -> int:
    """Look for changes; the exit code: 0 where there is none, 1 where there is."""
    faults: Sequence[Fault]
    if file is not None:
        copy = read_copy(file)
        entries, faults, name = copy.entries(), copy.verify(head), copy.where
    else:
        with looked_at(where) as ledger:
            entries, faults, name = ledger.entries(), ledger.verify(head), ledger.where
    last = entries[-1].hash if entries else None
    if as_json:
        plain = verified_object(name, (len(entries), last or ""), faults)
        print(json.dumps(plain, indent=2, ensure_ascii=False))
        return FOUND if faults else 0
    console = Console(highlight=False)
    for fault in faults:
        console.print(Text(str(fault)), soft_wrap=True)
    told = sound_words(len(entries), len(faults))
    console.print(Text(f"{name}: {told}"), soft_wrap=True)
    console.print(Text(f"the log ends with {last}"), soft_wrap=True, style="dim")
    if not faults and head is None:
        console.print(NOTE_HASH, soft_wrap=True, style="dim")
    return FOUND if faults else 0
