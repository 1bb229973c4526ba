"""Rows of a CSV file, each field with its place."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from detente import delimited
from detente.delimited import csv_rows
from detente.errors import Place, Problem, SituationError, UsageError
from detente.ledger.exchange.pacing import Steps, Told, quietly
from detente.printable import printable
from detente.spreadsheets import thawed

MAX_BYTES = 200 * 2**20
MAX_ROWS = 1_000_000
MAX_FIELD = 10 * 2**20


@dataclass(frozen=True, slots=True)
class Row:
    """A row whose fields go by the headings of their columns, each with its number from 0."""

    cells: delimited.Row
    headings: Mapping[str, int]

    @property
    def line(self) -> int:
        """The line it begins on."""
        return self.cells.line

    def field(self, name: str) -> str:
        """What a column says, as it is; empty where there is none."""
        at = self.headings.get(name)
        return "" if at is None else self.cells.text(at)

    def text(self, *names: str) -> str:
        """The first of these columns that says something, without blanks around it."""
        for name in names:
            text = self.field(name).strip()
            if text:
                return text
        return ""

    def place(self, name: str = "") -> Place:
        """Where a field stands; its column counts fields."""
        return self.cells.at(self.headings.get(name, 0))

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
    every = csv_rows(text, file, told)
    headings = tuple(name.strip().lower() for name in next(every, delimited.Row(file, 1, ())).texts)
    places = {name: at for at, name in enumerate(headings)}
    problems: list[Problem] = []
    rows: list[Row] = []
    for row in every:
        if len(rows) == MAX_ROWS:
            raise UsageError(
                f"{file}: more than {MAX_ROWS:,} rows; at most so many are allowed; split a "
                "question set; of a ledger, copy its file"
            )
        if len(row.texts) > len(headings):
            problems.append(_too_long(row, len(headings)))
        elif any(text.strip() for text in row.texts):
            shown = tuple(thawed(clean(text)) for text in row.texts)
            rows.append(Row(replace(row, texts=shown), places))
    if problems:
        raise SituationError(problems)
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Table(file, headings, tuple(rows), encoding, digest)


def _too_long(row: delimited.Row, wanted: int) -> Problem:
    return Problem(
        row.at(wanted), "", f"{len(row.texts)} fields", f"{wanted}, as many as headings",
        "put a field with commas in quotes",
    )  # fmt: skip


def clean(text: str) -> str:
    """Text with plain line ends and without characters that are no text."""
    return printable(text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
