"""Reliability without bins: the CORP diagram, with the band that reliable forecasts stay in.

Source: Dimitriadis, Gneiting & Jordan 2021. The curve is the isotonic regression of answers on
forecasts, by pooling adjacent violators; SciPy's.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import isotonic_regression

from detente.arrays import Floats

FEW = 50  # resolved questions below which no curve is drawn: its band would be nearly everything
RESAMPLES = 999
LEVEL = 0.9


@dataclass(frozen=True, slots=True)
class Reliability:
    """A reliability curve.

    Attributes:
        at: the different forecasts, rising, shape (point,).
        curve: the recalibrated probability of each, shape (point,).
        low, high: between these lies the curve of reliable forecasts, pointwise, shape (point,).
        count: forecasts at each point, shape (point,).
        miscalibration: by how much recalibration would lower the score.
        discrimination: by how much the recalibrated forecasts beat the base rate.
        uncertainty: score of the base rate.
        level: share of the resamples within the band at each point.
        resamples, seed: how the band was made.
    """

    at: Floats
    curve: Floats
    low: Floats
    high: Floats
    count: Floats
    miscalibration: float
    discrimination: float
    uncertainty: float
    level: float
    resamples: int
    seed: int


def recalibrated(p: Floats, happened: Floats) -> tuple[Floats, Floats, Floats]:
    """The different forecasts, the isotonic probability of each, and how many there are.

    ``p`` and ``happened`` have shape (forecast,). Equal forecasts are pooled first, so the
    result does not depend on their order.
    """
    at, which, count = np.unique(p, return_inverse=True, return_counts=True)
    share = np.bincount(which, weights=happened) / count
    fitted = isotonic_regression(share, weights=count.astype(np.float64))
    return at, np.asarray(fitted.x, dtype=np.float64), count.astype(np.float64)


def reliability(
    p: Floats, happened: Floats, seed: int, resamples: int = RESAMPLES, level: float = LEVEL
) -> Reliability:
    """The curve, its band and the three parts of the halved Brier score.

    score = miscalibration - discrimination + uncertainty, exactly. The band: answers are drawn
    as if each forecast were right, and the curve is fitted to them, again and again.

    Args:
        p: probabilities, shape (forecast,), at least one.
        happened: 1 for yes, 0 for no, shape (forecast,).
        seed: of the resampling; the same seed gives the same band.
        resamples: how many.
        level: share of them within the band.
    """
    at, curve, count = recalibrated(p, happened)
    base = float(happened.mean())
    score = float(np.mean(np.square(p - happened)))
    own = curve[np.searchsorted(at, p)]
    best = float(np.mean(np.square(own - happened)))
    low, high = _band(at, count, seed, resamples, level)
    return Reliability(
        at, curve, low, high, count, score - best, base * (1.0 - base) - best, base * (1.0 - base),
        level, resamples, seed,
    )  # fmt: skip


def _band(
    at: Floats, count: Floats, seed: int, resamples: int, level: float
) -> tuple[Floats, Floats]:
    draw = np.random.Generator(np.random.PCG64(seed))
    drawn = draw.binomial(count.astype(np.int64), at, size=(resamples, len(at))) / count
    fitted = np.array([isotonic_regression(row, weights=count).x for row in drawn])
    tails = (1.0 - level) / 2.0
    low, high = np.quantile(fitted, (tails, 1.0 - tails), axis=0)
    return low, high
