"""A situation written back: it loads as the same situation, whatever its texts look like."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from detente.situation.dumping import content_hash, dumps
from detente.situation.load import Loaded, loads
from detente.situation.values import base_values

MINIMAL = """
detente: 1
title: T
actors: {a: {name: A, role: principal}, b: {name: B, role: principal}}
issues: {k: {status_quo: no, options: {no: "", null: ""}, salience: {a: high, b: high}}}
"""


def test_the_normalised_file_loads_as_an_equal_situation(every_term: Loaded) -> None:
    """Nothing is lost or added on the way out and in again."""
    again = loads(dumps(every_term.situation).encode()).situation
    assert again == every_term.situation


def test_the_normalised_file_has_the_same_values_and_the_same_text(every_term: Loaded) -> None:
    """Every address keeps its distribution and origin; a second writing is the same text."""
    text = dumps(every_term.situation)
    again = loads(text.encode()).situation
    before, after = base_values(every_term.situation), base_values(again)
    assert list(before) == list(after)
    for address, value in before.items():
        assert after[address].quantity.shape == value.quantity.shape
        assert after[address].origin == value.origin
    assert dumps(again) == text
    for part in ("actors", "issues", "rounds", "events", "links", "tangible"):
        assert getattr(again, part) == getattr(every_term.situation, part)


def test_layout_does_not_change_the_hash(every_term: Loaded) -> None:
    """Comments, order of keys inside a flow table and quotes are no content; values are."""
    base = loads(MINIMAL.encode()).situation
    other = MINIMAL.replace("title: T", "title: 'T'  # a title").replace(
        "{name: A, role: principal}", "{role: [principal], name: A}"
    )
    assert content_hash(loads(other.encode()).situation) == content_hash(base)
    changed = loads(MINIMAL.replace("a: high", "a: low").encode()).situation
    assert content_hash(changed) != content_hash(base)
    assert content_hash(every_term.situation) != content_hash(base)


@given(
    title=st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=12
    )
)
@example(title="1e5")
@example(title="5.")
@example(title="0x10")
@example(title="null")
@example(title="no")
@example(title="2025-08-15")
@example(title=": - #")
@example(title=" edge ")
@example(title="a: b")
@example(title="two\nlines")
def test_any_title_comes_back(title: str) -> None:
    """Text that looks like a number, a word or syntax stays text."""
    situation = loads(MINIMAL.encode()).situation.model_copy(update={"title": title})
    assert loads(dumps(situation).encode()).situation.title == title


@pytest.mark.parametrize("name", ["null", "true", "no", "on", "inf"])
def test_names_that_look_like_values_stay_names(name: str) -> None:
    """An option may be called no, and an issue null."""
    text = MINIMAL.replace('null: ""', f'x: "", {name}x: ""').replace("{k:", f"{{{name}:")
    situation = loads(text.replace(f"{name}x", "null").encode()).situation
    again = loads(dumps(situation).encode()).situation
    assert list(again.issues) == [name]
    assert list(again.issues[name].options) == ["no", "x", "null"]
    assert list(base_values(again)) == list(base_values(situation))
