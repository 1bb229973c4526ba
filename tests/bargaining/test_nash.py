"""The asymmetric Nash solution: known answers, brute force, and its axioms."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.arrays import Ints
from detente.bargaining.rows import TOLERANCE
from detente.bargaining.solve import solve
from detente.bargaining.space import Rules, make_space
from detente.testing.brute_force import Problem, gains, membership, nash_choice, zone
from detente.testing.problems import plain_table, random_problem

Published = Callable[[dict[str, Any]], Problem]
SIZES = st.lists(st.integers(1, 4), min_size=1, max_size=4)
SEEDS = st.integers(0, 2**32)

# The base game of the scorable negotiations of Abdelnabi, Gomaa, Sivaprasad, Schoenherr and
# Fritz (2024), "Cooperation, competition, and maliciousness: LLM-stakeholders interactive
# negotiation", after the teaching games of Susskind (1985), "Scorable games: a better way to
# teach negotiation?", Negotiation Journal 1. Party: least score, then scores by issue.
SCORABLE: dict[str, tuple[int, list[list[int]]]] = {
    "mayor": (30, [[14, 8, 0], [12, 8, 0], [24, 18, 12, 0], [40, 30, 23, 0], [0, 2, 4, 7, 10]]),
    "cities": (31, [[0, 4, 10], [0, 0, 0], [12, 8, 6, 0], [0, 8, 13, 18], [60, 45, 30, 15, 0]]),
    "union": (50, [[15, 20, 0], [0, 0, 0], [42, 35, 25, 0], [30, 20, 10, 0], [2, 4, 6, 8, 0]]),
    "company": (55, [[14, 8, 0], [11, 7, 0], [0, 5, 10, 17], [35, 29, 20, 0], [0, 5, 10, 15, 23]]),
    "tourism": (65, [[0, 11, 5], [0, 20, 25], [0, 2, 4, 9], [10, 26, 40, 0], [4, 8, 15, 12, 0]]),
    "league": (55, [[0, 22, 45], [0, 25, 55], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0, 0]]),
}
SOLE_BLOCKERS = {
    "mayor": 0, "cities": 8, "union": 15, "company": 56, "tourism": 22, "league": 20,
}  # fmt: skip


def scorable() -> Problem:
    """The scorable game as one draw; six principals of equal weight."""
    gain = np.array(
        [[[score for row in rows for score in row] for _, rows in SCORABLE.values()]],
        dtype=np.float64,
    )
    demand = np.array([[least for least, _ in SCORABLE.values()]], dtype=np.float64)
    return Problem(Rules((3, 3, 4, 4, 5)), plain_table(gain, demand, np.ones((1, 6))))


def test_scorable_game_has_twelve_unanimous_deals_and_its_known_nash_deal() -> None:
    """12 of 720 deals suit all six; the Nash deal is A2, B3, C3, D2, E3."""
    problem = scorable()
    space = make_space(problem.rules)
    found = solve(space, problem.table)
    assert space.packages == 720
    assert found.zone.tolist() == [12]
    assert space.options_of(found.package).tolist() == [[1, 2, 2, 1, 2]]
    surplus = found.gain[0] - problem.table.demand[0]
    assert math.prod(surplus) == pytest.approx(6031872.0)


@pytest.mark.parametrize(("party", "expected"), SOLE_BLOCKERS.items())
def test_scorable_game_without_one_party_gains_the_deals_it_alone_blocks(
    party: str, expected: int
) -> None:
    """Taking one party's least score away adds exactly the deals that it alone blocks."""
    problem = scorable()
    problem.table.demand[0, list(SCORABLE).index(party)] = -1.0
    found = solve(make_space(problem.rules), problem.table)
    assert int(found.zone[0]) == 12 + expected


def test_scorable_game_agrees_with_its_published_table(shared: Path) -> None:
    """The table retyped here is the one in the verification file, and so are the answers."""
    game = json.loads((shared / "scorable_game_base.json").read_text(encoding="utf-8"))["base"]
    assert [(a["min"], a["scores"]) for a in game["agents"]] == list(SCORABLE.values())
    expected = game["expected"]
    assert list(expected["blocked_only_by"].values()) == list(SOLE_BLOCKERS.values())
    assert expected["nash_deals"] == ["A2,B3,C3,D2,E3"]


