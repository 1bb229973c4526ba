"""Minimal blocking sets: against brute force, and by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.bargaining.blocking import MAX_SETS, blocking_sets, constraint_names
from detente.bargaining.solve import solve
from detente.bargaining.space import Rules, make_space
from detente.errors import UsageError
from detente.model.structure import LinePlace, structure_of
from detente.model.table import Table
from detente.situation.load import Loaded
from detente.testing.brute_force import Problem, minimal_blocking_sets
from detente.testing.problems import plain_table, random_problem


def _sets(problem: Problem, draws: list[int]) -> list[set[frozenset[int]]]:
    found = blocking_sets(
        make_space(problem.rules), problem.table, problem.lines, np.array(draws, dtype=np.int64)
    )
    assert not found.cut.any()
    listed = [found.sets[i, : found.count[i]].tolist() for i in range(len(draws))]
    for masks in listed:
        assert masks == sorted(masks, key=lambda mask: (mask.bit_count(), mask))
    return [
        {frozenset(bit for bit in range(62) if mask >> bit & 1) for mask in masks}
        for masks in listed
    ]


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
def test_sets_equal_brute_force(seed: int, sizes: list[int], **rules: Any) -> None:
    """All minimal sets of up to three constraints are found, and no other, smallest first."""
    problem = random_problem(seed, sizes, draws=3, **rules)
    space = make_space(problem.rules)
    without = np.nonzero(solve(space, problem.table, problem.lines).package < 0)[0].tolist()
    expected = [minimal_blocking_sets(problem, draw) for draw in without]
    assert frozenset() not in set().union(*expected)
    assert _sets(problem, without) == expected


def _one(gain: list[list[float]], demand: list[float]) -> Table:
    wide = np.array([gain])
    return plain_table(wide, np.array([demand]), np.ones((1, wide.shape[1])))


def test_two_reservations_that_exclude_each_other_each_block_alone() -> None:
    """A pie of ten, both wanting six: taking either demand away opens the zone."""
    table = _one([[0.0, 4.0, 6.0, 10.0], [10.0, 6.0, 4.0, 0.0]], [6.0, 6.0])
    assert _sets(Problem(Rules((4,)), table), [0]) == [{frozenset({0}), frozenset({1})}]


def test_a_red_line_taken_away_may_spare_the_reservation() -> None:
    """The owner lacks 0.2 only because its line costs 0.3: line or reservation, not both."""
    line = LinePlace("line", 0, 1)
    table = _one([[0.0, 0.5 - 0.3], [0.0, 1.0]], [0.4, 0.5])
    costs = Table(
        table.gain, table.demand, table.weight, table.misreading,
        np.array([[0.3]]), np.array([[False]]), table.holds, table.bonus,
    )  # fmt: skip
    problem = Problem(Rules((2,), status_quo=(0,)), costs, (line,))
    assert _sets(problem, [0]) == [{frozenset({0}), frozenset({1})}]


def test_an_absolute_line_blocks_whatever_its_owner_gains() -> None:
    """Only the line stands in the way: it is the one minimal set."""
    line = LinePlace("line", 0, 1)
    table = _one([[0.0, 5.0], [0.0, 5.0]], [1.0, 1.0])
    hard = Table(
        table.gain, table.demand, table.weight, table.misreading,
        np.array([[0.0]]), np.array([[True]]), table.holds, table.bonus,
    )  # fmt: skip
    problem = Problem(Rules((2,), status_quo=(0,)), hard, (line,))
    assert solve(make_space(problem.rules), hard, problem.lines).package.tolist() == [-1]
    assert _sets(problem, [0]) == [{frozenset({0})}]


def test_where_more_than_three_must_go_none_is_reported() -> None:
    """Four principals who all want more than there is: no set of three opens the zone."""
    table = _one([[0.0, 1.0]] * 4, [2.0] * 4)
    assert _sets(Problem(Rules((2,)), table), [0]) == [set()]


def test_more_sets_than_are_kept_is_said() -> None:
    """Ten priced lines of which any three must go make 120 sets: ``cut`` is true."""
    sizes = (1,) * 10
    lines = tuple(LinePlace(f"line-{i}", 0, i) for i in range(10))
    gain = np.zeros((1, 2, 10))
    gain[0, 0, :] = -0.125
    table = Table(
        gain, np.array([[-0.9, -1.0]]), np.ones((1, 2)), np.zeros((1, 2)),
        np.full((1, 10), 0.125), np.zeros((1, 10), dtype=np.bool_),
        np.zeros((1, 0), dtype=np.bool_), np.zeros((1, 0, 2)),
    )  # fmt: skip
    problem = Problem(Rules(sizes), table, lines)
    assert len(minimal_blocking_sets(problem, 0)) == 121
    found = blocking_sets(make_space(problem.rules), table, lines, np.array([0]))
    assert found.count[0] == MAX_SETS
    assert found.cut[0]


def test_more_constraints_than_a_bit_mask_holds_are_refused() -> None:
    """61 lines and two parties do not fit, and the message says what does."""
    lines = tuple(LinePlace(f"line-{i}", 0, 0) for i in range(61))
    table = _one([[0.0, 0.0], [0.0, 0.0]], [1.0, 1.0])
    with pytest.raises(UsageError, match=r"63 links, red lines and parties; at most 62"):
        blocking_sets(make_space(Rules((2,))), table, lines, np.array([0]))


def test_constraints_have_addresses_for_names(every_term: Loaded) -> None:
    """Links, red lines, reservations of principals, consents: in the order of their bits."""
    assert constraint_names(structure_of(every_term.situation)) == (
        "links.tariffs-first",
        "links.no-both",
        "links.better-together",
        "red_lines.north.tariffs.gone",
        "red_lines.south.strait.shared",
        "red_lines.isle.strait.shared",
        "red_lines.hawks.fish.quota",
        "reservation.north",
        "reservation.south",
        "consent.isle",
    )
