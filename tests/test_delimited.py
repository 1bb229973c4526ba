"""Rows of separated text: what a field says and where it stands, in both layouts."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.delimited import Field, csv_rows, line_rows
from detente.errors import Place

FIELDS = st.lists(st.text("a,;'\"\n\t =", max_size=5), min_size=1, max_size=4)


@given(st.lists(FIELDS, min_size=1, max_size=5))
def test_what_csv_writes_is_read_with_the_line_it_begins_on(rows: list[list[str]]) -> None:
    """Fields over several lines too; a row begins on the line after the one before."""
    out = io.StringIO(newline="")
    starts: list[int] = []
    for row in rows:
        starts.append(out.getvalue().count("\n") + 1)
        csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerow(row)
    found = list(csv_rows(out.getvalue(), "t.csv"))
    assert [list(row.texts) for row in found] == rows
    assert [row.line for row in found] == starts
    for row, line in zip(found, starts, strict=True):
        assert [row.at(index).column for index in range(len(row.texts) + 1)] == [
            *range(1, len(row.texts) + 2)
        ]
        assert row.place == Place("t.csv", line, 1)


def test_lines_know_where_their_fields_start() -> None:
    """A place is that of the first character; beyond the last field it is the row's."""
    first, second = line_rows("name ; 'a; b'\n\n  x;1\n", "t.txt")
    assert first.fields == (
        Field("name", Place("t.txt", 1, 1)), Field("a; b", Place("t.txt", 1, 8)),
    )  # fmt: skip
    assert (second.text(1), second.at(0), second.text(2)) == ("1", Place("t.txt", 3, 3), "")
    assert second.at(2) == Place("t.txt", 3, 1)


def test_broken_quotes_are_refused() -> None:
    """A quote that is never closed is no CSV."""
    with pytest.raises(csv.Error):
        list(csv_rows('a,"b\n', "t.csv"))
