"""Rows of text separated by tabs, semicolons or commas, each field with its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.checking import shown
from detente.errors import Place
from detente.interchange.plain_data import as_number
from detente.interchange.reading import Source
from detente.interchange.record import Account

SEPARATORS = ("\t", ";", ",")
QUOTES = "\"'"
MAX_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class Field:
    """One field, without its quotes, and where it starts."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Row:
    """One line that holds something."""

    fields: tuple[Field, ...]
    place: Place

    def text(self, index: int) -> str:
        """The text of a field, empty where the row is shorter."""
        return self.fields[index].text if index < len(self.fields) else ""

    def at(self, index: int) -> Place:
        """Where a field stands, or the row where it is shorter."""
        return self.fields[index].place if index < len(self.fields) else self.place


def separator_of(lines: Sequence[str]) -> str:
    """The separator that most lines have, then the one they have most of; a tab before the others."""

    def weight(separator: str) -> tuple[int, int]:
        counts = sorted(line.count(separator) for line in lines)
        return sum(count > 0 for count in counts), counts[len(counts) // 2] if counts else 0

    return max(SEPARATORS, key=weight)  # of equals the first


def rows_of(
    source: Source, account: Account, sample_from: int = 0, most: int = MAX_ROWS
) -> list[Row]:
    """Every line that is not blank, as fields; ``sample_from`` lines in, the separator is guessed."""
    lines = source.text.removeprefix("\ufeff").splitlines()
    filled = [line for line in lines if line.strip()]
    if len(filled) > most:
        account.wrong(
            source.place, f"{len(filled):,} rows", f"at most {most:,}", "is it the right file?"
        )
        account.stop_if_wrong()
    separator = separator_of(filled[sample_from:200])
    return [
        Row(tuple(fields), Place(source.file, number, 1))
        for number, line in enumerate(lines, start=1)
        if line.strip() and (fields := _fields(line, separator, source.file, number))
    ]


def _fields(line: str, separator: str, file: str, number: int) -> list[Field]:
    found: list[Field] = []
    start, quote = 0, ""
    for index, char in enumerate(line):
        fresh = not line[start:index].strip()
        if quote:
            quote = "" if char == quote else quote
        elif char in QUOTES and fresh and _closes(line, index, separator):
            quote = char
        elif char == separator:
            found.append(_field(line[start:index], file, number, start))
            start = index + 1
    found.append(_field(line[start:], file, number, start))
    return found


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


def _field(raw: str, file: str, number: int, start: int) -> Field:
    text = raw.strip()
    column = start + len(raw) - len(raw.lstrip()) + 1
    if len(text) > 1 and text[0] in QUOTES and text[-1] == text[0]:
        text = text[1:-1].replace(text[0] * 2, text[0]).strip()
    return Field(text, Place(file, number, column))


def number_in(
    row: Row, index: int, what: str, low: float, high: float, account: Account
) -> float | None:
    """A number within bounds, with a point or a comma; None, and a mistake noted, otherwise."""
    text = row.text(index)
    number = as_number(text if text.count(",") != 1 or "." in text else text.replace(",", "."))
    if number is not None and low <= number <= high:
        return number
    found = f"found {shown(text)} as {what}" if text else f"{what} is missing"
    account.wrong(row.at(index), found, f"a number from {low:g} to {high:g}", "give one")
    return None
