"""A backtest as one JSON object: every score of every forecaster in every part of the data."""

from __future__ import annotations

from typing import Any

from detente.analysis.backtest import Backtest, Tested
from detente.analysis.backtest_calibration import Calibration, Compared
from detente.analysis.backtest_scores import SAYS
from detente.analysis.grouped import Measured
from detente.figures.backtest import beaten
from detente.spatial.focal import FEATURES
from detente.spatial.folds import FOLDS, SPLIT

DIGITS = 6


def backtest_object(
    found: Backtest, calibrated: Calibration, *, data: str, version: str
) -> dict[str, Any]:
    """Everything, rounded to six digits after the point."""
    return {
        "detente": version,
        "data": {
            "name": data,
            "sha256": found.decisions.digest(),
            "issues": len(found.decisions),
            "proposals": len(set(found.decisions.proposal)),
            "left_out": found.left_out,
        },
        "seed": found.seed,
        "replicates": found.replicates,
        "split": {"rule": SPLIT, "folds": FOLDS},
        "scores": SAYS,
        "beat_the_compromise": [one.name for one in beaten(found)],
        "models": [_tested(one) for one in found.models],
        "distributions": [_tested(one) for one in found.others],
        "calibration": _calibration(calibrated),
        "fit_to_all": {
            "ridge": found.whole.ridge,
            "weights": dict(zip(FEATURES, _numbers(found.whole.weights.tolist()), strict=True)),
        },
        "fits": [
            {"fold": fold, "ridge": fit.ridge, "features": _numbers(fit.weights.tolist()[: len(FEATURES)]),
             "pulls": dict(zip(found.decisions.actors, _numbers(fit.weights.tolist()[len(FEATURES) :]),
                               strict=True))}
            for fold, fit in enumerate(found.main.fits)
        ],
    }  # fmt: skip


def _tested(one: Tested) -> dict[str, Any]:
    return {
        "name": one.name,
        "title": one.title,
        "says": one.says,
        "source": one.source,
        "baseline": one.baseline,
        "parts": {
            part: {
                "issues": one.scores.counts[part][0],
                "proposals": one.scores.counts[part][1],
                **{name: _measured(score) for name, score in scores.items()},
            }
            for part, scores in one.scores.by.items()
        },
    }


def _calibration(found: Calibration) -> dict[str, Any]:
    return {
        "pit": [_measured(one) for one in found.pit],
        "coverage": [
            {"promised": level, "held": _measured(one)} for level, one in found.coverage.items()
        ],
        "above_the_middle": [_compared(one) for one in found.reliability],
        "kinds_of_points": {name: _compared(one) for name, one in found.kinds.items()},
    }


def _compared(one: Compared) -> dict[str, Any]:
    return {
        "issues": one.issues,
        "foretold": round(one.foretold, DIGITS),
        "came": _measured(one.came),
    }


def _measured(score: Measured) -> dict[str, float]:
    value, low, high = _numbers([score.value, score.low, score.high])
    return {"value": value, "low": low, "high": high}


def _numbers(values: list[float]) -> list[float]:
    return [round(value, DIGITS) for value in values]
