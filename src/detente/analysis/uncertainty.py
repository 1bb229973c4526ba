"""How far the stated ranges leave the answer open, apart from Monte Carlo error.

The inputs are fixed at K points of their stated ranges. At each, events alone vary
over M draws, which gives the probability there. The spread of these K values, less
the part that M draws alone would cause, is input uncertainty (one-way analysis of
variance; Cochran 1977, section 10).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from detente.analysis.happenings import Happenings
from detente.analysis.probabilities import events
from detente.arrays import Floats
from detente.ensemble.chunk import Outcomes

POINTS = 100
REPEATS = 20
LEVEL = 0.8


PointCounts = Mapping[str, tuple[tuple[int, int], ...]]


@dataclass(frozen=True, slots=True)
class Spread:
    """Where the probability lies for eight in ten of the points within the inputs' ranges.

    ``counts`` holds for every named probability and each point in how many draws it came
    true, and in how many its condition held.
    """

    low: float
    high: float
    points: int
    counts: PointCounts = field(default_factory=dict[str, tuple[tuple[int, int], ...]])


def point_counts(outcomes: Happenings, repeats: int) -> PointCounts:
    """The counts at each point of a plan in which ``repeats`` consecutive rows share inputs."""
    found: dict[str, tuple[tuple[int, int], ...]] = {}
    for name, (came_true, condition) in events(outcomes).items():
        given = np.ones_like(came_true) if condition is None else condition
        happened = (came_true & given).reshape(-1, repeats).sum(axis=1)
        held = given.reshape(-1, repeats).sum(axis=1)
        found[name] = tuple(zip(map(int, happened), map(int, held), strict=True))
    return found


def input_spread(outcomes: Outcomes, tangible_package: Floats, repeats: int) -> Spread:
    """Spread of P(tangible) over input points; without a run-up that is P(tangible given held).

    Args:
        outcomes: of a plan in which ``repeats`` consecutive rows share their inputs.
        tangible_package: shape (draw,), 1 where the chosen package counts as tangible.
        repeats: M.
    """
    return shrunk_spread(tangible_chance(outcomes, tangible_package).reshape(-1, repeats))


def tangible_chance(outcomes: Outcomes, tangible_package: Floats) -> Floats:
    """The chance in each draw that they meet and close a tangible deal: shape (draw,)."""
    return outcomes.held * outcomes.closing * tangible_package


def shrunk_spread(chance: Floats) -> Spread:
    """Quantiles of the row means of ``chance``, shape (point, repeat), freed of row noise."""
    means = chance.mean(axis=1)
    within = float(chance.var(axis=1, ddof=1).mean()) / chance.shape[1]
    between = float(means.var(ddof=1))
    factor = np.sqrt(max(between - within, 0.0) / between) if between > 0.0 else 0.0
    centre = means.mean()
    tail = (1.0 - LEVEL) / 2.0
    low, high = np.quantile(centre + factor * (means - centre), [tail, 1.0 - tail])
    return Spread(float(max(low, 0.0)), float(min(high, 1.0)), len(means))
