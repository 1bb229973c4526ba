"""Input uncertainty told apart from Monte Carlo error."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from scipy import stats

from detente.analysis.uncertainty import input_spread, shrunk_spread, tangible_chance
from detente.ensemble.chunk import Outcomes
from detente.model.causes import HELD, IN_TENSION


@pytest.mark.parametrize("sd", [0.02, 0.05, 0.1])
def test_a_known_spread_between_points_is_recovered(sd: float) -> None:
    """Points scatter by a known sd, draws within a point by much more: 80 % interval of the points."""
    rng = np.random.default_rng(7)
    widths: list[float] = []
    for _ in range(30):
        points = 0.5 + sd * rng.standard_normal((100, 1))
        found = shrunk_spread(points + 0.2 * rng.standard_normal((100, 20)))
        assert found.points == 100
        widths.append(found.high - found.low)
    expected = 2 * stats.norm.ppf(0.9) * sd
    assert np.mean(widths) == pytest.approx(expected, rel=0.12)


def test_noise_alone_is_no_input_uncertainty() -> None:
    """Where all points are alike the interval is far narrower than the scatter of their means."""
    rng = np.random.default_rng(8)
    chance = 0.5 + 0.2 * rng.standard_normal((1000, 20))
    found = shrunk_spread(chance)
    raw = np.quantile(chance.mean(axis=1), [0.1, 0.9])
    assert found.high - found.low < 0.5 * (raw[1] - raw[0])


def test_without_noise_the_points_themselves_are_the_answer() -> None:
    """Eight in ten of the points, and never outside 0 and 1."""
    chance = np.repeat(np.linspace(0, 1, 101)[:, None], 4, axis=1)
    found = shrunk_spread(chance)
    assert (found.low, found.high) == pytest.approx((0.1, 0.9))
    constant = shrunk_spread(np.full((10, 3), 0.25))
    assert (constant.low, constant.high) == (0.25, 0.25)


def test_rows_that_share_inputs_form_a_point(make_outcomes: Callable[..., Outcomes]) -> None:
    """Consecutive rows are one point; packages that are not tangible count as no chance."""
    outcomes = make_outcomes([1] * 6, closing=[0.2, 0.2, 0.2, 0.8, 0.8, 0.8])
    found = input_spread(outcomes, np.ones(6), 3)
    assert (found.low, found.high, found.points) == (pytest.approx(0.26), pytest.approx(0.74), 2)
    nothing = input_spread(outcomes, np.zeros(6), 3)
    assert (nothing.low, nothing.high) == (0.0, 0.0)


def test_a_draw_in_which_they_do_not_meet_brings_nothing(
    make_outcomes: Callable[..., Outcomes],
) -> None:
    """The chance is of meeting, closing and being tangible; the table is set in any case."""
    cause = [HELD, HELD, IN_TENSION, IN_TENSION]
    tangible = np.array([1.0, 0.0, 1.0, 0.0])
    outcomes = make_outcomes([1] * 4, closing=[0.2, 0.4, 0.6, 0.8], cause=cause)
    assert tangible_chance(outcomes, tangible).tolist() == [0.2, 0.0, 0.0, 0.0]
    unmodelled = make_outcomes([1] * 4, closing=[0.2, 0.4, 0.6, 0.8])
    assert tangible_chance(unmodelled, tangible).tolist() == [0.2, 0.0, 0.6, 0.0]


def test_the_spread_is_of_the_chance_at_all(make_outcomes: Callable[..., Outcomes]) -> None:
    """Points that differ only in whether they meet differ in the chance; if they meet they do not."""
    cause = [HELD] * 30 + [IN_TENSION] * 30
    found = input_spread(make_outcomes([1] * 60, closing=[0.5] * 60, cause=cause), np.ones(60), 3)
    assert (found.low, found.high) == pytest.approx((0.0, 0.5))
    assert found.points == 20
    never = input_spread(make_outcomes([1] * 60, cause=[IN_TENSION] * 60), np.ones(60), 3)
    assert (never.low, never.high, never.points) == (0.0, 0.0, 20)


def test_scatter_between_meetings_held_and_not_is_noise(
    make_outcomes: Callable[..., Outcomes],
) -> None:
    """Whether one draw of a point is held is chance: at one probability of it no span is left."""
    rng = np.random.default_rng(10)
    cause = np.where(rng.random(20_000) < 0.5, HELD, IN_TENSION)
    outcomes = make_outcomes([1] * 20_000, closing=np.full(20_000, 0.8), cause=cause)
    found = input_spread(outcomes, np.ones(20_000), 20)
    raw = np.quantile(
        tangible_chance(outcomes, np.ones(20_000)).reshape(-1, 20).mean(1), [0.1, 0.9]
    )
    assert found.high - found.low < 0.5 * (raw[1] - raw[0])
    assert (found.low + found.high) / 2 == pytest.approx(0.4, abs=0.01)
