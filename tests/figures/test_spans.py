"""Which chance is the main one, and how far it may be off."""

from __future__ import annotations

from dataclasses import replace

import pytest

from detente.analysis.answer import Answer, Run
from detente.analysis.probabilities import Estimate
from detente.analysis.uncertainty import Spread
from detente.figures.spans import (
    AT_ALL,
    FEW,
    IF_THEY_MEET,
    main,
    main_words,
    meets_enough,
    met,
    span,
    widest,
)


def with_chances(answer: Answer, **chances: float) -> Answer:
    """The answer with these probabilities and no others."""
    return replace(answer, probabilities={n: Estimate(p, 0.01) for n, p in chances.items()})


@pytest.fixture
def on_the_way(plain_run: Run) -> Answer:
    """A meeting with a run-up, likelier to bring something than to be held."""
    return with_chances(plain_run.answers[0], held=0.2, tangible_given_held=0.9, tangible=0.18)


@pytest.fixture
def taken_as_held(plain_run: Run) -> Answer:
    """A meeting without a run-up."""
    return with_chances(plain_run.answers[0], deal=0.5, tangible_given_held=0.4)


def test_meeting_is_part_of_the_main_chance_where_it_is_modelled(
    on_the_way: Answer, taken_as_held: Answer
) -> None:
    """Something tangible at all, or where the meeting is taken as held, if they meet."""
    assert main(on_the_way) == AT_ALL == "tangible"
    assert main(taken_as_held) == IF_THEY_MEET == "tangible_given_held"
    assert main_words([on_the_way]) == "that they meet and agree on something tangible"
    assert main_words([taken_as_held]) == "of something tangible, if they meet"


def test_the_main_chance_is_in_every_answer(plain_run: Run) -> None:
    """Also in those in which they never meet, where none given a meeting is."""
    assert any(IF_THEY_MEET not in a.probabilities for a in plain_run.answers)
    for answer in plain_run.answers:
        assert answer.probabilities[main(answer)].p <= answer.probabilities["held"].p


def test_meetings_are_counted(plain_run: Run, on_the_way: Answer, taken_as_held: Answer) -> None:
    """Enough from thirty on; without a run-up every draw is one; never without a chance of it."""
    n = plain_run.plan.draws
    assert met(plain_run, on_the_way) == round(0.2 * n)
    assert met(plain_run, taken_as_held) == n
    assert meets_enough(plain_run, taken_as_held)
    for held, enough in ((FEW / n, True), ((FEW - 1) / n, False)):
        answer = with_chances(on_the_way, held=held, tangible_given_held=0.5, tangible=held / 2)
        assert meets_enough(plain_run, answer) is enough
    assert not meets_enough(plain_run, with_chances(on_the_way, held=1.0, tangible=0.0))


def test_widest_is_by_width(on_the_way: Answer) -> None:
    """Not by how high a span reaches."""
    high = replace(on_the_way, spread=Spread(0.8, 0.9, 100))
    wide = replace(on_the_way, spread=Spread(0.1, 0.4, 100))
    assert span(high) == (0.8, 0.9)
    assert widest([high, wide]) == (wide, (0.1, 0.4))
