"""Rows of text separated by tabs, semicolons or commas, each field with its place."""

from __future__ import annotations

from detente.checking import shown
from detente.delimited import Row, line_rows
from detente.interchange.plain_data import as_number
from detente.interchange.reading import Source
from detente.interchange.record import Account

MAX_ROWS = 10_000


def rows_of(
    source: Source, account: Account, sample_from: int = 0, most: int = MAX_ROWS
) -> list[Row]:
    """Every line that is not blank, as fields; ``sample_from`` lines in, the separator is guessed."""
    filled = sum(1 for line in source.text.removeprefix("\ufeff").splitlines() if line.strip())
    if filled > most:
        account.wrong(
            source.place, f"{filled:,} rows", f"at most {most:,}", "is it the right file?"
        )
        account.stop_if_wrong()
    return line_rows(source.text, source.file, sample_from)


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
