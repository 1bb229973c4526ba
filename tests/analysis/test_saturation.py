"""Forecasts beyond doubt under every reading."""

from __future__ import annotations

import pytest

from detente.analysis.saturation import saturated
from detente.situation.load import loads
from detente.situation.scenarios import scenarios

FILE = """detente: 1
title: T
actors: {a: {name: A, role: principal}, b: {name: B, role: principal}}
issues:
  k:
    status_quo: none
    options: {none: no, some: yes it is}
    salience: {a: high, b: high}
    preferences: {a: {none: rejects, some: seeks}, b: {none: rejects, some: seeks}}
misreading: {a: 0, b: 0}
rounds:
  easy: {title: Easy}
  hard: {title: Hard, set: {signing_cost.a: 1, signing_cost.b: 1, outlook.a: high}}
readings:
  one: {title: One, speaker: S}
  two: {title: Two, speaker: S, set: {OTHER}}
"""


@pytest.mark.parametrize(
    ("other", "rounds"),
    [
        ("outlook.b: low", ["easy", "hard"]),  # sure in both, whoever is believed
        ("outlook.b: 0.6..1", ["hard"]),  # the second reading leaves the first round open
    ],
)
def test_a_round_is_found_if_no_reading_leaves_it_open(other: str, rounds: list[str]) -> None:
    """All but certain or all but impossible under every reading; one open reading is enough."""
    situation = loads(FILE.replace("OTHER", other).encode()).situation
    found = saturated(situation, scenarios(situation, None), seed=1)
    assert [one.round for one in found] == rounds
    hard = found[-1]
    assert (hard.least, hard.most) == (0.0, 0.0)
