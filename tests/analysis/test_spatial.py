"""Forecasts on scales: spreads over draws, models that look across issues, whole positions."""

from __future__ import annotations

import numpy as np
import pytest

from detente.analysis.spatial import placed, scatter_of, spread_of, whole_positions
from detente.spatial.calibrated import calibrated
from detente.spatial.compromise import compromise
from detente.spatial.exchange import exchange
from detente.spatial.models import MODELS
from detente.spatial.scale import Scale
from detente.spatial.table import Table


def scale(name: str, position: object, salience: object) -> Scale:
    """A scale of two actors, alike in power."""
    x, s = np.array(position, dtype=float), np.array(salience, dtype=float)
    return Scale(name, name, (), ("a", "b"), Table(x, s, np.ones_like(x), np.full(len(x), np.nan)))


TWO = (
    scale("one", [[0, 100], [0, 50]], [[0.2, 0.8], [0.2, 0.8]]),
    scale("two", [[0, 100], [np.nan, 50]], [[0.6, 0.4], [0.6, 0.4]]),
)


def test_issues_of_one_draw_are_decided_together() -> None:
    """The exchange model sees both scales of a draw, and spreads are over draws."""
    models = [MODELS["compromise"], MODELS["position-exchange"], MODELS["reference-point"]]
    steps: list[tuple[int, int]] = []
    found = placed(TWO, models, lambda done, every: steps.append((done, every)))
    assert steps == [(1, 3), (2, 3), (3, 3)]
    traded = exchange([one.table for one in TWO])
    for one, points in zip(found, traded, strict=True):
        spread = one.forecasts[1].spread
        assert spread is not None
        assert spread.mean == pytest.approx(points.mean())
        assert one.forecasts[2].spread is None
    assert found[0].forecasts[0].spread == spread_of(np.array([80.0, 40.0]))


def test_standings_are_means_over_draws() -> None:
    """Who takes no position in some draws is told with its share; weights are shares."""
    (first, second) = placed(TWO, [MODELS["compromise"]])[1].standings
    assert (first.position.share, second.position.share) == (0.5, 1.0)
    assert second.position.mean == 75.0
    assert second.weight == pytest.approx((0.4 + 1.0) / 2)


def test_spread() -> None:
    """Quantiles of what is there."""
    spread = spread_of(np.array([np.nan, *range(101)]))
    assert spread is not None
    assert (spread.low, spread.median, spread.high) == (5.0, 50.0, 95.0)
    assert spread.share == 101 / 102
    assert spread_of(np.array([np.nan])) is None


def test_whole_positions_of_two_share_by_power_and_what_they_would_lose() -> None:
    """Each values the other's place at 0 here, so equal powers are equal chances."""
    both = (scale("one", [[0, 100]], [[1, 1]]), scale("two", [[0, 100]], [[1, 1]]))
    rows = whole_positions(both)
    assert [(row.conditional, row.uniform, row.incentive) for row in rows] == [(0.5,) * 3] * 2
    same = (scale("one", [[0, 0]], [[1, 1]]), scale("two", [[7, 7]], [[1, 1]]))
    assert whole_positions(same) == ()


def test_the_scatter_is_the_mean_of_the_calibrated_distributions() -> None:
    """Over draws that have a compromise; its quantiles are those of the mean."""
    rng = np.random.default_rng(5)
    position = rng.integers(0, 101, (450, 3)).astype(float)
    position[7] = np.nan
    position[0, :2] = 0.0, 100.0
    table = Table(position, np.ones((450, 3)), np.ones((450, 3)), np.full(450, np.nan))
    there = np.delete(np.arange(450), 7)
    rows = Table(position[there], table.salience[there], table.power[there], table.reference[there])
    mass = calibrated(compromise(rows), rows).mean(axis=0)
    found = scatter_of(Scale("one", "one", (), ("a", "b", "c"), table))
    assert found is not None
    assert found.mass == pytest.approx(mass)
    for at, share in ((found.low, 0.1), (found.median, 0.5), (found.high, 0.9)):
        assert mass[:at].sum() < share <= mass[: at + 1].sum() + 1e-12
    (first, p), *_ = found.likeliest
    assert p == found.mass.max() == found.mass[first]


def test_no_scatter_where_the_scale_is_hardly_one_to_100() -> None:
    """Positions from 4 to 10 that nobody marked may be of any unit; with marks they are not."""
    table = Table(np.array([[4.0, 10.0]]), np.ones((1, 2)), np.ones((1, 2)), np.array([np.nan]))
    assert scatter_of(Scale("one", "one", (), ("a", "b"), table)) is None
    marks = ((0.0, "none"), (100.0, "all"))
    assert scatter_of(Scale("one", "one", marks, ("a", "b"), table)) is not None
    nobody = Table(np.full((1, 2), np.nan), np.ones((1, 2)), np.ones((1, 2)), np.array([np.nan]))
    assert scatter_of(Scale("one", "one", marks, ("a", "b"), nobody)) is None
