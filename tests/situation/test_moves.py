"""What the graph model is told: names that exist, and messages where they do not."""

from __future__ import annotations

import pytest

from detente.errors import SituationError
from detente.situation.dumping import dumps
from detente.situation.load import loads

FILE = """
detente: 1
title: T
actors: {a: {name: A, role: principal}, b: {name: B, role: principal}}
issues:
  x: {status_quo: stays, options: {stays: s, moves: m}, salience: {a: 1, b: 1}}
stability:
"""


def problems(section: str) -> list[str]:
    """What is said about a stability section."""
    with pytest.raises(SituationError) as error:
        loads((FILE + section).encode())
    return [str(problem) for problem in error.value.problems]


def test_every_mistake_is_told_with_its_place() -> None:
    """Unknown options and actors, and options that change nothing, all at once."""
    said = problems(
        "  controls: {x.movs: [a], x.moves: [z, a, a], x.stays: [b]}\n"
        "  irreversible: [x.stays]\n"
        "  order: {q: [x.moves], a: [not x.gone]}\n"
    )
    for words in (
        "-:8:14: stability.controls.x.movs: x has no option movs",
        "no actor is called z", "a stands twice", "x.stays is the status quo",
        "no actor is called q", "x has no option gone",
    ):  # fmt: skip
        assert any(words in line for line in said), (words, said)
    assert len(said) == 7


def test_a_statement_is_an_option_or_its_absence() -> None:
    """Anything else is refused where it stands."""
    (said,) = problems("  order: {a: [[x.moves, moves]]}\n")
    assert "found 'moves'" in said
    assert "issue.option" in said


def test_the_section_comes_back_as_it_was_written() -> None:
    """Written out and read again it is the same; a file without it does not gain one."""
    section = "  irreversible: [x.moves]\n  order: {a: [not x.moves, [x.moves, x.stays]]}\n"
    situation = loads((FILE + section).encode()).situation
    assert loads(dumps(situation).encode()).situation == situation
    assert situation.stability.order == {"a": (("not x.moves",), ("x.moves", "x.stays"))}
    bare = loads(FILE.replace("stability:\n", "").encode()).situation
    assert "stability" not in dumps(bare)
