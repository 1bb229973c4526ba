"""Shapley effects: exact over every subset, readings among the players."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from detente.analysis.resampling import Resampling
from detente.analysis.shapley_effects import (
    CHANCE,
    READING,
    Shapley,
    agreeing,
    game,
    shapley_effects,
)
from detente.arrays import Floats
from detente.sampling.draws import SECOND, Draws, Plan
from detente.situation.quantities import Uniform
from detente.testing.plain_functions import ISHIGAMI, ISHIGAMI_SHAPLEY, evaluating, ishigami

UNIT = {name: Uniform(0.0, 1.0) for name in ("x.one", "x.two")}
Function = Callable[[Draws], Floats]


def pages(function: Function, groups: dict[str, tuple[str, ...]], plan: Plan) -> Floats:
    shapes = ISHIGAMI if function is ishigami else UNIT
    evaluate, found = evaluating(function, shapes), list[Floats]()
    for mask in range(2 ** len(groups)):
        anew = [name for i, name in enumerate(groups) if mask >> i & 1]
        other = frozenset(a for name in anew for a in groups[name])
        luck = SECOND if CHANCE in anew else ""
        found.append(evaluate(replace(plan, luck=luck, other=other)))
    return np.stack(found)


def divided(
    readings: dict[str | None, Function],
    groups: dict[str, tuple[str, ...]],
    plan: Plan,
    weights: dict[str | None, float] | None = None,
) -> Shapley:
    found = {name: pages(function, groups, plan) for name, function in readings.items()}
    weighed = weights or {name: 1.0 / len(found) for name in found}
    players, worth = game(list(groups), found, weighed)
    return shapley_effects(players, worth, ["y"], Resampling(1))["y"]


SINGLE = {name: (name,) for name in ISHIGAMI}


def test_ishigami_divides_what_two_inputs_do_together_evenly() -> None:
    """Analytic values within the intervals, which are narrow; all parts sum to one."""
    got = divided({None: ishigami}, SINGLE, Plan(2048, 1))
    for name, true in ISHIGAMI_SHAPLEY.items():
        part = got.parts[name]
        assert part.low <= true <= part.high, name
        assert part.high - part.low < 0.1
    assert sum(part.value for part in got.parts.values()) == pytest.approx(1.0, abs=1e-12)
    assert got.inputs.value == pytest.approx(1.0)


def test_an_effect_lies_between_first_order_and_total() -> None:
    """For independent groups (Owen 2014), and the order of groups does not matter."""
    got = divided({None: ishigami}, SINGLE, Plan(2048, 1))
    turned = divided({None: ishigami}, dict(reversed(SINGLE.items())), Plan(2048, 1))
    for name, part in got.parts.items():
        assert got.first[name].value - 0.01 <= part.value <= got.total[name].value + 0.01
        assert turned.parts[name].value == pytest.approx(part.value, abs=1e-12)


def test_pages_that_agree_are_paired_as_a_double_loop_would() -> None:
    """The transform gives the mean product of all pairs of pages that differ in d."""
    rng = np.random.default_rng(1)
    some = rng.normal(size=(8, 2, 5))
    got = agreeing(some)
    for d in range(8):
        want = np.mean([some[m] * some[m ^ d] for m in range(8)], axis=0)
        assert got[d] == pytest.approx(want, abs=1e-12)


def test_the_choice_of_reading_is_a_player_of_its_own() -> None:
    """Two readings that differ by a constant: its share is the variance between them."""
    readings: dict[str | None, Function] = {
        "low": lambda d: d.value("x.one"),
        "high": lambda d: d.value("x.one") + 0.5,
    }
    weights: dict[str | None, float] = {"low": 0.75, "high": 0.25}
    got = divided(readings, {"one": ("x.one",), "two": ("x.two",)}, Plan(1024, 3), weights)
    between, within = 0.75 * 0.25 * 0.5**2, 1.0 / 12.0
    assert got.parts[READING].value == pytest.approx(between / (between + within), abs=0.01)
    assert got.parts["one"].value == pytest.approx(within / (between + within), abs=0.01)
    assert got.parts["two"].value == pytest.approx(0.0, abs=1e-12)


def test_what_only_a_reading_lets_count_is_shared_with_it() -> None:
    """An input that counts under one reading alone, around nothing, is worth half to each."""
    readings: dict[str | None, Function] = {
        "deaf": lambda d: 0.0 * d.value("x.one"),
        "hearing": lambda d: d.value("x.one") - 0.5,
    }
    got = divided(readings, {"one": ("x.one",)}, Plan(4096, 3))
    # Var E[y | one] = V/4, all else, V/4 of V/2, is interaction
    assert got.parts["one"].value == pytest.approx(0.75, abs=0.02)
    assert got.parts[READING].value == pytest.approx(0.25, abs=0.02)


def test_chance_is_a_player_and_can_be_left_out() -> None:
    """Of what is not chance, the one input that counts makes all."""

    def happens(draws: Draws) -> Floats:
        return (draws.chance("x") < draws.value("x.one")).astype(float)

    got = divided(
        {None: happens}, {"one": ("x.one",), "two": ("x.two",), CHANCE: ()}, Plan(4096, 2)
    )
    assert got.inputs.low <= 1.0 / 3.0 <= got.inputs.high  # Var x / (1/4) = (1/12) / (1/4)
    assert set(got.known) == {"one", "two"}
    assert got.known["one"].value == pytest.approx(1.0, abs=1e-9)
    assert got.parts[CHANCE].value + got.parts["one"].value == pytest.approx(1.0, abs=1e-9)
    assert got.total[CHANCE].value == pytest.approx(1.0 - got.inputs.value, abs=1e-9)


def test_more_draws_make_narrower_intervals() -> None:
    """About half as wide for four times the draws."""
    widths = [
        (part := divided({None: ishigami}, SINGLE, Plan(n, 1)).parts["x.one"]).high - part.low
        for n in (256, 1024, 4096)
    ]
    assert all(1.5 < a / b < 2.6 for a, b in pairwise(widths))
