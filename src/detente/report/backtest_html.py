"""A backtest as one HTML file, fit for the appendix on methods."""

from __future__ import annotations

from altair.utils.schemapi import debug_mode

from detente.analysis.backtest import Backtest
from detente.analysis.backtest_calibration import Calibration
from detente.analysis.backtest_scores import SAYS
from detente.analysis.forecasters import MAIN
from detente.figures.backtest import accuracy, distributions, focal_points
from detente.figures.calibration import coverage, pit, reliability
from detente.figures.theme import css_properties
from detente.interchange.deu import DOI
from detente.report.backtest import cell, minus, sentences, title_of
from detente.report.page import picture
from detente.report.rendering import environment
from detente.spatial.fitting import RIDGES
from detente.spatial.focal import FEATURES
from detente.spatial.focal import SAYS as FEATURE_WORDS
from detente.spatial.folds import FOLDS, SPLIT

IN_PARTS = ("mae", "mae_less_main", "crps", "central_80")
HEADINGS: dict[str, str] = {
    "mae": "Mean error", "mae_less_main": "Less compromise", "rmse": "RMSE",
    "median_error": "Median error", "within_10": "Within 10", "crps": "CRPS",
    "crps_less_climatology": "Less all other outcomes", "crps_less_main": "Less compromise",
    "crps_less_point": "Less the compromise as a point", "log": "Log score",
    "median_mae": "Mean error of the median", "median_less_main": "Less the compromise’s point",
    "central_50": "50 %", "central_80": "80 %", "central_95": "95 %",
    "shown_50": "50 %", "shown_80": "80 %", "shown_95": "95 %",
    "held_50": "says 50 %", "held_80": "says 80 %", "held_95": "says 95 %",
    "width_80": "Width of 80 %",
}  # fmt: skip
TABLES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("points", "Errors of the points",
     ("mae", "mae_less_main", "rmse", "median_error", "within_10")),
    ("scores", "Scores of the distributions",
     ("crps", "crps_less_main", "crps_less_climatology", "crps_less_point", "log", "median_mae",
      "median_less_main")),
    ("central", "Coverage of central intervals, by the PIT",
     ("central_50", "central_80", "central_95")),
    ("shown", "Coverage of the shortest intervals, and what they say they hold",
     ("shown_50", "held_50", "shown_80", "held_80", "shown_95", "held_95", "width_80")),
)  # fmt: skip


@debug_mode(False)  # tests check the specifications; here it would only cost time
def render_backtest(found: Backtest, calibrated: Calibration, *, data: str, version: str) -> str:
    """The page of one backtest.

    Args:
        found: what was scored.
        calibrated: how the main model's distributions compare with what came.
        data: what was read, as the user named it.
        version: of the program that ran it.

    Returns:
        A whole HTML document. The same arguments give the same text.
    """
    every = (*found.models, *found.others)
    return environment().get_template("backtest.html.j2").render(
        sentences=sentences(found),
        accuracy=picture(accuracy(found)),
        distributions=picture(distributions(found)),
        pictures=[picture(one(calibrated)) for one in (pit, coverage, reliability, focal_points)],
        tables=[
            (key, title, [HEADINGS[name] for name in names],
             [(title_of(one), [cell(n, one.scores[n]) if n in one.scores else "–" for n in names])
              for one in every if names[0] in one.scores])
            for key, title, names in TABLES
        ],
        part_headings=[HEADINGS[name] for name in IN_PARTS],
        parts_of=[
            (part, found.main.scores.counts[part],
             [(one.title, [cell(n, one.scores.by[part][n]) if n in one.scores.by[part] else "–"
                           for n in IN_PARTS])
              for one in every if part in one.scores.by])
            for part in found.main.scores.by
        ],
        who=[(one.title, one.says, one.source) for one in every],
        weights=_weights(found), meanings=SAYS, main=MAIN, ridges=RIDGES, split=SPLIT, folds=FOLDS,
        counted=found.main.scores.counts, found=found, doi=DOI, data=data,
        digest=found.decisions.digest(), version=version,
        light=css_properties("light"), dark=css_properties("dark"),
    )  # fmt: skip


def _weights(found: Backtest) -> list[tuple[str, str, str]]:
    """What each feature adds to the log of a point's mass: fitted to all, and over the folds."""
    plain = found.others[0].fits
    rows: list[tuple[str, str, str]] = []
    for index, name in enumerate(FEATURES):
        over = [float(fit.weights[index]) for fit in plain]
        whole = float(found.whole.weights[index])
        span = f"{min(over):+.2f} to {max(over):+.2f}"
        rows.append((FEATURE_WORDS[name], minus(f"{whole:+.2f}"), minus(span)))
    return rows
