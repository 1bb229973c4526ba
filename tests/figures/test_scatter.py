"""The picture of how far a decision may fall: a bar a point, the words from the numbers."""

from __future__ import annotations

import numpy as np
import pytest

from detente.analysis.spatial import placed
from detente.figures.drawing import inline_svg
from detente.figures.scatter import scattered
from detente.spatial.models import MODELS
from detente.spatial.scale import Scale
from detente.spatial.table import Table


def test_every_point_has_its_chance() -> None:
    """From 0 to 100, adding up to 1; the interval of the words holds eight of ten cases."""
    table = Table(
        np.array([[0.0, 100.0]]), np.ones((1, 2)), np.array([[1.0, 3.0]]), np.array([np.nan])
    )
    scale = Scale("tax", "A tax", ((0.0, "none"), (100.0, "high")), ("North", "South"), table)
    (one,) = placed([scale], [MODELS["compromise"]])
    assert one.scatter is not None
    figure = scattered(one, "scatter")
    assert [row[0] for row in figure.rows] == list(range(101))
    chances = np.array([row[1] for row in figure.rows], dtype=float)
    assert chances.sum() == pytest.approx(1.0)
    assert figure.rows[-1][2] == pytest.approx(1.0 - chances[-1])
    low, high = one.scatter.low, one.scatter.high
    assert chances[low : high + 1].sum() >= 0.8
    assert f"from {low} to {high}" in figure.alt
    assert "scatter-title" in inline_svg(figure)
