"""detente import: a file of another tool as a situation file, and what became of each part."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from detente.errors import UsageError
from detente.files import write_text
from detente.interchange.importing import import_files
from detente.interchange.record import Imported, Settings
from detente.interchange.writing import written
from detente.printable import printable


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a user asked to import."""

    files: tuple[Path, ...]
    form: str | None
    steps: int
    status_quo: tuple[str, ...]
    as_genius: bool


def import_(wanted: Wanted, out: Path | None, *, force: bool) -> None:
    """Write the situation to ``out``, or print it; the account of it goes to standard error."""
    if out is not None and out.exists() and not force:
        raise UsageError(f"{out} exists; a new name is allowed; choose one, or give --force")
    settings = Settings(wanted.steps, _status_quo(wanted.status_quo), wanted.as_genius)
    imported = import_files(wanted.files, wanted.form, settings)
    text = written(imported)
    if out is None:
        print(text, end="")
    else:
        write_text(out, text)
    _tell(imported, out)


def _tell(imported: Imported, out: Path | None) -> None:
    actors, issues = len(imported.data["actors"]), len(imported.data["issues"])
    print(f"{imported.form}: {actors} actors, {issues} issue{'s' * (issues != 1)}", file=sys.stderr)
    for remark in imported.remarks:
        print(printable(f"  {remark}"), file=sys.stderr)
    if out is not None:
        print(f"{out}: written, with the same remarks at its head", file=sys.stderr)
        print(f"check it with: detente check {out}", file=sys.stderr)


def _status_quo(given: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in given:
        issue, equals, option = text.partition("=")
        if not equals or not issue or not option:
            raise UsageError(
                f"--status-quo {text}: found no pair; ISSUE=OPTION is allowed; write both names as "
                "the source does"
            )
        found[issue.strip()] = option.strip()
    return found
