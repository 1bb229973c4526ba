"""How far off each model is, and how good its distributions are."""

from __future__ import annotations

from collections.abc import Sequence

from detente.analysis.backtest import Backtest, Tested
from detente.analysis.backtest_calibration import Calibration
from detente.analysis.grouped import Measured
from detente.figures.dots import Dot, dots_spec
from detente.figures.record import Cell, Column, Figure

INTERVALS = "Lines: 95 % intervals, proposals drawn again."


def accuracy(found: Backtest) -> Figure:
    """Mean absolute errors of the points."""
    rows = sorted(found.models, key=lambda one: one.scores["mae"].value)
    best, main = rows[0], found.main
    return Figure(
        "accuracy",
        "How far off the points are",
        f"The smallest mean absolute error is {_value(best, 'mae')}, of {best.title}; the "
        f"compromise is off by {_value(main, 'mae')}. {_better(found)}",
        f"Mean absolute error, in points of a scale from 0 to 100. Hollow: baselines. {INTERVALS} "
        "Upright: the compromise. Intervals of two models overlap even where one is surely better, "
        "since the same issues are hard for both: see the paired differences.",
        (Column("Forecaster"), Column("Issues", "count"), Column("Mean absolute error", "number"),
         Column("From", "number"), Column("To", "number"),
         Column("Less that of the compromise", "number"), Column("Difference, from", "number"),
         Column("Difference, to", "number")),
        tuple(
            (one.title, one.scores.counts["all"][0], *_cells(one.scores["mae"]),
             *_cells(one.scores["mae_less_main"]))
            for one in rows
        ),
        dots_spec(
            [_dot(one, "mae") for one in rows], "mean absolute error",
            upright=main.scores["mae"].value,
        ),
    )  # fmt: skip


def distributions(found: Backtest) -> Figure:
    """CRPS of the distributions."""
    rows = sorted((*found.models, *found.others), key=lambda one: one.scores["crps"].value)
    main = found.main
    return Figure(
        "distributions",
        "How good the distributions are",
        f"The distribution around the compromise scores {_value(main, 'crps')}, all other outcomes "
        f"{_value(found.others[-1], 'crps')}, the compromise as a point {_value(main, 'mae')}.",
        "Continuous ranked probability score, least is best; of a point it is the absolute error, "
        f"so both are on one scale. Hollow: baselines, and distributions that know no model. "
        f"{INTERVALS} Each issue is scored by a fit to the other proposals.",
        (Column("Distribution"), Column("CRPS", "number"), Column("From", "number"),
         Column("To", "number"), Column("Less all other outcomes", "number"),
         Column("Difference, from", "number"), Column("Difference, to", "number")),
        tuple(
            (one.title, *_cells(one.scores["crps"]), *_cells(one.scores["crps_less_climatology"]))
            for one in rows
        ),
        dots_spec(
            [_dot(one, "crps") for one in rows], "CRPS", upright=main.scores["crps"].value
        ),
    )  # fmt: skip


def focal_points(found: Calibration) -> Figure:
    """Where outcomes fall, and how often the distributions say they do."""
    rows = [(f"{name} (n = {one.issues})", one) for name, one in found.kinds.items()]
    name, worst = max(rows, key=lambda row: abs(row[1].came.value - row[1].foretold))
    return Figure(
        "where",
        "Where outcomes fall",
        f"An outcome is a position that somebody takes in "
        f"{found.kinds['a position that somebody takes'].came.value:.0%} of issues. The "
        f"distributions are furthest off for {name}: {worst.foretold:.0%} foretold, "
        f"{worst.came.value:.0%} came.",
        "Dot: share of issues that came out there, of those that have such a point; line: 95 % "
        "interval. Cross: the mass that the distributions put there, each fitted without the "
        "issue\u2019s fold. Kinds overlap.",
        (Column("Kind of point"), Column("Issues", "count"), Column("Came", "share"),
         Column("From", "share"), Column("To", "share"), Column("Foretold", "share")),
        tuple(
            (name, one.issues, one.came.value, one.came.low, one.came.high, one.foretold)
            for name, one in found.kinds.items()
        ),
        dots_spec(
            [
                Dot(name, f"{one.came.value:.0%}", one.came.value, one.came.low, one.came.high,
                    cross=one.foretold)
                for name, one in rows
            ],
            "share of issues", form="%",
        ),
    )  # fmt: skip


def beaten(found: Backtest) -> Sequence[Tested]:
    """Who is off by less than the compromise, its whole interval below zero."""
    return [one for one in found.models if one.scores["mae_less_main"].high < 0.0]


def _better(found: Backtest) -> str:
    if not beaten(found):
        return "No model is off by less beyond doubt."
    return "Off by less beyond doubt: " + ", ".join(one.title for one in beaten(found)) + "."


def _dot(one: Tested, name: str) -> Dot:
    score = one.scores[name]
    return Dot(
        one.title, f"{score.value:.1f}", score.value, score.low, score.high, hollow=one.baseline
    )


def _value(one: Tested, name: str) -> str:
    return f"{one.scores[name].value:.1f}"


def _cells(score: Measured) -> tuple[Cell, ...]:
    return score.value, score.low, score.high
