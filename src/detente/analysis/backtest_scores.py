"""The scores of one forecaster: of its points, of its distributions, and against others.

Every score is a mean over issues, but for the root mean square and the median of errors.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from detente.analysis.grouped import Measured, groups
from detente.arrays import Bools, Floats, Ints
from detente.interchange.deu_power import UNANIMITY
from detente.interchange.deu_record import Decisions
from detente.spatial.scores import central, crps, log_score, quantile, shortest

LEVELS = (0.5, 0.8, 0.95)
NEAR = 10.0  # points of the scale: a forecast this close counts as a hit
ALL = "all"
FEWEST_PROPOSALS = 10  # below this there is nothing to resample

SAYS: dict[str, str] = {
    "mae": "mean absolute error of the point, in points of the scale",
    "rmse": "root mean square error of the point",
    "median_error": "median absolute error of the point",
    "within_10": "share of points within 10 of the outcome",
    "crps": "continuous ranked probability score of the distribution",
    "log": "negative natural logarithm of the probability given to the outcome",
    "central_50": "coverage of the central 50 %, by the PIT",
    "central_80": "coverage of the central 80 %, by the PIT",
    "central_95": "coverage of the central 95 %, by the PIT",
    "shown_50": "coverage of the shortest interval that holds at least 50 %",
    "shown_80": "coverage of the shortest interval that holds at least 80 %",
    "shown_95": "coverage of the shortest interval that holds at least 95 %",
    "held_50": "what that 50 % interval says it holds",
    "held_80": "what that 80 % interval says it holds",
    "held_95": "what that 95 % interval says it holds",
    "width_80": "width of that 80 % interval, in points of the scale",
    "median_mae": "mean absolute error of the distribution’s median",  # noqa: RUF001
    "mae_less_main": "mean absolute error less that of the compromise",
    "median_less_main": "mean absolute error of the median less that of the compromise’s point",  # noqa: RUF001
    "crps_less_main": "CRPS less that of the compromise’s distribution",  # noqa: RUF001
    "crps_less_point": "CRPS less the absolute error of the compromise’s point",  # noqa: RUF001
    "crps_less_climatology": "CRPS less that of all other outcomes",
}


@dataclass(frozen=True, slots=True)
class Against:
    """What others are compared with, issue by issue. Axes (case,).

    ``error`` and ``crps`` are the main model's, of its point and of its distribution;
    ``climatology`` is the CRPS of the outcomes of all other proposals.
    """

    error: Floats
    crps: Floats
    climatology: Floats


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores by part of the data and name; a part with too few proposals is absent.

    ``counts`` holds issues and proposals of each part.
    """

    by: Mapping[str, Mapping[str, Measured]]
    counts: Mapping[str, tuple[int, int]]

    def __getitem__(self, name: str) -> Measured:
        return self.by[ALL][name]

    def __contains__(self, name: str) -> bool:
        return name in self.by[ALL]


def parts(decisions: Decisions) -> dict[str, Bools]:
    """The parts of the data that scores are given for, by name. Axes (case,)."""
    wave, rule = np.array(decisions.wave), np.array(decisions.rule)
    found = {ALL: np.ones(len(decisions), dtype=np.bool_)}
    found |= {f"wave {name}": wave == name for name in sorted(set(decisions.wave))}
    return found | {"qualified majority": rule != UNANIMITY, "unanimity": rule == UNANIMITY}


def of_points(forecast: Floats, outcome: Floats, against: Against) -> dict[str, Floats]:
    """Scores of point forecasts, issue by issue; errors stand for what is not a mean."""
    error = np.abs(forecast - outcome)
    return {
        "mae": error, "rmse": error, "median_error": error,
        "within_10": np.where(error <= NEAR, 1.0, 0.0),
        "mae_less_main": error - against.error,
    }  # fmt: skip


def of_distributions(mass: Floats, outcome: Ints, against: Against) -> dict[str, Floats]:
    """Scores of distributions, issue by issue; no log score where an outcome was given no chance."""
    ranked, lost = crps(mass, outcome), log_score(mass, outcome)
    error = np.abs(quantile(mass, 0.5) - outcome).astype(np.float64)
    found = {"crps": ranked, "median_mae": error}
    if np.isfinite(lost).all():
        found["log"] = lost
    for level in LEVELS:
        shown, percent = shortest(mass, level), round(100 * level)
        found[f"central_{percent}"] = central(mass, outcome, level)
        found[f"shown_{percent}"] = np.where(shown.cover(outcome), 1.0, 0.0)
        found[f"held_{percent}"] = shown.held
        found[f"width_{percent}"] = (shown.high - shown.low).astype(np.float64)
    return found | {
        "median_less_main": error - against.error,
        "crps_less_main": ranked - against.crps,
        "crps_less_point": ranked - against.error,
        "crps_less_climatology": ranked - against.climatology,
    }


def scored(
    columns: Mapping[str, Floats], decisions: Decisions, seed: int, replicates: int
) -> Scores:
    """Scores with intervals over all of ``decisions`` and each part. Columns have axis (case,)."""
    by: dict[str, dict[str, Measured]] = {}
    counts: dict[str, tuple[int, int]] = {}
    for part, chosen in parts(decisions).items():
        names = [name for name, here in zip(decisions.proposal, chosen, strict=True) if here]
        counts[part] = len(names), len(set(names))
        if part != ALL and counts[part][1] < FEWEST_PROPOSALS:
            continue
        drawn = groups(names, seed, replicates)
        kinds = {"rmse": drawn.root_mean_square, "median_error": drawn.median}
        by[part] = {
            name: kinds.get(name, drawn.mean)(columns[name][chosen])
            for name in SAYS
            if name in columns
        }
    return Scores(by, counts)
