"""Tables that a spreadsheet opens: nothing in them runs, and nothing is lost."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from detente.spreadsheets import csv_text, inert, thawed

ACTS = ("=", "+", "-", "@", "\t", "\r")


@given(st.text("'=+-@\t\rx", max_size=6))
def test_no_text_acts_and_each_comes_back(text: str) -> None:
    """Behind any number of quotes as well."""
    kept = inert(text)
    assert not kept.startswith(ACTS)
    assert thawed(kept) == text
    assert (kept == text) == (not text.lstrip("'").startswith(ACTS))


def test_numbers_stay_numbers() -> None:
    """A negative number is no formula, and is not rounded."""
    text = csv_text(["=a", "b"], [("-1", -1 / 3), ("x", None)])
    assert list(csv.reader(io.StringIO(text))) == [
        ["'=a", "b"], ["'-1", repr(-1 / 3)], ["x", ""],
    ]  # fmt: skip
