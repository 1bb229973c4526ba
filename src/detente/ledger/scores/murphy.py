"""What a Brier score is made of: reliability, resolution, uncertainty.

Source: Murphy 1973. With each bin's mean forecast the three terms add up to the score exactly
where the forecasts of a bin are equal; where they are not, the two terms of Stephenson, Coelho
& Jolliffe 2008 make up the rest, and are given.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.arrays import Floats

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Forecasts between two edges: how many, their mean, and how often it came true."""

    low: float
    high: float
    count: int
    mean: float
    came_true: float


@dataclass(frozen=True, slots=True)
class Murphy:
    """A halved Brier score taken apart.

    Attributes:
        brier: reliability - resolution + uncertainty + within.
        reliability: how far means lie from what came true; 0 is best.
        resolution: how far bins differ in what came true; more is better.
        uncertainty: variance of the answers, which no forecaster can help.
        within: what is left inside bins: their variance less twice their covariance.
        bins: those with forecasts in them, lowest first.
    """

    brier: float
    reliability: float
    resolution: float
    uncertainty: float
    within: float
    bins: tuple[Bin, ...]


def murphy(p: Floats, happened: Floats, bins: int = BINS) -> Murphy:
    """Take the halved Brier score of yes-no forecasts apart, in bins of equal width.

    Args:
        p: probabilities, shape (forecast,), at least one.
        happened: 1 for yes, 0 for no, shape (forecast,).
        bins: how many; a forecast on an edge belongs to the bin above, 1 to the last.
    """
    at = np.minimum((p * bins).astype(np.int64), bins - 1)
    found = tuple(
        Bin(
            k / bins,
            (k + 1) / bins,
            int(here.sum()),
            float(p[here].mean()),
            float(happened[here].mean()),
        )
        for k in range(bins)
        if (here := at == k).any()
    )
    n, base = len(p), float(happened.mean())
    residue = 0.0
    for one in found:
        here = at == round(one.low * bins)
        apart = p[here] - one.mean
        residue += float(np.sum(np.square(apart) - 2.0 * apart * (happened[here] - one.came_true)))
    return Murphy(
        brier=float(np.mean(np.square(p - happened))),
        reliability=sum(b.count * (b.mean - b.came_true) ** 2 for b in found) / n,
        resolution=sum(b.count * (b.came_true - base) ** 2 for b in found) / n,
        uncertainty=base * (1.0 - base),
        within=residue / n,
        bins=found,
    )
