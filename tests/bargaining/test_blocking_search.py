"""Minimal blocking sets without enumeration: against brute force, enumeration, and themselves."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.bargaining.blocking import BlockingSets, blocking_sets
from detente.bargaining.blocking_kernel import MAX_SETS
from detente.bargaining.blocking_search import BUDGET, carrying, search_blocking_sets
from detente.bargaining.branch.solving import branch_and_bound
from detente.bargaining.branch.task import SUM
from detente.bargaining.layout import MOST_ENUMERATED
from detente.bargaining.solution import Question
from detente.bargaining.space import Rules, make_space
from detente.model.structure import Quorum
from detente.testing.brute_force import Problem, minimal_blocking_sets, zone
from detente.testing.problems import plain_table, random_problem

Sets = list[set[frozenset[int]]]


def _searched(problem: Problem, draws: list[int], budget: int = BUDGET) -> BlockingSets:
    found = BlockingSets(
        np.zeros((len(draws), MAX_SETS), dtype=np.int64),
        np.zeros(len(draws), dtype=np.int64),
        np.zeros(len(draws), dtype=np.bool_),
    )
    search_blocking_sets(
        make_space(problem.rules), problem.table, problem.lines,
        np.array(draws, dtype=np.int64), found.sets, found.count, found.cut, budget=budget,
    )  # fmt: skip
    return found


def _listed(found: BlockingSets) -> Sets:
    return [
        {frozenset(bit for bit in range(62) if mask >> bit & 1) for mask in row[:count].tolist()}
        for row, count in zip(found.sets, found.count, strict=True)
    ]


def _empty(problem: Problem) -> list[int]:
    """Draws without a zone, as branch and bound has it; it must be sure."""
    found = branch_and_bound(
        Question(make_space(problem.rules), problem.table, problem.lines), how=SUM
    )
    assert not np.isinf(found.gap).any()
    return np.flatnonzero(found.package < 0).tolist()


def _without(problem: Problem, gone: Collection[int]) -> Problem:
    """The problem with some constraints taken away, written into its table."""
    table, links, lines = problem.table, len(problem.rules.links), len(problem.lines)
    holds, absolute = table.holds.copy(), table.absolute.copy()
    gain, demand = table.gain.copy(), table.demand.copy()
    for bit in gone:
        if bit < links:
            holds[:, bit] = False
        elif bit < links + lines:
            line = problem.lines[bit - links]
            back = np.where(table.absolute[:, bit - links], 0.0, table.line_cost[:, bit - links])
            absolute[:, bit - links] = False
            if line.party < problem.parties:
                gain[:, line.party, line.option] += back
        else:
            demand[:, bit - links - lines] = -50.0
    return replace(
        problem, table=replace(table, holds=holds, absolute=absolute, gain=gain, demand=demand)
    )


@given(
    seed=st.integers(0, 2**32),
    sizes=st.lists(st.integers(1, 3), min_size=1, max_size=4),
    principals=st.integers(2, 4),
    consenters=st.integers(0, 2),
    links=st.integers(0, 3),
    lines=st.integers(0, 4),
    toughness=st.sampled_from([1.0, 1.5]),
    with_status_quo=st.booleans(),
    votes=st.none() | st.lists(st.integers(1, 3), min_size=4, max_size=4),
    needed=st.integers(1, 12),
    veto=st.sets(st.integers(0, 3), max_size=1),
)
def test_sets_equal_brute_force(
    seed: int, sizes: list[int], votes: list[int] | None, needed: int, veto: set[int],
    principals: int, **rules: Any,
) -> None:  # fmt: skip
    """All minimal sets of up to three, and no other, with a quorum and without."""
    problem = random_problem(seed, sizes, draws=3, principals=principals, **rules)
    if votes is not None:
        quorum = Quorum(
            tuple(float(vote) for vote in votes[:principals]), float(needed),
            tuple(p for p in veto if p < principals),
        )  # fmt: skip
        problem = replace(problem, rules=replace(problem.rules, quorum=quorum))
    without = [draw for draw in range(3) if not zone(problem, draw).any()]
    found = _searched(problem, without)
    assert not found.cut.any()
    assert _listed(found) == [minimal_blocking_sets(problem, draw) for draw in without]


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("rough", [0.0, 0.01])
def test_sets_equal_those_of_enumeration(seed: int, rough: float) -> None:
    """On 4,096 packages and 19 constraints, on a grid with its ties and off it."""
    problem = _tough(seed, 6, rough, links=5, lines=6)
    without = _empty(problem)
    assert len(without) >= 3
    looked_through = blocking_sets(
        make_space(problem.rules), problem.table, problem.lines, np.array(without)
    )
    found = _searched(problem, without)
    assert not found.cut.any()
    sure = ~looked_through.cut
    assert found.count[sure].sum() >= 3
    assert (found.sets[sure] == looked_through.sets[sure]).all()
    assert (found.count[sure] == looked_through.count[sure]).all()


def _tough(seed: int, issues: int, rough: float, *, links: int, lines: int) -> Problem:
    """Problems of three principals and three consenters, many without a zone."""
    problem = random_problem(
        seed,
        [4] * issues,
        principals=3,
        consenters=3,
        draws=20,
        toughness=0.35 * issues,
        links=links,
        lines=lines,
    )
    noise = np.random.default_rng(seed).uniform(-rough, rough, problem.table.gain.shape)
    noise[:, :, list(problem.rules.status_quo or ())] = 0.0
    return replace(problem, table=replace(problem.table, gain=problem.table.gain + noise))


@pytest.mark.parametrize("issues", [12, 15])
@pytest.mark.parametrize("quorum", [None, Quorum((1.0, 1.0, 2.0), 3.0)])
def test_sets_of_a_space_too_large_to_enumerate_open_it(issues: int, quorum: Quorum | None) -> None:
    """Every set of one or two that opens the zone holds one found, and every one found opens it.

    Asked of branch and bound on the problem with the constraints written out of it.
    """
    problem = _tough(issues, issues, 0.01, links=4, lines=4)
    problem = replace(problem, rules=replace(problem.rules, quorum=quorum))
    space = make_space(problem.rules)
    assert space.packages > MOST_ENUMERATED
    without = _empty(problem)[:4]
    assert len(without) == 4
    found = blocking_sets(space, problem.table, problem.lines, np.array(without))
    assert not found.cut.any()
    listed = _listed(found)
    assert sum(map(len, listed)) >= 4
    small = [
        *combinations(range(problem.constraints), 1),
        *combinations(range(problem.constraints), 2),
    ]
    large = {one for sets in listed for one in sets if len(one) == 3}
    checked = 0
    for gone in [*map(frozenset, small), *large]:
        closed = set(_empty(_without(problem, gone)))
        for draw, sets in zip(without, listed, strict=True):
            assert (draw not in closed) == any(one <= gone for one in sets)
            checked += 1
    assert checked >= 4 * len(small)


def test_a_question_that_is_not_settled_cuts_and_never_misleads() -> None:
    """With hardly a node to a question, what is found is still minimal, and the rest is owned."""
    cuts = 0
    for seed in range(6):
        problem = _tough(seed, 6, 0.0, links=5, lines=6)
        without = _empty(problem)
        exact, hasty = _searched(problem, without), _searched(problem, without, budget=1)
        for whole, part, cut in zip(_listed(exact), _listed(hasty), hasty.cut, strict=True):
            assert part <= whole
            assert cut or part == whole
        cuts += int(hasty.cut.sum())
    assert cuts > 0


def test_a_draw_that_is_not_blocked_gets_no_set_and_is_cut() -> None:
    """Where something passes as it is, as after a search given up, no set is told."""
    table = plain_table(np.ones((1, 2, 2)), np.zeros((1, 2)), np.ones((1, 2)))
    found = _searched(Problem(Rules((2,)), table), [0])
    assert (found.count.tolist(), found.cut.tolist()) == ([0], [True])


def test_more_voters_than_are_looked_through_cut_every_draw() -> None:
    """Twenty-one voters: nothing is found, and the draw says that sets are missing."""
    voters = 21
    rules = Rules((2,), quorum=Quorum((1.0,) * voters, 11.0))
    table = plain_table(np.zeros((1, voters, 2)), np.ones((1, voters)), np.ones((1, voters)))
    found = blocking_sets(make_space(rules), table, (), np.array([0]))
    assert found.cut.tolist() == [True]
    assert found.count.tolist() == [0]


@given(
    votes=st.lists(st.integers(1, 4), min_size=1, max_size=6),
    needed=st.integers(1, 16),
    veto=st.sets(st.integers(0, 5)),
)
def test_coalitions_are_the_smallest_that_carry(
    votes: list[int], needed: int, veto: set[int]
) -> None:
    """Those that have the votes and every veto holder, less any that holds another."""
    who = range(len(votes))
    veto &= set(who)
    rules = Rules((2,), quorum=Quorum(tuple(map(float, votes)), float(needed), tuple(veto)))
    carry = [
        set(some)
        for size in range(len(votes) + 1)
        for some in combinations(who, size)
        if sum(votes[p] for p in some) >= needed and veto <= set(some)
    ]
    smallest = [some for some in carry if not any(other < some for other in carry)]
    found = carrying(rules, len(votes))
    assert found is not None
    assert found.tolist() == sorted(sum(1 << p for p in some) for some in smallest)
