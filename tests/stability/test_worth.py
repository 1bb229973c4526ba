"""What packages are worth to whom, against the table's own gains and demands."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from detente.bargaining.solution import package_gains
from detente.ensemble.chunk import space_for
from detente.model.gains import compile_gains, mood_at_start
from detente.model.structure import structure_of
from detente.model.table import set_table
from detente.sampling.draws import Draws, Plan
from detente.situation.schema import Situation
from detente.situation.values import base_values
from detente.stability.control import control_of
from detente.stability.packages import Packages
from detente.stability.worth import (
    LAST,
    draw_values,
    ground_of,
    mean_values,
    rank_by_hand,
    ranks_of,
)

DRAWS = 40


def test_a_package_suits_whoever_takes_part_exactly_if_it_does_at_the_table(
    truce: Situation,
) -> None:
    """In every draw and for every package: worth above 0 is gain above demand, red lines too."""
    structure = structure_of(truce)
    control, space = control_of(truce, structure), space_for(structure)
    packages = Packages(structure, space, (0,))
    numbers = packages.every()
    assert numbers is not None
    draws = Draws(base_values(truce), Plan(DRAWS, 3), 0, DRAWS)
    mood = mood_at_start(draws)
    gains = compile_gains(structure, draws, mood)
    table = set_table(structure, draws, gains, mood)
    ground = ground_of(packages, control, numbers, {})
    demand = {name: table.demand[:, p] for p, name in enumerate(structure.parties[:3])}
    crossed = 0
    for draw in range(DRAWS):
        values = draw_values(ground, gains, demand, draw)
        rows = np.repeat(gains.option[[draw]], len(numbers), axis=0)
        bonus = np.repeat(gains.bonus[[draw]], len(numbers), axis=0)
        expected = package_gains(space, rows, bonus, numbers).T[:3]
        expected = expected - np.where(ground.part, table.demand[draw][:, None], 0.0)
        barred = (ground.held == structure.lines[0].option).any(axis=1) & table.absolute[draw, 0]
        expected[1] += np.where(barred, LAST, 0.0)
        crossed += int(barred.any())
        np.testing.assert_allclose(values, expected, atol=1e-9)
    assert 0 < crossed < DRAWS


def test_a_mean_leaves_out_draws_in_which_a_red_line_is_absolute(truce: Situation) -> None:
    """There no price was taken off, so they would make a crossing look cheap."""
    structure = structure_of(truce)
    packages = Packages(structure, space_for(structure), ())
    ground = ground_of(packages, control_of(truce, structure), np.arange(8, dtype=np.int64), {})
    draws = Draws(base_values(truce), Plan(DRAWS, 3), 0, DRAWS)
    gains = compile_gains(structure, draws, mood_at_start(draws))
    each = np.array([draw_values(ground, gains, {}, draw) for draw in range(DRAWS)])
    moved = int(np.flatnonzero((ground.held == structure.lines[0].option).any(axis=1))[0])
    free = ~gains.absolute[:, 0]
    mean = mean_values(ground, gains, {})
    assert 0 < free.sum() < DRAWS
    np.testing.assert_allclose(mean[1, moved], each[free, 1, moved].mean())
    np.testing.assert_allclose(mean[0], each[:, 0].mean(axis=0))
    always = replace(gains, absolute=np.ones_like(gains.absolute))
    assert mean_values(ground, always, {})[1, moved] == LAST


def test_ranks_keep_the_order_and_tie_what_is_the_same(truce: Situation) -> None:
    """A rank is higher exactly if the worth is, but for differences below 10^-9."""
    structure = structure_of(truce)
    packages = Packages(structure, space_for(structure), ())
    numbers = np.arange(8, dtype=np.int64)
    ground = ground_of(packages, control_of(truce, structure), numbers, {})
    values = np.array([[0.3, 0.1, 0.1 + 1e-12, -2, 0.5, 0.3, 0, 0]] * 3)
    assert ranks_of(ground, values)[0].tolist() == [3, 2, 2, 0, 4, 3, 1, 1]


def test_an_order_by_hand_weighs_each_statement_above_all_after_it(truce: Situation) -> None:
    """Statements are compared first to last; not turns one round; parts must hold together."""
    structure = structure_of(truce)
    held = space_for(structure).positions_of(np.arange(8, dtype=np.int64))
    order: list[Any] = [("trade.open",), ("not front.truce", "camp.moved"), ("front.truce",)]
    rank = rank_by_hand(structure, held, order)
    # packages 0 to 7: front slowest, then trade, then camp
    assert rank.tolist() == [0, 2, 3, 5, 1, 1, 4, 4]
