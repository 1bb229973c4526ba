"""YAML to plain data with places."""

from __future__ import annotations

import math

import pytest

from detente.errors import Place, SituationError
from detente.yamltree import parse_tree


def test_every_key_and_value_keeps_its_place() -> None:
    """Lines and columns count from 1; a missing path takes its nearest ancestor's place."""
    tree = parse_tree(b"a: 1\nb:\n  - x\n  - {c: 2}\n", "f")
    assert tree.data == {"a": 1, "b": ["x", {"c": 2}]}
    assert tree.place(("a",)) == Place("f", 1, 1)
    assert tree.place(("b", 1, "c")) == Place("f", 4, 6)
    assert tree.place(("b", 1, "missing")) == tree.place(("b", 1)) == Place("f", 4, 5)
    assert tree.place(("z",)) == Place("f", 1, 1)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("3", 3), ("-3", -3), ("010", 10), ("0.5", 0.5), (".5", 0.5), ("1e3", 1000.0),
        ("true", True), ("no", "no"), ("yes", "yes"), ("on", "on"), ("null", None), ("~", None),
        ("", None), ("'3'", "3"), ('"true"', "true"), ("2025-08-15", "2025-08-15"),
        ("1_000", "1_000"), ("0x10", "0x10"), ("1:30", "1:30"), (".inf", math.inf),
        ("-.inf", -math.inf), ("12345678901234567890", 12345678901234567890.0),
    ],
)  # fmt: skip
def test_plain_scalars_are_what_they_look_like(written: str, value: object) -> None:
    """Countries and options may be called no; quoted text is text; dates stay text."""
    found = parse_tree(f"a: {written}\n".encode(), "f").data["a"]
    assert found == value
    assert type(found) is type(value)


def test_every_mistake_of_form_is_reported_at_once() -> None:
    """Two duplicate keys and a list as key: three problems, in file order."""
    with pytest.raises(SituationError) as caught:
        parse_tree(b"a: 1\na: 2\n? [x]\n: 1\nb: {c: 1, c: 2}\n", "f")
    assert [str(problem.place) for problem in caught.value.problems] == ["f:2:1", "f:3:3", "f:5:11"]


@pytest.mark.parametrize("opening", ["[", "- ", "{a: "])
def test_nesting_without_end_is_refused(opening: str) -> None:
    """However deep it goes, whichever parsers are installed: a message, never a crash."""
    with pytest.raises(SituationError) as caught:
        parse_tree(opening.encode() * 50_000, "f")
    assert "nested too deeply" in str(caught.value.problems[0])


def test_an_alias_is_the_value_it_names() -> None:
    """Honest use of anchors is allowed."""
    assert parse_tree(b"a: &x {k: 1}\nb: *x\n", "f").data == {"a": {"k": 1}, "b": {"k": 1}}
