"""What could be seen next."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from detente.analysis.candidates import Candidate, ahead, eventful, why_not
from detente.ensemble.chunk import Outcomes
from detente.ensemble.run import run
from detente.model.causes import HELD, IN_TENSION, NO_RESULT, WAR
from detente.model.structure import Structure, structure_of
from detente.sampling.draws import Plan
from detente.situation.scenarios import scenarios
from detente.situation.schema import Situation


def test_a_meeting_ahead_may_be_held_called_off_and_hold_each_option(
    three_acts: Situation,
) -> None:
    structure = structure_of(three_acts)
    wanted = scenarios(three_acts, None, rounds=["spring"], readings=["calm"])
    ran = run(structure, wanted, Plan(300, 1))[0]
    found = ahead(structure, ran, usual=1)
    assert np.array_equal(found[Candidate("held")], ran.held)
    unchanged = {structure.options[place].ref for place in structure.status_quo}
    options = {c.detail for c in found if c.sort == "option"}
    assert options == {option.ref for option in structure.options} - unchanged
    for candidate, column in found.items():
        if candidate.sort == "option":
            assert not (column & ~ran.deal).any()


def test_every_meeting_that_is_not_held_has_one_reason(
    make_outcomes: Callable[..., Outcomes],
) -> None:
    outcomes = make_outcomes([1, 1, 1, 1], cause=[HELD, IN_TENSION, NO_RESULT, WAR])
    counts = np.sum(list(why_not(outcomes).values()), axis=0)
    assert counts.tolist() == [0, 1, 1, 1]


def test_more_than_usual_means_above_the_count(make_outcomes: Callable[..., Outcomes]) -> None:
    outcomes = make_outcomes([1, 1, 1], cause=[HELD] * 3, incidents=np.array([1, 2, 3]))
    assert eventful(outcomes, 2)[Candidate("incidents", "2")].tolist() == [False, False, True]
    assert eventful(make_outcomes([1]), 2) == {}


def test_without_a_run_up_nobody_stays_away(
    structure: Structure, make_outcomes: Callable[..., Outcomes]
) -> None:
    found = ahead(structure, make_outcomes([1, -1]), usual=0)
    assert {c.sort for c in found} == {"deal", "tangible", "option"}
