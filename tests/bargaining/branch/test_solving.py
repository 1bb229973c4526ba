"""Branch and bound: the same package as brute force and as enumeration, whatever the space."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.bargaining.branch.domain import MOST_CHOICES, grouped
from detente.bargaining.branch.solving import branch_and_bound
from detente.bargaining.branch.task import NASH
from detente.bargaining.protocols import PROTOCOLS
from detente.bargaining.solution import Question, Solution
from detente.bargaining.solve import solve
from detente.bargaining.space import Rules, make_space
from detente.model.structure import LinkPlace
from detente.testing.brute_force import Problem, nash_choice, scored_choice
from detente.testing.problems import plain_table, random_problem

BRANCHING = [name for name, one in PROTOCOLS.items() if one.branch is not None]


def _by(problem: Problem, name: str, method: str) -> Solution:
    space = make_space(problem.rules)
    return solve(space, problem.table, problem.lines, f"{name}:{method}")


def _random(seed: int) -> Problem:
    """Any shape of space: ragged options, consents, links, red lines, many ties."""
    rng = np.random.default_rng(seed)
    sizes = [int(n) for n in rng.integers(1, 5, rng.integers(1, 5))]
    return random_problem(
        seed,
        sizes,
        principals=int(rng.integers(2, 5)),
        consenters=int(rng.integers(0, 3)),
        links=int(rng.integers(0, 5)),
        lines=int(rng.integers(0, 5)),
        toughness=float(rng.choice([0.2, 0.5, 1.0])),
        with_status_quo=bool(rng.integers(2)),
    )


def test_both_methods_choose_the_package_of_brute_force_in_ten_thousand_spaces() -> None:
    """2,500 spaces of four draws each, on a grid where ties abound: package and tie alike."""
    some = 0
    for seed in range(2500):
        problem = _random(seed)
        found = [_by(problem, "nash", method) for method in ("branch", "enumerate")]
        for draw in range(4):
            expected = nash_choice(problem, draw)
            some += expected.package >= 0
            for one in found:
                assert (one.package[draw], one.ties[draw]) == (expected.package, expected.ties)
                assert one.gap[draw] == 0.0
    assert some > 1000


@pytest.mark.parametrize("name", BRANCHING)
@given(seed=st.integers(0, 2**32))
def test_every_protocol_that_branches_agrees_with_brute_force(name: str, seed: int) -> None:
    """Package and size of the tie, for any space."""
    problem = _random(seed)
    found = _by(problem, name, "branch")
    for draw in range(4):
        expected = (
            nash_choice(problem, draw) if name == "nash" else scored_choice(problem, draw, name)
        )
        assert (found.package[draw], found.ties[draw]) == (expected.package, expected.ties)


@pytest.mark.parametrize("name", BRANCHING)
@pytest.mark.parametrize("links", [0, 12])
def test_methods_agree_on_spaces_too_large_for_brute_force(name: str, links: int) -> None:
    """4^8 packages with links between many issues: the same package and tie by both methods."""
    problem = random_problem(
        7, (4,) * 8, principals=3, consenters=2, links=links, lines=5, draws=20, toughness=1.0
    )
    branched, enumerated = _by(problem, name, "branch"), _by(problem, name, "enumerate")
    assert (enumerated.package >= 0).sum() >= 5
    assert branched.package.tolist() == enumerated.package.tolist()
    assert branched.ties.tolist() == enumerated.ties.tolist()
    assert not branched.gap.any()


def test_links_too_many_for_one_group_stay_between_groups() -> None:
    """A chain through ten issues of four options is cut into groups of at most 1024 choices."""
    links = tuple(
        LinkPlace(f"l{i}", "requires", (4 * i + 1,), (4 * i + 6, 4 * i + 7), False, ())
        for i in range(9)
    )
    groups = grouped(Rules((4,) * 10, links))
    assert sorted(issue for group in groups for issue in group) == list(range(10))
    assert max(4 ** len(group) for group in groups) == MOST_CHOICES
    assert len(groups) > 1


def _big(issues: int, options: int, parties: int, draws: int, demand: float) -> Problem:
    rng = np.random.default_rng(3)
    gain = rng.random((draws, parties, issues, options)) / issues
    gain -= gain[:, :, :, :1]
    table = plain_table(
        gain.reshape(draws, parties, -1),
        np.full((draws, parties), demand),
        np.ones((draws, parties)),
    )
    quo = tuple(range(0, issues * options, options))
    return Problem(Rules((options,) * issues, status_quo=quo), table)


def test_a_trillion_packages_are_solved_and_nothing_better_lies_nearby() -> None:
    """4^20: no change of one or two options improves the package by the protocol's own score."""
    problem = _big(20, 4, 2, 8, 0.05)
    found = _by(problem, "nash", "auto")
    assert (found.package >= 0).all()
    assert not found.gap.any()
    space = make_space(problem.rules)
    for draw, held in enumerate(space.positions_of(found.package)):
        gain = problem.table.gain[draw]
        surplus = gain[:, held].sum(axis=1) - problem.table.demand[draw]
        best = np.log(surplus).sum()
        change = np.concatenate(
            [gain[:, 4 * k : 4 * k + 4] - gain[:, [held[k]]] for k in range(20)], axis=1
        )
        pairs = surplus[:, None, None] + change[:, :, None] + change[:, None, :]
        issue = np.repeat(np.arange(20), 4)
        allowed = (issue[:, None] != issue[None, :]) & (pairs > 0).all(axis=0)
        score = np.where(allowed, np.log(np.maximum(pairs, 1e-9)).sum(axis=0), -np.inf)
        assert score.max() <= best + 1e-9


