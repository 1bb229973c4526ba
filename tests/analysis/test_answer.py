"""The whole answer: one record a scenario, all from the same tables."""

from __future__ import annotations

import pytest

from detente.analysis.answer import answer
from detente.analysis.uncertainty import POINTS, REPEATS
from detente.sampling.draws import Plan
from detente.situation.load import Loaded
from detente.situation.scenarios import scenarios


def test_an_answer_holds_together(every_term: Loaded) -> None:
    """Numbers of one answer agree with its outcome table and with each other."""
    found = scenarios(every_term.situation, None)
    plan = Plan(400, 1)
    seen: list[tuple[int, int]] = []
    run = answer(every_term.situation, None, found, plan, progress=lambda a, b: seen.append((a, b)))
    assert [(a.round, a.reading) for a in run.answers] == [(s.round, s.reading) for s in found]
    assert seen[-1][0] == seen[-1][1] == 4 * (400 + POINTS * REPEATS)
    for given, outcomes in zip(run.answers, run.outcomes, strict=True):
        assert given.probabilities["deal"].p == outcomes.deal.mean()
        assert given.probabilities["tangible_given_held"].p == outcomes.tangible.mean()
        assert given.zone.exists == pytest.approx(1 - given.blockers.no_zone)
        assert given.zone.allowed >= given.zone.median
        assert given.spread.points == POINTS
        assert 0.0 <= given.spread.low <= given.spread.high <= 1.0
        assert given.spread.low < given.probabilities["tangible_given_held"].p < given.spread.high
        assert given.rests[0].moves is not None


def test_the_same_question_has_the_same_answer(every_term: Loaded) -> None:
    """Chunk size does not show in any number."""
    found = scenarios(every_term.situation, None, rounds=["first"], readings=["wary"])
    runs = [answer(every_term.situation, None, found, Plan(60, 2), chunk=c) for c in (7, 500)]
    assert runs[0].answers == runs[1].answers
