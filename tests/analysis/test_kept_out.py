"""What blocks, and the deal that was there but for it."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from detente.analysis.blockers import blockers
from detente.analysis.kept_out import CAP, Blocked, kept_out, minimal_in
from detente.bargaining.blocking import constraint_names
from detente.ensemble.chunk import space_for
from detente.ensemble.run import run
from detente.ensemble.scouting import scout
from detente.ensemble.seating import seated
from detente.model.structure import Structure
from detente.sampling.draws import Plan
from detente.situation.load import Loaded
from detente.situation.quantities import Point, Quantity
from detente.situation.scenarios import Scenario, scenarios
from detente.situation.schema import Situation
from detente.testing.brute_force import Problem, gains, membership, zone

PLAN = Plan(800, 2)


@pytest.fixture(scope="module")
def wanted(every_term: Loaded) -> list[Scenario]:
    return scenarios(every_term.situation, None)


@pytest.fixture(scope="module")
def found(every_term: Loaded, wanted: list[Scenario]) -> tuple[Blocked, ...]:
    return kept_out(every_term.situation, wanted, PLAN)


def test_every_scenario_tells_what_its_run_tells(
    structure: Structure, wanted: list[Scenario], found: tuple[Blocked, ...]
) -> None:
    """Shares are those of the run, and each set's draws are those it is minimal in."""
    names = constraint_names(structure)
    for one, scenario, outcomes in zip(found, wanted, run(structure, wanted, PLAN), strict=True):
        assert (one.round, one.reading) == (scenario.round, scenario.reading)
        assert one.found == blockers(structure, outcomes)
        assert one.no_zone.p == one.found.no_zone
        for barrier, listed in zip(one.barriers, one.found.sets, strict=True):
            assert barrier.constraints == listed.constraints
            assert barrier.share.p == pytest.approx(listed.share)
            rows = minimal_in(outcomes, [names.index(name) for name in listed.constraints])
            assert (barrier.draws, barrier.looked_at) == (len(rows), min(len(rows), CAP))


def test_packages_are_counted_over_the_draws_in_which_the_set_is_minimal(
    structure: Structure, wanted: list[Scenario], found: tuple[Blocked, ...]
) -> None:
    """Exhaustive search over every package of every such draw finds the same packages."""
    problem, sets = _problem(structure, wanted[0])
    names = constraint_names(structure)
    checked = 0
    for barrier in found[0].barriers[:4]:
        numbers = frozenset(names.index(name) for name in barrier.constraints)
        mask = sum(1 << number for number in numbers)
        draws = np.nonzero((sets == mask).any(axis=1))[0].tolist()
        told = Counter(_nash(problem, draw, numbers) for draw in draws)
        assert barrier.nothing.p == pytest.approx(told.pop(-1, 0) / len(draws))
        assert barrier.kinds == len(told)
        for package in barrier.packages:
            assert package.share.p == pytest.approx(told[package.number] / len(draws))
            checked += 1
        shares = [package.share.p for package in barrier.packages]
        assert shares == sorted(shares, reverse=True)
    assert checked >= 4


def _problem(structure: Structure, scenario: Scenario) -> tuple[Problem, np.ndarray]:
    expects = scout(structure, scenario, seed=PLAN.seed)
    (outcomes,) = run(structure, [scenario], PLAN, scouts=[expects])
    table = seated(structure, scenario, expects, PLAN, 0, PLAN.draws)
    return Problem(space_for(structure).rules, table, structure.lines), outcomes.sets


def _nash(problem: Problem, draw: int, without: frozenset[int]) -> int:
    """The best package by hand; ties do not occur with continuous values."""
    member, table = membership(problem.rules), problem.table
    total = gains(problem, draw, member)
    links, lines = len(problem.rules.links), len(problem.lines)
    for index, line in enumerate(problem.lines):
        if links + index in without and line.party < problem.parties:
            total[:, line.party] += member[:, line.option] * table.line_cost[draw, index]
    inside, demand = zone(problem, draw, without), table.demand[draw].copy()
    for p in range(problem.principals):
        if links + lines + p in without:
            demand[p] = min(demand[p], 0.0)
            inside &= total[:, p] >= demand[p]
    own = slice(0, problem.principals)
    product = np.prod(np.maximum(total[:, own] - demand[own], 0.0) ** table.weight[draw], axis=1)
    return int(np.argmax(np.where(inside, product, -1.0))) if inside.any() else -1


def test_both_principals_prefer_what_is_kept_out_to_no_deal(found: tuple[Blocked, ...]) -> None:
    """Each gains: what it still demands, or nothing less than nought where that gave way."""
    told = [p for one in found for barrier in one.barriers for p in barrier.packages]
    assert told
    for package in told:
        assert all(surplus >= -1e-9 for surplus in package.surplus.values())
        assert set(package.surplus) < set(package.gain)
        assert package.changes


def test_chunks_do_not_matter(every_term: Loaded, wanted: list[Scenario]) -> None:
    some, plan = wanted[:2], Plan(300, 2)
    assert kept_out(every_term.situation, some, plan, chunk=77) == kept_out(
        every_term.situation, some, plan
    )


def test_where_there_is_always_a_zone_nothing_blocks(three_acts: Situation) -> None:
    """Nobody at the bridge waits for anything better, and tension hardens nobody."""
    nothing = Quantity(Point(0.0), "0")
    patch = {"outlook.east": nothing, "hardening.east": nothing}
    found = scenarios(three_acts, None, rounds=["spring"], readings=["calm"], patch=patch)
    (one,) = kept_out(three_acts, found, Plan(100, 1))
    assert (one.no_zone.p, one.empty, one.barriers) == (0.0, 0, ())


def test_progress_counts_draws_over_scenarios(every_term: Loaded, wanted: list[Scenario]) -> None:
    told: list[tuple[int, int]] = []
    kept_out(
        every_term.situation, wanted[:2], Plan(200, 1),
        progress=lambda done, of: told.append((done, of)),
    )  # fmt: skip
    assert told == sorted(told)
    assert told[-1] == (400, 400)
