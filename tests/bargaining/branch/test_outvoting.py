"""Branching over who is outvoted: the same package and tie as looking at every package."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from detente.bargaining.branch.bounds import TRIES, first_prices, improve
from detente.bargaining.branch.domain import ALWAYS, make_domain
from detente.bargaining.branch.outvoting import by_who_is_outvoted
from detente.bargaining.branch.search import BUDGET
from detente.bargaining.branch.task import NASH, NOTHING, Task, fill_task, make_room
from detente.bargaining.rows import (
    MUST_AGREE,
    TOLERANCE,
    bonus_links,
    line_arrays,
    link_masks,
    votes_of,
)
from detente.bargaining.space import make_space
from detente.model.structure import Quorum
from detente.testing.brute_force import Problem, nash_choice
from detente.testing.problems import random_problem


def _task(problem: Problem, draw: int) -> Task:
    """The draw as a search is given it, with some principal undecided."""
    table, principals = problem.table, problem.principals
    votes, needed = votes_of(problem.rules, problem.parties)
    demand, weight = table.demand[draw], table.weight[draw] / table.weight[draw].sum()
    domain = make_domain(problem.rules, make_space(problem.rules).barred)
    choices = len(domain.broken)
    agreeing = votes[:principals] == MUST_AGREE
    task = Task(
        np.empty((problem.parties, choices)), np.empty(choices, dtype=np.uint8),
        table.bonus[draw], demand,
        np.where(agreeing, demand[:principals] - TOLERANCE, -np.inf), votes, weight,
        np.empty(problem.parties), needed, int(link_masks(problem.rules, table)[draw]), NASH,
        True, True, 1.0,
    )  # fmt: skip
    fill_task(
        domain, table.gain[draw], bonus_links(problem.rules), table.absolute[draw],
        *line_arrays(problem.lines), np.empty(table.gain.shape[1:]), task,
    )  # fmt: skip
    return task


def _split(problem: Problem, draw: int, budget: int = BUDGET) -> tuple[int, int, float]:
    """The package, tie and gap found by splitting from the start."""
    task = _task(problem, draw)
    domain = make_domain(problem.rules, make_space(problem.rules).barred)
    room = make_room(problem.parties, len(task.bonus), len(domain.start) - 1, len(domain.broken))
    room.live[:] = task.allowed
    room.best[:] = NOTHING
    room.mask[0] = domain.forms[ALWAYS]
    first_prices(domain, task, room)
    top = improve(domain, task, room, 0, TRIES)
    return by_who_is_outvoted(domain, task, room, top, TOLERANCE, budget)


def _problem(seed: int) -> Problem:
    """Three to six principals of whom some may be outvoted, on a grid full of ties."""
    rng = np.random.default_rng(seed)
    principals = int(rng.integers(3, 7))
    problem = random_problem(
        seed, [int(n) for n in rng.integers(1, 5, rng.integers(2, 5))], principals=principals,
        consenters=int(rng.integers(0, 2)), links=int(rng.integers(0, 4)),
        lines=int(rng.integers(0, 5)), toughness=float(rng.choice([0.2, 0.5, 1.0])),
        with_status_quo=bool(rng.integers(2)),
    )  # fmt: skip
    votes = tuple(float(n) for n in rng.integers(0, 4, principals))
    veto = tuple(int(p) for p in np.flatnonzero(rng.random(principals - 1) < 0.2))
    share = float(rng.choice([0.3, 0.5, 0.65]))
    quorum = Quorum(votes, share * max(sum(votes), 1.0), veto)
    table = problem.table
    if seed % 2:
        coarse = (np.round(2 * column) / 2 for column in (table.gain, table.demand, table.bonus))
        gain, demand, bonus = coarse
        weight = np.ones_like(table.weight)
        table = replace(table, gain=gain, demand=demand, bonus=bonus, weight=weight)
    return replace(problem, table=table, rules=replace(problem.rules, quorum=quorum))


def test_splitting_finds_the_package_and_the_tie_of_brute_force() -> None:
    """1,000 random problems under a quorum, with consents, links, red lines and ties."""
    agreed = tied = 0
    for seed in range(1000):
        problem = _problem(seed)
        for draw in range(2):
            expected = nash_choice(problem, draw)
            assert _split(problem, draw) == (expected.package, expected.ties, 0.0), (seed, draw)
            agreed += expected.package >= 0
            tied += expected.ties > 1
    assert agreed > 500
    assert tied > 50


def test_a_search_given_up_says_how_much_better_a_package_could_be() -> None:
    """Without a budget the gap covers the true score; what is exact has no gap."""
    unresolved = 0
    for seed in range(60):
        problem = _problem(seed)
        whole, cut = _split(problem, 0), _split(problem, 0, budget=-1)
        unresolved += cut[2] > 0.0
        assert cut[2] > 0.0 or cut[:2] == whole[:2]
    assert unresolved > 20
