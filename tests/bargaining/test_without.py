"""The deal that was there but for a blocking set: against exhaustive search, and by hand."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.arrays import Bools, Floats
from detente.bargaining.rows import TOLERANCE
from detente.bargaining.solve import solve
from detente.bargaining.space import Rules, make_space
from detente.bargaining.without import deals_without, joined_draws, lifted, some_draws
from detente.model.structure import LinePlace, LinkPlace
from detente.model.table import Table
from detente.testing.brute_force import (
    Problem,
    gains,
    membership,
    minimal_blocking_sets,
    nash_choice,
    zone,
)
from detente.testing.problems import plain_table, random_problem


def preferred(problem: Problem, draw: int, without: frozenset[int]) -> tuple[Bools, Floats]:
    """Packages in the zone without a set that no principal likes less than no deal, and gains.

    Written from the definition: red lines in the set are refunded, and a principal whose
    reservation is in it must still gain at least min(demand, 0).
    """
    member = membership(problem.rules)
    total = gains(problem, draw, member)
    links, lines = len(problem.rules.links), len(problem.lines)
    for index, line in enumerate(problem.lines):
        if links + index in without and line.party < problem.parties:
            total[:, line.party] += member[:, line.option] * problem.table.line_cost[draw, index]
    inside = zone(problem, draw, without)
    for p in range(problem.principals):
        if links + lines + p in without:
            inside &= total[:, p] >= min(problem.table.demand[draw, p], 0.0) - TOLERANCE
    return inside, total


def choice(problem: Problem, draw: int, without: frozenset[int]) -> int:
    """The package with the largest weighted product of surpluses over what is still demanded."""
    inside, total = preferred(problem, draw, without)
    if not inside.any():
        return -1
    first = len(problem.rules.links) + len(problem.lines)
    demand = problem.table.demand[draw, : problem.principals].copy()
    for p in range(problem.principals):
        if first + p in without:
            demand[p] = min(demand[p], 0.0)
    weight = problem.table.weight[draw] / problem.table.weight[draw].sum()
    surplus = np.maximum(total[:, : problem.principals] - demand, TOLERANCE)
    score = np.where(inside, np.log(surplus) @ weight, -np.inf)
    tied = np.nonzero(score >= score.max() - TOLERANCE)[0]
    quo = problem.rules.status_quo
    kept = membership(problem.rules)[:, list(quo or ())].sum(axis=1)
    return int(min(tied, key=lambda package: (-kept[package], package)))


@given(
    seed=st.integers(0, 2**32),
    sizes=st.lists(st.integers(1, 3), min_size=1, max_size=4),
    principals=st.integers(2, 3),
    consenters=st.integers(0, 2),
    links=st.integers(0, 3),
    lines=st.integers(0, 4),
    toughness=st.sampled_from([1.0, 1.5]),
    with_status_quo=st.booleans(),
)
def test_the_deal_kept_out_is_in_the_zone_without_the_set_and_not_with_it(
    seed: int, sizes: list[int], **rules: Any
) -> None:
    """For every minimal set of every draw; and it is the exhaustive Nash choice there."""
    problem = random_problem(seed, sizes, draws=3, **rules)
    space = make_space(problem.rules)
    shut = np.nonzero(solve(space, problem.table, problem.lines).package < 0)[0].tolist()
    for draw in shut:
        one = some_draws(problem.table, np.array([draw]))
        for without in minimal_blocking_sets(problem, draw):
            found = deals_without(space, one, problem.lines, without)
            package = int(found.package[0])
            inside, total = preferred(problem, draw, without)
            assert package == choice(problem, draw, without)
            assert found.zone[0] == inside.sum()
            if package >= 0:
                assert zone(problem, draw, without)[package]
                assert not zone(problem, draw)[package]
                assert found.gain[0] == pytest.approx(total[package])


@given(
    seed=st.integers(0, 2**32),
    sizes=st.lists(st.integers(1, 3), min_size=1, max_size=4),
    consenters=st.integers(0, 2),
    links=st.integers(0, 2),
    lines=st.integers(0, 3),
)
def test_without_nothing_it_is_the_deal_itself(seed: int, sizes: list[int], **rules: Any) -> None:
    problem = random_problem(seed, sizes, draws=3, **rules)
    found = deals_without(make_space(problem.rules), problem.table, problem.lines, ())
    expected = [nash_choice(problem, draw) for draw in range(3)]
    assert found.package.tolist() == [one.package for one in expected]
    assert found.zone.tolist() == [one.zone for one in expected]


def _pie(demand: list[float]) -> Table:
    """Two sides, two options beside the status quo: the first brings one side a loss."""
    gain = np.array([[[0.0, -0.1, 0.2], [0.0, 0.9, 0.3]]])
    return plain_table(gain, np.array([demand]), np.ones((1, 2)))


def test_a_principal_whose_reservation_gives_way_still_takes_no_loss() -> None:
    """It wants 0.5 and gets 0.2; a package that brings it less than nothing is no deal."""
    space = make_space(Rules((3,), status_quo=(0,)))
    assert deals_without(space, _pie([0.5, 0.1]), (), [0]).package.tolist() == [2]
    # the other side wants 0.5 as well: only the package that costs the first is left
    assert deals_without(space, _pie([0.5, 0.5]), (), [0]).package.tolist() == [-1]


def test_one_that_would_pay_for_a_deal_goes_on_paying() -> None:
    """A demand below zero is not raised to zero: time works against that side."""
    space = make_space(Rules((3,), status_quo=(0,)))
    assert deals_without(space, _pie([-0.2, 0.5]), (), [0]).package.tolist() == [1]


def test_links_lines_and_consent_give_way_one_by_one() -> None:
    """Three packages, each kept out by one constraint; none of the arrays given is changed."""
    rules = Rules(
        (4,), (LinkPlace("link", "excludes", (1,), (1,), False, ()),), ((3,),), status_quo=(0,)
    )
    gain = np.array([[[0, 1, 1, 1], [0, 1, 1, 1], [0, 0, 0, -1]]], dtype=np.float64)
    table = replace(
        plain_table(gain, np.array([[0.5, 0.5, 0.0]]), np.ones((1, 2))),
        line_cost=np.zeros((1, 1)), absolute=np.array([[True]]), holds=np.array([[True]]),
        bonus=np.zeros((1, 1, 3)),
    )  # fmt: skip
    lines = (LinePlace("line", 0, 2),)
    space = make_space(rules)
    before = {one.name: getattr(table, one.name).copy() for one in fields(Table)}
    assert solve(space, table, lines).package.tolist() == [-1]
    assert [int(deals_without(space, table, lines, [c]).package[0]) for c in (0, 1, 4)] == [1, 2, 3]
    assert all(np.array_equal(before[name], getattr(table, name)) for name in before)


def test_who_is_not_asked_keeps_its_own_absolute_lines() -> None:
    """Consent that gives way does not lift the consenter's red line."""
    rules = Rules((2,), consent_to=((1,),), status_quo=(0,))
    gain = np.array([[[0, 1], [0, 1], [0, -1]]], dtype=np.float64)
    table = replace(
        plain_table(gain, np.array([[0.5, 0.5, 0.0]]), np.ones((1, 2))),
        line_cost=np.zeros((1, 1)), absolute=np.array([[True]]),
    )  # fmt: skip
    lines = (LinePlace("line", 2, 1),)
    space = make_space(rules)
    assert deals_without(space, table, lines, [3]).package.tolist() == [-1]
    assert deals_without(space, table, lines, [0, 3]).package.tolist() == [1]


def test_a_cost_is_given_back_to_its_owner_alone() -> None:
    table = replace(_pie([0.5, 0.1]), line_cost=np.array([[0.4]]), absolute=np.array([[False]]))
    after = lifted(table, (LinePlace("line", 0, 2),), [0])
    assert after.gain[0].tolist() == [[0.0, -0.1, pytest.approx(0.6)], [0.0, 0.9, 0.3]]
    assert after.line_cost.tolist() == [[0.0]]


def test_draws_are_taken_out_and_put_together_again() -> None:
    table = random_problem(3, [2, 3], lines=2, links=1, draws=5).table
    parts = [some_draws(table, np.array(rows)) for rows in ([0, 1, 2], [3, 4])]
    again = joined_draws(parts)
    assert all(
        np.array_equal(getattr(again, one.name), getattr(table, one.name)) for one in fields(Table)
    )
