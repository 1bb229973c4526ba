"""Rows of separated text, each field with its place.

Two layouts are read. ``csv_rows`` reads comma-separated values as RFC 4180 has them: a field in
double quotes may run over several lines, and a place counts fields. ``line_rows`` reads what
people and older programs write: a line is a row, separated by what the text has most of, in
quotes of either sort; a place is that of the field's first character.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from detente.errors import Place

SEPARATORS = ("\t", ";", ",")
QUOTES = "\"'"
SAMPLE = 200  # lines that the separator is guessed from
EVERY = 1_000  # rows after which it is told how far the reading is


@dataclass(frozen=True, slots=True)
class Field:
    """One field, without its quotes, and where it starts."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the texts of its fields, and where it stands.

    Attributes:
        file, line: of its beginning.
        texts: without their quotes.
        columns: of each field's first character; None where fields are counted instead.
    """

    file: str
    line: int
    texts: tuple[str, ...]
    columns: tuple[int, ...] | None = None

    @property
    def place(self) -> Place:
        """Where it begins."""
        return Place(self.file, self.line, 1)

    @property
    def fields(self) -> tuple[Field, ...]:
        """Its fields with their places."""
        return tuple(Field(text, self.at(index)) for index, text in enumerate(self.texts))

    def text(self, index: int) -> str:
        """The text of a field, empty where the row is shorter."""
        return self.texts[index] if index < len(self.texts) else ""

    def at(self, index: int) -> Place:
        """Where a field stands; of lines, the row where it is shorter."""
        if self.columns is None:
            return Place(self.file, self.line, index + 1)
        return Place(self.file, self.line, self.columns[index] if index < len(self.texts) else 1)


def csv_rows(text: str, file: str, told: Callable[[int, int], None] | None = None) -> Iterator[Row]:
    """Every row of comma-separated values, blank ones too.

    ``told`` hears now and then how many characters are read, of how many. Raises csv.Error.
    """
    source = io.StringIO(text, newline="")
    reader = csv.reader(source, strict=True)
    line = 1
    for done, texts in enumerate(reader):
        if told is not None and done % EVERY == 0:
            told(source.tell(), len(text))
        yield Row(file, line, tuple(texts))
        line = reader.line_num + 1


def line_rows(text: str, file: str, sample_from: int = 0) -> list[Row]:
    """Every line that is not blank; ``sample_from`` such lines in, the separator is guessed."""
    lines = text.removeprefix("\ufeff").splitlines()
    filled = [line for line in lines if line.strip()]
    separator = separator_of(filled[sample_from:SAMPLE])
    return [
        _row(line, separator, file, number)
        for number, line in enumerate(lines, start=1)
        if line.strip()
    ]


def separator_of(lines: Sequence[str]) -> str:
    """The separator that most lines have, then the one they have most of; a tab before the others."""

    def weight(separator: str) -> tuple[int, int]:
        counts = sorted(line.count(separator) for line in lines)
        return sum(count > 0 for count in counts), counts[len(counts) // 2] if counts else 0

    return max(SEPARATORS, key=weight)  # of equals the first


def _row(line: str, separator: str, file: str, number: int) -> Row:
    found = [_field(line[start:end], start) for start, end in _spans(line, separator)]
    return Row(file, number, tuple(text for text, _ in found), tuple(at for _, at in found))


def _spans(line: str, separator: str) -> Iterator[tuple[int, int]]:
    """Where each field begins and ends, its quotes and the blanks around it included."""
    start, quote = 0, ""
    for index, char in enumerate(line):
        fresh = not line[start:index].strip()
        if quote:
            quote = "" if char == quote else quote
        elif char in QUOTES and fresh and _closes(line, index, separator):
            quote = char
        elif char == separator:
            yield start, index
            start = index + 1
    yield start, len(line)


def _closes(line: str, index: int, separator: str) -> bool:
    """Whether the quote at ``index`` is closed before a separator or the end: not an apostrophe."""
    char = line[index]
    after = index + 1
    while (after := line.find(char, after)) != -1:
        rest = line[after + 1 :].lstrip(" ")
        if not rest or rest[0] == separator or rest.isspace():
            return True
        after += 1
    return False


def _field(raw: str, start: int) -> tuple[str, int]:
    """The text of a field and the column of its first character."""
    text = raw.strip()
    column = start + len(raw) - len(raw.lstrip()) + 1
    if len(text) > 1 and text[0] in QUOTES and text[-1] == text[0]:
        text = text[1:-1].replace(text[0] * 2, text[0]).strip()
    return text, column
