"""What reaches a terminal is text and nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from detente.printable import printable


def test_escape_sequences_and_turning_marks_become_visible() -> None:
    assert printable("a\x1b[31mb\x9bc\u202ed") == "a\ufffd[31mb\ufffdc\ufffdd"
    assert printable("two\nlines") == "two\nlines"


@given(st.text())
def test_no_character_that_acts_is_left(text: str) -> None:
    assert not any(ord(c) < 32 and c != "\n" for c in printable(text))
    assert printable(printable(text)) == printable(text)
