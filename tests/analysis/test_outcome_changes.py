"""How outcomes differ besides their probabilities."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from detente.analysis.outcome_changes import outcome_changes, shift
from detente.analysis.pooling import FEW
from detente.ensemble.chunk import Outcomes
from detente.model.causes import HELD, IN_TENSION
from detente.model.structure import Structure

Make = Callable[..., Outcomes]
N = 100


def test_the_zone_and_the_endings_are_compared_draw_by_draw(
    structure: Structure, make_outcomes: Make
) -> None:
    """The error is that of the paired difference: none where every draw changes alike."""
    before = make_outcomes([-1] * N, cause=np.full(N, IN_TENSION))
    after = make_outcomes([1] * N, cause=np.full(N, HELD))
    found = outcome_changes(structure, before, after)
    assert (found.zone.first.p, found.zone.second.p) == (0.0, 1.0)
    assert (found.zone.points, found.zone.se) == (1.0, 0.0)
    assert found.causes[HELD].points == 1.0
    assert found.causes[IN_TENSION].points == -1.0
    assert found.options == {}  # no deals on one side
    assert found.packages[0] is None


def test_deals_are_compared_by_what_they_contain(structure: Structure, make_outcomes: Make) -> None:
    """Only options off the status quo, each as a share of deals."""
    numbers = [0] * 70 + [1] * 30
    before = make_outcomes(numbers)
    after = make_outcomes([1] * 90 + [-1] * 10, deal=[True] * 90 + [False] * 10)
    found = outcome_changes(structure, before, after)
    last = structure.issues[-1]
    place = next(
        option for option in structure.options if option.issue == last and option.name == "quota"
    )
    assert found.options[place.ref].first.p == pytest.approx(0.3)
    assert found.options[place.ref].second.p == pytest.approx(1.0)
    quo = {structure.options[i].ref for i in structure.status_quo}
    assert not quo & set(found.options)
    leading = found.packages
    assert leading[0] is not None
    assert leading[1] is not None
    assert (leading[0].package.number, leading[0].leads) == (0, True)
    assert (leading[1].package.number, leading[1].leads) == (1, True)


def test_a_lead_within_the_error_is_none(structure: Structure, make_outcomes: Make) -> None:
    close = make_outcomes([0] * 52 + [1] * 48)
    found = outcome_changes(structure, close, close)
    assert found.packages[0] is not None
    assert not found.packages[0].leads


def test_what_most_often_blocks_is_told_for_each_side(
    structure: Structure, make_outcomes: Make
) -> None:
    first = make_outcomes([-1] * N, sets=np.full((N, 1), 1), set_count=np.ones(N))
    second = make_outcomes([-1] * N, sets=np.full((N, 1), 2), set_count=np.ones(N))
    before, after = outcome_changes(structure, first, second).blocking
    assert before is not None
    assert after is not None
    assert before.found.constraints != after.found.constraints
    assert (before.found.share, before.leads, after.leads) == (1.0, True, True)


def test_missing_a_package_counts_only_where_they_meet_and_there_is_one(
    structure: Structure, make_outcomes: Make
) -> None:
    held = np.array([HELD] * 80 + [IN_TENSION] * 20)
    before = make_outcomes([1] * N, cause=held, deal=[True] * 40 + [False] * 60)
    after = make_outcomes([1] * N, cause=held, deal=[True] * 80 + [False] * 20)
    missed = outcome_changes(structure, before, after).missed
    assert missed is not None
    assert (missed.first.p, missed.second.p) == (0.5, 0.0)


def test_a_share_of_too_few_draws_is_not_told() -> None:
    happened, given = np.ones(N, dtype=np.bool_), np.zeros(N, dtype=np.bool_)
    given[: FEW - 1] = True
    assert shift((happened, None), (happened, given)) is None
    given[FEW - 1] = True
    assert shift((happened, None), (happened, given)) is not None