def test_a_draw_given_up_says_so_and_how_far_it_may_be_off() -> None:
    """Ten consents, 4^18 packages, a budget of ten nodes: unresolved, and the gap covers the best.

    So many sums differ that merging cannot help. What is solved all the same is right.
    """
    rng = np.random.default_rng(5)
    parties, issues, draws = 12, 18, 6
    gain = rng.normal(size=(draws, parties, 4 * issues))
    consents = tuple(tuple(range(4 * issues)) for _ in range(parties - 2))
    table = plain_table(gain, np.full((draws, parties), 1.5), np.ones((draws, 2)))
    question = Question(make_space(Rules((4,) * issues, consent_to=consents)), table, ())
    exact = branch_and_bound(question, how=NASH)
    few = branch_and_bound(question, how=NASH, budget=10)
    given_up = few.gap > 0.0
    assert given_up.sum() >= 3
    assert (few.package[~given_up] == exact.package[~given_up]).all()
    for draw in np.nonzero(given_up)[0]:
        if few.package[draw] < 0:
            assert few.gap[draw] == np.inf
        elif exact.gap[draw] == 0.0:
            scores = [np.log(one.gain[draw, :2] - 1.5).mean() for one in (few, exact)]
            assert scores[0] <= scores[1] <= scores[0] + few.gap[draw] + 1e-9


def test_a_draw_given_up_names_the_best_package_met() -> None:
    """Nine consents, a budget of one node: where the gap is finite there is a package that passes."""
    rng = np.random.default_rng(5)
    parties, issues, draws = 11, 16, 20
    gain = rng.normal(size=(draws, parties, 4 * issues))
    consents = tuple(tuple(range(4 * issues)) for _ in range(parties - 2))
    table = plain_table(gain, np.full((draws, parties), 1.0), np.ones((draws, 2)))
    question = Question(make_space(Rules((4,) * issues, consent_to=consents)), table, ())
    few = branch_and_bound(question, how=NASH, budget=1)
    given_up, named = few.gap > 0.0, few.package >= 0
    assert (np.isfinite(few.gap) == named)[given_up].all()
    assert (given_up & named).sum() >= 2
    assert (few.gain[named] >= 1.0 - 1e-9).all()


def test_scaling_a_principals_stakes_does_not_move_the_nash_package() -> None:
    """Gains and demands of one principal times seven: the same packages."""
    problem = _big(12, 4, 3, 20, 0.02)
    table = problem.table
    gain, demand = table.gain.copy(), table.demand.copy()
    gain[:, 1] *= 7.0
    demand[:, 1] *= 7.0
    scaled = Problem(problem.rules, plain_table(gain, demand, table.weight))
    first, second = (_by(one, "nash", "branch") for one in (problem, scaled))
    assert first.package.tolist() == second.package.tolist()


def test_many_principals_and_large_spaces() -> None:
    """13 issues of five options among 15 principals: solved, and everybody gets its demand."""
    problem = _big(13, 5, 15, 5, -0.1)
    found = _by(problem, "nash", "auto")
    assert (found.package >= 0).all()
    assert not found.gap.any()
    assert (found.gain >= problem.table.demand - 1e-9).all()


@pytest.mark.parametrize("name", BRANCHING)
def test_ties_everywhere_are_counted_without_being_listed(name: str) -> None:
    """Quarter points at 4^9: no draw unresolved, package and tie as by enumeration."""
    rng = np.random.default_rng(2)
    gain = rng.integers(0, 5, (20, 2, 9, 4)) / 4.0
    gain = (gain - gain[:, :, :, :1]).reshape(20, 2, 36)
    table = plain_table(gain, np.full((20, 2), 1.0), np.ones((20, 2)))
    problem = Problem(Rules((4,) * 9, status_quo=tuple(range(0, 36, 4))), table)
    branched, enumerated = _by(problem, name, "branch"), _by(problem, name, "enumerate")
    assert branched.ties.max() > 5
    assert branched.package.tolist() == enumerated.package.tolist()
    assert branched.ties.tolist() == enumerated.ties.tolist()
    assert not branched.gap.any()


def test_relabelling_issues_moves_the_package_with_them() -> None:
    """The issues in reverse order: the same options are chosen."""
    problem = _big(11, 4, 2, 10, 0.03)
    table: Any = problem.table
    reverse = np.arange(44).reshape(11, 4)[::-1].ravel()
    other = Problem(
        problem.rules, plain_table(table.gain[:, :, reverse], table.demand, table.weight)
    )
    first, second = (_by(one, "nash", "branch") for one in (problem, other))
    space = make_space(problem.rules)
    assert (space.options_of(first.package) == space.options_of(second.package)[:, ::-1]).all()
