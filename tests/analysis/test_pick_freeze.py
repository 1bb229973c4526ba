"""Pages: what is swapped is the second sample's, bit for bit, and all else is the first's."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from detente.analysis.groupings import events
from detente.analysis.outputs import counted
from detente.analysis.pick_freeze import plan_of
from detente.ensemble.run import run
from detente.model.structure import structure_of
from detente.sampling.draws import SECOND, Draws, Plan
from detente.situation.load import Loaded
from detente.situation.quantities import Beta, Uniform
from detente.situation.scenarios import scenarios
from detente.situation.schema import Situation
from detente.situation.values import base_values
from detente.testing.plain_functions import plain_pages

SHAPES = {"a.one": Uniform(0.0, 1.0), "a.two": Beta(2.0, 3.0), "b.one": Uniform(-1.0, 1.0)}


def test_a_page_is_a_with_what_is_in_the_group_taken_from_b() -> None:
    """Every column comes whole from one sample; chance is that of sample a."""

    def columns(draws: Draws) -> np.ndarray:
        return np.stack([*(draws.value(name) for name in SHAPES), draws.chance("x")])

    groups = {
        "a": frozenset({"a.one", "a.two"}),
        "b": frozenset({"b.one"}),
        "none": frozenset[str](),
    }
    pages = plain_pages(columns, SHAPES, groups, plan_of(50, 3, lucks=2))
    for name, prefix in (("a", "a."), ("b", "b.")):
        for index, address in enumerate(SHAPES):
            source = pages.b if address.startswith(prefix) else pages.a
            assert np.array_equal(pages.groups[name][index], source[index]), (name, address)
        assert np.array_equal(pages.groups[name][-1], pages.a[-1])
    assert pages.groups["none"] is pages.a


def test_samples_a_and_b_have_nothing_in_common_and_points_keep_their_inputs() -> None:
    """No column of b goes with the same column of a; chance differs from draw to draw."""

    def columns(draws: Draws) -> np.ndarray:
        return np.stack([draws.value("a.one"), draws.chance("x")])

    pages = plain_pages(columns, SHAPES, {}, plan_of(2000, 3, lucks=2))
    assert np.array_equal(pages.a[0, :, 0], pages.a[0, :, 1])
    assert len(np.unique(pages.a[1])) == 4000
    for index in range(2):
        related = np.corrcoef(pages.a[index, :, 0], pages.b[index, :, 0])[0, 1]
        assert abs(related) < 4 / np.sqrt(2000)


def test_all_events_of_a_draw_together_are_the_second_luck(three_acts: Situation) -> None:
    """The groups of events leave none out: swapping all of them is swapping chance."""
    structure = structure_of(three_acts)
    for scenario in scenarios(three_acts, None):
        every = frozenset(e for group in events(three_acts, scenario).values() for e in group)
        plan = Plan(400, 2)
        by_name, by_luck, first = (
            counted(run(structure, [scenario], one, why=False)[0])
            for one in (replace(plan, other=every), replace(plan, luck=SECOND), plan)
        )
        assert np.array_equal(by_name, by_luck)
        assert not np.array_equal(by_name, first)


@pytest.mark.parametrize("address", ["outlook.north", "pressures.strike.felt"])
def test_strata_are_those_of_the_stream_that_is_drawn_from(
    every_term: Loaded, address: str
) -> None:
    """The second stream has strata of its own, which rise with its values."""
    values = base_values(every_term.situation)
    for other in (frozenset[str](), frozenset({address})):
        draws = Draws(values, Plan(200, 4, other=other), 0, 200)
        assert (np.diff(draws.value(address)[np.argsort(draws.stratum(address))]) >= 0.0).all()
