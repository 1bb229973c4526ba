"""What a scan says before it is drawn: stated ranges, errors, and where a curve crosses."""

from __future__ import annotations

import numpy as np

from detente.analysis.crossing import Crossing, crossings
from detente.analysis.scan import Scan, Step, Track
from detente.figures.spans import Z, half_width
from detente.sampling.distributions import quantile
from detente.situation.kinds import Bounds
from detente.situation.quantities import Point, Quantity, Triangle, Uniform

EVEN = 0.5
MIDDLE = 0.9  # of a distribution without sharp ends, counted as stated


def stated_range(quantity: Quantity) -> Bounds:
    """The range a value is stated to lie in; nine tenths of it where it has no sharp ends."""
    if isinstance(quantity.shape, Point | Uniform | Triangle):
        return quantity.span
    tail = (1.0 - MIDDLE) / 2.0
    low, high = quantile(quantity.shape, np.array([tail, 1.0 - tail]))
    return float(low), float(high)


def error_of(step: Step) -> float:
    """Half the width of a chance's 95 % interval; 0 where it is not known."""
    return 0.0 if step.chance is None else half_width(step.chance, step.draws)


def places(scan: Scan) -> tuple[float, ...]:
    """The values of the one address."""
    return scan.sweeps[0].values


def even_crossings(scan: Scan, track: Track) -> tuple[Crossing, ...]:
    """Where the chance crosses one half along the one address."""
    above = [None if s.chance is None else s.chance.p - EVEN for s in track.steps]
    return crossings(places(scan), above, [error_of(s) for s in track.steps])


def flips(scan: Scan, track: Track) -> tuple[Crossing, ...]:
    """Where the difference between the two rounds changes its sign along the one address."""
    found = [s.difference for s in track.steps]
    return crossings(
        places(scan),
        [None if d is None else d.points for d in found],
        [0.0 if d is None else Z * d.se for d in found],
    )
