"""Rows of text: separators, quotes, places, numbers with a point or a comma."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.errors import Place
from detente.interchange.reading import Source
from detente.interchange.record import Account
from detente.interchange.tables import number_in, rows_of


def rows(text: str) -> list[list[str]]:
    """The fields of each row."""
    source = Source(Path("t.csv"), text.encode(), text)
    return [[field.text for field in row.fields] for row in rows_of(source, Account())]


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("a,b,c\n1,2,3\n", [["a", "b", "c"], ["1", "2", "3"]]),
        ("a;b\n0,5;1,5\n", [["a", "b"], ["0,5", "1,5"]]),
        ("a\tb, c\n\n1\t2\n", [["a", "b, c"], ["1", "2"]]),
        ("'a, b',\"c\"\nd,e\n", [["a, b", "c"], ["d", "e"]]),
        ("it's,'twas\nx,y\n", [["it's", "'twas"], ["x", "y"]]),
        ('"say ""so""",b\nc,d\n', [['say "so"', "b"], ["c", "d"]]),
    ],
)
def test_separators_and_quotes(text: str, fields: list[list[str]]) -> None:
    """Found from the text; an apostrophe is no quote."""
    assert rows(text) == fields


def test_fields_know_their_place() -> None:
    """Line and column of where the text starts, blank lines counted."""
    text = "a,b\n\nc,   d\n"
    last = rows_of(Source(Path("t.csv"), text.encode(), text), Account())[-1]
    assert [field.place for field in last.fields] == [Place("t.csv", 3, 1), Place("t.csv", 3, 6)]


@pytest.mark.parametrize(
    ("text", "number"),
    [("0.5", 0.5), ("0,5", 0.5), ("1e-1", 0.1), ("2", None), ("x", None), ("nan", None)],
)
def test_numbers_within_bounds(text: str, number: float | None) -> None:
    """Anything else is a mistake with its place."""
    line = f"a;{text}"
    account = Account()
    (row,) = rows_of(Source(Path("t.csv"), line.encode(), line), account)
    assert number_in(row, 1, "the share", 0.0, 1.0, account) == number
    assert [problem.place.column for problem in account.problems] == [3] * (number is None)
