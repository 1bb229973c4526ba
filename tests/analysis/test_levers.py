"""Least moves that bring a chance to a target: roots verified by running at them."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from detente.analysis.leverage import Goal, Leverage, Root, Ways
from detente.analysis.levers import find_levers
from detente.analysis.probabilities import share
from detente.analysis.probing import QUICK, STEPS, ZONE, Bench, Slide, chances
from detente.analysis.sliding import slid
from detente.ensemble.run import run
from detente.model.structure import structure_of
from detente.sampling.draws import Plan
from detente.situation.quantities import read
from detente.situation.scenarios import Scenario, scenarios
from detente.situation.schema import Situation
from detente.situation.values import base_values

PLAN = Plan(600, 3)
GOAL = Goal("tangible", 0.72)


@pytest.fixture(scope="module")
def bridge(three_acts: Situation) -> list[Leverage]:
    found = scenarios(three_acts, None, rounds=["spring"])
    return find_levers(three_acts, found, GOAL, PLAN)


def toll(outlook_a: float, outlook_b: float) -> tuple[Situation, list[Scenario]]:
    """Two sides of a toll gate. Everything is certain: opening brings each 0.5 of its stake."""
    situation = Situation.model_validate(
        {
            "detente": 1,
            "title": "A toll gate",
            "actors": {
                "a": {"name": "A", "role": "principal", "power": 0.5},
                "b": {"name": "B", "role": "principal", "power": 0.5},
            },
            "issues": {
                "gate": {
                    "status_quo": "shut",
                    "options": {"shut": "", "open": ""},
                    "salience": {"a": 1, "b": 1},
                    "preferences": {"a": {"shut": 0, "open": 0.5}, "b": {"shut": 0, "open": 0.5}},
                }
            },
            "outlook": {"a": outlook_a, "b": outlook_b},
            "misreading": {"a": 0, "b": 0},
        }
    )
    return situation, scenarios(situation, None)


def steps(distance: float, length: float) -> int:
    """Steps of a slide over ``length`` that are needed to cover ``distance``."""
    return math.ceil(distance / length * STEPS - 1e-9)


def test_a_root_is_where_arithmetic_puts_it() -> None:
    """A asks 0.8 and gets 0.5: its outlook has to fall by 0.3, or its gain to rise by as much."""
    situation, found = toll(0.8, 0.2)
    (one,) = find_levers(situation, found, Goal("tangible_given_held", 0.5), Plan(200, 1))
    roots = {root.moved[0].lever.address: root for root in one.target.roots}
    assert set(roots) == {"outlook.a", "preferences.a.gate.open"}
    assert roots["outlook.a"].steps == steps(0.3, 1.8)
    assert roots["preferences.a.gate.open"].steps == steps(0.3, 0.5)
    first = one.target.roots[0]
    assert first.size == pytest.approx(min(root.size for root in roots.values()))
    assert first.movers == ("a",)
    assert [short.actor for short in one.target.shorts] == []  # nothing of B's changes anything
    (pair,) = one.target.pairs
    assert {moved.lever.address for moved in pair.moved} == set(roots)
    assert pair.steps == steps(0.3, 1.8 + 0.5)
    assert [r.moved for r in one.zone.roots] == [r.moved for r in one.target.roots]


def test_where_both_sides_block_it_takes_two_moves_by_the_same_share() -> None:
    situation, found = toll(0.8, 0.7)
    (one,) = find_levers(situation, found, Goal("tangible_given_held", 0.5), Plan(200, 1))
    assert one.target.roots == ()
    pairs = {tuple(m.lever.address for m in root.moved): root for root in one.target.pairs}
    root = pairs["outlook.a", "outlook.b"]
    assert root.steps == max(steps(0.3, 1.8), steps(0.2, 1.7))
    assert root.movers == ()
    assert root.size == pytest.approx(root.steps / STEPS * (1.8 + 1.7))
    sizes = [root.size for root in one.target.pairs]
    assert sizes == sorted(sizes)


def test_a_target_that_is_met_is_undone_by_moves_against_it() -> None:
    """A gains 0.5 and asks 0.2: its outlook may rise by 0.3 and no more."""
    situation, found = toll(0.2, 0.0)
    (one,) = find_levers(situation, found, Goal("tangible_given_held", 0.5), Plan(200, 1))
    assert not one.target.raising
    root = one.target.alone("a")
    assert root is not None
    assert root.moved[0].stop > 0.5 or root.moved[0].lever.address != "outlook.a"
    by = {root.moved[0].lever.address: root for root in one.target.roots}
    # at 0.5 it asks exactly what it gains, which still suits it: the step goes beyond
    assert by["outlook.a"].steps == steps(0.3, 0.8) + 1
    assert by["outlook.a"].chance.p < 0.5
    assert by["outlook.a"].short is not None
    assert by["outlook.a"].short.p >= 0.5


def test_every_root_holds_when_it_is_run_and_a_step_less_does_not(
    three_acts: Situation, bridge: list[Leverage]
) -> None:
    """Single moves and pairs, for the target and for the zone, under every reading."""
    checked = 0
    for one in bridge:
        for ways in (one.target, one.zone):
            for root in (*ways.roots, *ways.pairs):
                there, before = at(three_acts, one, ways, root)
                assert there == root.chance.p
                assert root.short is not None
                assert before == root.short.p
                assert (there >= ways.goal.p) == ways.raising
                assert (before >= ways.goal.p) != ways.raising
                checked += 1
    assert checked > 5


def at(situation: Situation, one: Leverage, ways: Ways, root: Root) -> tuple[float, float]:
    """The chance at a root and one step before it, each from a run of its own."""
    found: list[float] = []
    for less in (0, 1):
        values = dict(one.scenario.values)
        for moved in root.moved:
            value = values[moved.lever.address]
            end = moved.start + (moved.stop - moved.start) * STEPS / root.steps
            quantity = slid(value.quantity, (root.steps - less) / STEPS, round(end, 9))
            if not less:
                assert quantity.span == pytest.approx(moved.value.span)
                quantity = moved.value
            values[moved.lever.address] = replace(value, quantity=quantity)
        scenario = replace(one.scenario, values=values)
        (outcomes,) = run(structure_of(situation), [scenario], PLAN)
        happened = outcomes.zone > 0 if ways.goal.name == ZONE else outcomes.tangible
        found.append(share(happened).p)
    return found[0], found[1]


def test_results_do_not_depend_on_chunks_or_on_other_scenarios(
    three_acts: Situation, bridge: list[Leverage]
) -> None:
    found = scenarios(three_acts, None, rounds=["spring"])
    (alone,) = find_levers(three_acts, found[1:], GOAL, PLAN, chunk=97)
    assert alone == bridge[1]


def test_only_what_the_actors_asked_for_could_move_alone(
    three_acts: Situation, bridge: list[Leverage]
) -> None:
    found = scenarios(three_acts, None, rounds=["spring"])[:1]
    (own,) = find_levers(three_acts, found, GOAL, PLAN, actors=("west",))
    assert own.looked_at < bridge[0].looked_at
    assert own.target.base == bridge[0].target.base
    for root in (*own.target.roots, *own.target.pairs):
        assert "west" in root.movers
    assert {short.actor for short in own.target.shorts} <= {"west"}
    everybodys = bridge[0].target.alone("west")
    mine = own.target.alone("west")
    assert (mine is None) == (everybodys is None)
    if mine is not None and everybodys is not None:
        assert mine.moved == everybodys.moved


def test_who_falls_short_has_no_move_that_suffices_and_comes_nearer(
    bridge: list[Leverage],
) -> None:
    seen = 0
    for one in bridge:
        for ways in (one.target, one.zone):
            for short in ways.shorts:
                assert ways.alone(short.actor) is None
                assert ways.base is not None
                nearer = short.chance.p - ways.base.p
                assert nearer > 0 if ways.raising else nearer < 0
                assert (short.chance.p >= ways.goal.p) != ways.raising
                seen += 1
    assert seen


def test_a_chance_whose_condition_hardly_ever_holds_is_untold(three_acts: Situation) -> None:
    never = {
        "runup.calling_off.least.east": read(1, base_values(three_acts)["trust.east.west"].kind)
    }
    found = scenarios(three_acts, None, rounds=["spring"], readings=["calm"], patch=never)
    goal = Goal("tangible_given_held", 0.5)
    (one,) = find_levers(three_acts, found, goal, Plan(200, 1))
    assert one.target.base is None
    assert one.target.roots == ()
    assert one.zone.base is not None


def test_an_exact_trial_is_a_run_and_a_quick_one_starts_from_where_the_scenario_stands(
    three_acts: Situation,
) -> None:
    scenario = scenarios(three_acts, None, rounds=["spring"])[0]
    structure = structure_of(three_acts)
    bench = Bench(structure, scenario, Plan(2 * QUICK, 5))
    move = (Slide("outlook.east", 0.8, -1.0),)
    (found,) = bench.exact([(move, 20)])
    values = dict(scenario.values)
    value = values["outlook.east"]
    values["outlook.east"] = replace(value, quantity=slid(value.quantity, 20 / STEPS, -1.0))
    (outcomes,) = run(structure, [replace(scenario, values=values)], Plan(2 * QUICK, 5))
    assert found == chances(outcomes)
    idle = (Slide("misreading.west", 0.0, 0.0),)
    (still,) = bench.quick([(idle, 1)])
    assert {name: one.p for name, one in still.items()} == {
        name: pytest.approx(bench.base[name].p) for name in still
    }


def test_progress_ends_at_all(three_acts: Situation) -> None:
    told: list[tuple[int, int]] = []
    found = scenarios(three_acts, None, rounds=["spring"])
    find_levers(
        three_acts, found, GOAL, Plan(200, 1), progress=lambda done, of: told.append((done, of))
    )
    assert told[-1] == (200, 200)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
