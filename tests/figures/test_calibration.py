"""The calibration figure: its numbers are the calibration's; few questions have no curve."""

from __future__ import annotations

from typing import Any

import numpy as np

from detente.figures.calibration import calibration_figure
from detente.figures.drawing import inline_svg
from detente.ledger.calibrating import Calibration, Point
from detente.ledger.scores.corp import FEW, reliability
from detente.ledger.scores.murphy import murphy
from detente.ledger.tracks import Stream


def a_calibration(count: int) -> Calibration:
    p = np.array([(k % 10) / 10 + 0.05 for k in range(count)])
    y = np.array([float(k % 3 == 0) for k in range(count)])
    stream = Stream("ann", "judgement", "", after_the_fact=False)
    points = tuple(Point(f"q{k}", stream, float(p[k]), bool(y[k])) for k in range(count))
    curve = reliability(p, y, seed=1, resamples=20) if count >= FEW else None
    return Calibration(points, count, murphy(p, y), curve)


def kinds(spec: dict[str, Any]) -> list[str]:
    return [layer["mark"]["type"] for layer in spec["layer"]]


def test_with_enough_questions_it_is_the_curve() -> None:
    """A row a point of the curve, band included; the text counts what lies outside."""
    found = a_calibration(60)
    figure = calibration_figure(found)
    assert figure is not None
    assert found.curve is not None
    assert [row[0] for row in figure.rows] == found.curve.at.tolist()
    assert [row[1] for row in figure.rows] == found.curve.curve.tolist()
    outside = sum(c < low or c > high for _, c, low, high, _ in figure.rows)  # pyright: ignore[reportOperatorIssue]
    assert f"{outside} lie outside the band" in figure.alt
    assert kinds(figure.spec) == ["area", "line", "line", "circle", "tick"]
    assert "NaN" not in inline_svg(figure)


def test_with_few_it_is_points_alone() -> None:
    """No curve and no band are drawn; each forecast is a mark and a row."""
    figure = calibration_figure(a_calibration(12))
    assert figure is not None
    assert kinds(figure.spec) == ["tick"]
    assert len(figure.rows) == 12
    assert "Too few for a curve" in figure.alt
    assert calibration_figure(Calibration((), 0, None, None)) is None
