"""Sketches: near for alike sentences, far for others, the same for ever."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.sources.anchors.fingerprints import distances, fold, likeness, near, sketch, sketches
from detente.sources.anchors.refinding import BOUND
from detente.sources.text import digest, parse_text

LICENCE = Path(__file__).parents[3] / "LICENSE"


def bits(one: str, other: str) -> int:
    return int(distances(sketch(one), sketches([other]))[0])


def test_a_published_sketch_stays_what_it_is() -> None:
    """Claims files hold sketches: a version that computes others cannot read them."""
    assert sketch("The lake is low, and the warden knows it.") == "8ec512067efc7452"
    assert sketch("Ïle “Ö” — 🛶.") == "6cf5d09c3ac57b34"
    assert sketch("No") == "6855bd98d5a7b0fe"


@pytest.mark.parametrize(
    "other",
    [
        'THE OLD FERRY - SAID THE WARDEN\'S WIFE - IS "LATE".',
        "the old ferry – said the warden's wife – is „late“.",  # noqa: RUF001 -- dashes as typed
        "The old ferry — said the warden`s wife — is «late».",
    ],
)
def test_capitals_quotation_marks_and_dashes_do_not_count(other: str) -> None:
    assert bits("The old ferry — said the warden’s wife — is “late”.", other) == 0  # noqa: RUF001


@given(st.text(max_size=80))
def test_folding_keeps_offsets_and_is_done_once(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(st.text(min_size=1, max_size=80), st.text(min_size=1, max_size=80))
def test_bits_are_a_distance(one: str, other: str) -> None:
    assert bits(one, one) == 0
    assert bits(one, other) == bits(other, one) <= 64


def test_edited_sentences_are_near_and_others_far() -> None:
    """A licence's long sentences, each with one word changed, and all pairs of them.

    The bound stands between: 19 of 20 edited ones are below it, and not one in a hundred pairs.
    """
    paragraphs = re.sub(r"(?<!\n)\n(?!\n) *", " ", LICENCE.read_text(encoding="utf-8"))
    said = [one.text for one in parse_text(paragraphs).sentences if len(one.text) >= 100]
    assert len(said) >= 30
    edited = [bits(one, changed(one)) for one in said]
    assert sum(found <= BOUND for found in edited) >= 0.95 * len(edited)
    pairs = [distances(sketch(one), sketches(said[i + 1 :])) for i, one in enumerate(said)]
    assert np.mean(np.concatenate(pairs) <= BOUND) < 0.01


def changed(sentence: str) -> str:
    words = sentence.split(" ")
    words[len(words) // 2] = "harbour"
    return " ".join(words)


def test_likeness_falls_from_one_to_nothing() -> None:
    values = [likeness(count) for count in range(65)]
    assert values[0] == 1
    assert values == sorted(values, reverse=True)
    assert likeness(32) == pytest.approx(0, abs=1e-12)
    assert values[40] == values[64] == 0


def test_neighbours_are_named_by_the_beginnings_of_their_digests() -> None:
    text = parse_text("One. Two.\nThree.")
    one, two, three = (digest(words)[:8] for words in ("One.", "Two.", "Three."))
    assert [near(text, index) for index in range(3)] == [
        "0" * 8 + two,
        one + three,
        two + "0" * 8,
    ]
