"""Blocking sets counted over draws."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from detente.analysis.blockers import blockers
from detente.bargaining.blocking import constraint_names
from detente.ensemble.chunk import Outcomes
from detente.model.structure import Structure


def test_shares_are_of_the_draws_without_a_zone(
    structure: Structure, make_outcomes: Callable[..., Outcomes]
) -> None:
    """Six draws, four without a zone: counts by hand."""
    link, both, north = 1 << 0, 1 << 7 | 1 << 9, 1 << 7
    sets = np.array([[0, 0], [0, 0], [link, both], [link, 0], [north, 0], [0, 0]])
    outcomes = make_outcomes(
        [3, 3, -1, -1, -1, -1],
        deal=[True, False, False, False, False, False],
        sets=sets,
        set_count=(sets != 0).sum(axis=1),
    )
    found = blockers(structure, outcomes)
    assert found.no_zone == pytest.approx(4 / 6)
    assert found.not_closed == pytest.approx(1 / 6)
    assert found.larger == 0.25
    assert [(s.constraints, s.share) for s in found.sets] == [
        (("links.tariffs-first",), 0.5),
        (("reservation.north",), 0.25),
        (("reservation.north", "consent.isle"), 0.25),
    ]
    assert found.alone == {"links.tariffs-first": 0.5, "reservation.north": 0.25}
    assert found.involved == {
        "links.tariffs-first": 0.5,
        "reservation.north": 0.5,
        "consent.isle": 0.25,
    }


def test_sole_blockers_beyond_the_listed_sets_still_count(
    structure: Structure, make_outcomes: Callable[..., Outcomes]
) -> None:
    """The list is cut to its longest length; what blocks alone and is involved is not."""
    sets = np.array([[1 << bit] for bit in range(10)])
    found = blockers(structure, make_outcomes([-1] * 10, sets=sets, set_count=np.ones(10)), most=3)
    assert len(found.sets) == 3
    assert set(found.alone) == set(found.involved) == set(constraint_names(structure))


def test_without_an_empty_zone_nothing_blocks(
    structure: Structure, make_outcomes: Callable[..., Outcomes]
) -> None:
    """All draws have a zone: no set, and what did not close is said."""
    found = blockers(structure, make_outcomes([1, 2], deal=[True, False]))
    assert (found.no_zone, found.not_closed, found.sets, found.involved) == (0.0, 0.5, (), {})


def test_shares_of_a_real_run_add_up(structure: Structure, ran: Outcomes) -> None:
    """Deals, open zones that did not close and empty zones are all draws."""
    found = blockers(structure, ran)
    assert found.no_zone + found.not_closed + ran.deal.mean() == pytest.approx(1.0)
    assert all(found.involved[name] >= part for name, part in found.alone.items())
    for listed in found.sets:
        assert all(found.involved[name] >= listed.share for name in listed.constraints)
