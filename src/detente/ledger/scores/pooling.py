"""Several forecasters as one: mean, median, trimmed mean, extremised log odds.

Sources: Stone 1961 (mean); Jose & Winkler 2008 (trimming); Satopää et al. 2014 (log odds);
Neyman & Roughgarden 2022 (how far to extremise).
"""

from __future__ import annotations

import math

import numpy as np

from detente.arrays import Floats

TRIM = 0.2  # of the forecasters, at each end
EDGE = 0.001  # log odds of 0 and of 1 are infinite: forecasts are moved this far in
METHODS = ("mean", "median", "trimmed", "log-odds")


def extremising(n: int) -> float:
    """How far to move n forecasters from even odds: 1 for one, 1.3 for two, towards sqrt(3).

    The factor that does best in the worst case for n forecasters whose information overlaps,
    proved for averages; that it serves for log odds as well is a rule of thumb.
    """
    return n * (math.sqrt(3.0 * n * n - 3.0 * n + 1.0) - 2.0) / (n * n - n - 1.0)


def pooled(p: Floats, method: str) -> float:
    """One probability from several, shape (forecaster,), at least one.

    ``trimmed`` leaves out a fifth of the forecasters at each end, none where they are fewer
    than five. ``log-odds`` multiplies the mean log odds by ``extremising``.
    """
    match method:
        case "mean":
            return float(np.mean(p))
        case "median":
            return float(np.median(p))
        case "trimmed":
            cut = int(TRIM * len(p))
            return float(np.mean(np.sort(p)[cut : len(p) - cut]))
        case "log-odds":
            inside = np.clip(p, EDGE, 1.0 - EDGE)
            odds = extremising(len(p)) * float(np.mean(np.log(inside / (1.0 - inside))))
            return 1.0 / (1.0 + math.exp(-odds))  # 12 at the most: no overflow
        case _:
            raise ValueError(f"{method}: no way of pooling; {', '.join(METHODS)} are allowed")
