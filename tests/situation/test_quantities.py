"""Uncertain values: every written form, and back to what a person would write."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from detente.situation import kinds
from detente.situation.kinds import Kind
from detente.situation.quantities import (
    Normal,
    Point,
    Quantiles,
    Triangle,
    Uniform,
    Unreadable,
    default_of,
    neutral_of,
    read,
)
from detente.situation.writing import in_words, plain
from detente.yamltree import parse_tree

KINDS = [kind for kind in vars(kinds).values() if isinstance(kind, Kind)]


@st.composite
def written(draw: st.DrawFn) -> tuple[Kind, Any]:
    """Any kind with a valid value in any form."""
    kind = draw(st.sampled_from(KINDS))
    low, high = kind.bounds
    number = st.floats(low, high, allow_subnormal=False)
    three = sorted(draw(st.tuples(number, number, number)))
    forms: list[Any] = [
        three[0],
        round(three[0]) if low <= round(three[0]) <= high else three[0],
        f"{three[0]!r}..{three[1]!r}",
        {"low": three[0], "high": three[1]},
        dict(zip(("low", "mode", "high"), three, strict=True)),
        {"normal": {"mean": three[0], "sd": draw(st.floats(1e-6, 1e5))}},
        {"quantiles": {"0": three[0], "0.25": three[1], "1": three[2]}},
        *kind.words,
    ]
    if kind.signed:
        forms += [f"minus {word}" for word in kind.words]
    if low <= 0 and high >= 1:
        forms.append({"beta": [draw(st.floats(1e-3, 1e5)), draw(st.floats(1e-3, 1e5))]})
    return kind, draw(st.sampled_from(forms))


@given(case=written())
def test_every_form_reads_back_from_its_plain_form(case: tuple[Kind, Any]) -> None:
    """Reading what is written back, through YAML, gives the same distribution, for good."""
    kind, raw = case
    quantity = read(raw, kind)
    again = read(parse_tree(json.dumps(plain(quantity)).encode(), "f").data, kind)
    assert again.shape == quantity.shape
    assert plain(again) == plain(quantity)


@pytest.mark.parametrize(
    "kind",
    [pytest.param(kind, id=kind.name) for kind in KINDS],
)
def test_defaults_neutrals_and_words_are_within_bounds(kind: Kind) -> None:
    """What a kind offers can stand at its addresses."""
    for span in (kind.default, kind.neutral, *kind.words.values()):
        assert kind.bounds[0] <= span[0] <= span[1] <= kind.bounds[1]
    for quantity in (default_of(kind), neutral_of(kind)):
        assert read(plain(quantity), kind).shape == quantity.shape


def test_a_word_is_a_range_and_minus_turns_it_round() -> None:
    """Low is 0.05..0.1; minus low is -0.1..-0.05; minus none is 0."""
    assert read("low", kinds.OUTLOOK).shape == Uniform(0.05, 0.1)
    assert read(" Minus  LOW ", kinds.OUTLOOK).shape == Uniform(-0.1, -0.05)
    assert read("minus none", kinds.OUTLOOK).shape == Point(0.0)
    with pytest.raises(Unreadable, match="no word of this scale"):
        read("minus low", kinds.AMOUNT)


def test_numbers_as_text_and_forms_are_data() -> None:
    """Each accepted form is the shape it says."""
    assert read("0.3", kinds.AMOUNT).shape == Point(0.3)
    assert read("0.2 .. 0.5", kinds.AMOUNT).shape == Uniform(0.2, 0.5)
    assert read("-.5...5", kinds.OUTLOOK).shape == Uniform(-0.5, 0.5)
    assert read({"low": 0, "mode": 0.1, "high": 1}, kinds.AMOUNT).shape == Triangle(0, 0.1, 1)
    assert read({"low": 0.1, "high": 0.1}, kinds.AMOUNT).shape == Point(0.1)
    assert read({"normal": {"mean": 0.5, "sd": 0.1}}, kinds.AMOUNT).shape == Normal(0.5, 0.1, 0, 1)
    assert read({"quantiles": {1: 0.5, 0: 0.1, 0.5: 0.2}}, kinds.AMOUNT).shape == Quantiles(
        (0.0, 0.5, 1.0), (0.1, 0.2, 0.5)
    )


@pytest.mark.parametrize(
    ("raw", "kind", "found"),
    [
        ("lwo", kinds.AMOUNT, "found 'lwo', which is no word of this scale"),
        ("likely", kinds.AMOUNT, "found 'likely', which is no word of this scale"),
        ("low", kinds.CHANCE, "found 'low', which is no word of this scale"),
        ("0.5..0.2", kinds.AMOUNT, "found the inverted range 0.5..0.2"),
        ("0.5..0.2..0.1", kinds.AMOUNT, "no word of this scale"),
        ("nan", kinds.AMOUNT, "found nan"),
        (float("inf"), kinds.AMOUNT, "found inf"),
        (1.01, kinds.AMOUNT, "found 1.01"),
        (-0.1, kinds.CHANCE, "found -0.1"),
        (0, kinds.POWER, "found 0"),
        (True, kinds.AMOUNT, "found True"),
        (None, kinds.AMOUNT, "found None"),
        ([0.1, 0.2], kinds.AMOUNT, r"found \[0.1, 0.2\]"),
        ({}, kinds.AMOUNT, r"found the keys \(none\)"),
        ({"low": 0.1}, kinds.AMOUNT, "found the keys low"),
        ({"low": "a", "high": 1}, kinds.AMOUNT, "found 'a'"),
        ({"low": 0.1, "mode": 0.5, "high": 0.3}, kinds.AMOUNT, "found low 0.1, mode 0.5, high 0.3"),
        ({"beta": [1, 0]}, kinds.AMOUNT, "found 0 as a beta shape"),
        ({"beta": 2}, kinds.AMOUNT, "found 2"),
        ({"beta": [2, 2]}, kinds.POWER, "found a beta distribution"),
        ({"normal": {"mean": 0.5, "sd": 0}}, kinds.AMOUNT, "found 0 as a standard deviation"),
        ({"normal": {"mean": 0.5}}, kinds.AMOUNT, "found {'mean': 0.5}"),
        ({"quantiles": {0.1: 0, 1: 1}}, kinds.AMOUNT, "found quantiles at 0.1, 1"),
        ({"quantiles": {0: 0.5, 1: 0.1}}, kinds.AMOUNT, "found quantiles that fall"),
        ({"quantiles": {"x": 0.5}}, kinds.AMOUNT, "found {'x': 0.5}"),
        pytest.param({"quantiles": {"0": 0, "nan": 0.5, "1": 1}}, kinds.AMOUNT, "found"),
        pytest.param({"quantiles": {"0": 0, "0.0": 0.5, "1": 1}}, kinds.AMOUNT, "found"),
    ],
)
def test_what_is_no_quantity_is_refused(raw: object, kind: Kind, found: str) -> None:
    """Each has what was found, what is allowed and what to do."""
    with pytest.raises(Unreadable, match=found) as caught:
        read(raw, kind)
    assert caught.value.allowed
    assert caught.value.remedy


@given(text=st.text(max_size=15))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    """Never anything but Unreadable, whatever the text."""
    for kind in (kinds.AMOUNT, kinds.RATE):
        try:
            low, high = read(text, kind).span
        except Unreadable as error:
            assume(error.found)
        else:
            assert kind.bounds[0] <= low <= high <= kind.bounds[1]


def test_in_words_shows_the_word_with_its_range() -> None:
    """A reader sees what a word stands for; numbers are shown as written."""
    assert in_words(read("low", kinds.AMOUNT)) == "low (0.05..0.1)"
    assert in_words(read("none", kinds.AMOUNT)) == "none (0)"
    assert in_words(default_of(kinds.TRUST)) == "default (0..1)"
    assert in_words(read("0.2..0.5", kinds.AMOUNT)) == "0.2..0.5"
