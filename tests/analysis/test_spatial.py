"""Forecasts on scales: spreads over draws, models that look across issues, whole positions."""

from __future__ import annotations

import numpy as np
import pytest

from detente.analysis.spatial import placed, spread_of, whole_positions
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
