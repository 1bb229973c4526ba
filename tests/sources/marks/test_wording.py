"""A sentence as words and signs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.sources.marks.wording import PhraseList, Word, words_of


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The lake is low.", ["The", "lake", "is", "low", "."]),
        ("The U.S. barge\u2019s net", ["The", "U.S.", "barge\u2019s", "net"]),
        ("pilots' toll (so-called)", ["pilots", "'", "toll", "(", "so-called", ")"]),
        ("3.5 and/or AT&T", ["3.5", "and/or", "AT&T"]),
        ("", []),
    ],
)
def test_a_sentence_falls_into_words_and_signs(sentence: str, expected: list[str]) -> None:
    assert [word.text for word in words_of(sentence)] == expected


@given(st.text(max_size=80))
def test_every_word_stands_where_it_says(sentence: str) -> None:
    words = words_of(sentence)
    assert all(sentence[w.start : w.end] == w.text for w in words)
    assert [w.start for w in words] == sorted({w.start for w in words})
    rest = sentence
    for word in reversed(words):
        rest = rest[: word.start] + rest[word.end :]
    assert not any(char.isalnum() for char in rest)


def test_curly_and_straight_apostrophes_are_one() -> None:
    curly, straight = words_of("won\u2019t")[0], words_of("won't")[0]
    assert curly.low == straight.low == "won't"
    assert Word(0, 9, "warden\u2019s", "warden's").plain == "warden"


def test_the_longest_phrase_wins_and_none_lies_inside_another() -> None:
    found = PhraseList[int]((["if"], 1), (["even if", "if only if"], 2)).find(
        words_of("If only if, even if it rains")
    )
    assert [(f.first, f.last, f.value) for f in found] == [(0, 2, 2), (4, 5, 2)]