def _scenarios() -> list[str]:
    path = Path(__file__).parents[3] / "shared" / "verification" / "bargaining_scenarios.json"
    return list(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else ["absent"]


@pytest.mark.parametrize("name", _scenarios())
def test_published_scenarios_have_their_known_nash_point(
    name: str, shared: Path, published: Published
) -> None:
    """The Nash point with the disagreement point at the reservation value."""
    text = (shared / "bargaining_scenarios.json").read_text(encoding="utf-8")
    case: dict[str, Any] = json.loads(text)[name]
    problem = published(case)
    space = make_space(problem.rules)
    found = solve(space, problem.table)
    assert space.packages == case["n_outcomes"]
    expected = case["expected"]
    assert found.gain[0] == pytest.approx(expected["nash_utils"], abs=1e-6)
    surplus = found.gain[0] - problem.table.demand[0]
    assert math.prod(surplus) == pytest.approx(expected["nash_product"])


@given(
    seed=SEEDS,
    sizes=SIZES,
    principals=st.integers(2, 4),
    consenters=st.integers(0, 2),
    links=st.integers(0, 4),
    lines=st.integers(0, 4),
    toughness=st.sampled_from([0.2, 0.5, 1.0]),
    with_status_quo=st.booleans(),
)
def test_kernel_agrees_with_brute_force(seed: int, sizes: list[int], **rules: Any) -> None:
    """Zone, chosen package by the tie rule, ties and gains equal the slow way's, draw by draw."""
    problem = random_problem(seed, sizes, **rules)
    found = solve(make_space(problem.rules), problem.table, problem.lines)
    for draw in range(len(found.package)):
        expected = nash_choice(problem, draw)
        assert found.zone[draw] == expected.zone
        assert found.package[draw] == expected.package
        assert found.ties[draw] == expected.ties
        assert np.isnan(found.gain[draw]).all() == (expected.package < 0)


def test_ties_go_to_the_fewest_changes_before_the_lowest_number() -> None:
    """Two packages score alike: the one that changes one issue wins, though its number is higher."""
    row = [0.0, 1.0, 0.0, 0.0]  # the first issue's second option is all that anybody wants
    table = plain_table(np.array([[row, row]]), np.ones((1, 2)), np.ones((1, 2)))
    found = solve(make_space(Rules((2, 2), status_quo=(0, 3))), table)
    assert (found.zone[0], found.ties[0], found.package[0]) == (2, 2, 3)


def test_ties_with_as_many_changes_go_to_the_lowest_number() -> None:
    """Seven packages nobody minds: the last issue alone is changed."""
    table = plain_table(np.zeros((1, 2, 6)), -np.ones((1, 2)), np.ones((1, 2)))
    found = solve(make_space(Rules((2, 2, 2), status_quo=(0, 2, 4))), table)
    assert (found.ties[0], found.package[0]) == (7, 1)


def _continuous(seed: int, sizes: tuple[int, ...], parties: int, draws: int = 6) -> Problem:
    rng = np.random.default_rng(seed)
    gain = rng.normal(size=(draws, parties, sum(sizes)))
    demand = rng.uniform(-0.5, 1.0, (draws, parties))
    return Problem(Rules(sizes), plain_table(gain, demand, rng.uniform(0.2, 1, (draws, parties))))


def _held(problem: Problem, numbers: Ints) -> list[set[int]]:
    member = membership(problem.rules)
    return [set(np.nonzero(member[n])[0].tolist()) if n >= 0 else set() for n in numbers]


@given(seed=SEEDS, order=st.permutations(range(4)), actors=st.permutations(range(3)))
def test_relabelling_issues_and_actors_changes_nothing(
    seed: int, order: list[int], actors: list[int]
) -> None:
    """The same options are chosen however issues and actors are ordered."""
    sizes = (3, 2, 4, 2)
    problem = _continuous(seed, sizes, 3)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    columns = np.concatenate([np.arange(sizes[i]) + starts[i] for i in order])
    table = problem.table
    other = Problem(
        Rules(tuple(sizes[i] for i in order)),
        plain_table(
            np.ascontiguousarray(table.gain[:, actors][:, :, columns]),
            table.demand[:, actors],
            table.weight[:, actors],
        ),
    )
    first = solve(make_space(problem.rules), table)
    second = solve(make_space(other.rules), other.table)
    assert (first.zone == second.zone).all()
    back = [{int(columns[o]) for o in held} for held in _held(other, second.package)]
    assert _held(problem, first.package) == back


@given(seed=SEEDS)
def test_a_dominated_package_is_never_chosen(seed: int) -> None:
    """No package of the zone gives every principal at least as much and one of them more."""
    problem = random_problem(seed, (3, 3, 2), principals=3, links=2, toughness=0.2)
    found = solve(make_space(problem.rules), problem.table, problem.lines)
    for draw in np.nonzero(found.package >= 0)[0]:
        member = membership(problem.rules)
        surplus = gains(problem, int(draw), member) - problem.table.demand[draw]
        own = surplus[found.package[draw]]
        if (own > TOLERANCE).all():
            better = (surplus >= own).all(axis=1) & (surplus > own + TOLERANCE).any(axis=1)
            assert not (better & zone(problem, int(draw))).any()


@given(seed=SEEDS, factors=st.lists(st.floats(0.1, 10.0), min_size=3, max_size=3))
def test_scaling_a_partys_utility_does_not_move_the_nash_point(
    seed: int, factors: list[float]
) -> None:
    """Nash's axiom of invariance: gains and demands times a positive number, same package."""
    problem = _continuous(seed, (3, 4, 3), 3)
    table = problem.table
    scale = np.array(factors)
    scaled = plain_table(table.gain * scale[None, :, None], table.demand * scale, table.weight)
    space = make_space(problem.rules)
    assert (solve(space, table).package == solve(space, scaled).package).all()


@given(seed=SEEDS, removed=st.integers(0, 2**32))
def test_packages_not_chosen_are_irrelevant(seed: int, removed: int) -> None:
    """Nash's axiom: without an option that was not chosen, the choice stays."""
    problem = _continuous(seed, (4, 4), 2)
    found = solve(make_space(problem.rules), problem.table)
    rng = np.random.default_rng(removed)
    for draw, held in enumerate(_held(problem, found.package)):
        if not held:
            continue
        gone = int(rng.choice([o for o in range(8) if o not in held]))
        kept = [o for o in range(8) if o != gone]
        sizes = (3, 4) if gone < 4 else (4, 3)
        table = problem.table
        less = Problem(
            Rules(sizes),
            plain_table(
                np.ascontiguousarray(table.gain[draw : draw + 1][:, :, kept]),
                table.demand[draw : draw + 1],
                table.weight[draw : draw + 1],
            ),
        )
        again = solve(make_space(less.rules), less.table)
        assert {kept[o] for o in _held(less, again.package)[0]} == held


def test_equals_share_equally() -> None:
    """Nash's axiom of symmetry: splitting ten among equals ends five to five."""
    gain = np.array([[[float(share) for share in range(11)], [10.0 - s for s in range(11)]]])
    table = plain_table(gain, np.zeros((1, 2)), np.ones((1, 2)))
    assert solve(make_space(Rules((11,))), table).package.tolist() == [5]


def test_bargaining_weight_divides_the_pie() -> None:
    """With weights 3 to 1 a pie of 100 is split 75 to 25 (Kalai 1977)."""
    gain = np.array([[[float(s) for s in range(101)], [100.0 - s for s in range(101)]]])
    table = plain_table(gain, np.zeros((1, 2)), np.array([[0.75, 0.25]]))
    assert solve(make_space(Rules((101,))), table).package.tolist() == [75]


def test_a_principal_that_can_gain_nothing_leaves_the_choice_to_the_rest() -> None:
    """Where one surplus is zero throughout the zone, the others' surpluses still decide."""
    gain = np.array([[[1.0, 1.0, 1.0], [1.0, 3.0, 2.0]]])
    table = plain_table(gain, np.array([[1.0, 0.5]]), np.ones((1, 2)))
    found = solve(make_space(Rules((3,))), table)
    assert found.zone.tolist() == [3]
    assert found.package.tolist() == [1]


@given(seed=SEEDS, ease=st.floats(0.0, 1.0))
def test_a_lower_demand_never_closes_the_zone(seed: int, ease: float) -> None:
    """Demanding less leaves every package of the zone in it."""
    problem = random_problem(seed, (3, 3, 2), principals=2, consenters=1, links=2, lines=2)
    before = solve(make_space(problem.rules), problem.table, problem.lines)
    problem.table.demand[:, 0] -= ease
    after = solve(make_space(problem.rules), problem.table, problem.lines)
    assert (after.zone >= before.zone).all()
