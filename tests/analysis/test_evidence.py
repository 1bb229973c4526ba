"""Which recorded events count, and in which draws they come true."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from detente.analysis.evidence import came_true, caused, chosen_events
from detente.ensemble.chunk import Outcomes
from detente.errors import UsageError
from detente.model.causes import HELD, IN_TENSION, NO_RESULT, WAR
from detente.situation.schema import Event, Happened, Situation


def event(name: str, outcome: Happened, day: int = 1) -> Event:
    return Event(
        id=name,
        date=date(2020, 4, day),
        round="spring",
        outcome=outcome,
        says="It did.",
        source="R",
    )


def recorded(situation: Situation, *events: Event, as_of: date | None = None) -> Situation:
    return situation.model_copy(update={"events": events, "as_of": as_of})


def test_what_was_known_when_readings_were_written_does_not_count(three_acts: Situation) -> None:
    """The day itself was known; what came after counts, in order of its date."""
    situation = recorded(
        three_acts, event("late", "deal", 9), event("early", "held", 5), event("known", "held", 4),
        as_of=date(2020, 4, 4),
    )  # fmt: skip
    assert [e.id for e in chosen_events(situation)] == ["early", "late"]
    assert [e.id for e in chosen_events(situation, every=True)] == ["known", "early", "late"]
    assert [e.id for e in chosen_events(situation, ["known"])] == ["known"]


def test_without_a_date_of_the_account_every_event_counts(three_acts: Situation) -> None:
    situation = recorded(three_acts, event("a", "held"), event("b", "other"))
    assert [e.id for e in chosen_events(situation)] == ["a"]


@pytest.mark.parametrize(("name", "says"), [("hld", "did you mean a"), ("b", "outcome is other")])
def test_an_event_that_cannot_weigh_is_refused(three_acts: Situation, name: str, says: str) -> None:
    situation = recorded(three_acts, event("a", "held"), event("b", "other"))
    with pytest.raises(UsageError, match=says if name == "b" else "not in this situation"):
        chosen_events(situation, [name])


def test_each_outcome_has_its_draws(make_outcomes: Callable[..., Outcomes]) -> None:
    """Four draws: a tangible deal, a deal, called off in tension, called off on the eve."""
    outcomes = make_outcomes(
        [1, 1, 1, -1],
        cause=[HELD, HELD, IN_TENSION, NO_RESULT],
        deal=[True, True, False, False],
        tangible=[True, False, False, False],
    )
    expected: dict[Happened, list[bool]] = {
        "held": [True, True, False, False],
        "not-held": [False, False, True, True],
        "called-off-in-tension": [False, False, True, False],
        "called-off-without-prospect": [False, False, False, True],
        "war": [False] * 4,
        "deal": [True, True, False, False],
        "no-deal": [False, False, True, True],
        "tangible": [True, False, False, False],
        "not-tangible": [False, True, True, True],
    }
    for outcome, draws in expected.items():
        assert came_true(event("e", outcome), outcomes).tolist() == draws, outcome


def test_a_meeting_without_a_run_up_is_held(make_outcomes: Callable[..., Outcomes]) -> None:
    outcomes = make_outcomes([1, -1])
    assert caused(outcomes, HELD).all()
    assert not caused(outcomes, WAR).any()
    assert np.array_equal(came_true(event("e", "held"), outcomes), [True, True])
