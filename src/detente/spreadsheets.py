"""Tables as CSV that a spreadsheet opens without running anything in it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

Cell = str | float | int | None
_ACTS = re.compile(r"'*[=+\-@\t\r]")  # what a spreadsheet might run, and what was kept from it


def csv_text(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Rows as CSV, numbers unrounded; no text in it acts as a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([inert(heading) for heading in headings])
    writer.writerows(
        [inert(cell) if isinstance(cell, str) else cell for cell in row] for row in rows
    )
    return out.getvalue()


def inert(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if _ACTS.match(text) else text


def thawed(text: str) -> str:
    """What ``inert`` was given."""
    return text[1:] if text.startswith("'") and _ACTS.match(text) else text
