"""Pictures of a backtest: what they hold, what they say, and that they can be drawn."""

from __future__ import annotations

from dataclasses import replace

import pytest

from detente.analysis.backtest import Backtest
from detente.analysis.backtest_calibration import Calibration, calibration
from detente.analysis.backtest_scores import ALL, Scores
from detente.analysis.grouped import Measured
from detente.figures.backtest import accuracy, beaten, distributions, focal_points
from detente.figures.drawing import inline_svg
from detente.figures.keeping_word import coverage, pit, reliability


@pytest.fixture(scope="module")
def calibrated(made_up_backtest: Backtest) -> Calibration:
    """How the main model's distributions did."""
    return calibration(made_up_backtest, made_up_backtest.main)


def test_rows_hold_the_scores_best_first(made_up_backtest: Backtest) -> None:
    """A row a forecaster, a row a distribution."""
    points = accuracy(made_up_backtest)
    errors = [row[2] for row in points.rows]
    assert errors == sorted(one.scores["mae"].value for one in made_up_backtest.models)
    assert f"{errors[0]:.1f}, of {points.rows[0][0]}" in points.alt
    ranked = distributions(made_up_backtest)
    assert len(ranked.rows) == len(made_up_backtest.models) + 3
    every = (*made_up_backtest.models, *made_up_backtest.others)
    assert [row[1] for row in ranked.rows] == sorted(one.scores["crps"].value for one in every)


def test_nobody_is_called_better_whose_interval_holds_zero(made_up_backtest: Backtest) -> None:
    """One whose upper end lies below zero is; one that just reaches it is not."""
    (main, other, *_) = made_up_backtest.models
    scores = dict(other.scores.by[ALL])
    for high, names in ((-0.1, [other.title]), (0.0, [])):
        scores["mae_less_main"] = Measured(-2.0, -4.0, high)
        told = replace(other, scores=Scores({ALL: scores}, other.scores.counts))
        found = replace(made_up_backtest, models=(main, told))
        assert [one.title for one in beaten(found)] == names
        assert ("No model is off by less beyond doubt." in accuracy(found).alt) == (not names)


def test_every_figure_can_be_drawn_and_says_what_it_shows(
    made_up_backtest: Backtest, calibrated: Calibration
) -> None:
    """Rows of numbers under each, and a mark for each row."""
    for figure, rows in (
        (accuracy(made_up_backtest), 5), (distributions(made_up_backtest), 8),
        (pit(calibrated), 10), (coverage(calibrated), 10), (reliability(calibrated), 8),
        (focal_points(calibrated), 8),
    ):  # fmt: skip
        assert len(figure.rows) == rows
        assert all(len(row) == len(figure.columns) for row in figure.rows)
        svg = inline_svg(figure)
        assert svg.startswith("<svg")
        assert svg.count("<path") >= rows
        assert figure.alt.endswith(".")


def test_coverage_is_told_as_it_is(calibrated: Calibration) -> None:
    """The 80 % interval's own share, in the words for those who do not see the picture."""
    held = calibrated.coverage[0.8].value
    assert f"The 80 % interval holds {held:.1%} of outcomes." in coverage(calibrated).alt
