"""How far the stated ranges leave the answer open, apart from Monte Carlo error.

The inputs are fixed at K points of their stated ranges. At each, events alone vary
over M draws, which gives the probability there. The spread of these K values, less
the part that M draws alone would cause, is input uncertainty (one-way analysis of
variance; Cochran 1977, section 10).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.arrays import Floats
from detente.ensemble.chunk import Outcomes

POINTS = 100
REPEATS = 20
LEVEL = 0.8


@dataclass(frozen=True, slots=True)
class Spread:
    """Where the probability lies for eight in ten of the points within the inputs' ranges."""

    low: float
    high: float
    points: int


def input_spread(outcomes: Outcomes, tangible_package: Floats, repeats: int) -> Spread:
    """Spread over input points of P(tangible), or of P(tangible given held) without a run-up.

    Args:
        outcomes: of a plan in which ``repeats`` consecutive rows share their inputs.
        tangible_package: shape (draw,), 1 where the chosen package counts as tangible.
        repeats: M.
    """
    chance = (outcomes.closing * tangible_package).reshape(-1, repeats)
    held = outcomes.held.astype(np.float64).reshape(-1, repeats)
    met = held.sum(axis=1) > 0.0
    return shrunk_spread(chance[met], held[met]) if met.sum() > 1 else None


def shrunk_spread(chance: Floats, weight: Floats) -> Spread:
    """Quantiles of the weighted row means of ``chance``, freed of the noise within rows.

    Args:
        chance: shape (point, repeat).
        weight: shape (point, repeat), 0 or 1, at least one 1 a point.
    """
    n = weight.sum(axis=1)
    means = (weight * chance).sum(axis=1) / n
    squares = weight * (chance - means[:, None]) ** 2
    several = n > 1
    pooled = float(squares[several].sum() / (n[several] - 1.0).sum()) if several.any() else 0.0
    within = float((pooled / n).mean())
    between = float(means.var(ddof=1))
    factor = np.sqrt(max(between - within, 0.0) / between) if between > 0.0 else 0.0
    centre = means.mean()
    tail = (1.0 - LEVEL) / 2.0
    low, high = np.quantile(centre + factor * (means - centre), [tail, 1.0 - tail])
    return Spread(float(max(low, 0.0)), float(min(high, 1.0)), len(means))
