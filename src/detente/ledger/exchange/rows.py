"""Rows of a CSV file, each field with its place."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from detente.errors import Place, Problem, SituationError, UsageError
from detente.ledger.exchange.pacing import EVERY, Steps, Told, quietly
from detente.printable import printable

MAX_BYTES = 200 * 2**20
MAX_ROWS = 1_000_000
MAX_FIELD = 10 * 2**20
_ACTS = re.compile(r"'*[=+\-@\t\r]")  # what a spreadsheet might run, and what was kept from it


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its fields by the heading of their column, and the line it begins on."""

    file: str
    line: int
    fields: dict[str, str]
    headings: Sequence[str]

    def text(self, *names: str) -> str:
        """The first of these columns that says something, without blanks around it."""
        for name in names:
            text = self.fields.get(name, "").strip()
            if text:
                return text
        return ""

    def place(self, name: str = "") -> Place:
        """Where a field stands; its column counts fields."""
        at = self.headings.index(name) + 1 if name in self.headings else 1
        return Place(self.file, self.line, at)

    def wrong(self, name: str, found: str, allowed: str, remedy: str) -> Problem:
        """A mistake in a field."""
        return Problem(self.place(name), name, found, allowed, remedy)


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file. ``encoding`` is how its bytes were read, ``sha256`` of what is in it."""

    file: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str
    sha256: str

    @property
    def label(self) -> str:
        """What a record says of where it comes from: the file's name, without its folders."""
        return f"{Path(self.file).name[-150:]}, sha256 {self.sha256[:16]}"


def read_table(path: Path, steps: Steps = quietly) -> Table:
    """Read a CSV file with a row of headings; ``steps`` hears how far it is.

    UTF-8, or else Latin-1 with the quotes and dashes that Windows puts into it. Raises
    UsageError for a file that is not there or too large, SituationError for one that is no CSV.
    """
    if not path.is_file():
        raise UsageError(f"{path}: no such file; a CSV file is allowed; check the name")
    if path.stat().st_size > MAX_BYTES:
        raise UsageError(
            f"{path}: {path.stat().st_size >> 20:,} MB; at most {MAX_BYTES >> 20} MB are allowed; "
            "split a question set; of a ledger, copy its file"
        )
    text, encoding = decoded(path.read_bytes())
    return parsed(str(path), text, encoding, steps)


def decoded(raw: bytes) -> tuple[str, str]:
    """The text of a file and how it was read."""
    try:
        return raw.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        text = "".join(
            bytes([ord(c)]).decode("cp1252", errors="replace") if "\x80" <= c <= "\x9f" else c
            for c in raw.decode("latin-1")
        )
        return text, "latin-1"


def parsed(file: str, text: str, encoding: str, steps: Steps = quietly) -> Table:
    """The rows of a text; headings are compared in small letters. Raises SituationError."""
    before = csv.field_size_limit(MAX_FIELD)
    try:
        return _parsed(file, text, encoding, steps("Reading"))
    except csv.Error as error:
        raise SituationError(
            [Problem(Place(file), "", str(error), "comma-separated values", "check the file")]
        ) from None
    finally:
        csv.field_size_limit(before)


def _parsed(file: str, text: str, encoding: str, told: Told) -> Table:
    source = io.StringIO(text, newline="")
    reader = csv.reader(source, strict=True)
    headings = tuple(name.strip().lower() for name in next(reader, list[str]()))
    problems: list[Problem] = []
    rows: list[Row] = []
    line = reader.line_num + 1
    for fields in reader:
        if len(rows) % EVERY == 0:
            told(source.tell(), len(text))
        if len(rows) == MAX_ROWS:
            raise UsageError(
                f"{file}: more than {MAX_ROWS:,} rows; at most so many are allowed; split a "
                "question set; of a ledger, copy its file"
            )
        if len(fields) > len(headings):
            found = f"{len(fields)} fields"
            place = Place(file, line, len(headings) + 1)
            remedy = "put a field with commas in quotes"
            problems.append(
                Problem(place, "", found, f"{len(headings)}, as many as headings", remedy)
            )
        elif any(field.strip() for field in fields):
            shown = [thawed(clean(field)) for field in fields]
            rows.append(Row(file, line, dict(zip(headings, shown, strict=False)), headings))
        line = reader.line_num + 1
    if problems:
        raise SituationError(problems)
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Table(file, headings, tuple(rows), encoding, digest)


def clean(text: str) -> str:
    """Text with plain line ends and without characters that are no text."""
    return printable(text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))


def inert(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if _ACTS.match(text) else text


def thawed(text: str) -> str:
    """What ``inert`` was given."""
    return text[1:] if text.startswith("'") and _ACTS.match(text) else text


def csv_text(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows as CSV; no text in it acts as a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows([inert(field) for field in row] for row in rows)
    return out.getvalue()
