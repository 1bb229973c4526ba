"""Who must agree: how a file says it, what is refused, what a structure makes of it."""

from __future__ import annotations

import pytest

from detente.errors import SituationError
from detente.model.structure import Quorum, structure_of
from detente.situation.dumping import dumps
from detente.situation.load import loads

TEXT = """detente: 1
title: T
rule: {rule}
actors:
  a: {{name: A, role: principal}}
  b: {{name: B, role: principal}}
  c: {{name: C, role: principal}}
  d: {{name: D, role: spoiler}}
issues:
  k: {{status_quo: n, options: {{n: "", y: ""}}, salience: {{a: high, b: high, c: low, d: low}}}}
"""


def _quorum(rule: str) -> Quorum | None:
    return structure_of(loads(TEXT.format(rule=rule).encode()).situation).quorum


def test_unanimity_is_the_default_and_may_be_said() -> None:
    """No quorum; nor where the quorum leaves nobody to be outvoted."""
    assert _quorum("unanimity") is None
    assert _quorum("{quorum: 1}") is None
    assert _quorum("{quorum: 0.5, veto: [a, b, c]}") is None


def test_a_majority_is_more_than_half_of_the_votes() -> None:
    """Two of three; with four votes of which one principal has two, that one alone is not enough."""
    three = _quorum("majority")
    assert three is not None
    assert 1.0 < three.needed < 2.0
    four = _quorum("{majority: true, weights: {a: 2, b: 1, c: 1}, veto: [b]}")
    assert four is not None
    assert 2.0 < four.needed < 3.0
    assert four.veto == (1,)


def test_a_quorum_is_a_share_of_the_votes() -> None:
    """65 % of ten votes, in the order of the principals."""
    found = _quorum("{quorum: 0.65, weights: {c: 5, a: 3, b: 2}}")
    assert found == Quorum((3.0, 2.0, 5.0), 6.5, ())


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("consensus", "found 'consensus'; unanimity, majority, or {quorum"),
        ("{quorum: 1.2}", "rule.quorum: "),
        ("{quorum: 0.6, weights: {a: 1, b: 1}}", "no votes for c; votes for every principal"),
        ("{quorum: 0.6, weights: {a: 1, b: 1, c: 0}}", "rule.weights.c: "),
        ("{quorum: 0.6, veto: [d]}", "d is no principal; principals of this file"),
        ("{quorum: 0.6, veto: [e]}", "no actor is called e"),
        ("{veto: [a]}", "weights or vetoes where everybody must agree"),
        ("{majority: true, quorum: 0.6}", "majority and a quorum"),
    ],
)
def test_a_rule_that_cannot_be_meant_is_refused(rule: str, message: str) -> None:
    """With the place, what was found, what is allowed and what to do."""
    with pytest.raises(SituationError) as caught:
        loads(TEXT.format(rule=rule).encode())
    text = str(caught.value)
    assert message in text
    assert ":3:" in text


def test_a_rule_survives_writing() -> None:
    """A situation written and read again has the same rule."""
    before = loads(
        TEXT.format(rule="{quorum: 0.65, weights: {a: 3, b: 2, c: 5}, veto: [a]}").encode()
    )
    again = loads(dumps(before.situation).encode())
    assert again.situation.rule == before.situation.rule
