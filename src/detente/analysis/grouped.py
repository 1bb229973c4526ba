"""Means, root mean squares and medians with intervals, by drawing whole groups again.

Issues of one proposal are decided together, so proposals are drawn and not issues (the cluster
bootstrap; Davison & Hinkley 1997, section 3.8). Whatever has the same groups is drawn the same way,
so that differences are paired. The intervals are percentiles, 2.5 and 97.5 %; each is for one number
by itself. Draws come from a stream of their own: the same seed gives the same intervals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from detente.arrays import Floats, Ints
from detente.kernels import kernel
from detente.sampling.streams import uniforms

REPLICATES = 2000
LEVEL = 0.95
_STREAM = "grouped bootstrap"


@dataclass(frozen=True, slots=True)
class Measured:
    """A number with its 95 % interval."""

    value: float
    low: float
    high: float

    @property
    def excludes_zero(self) -> bool:
        """Whether the interval lies on one side of zero."""
        return self.low > 0.0 or self.high < 0.0


@dataclass(frozen=True, slots=True)
class Groups:
    """Which group each case is of, and how often each replicate draws each group.

    ``of`` has axis (case,) and counts groups from 0; ``times`` has axes (replicate, group).
    """

    of: Ints
    times: Ints

    @property
    def count(self) -> int:
        """How many groups there are."""
        return self.times.shape[1]

    def mean(self, values: Floats) -> Measured:
        """The mean over cases. ``values`` has axis (case,), as in what follows."""
        return _measured(float(values.mean()), self._means(values))

    def root_mean_square(self, values: Floats) -> Measured:
        """The root of the mean of squares."""
        squares = values * values
        return _measured(float(np.sqrt(squares.mean())), np.sqrt(self._means(squares)))

    def median(self, values: Floats) -> Measured:
        """The median: the lowest value with at least half of the cases at or below it."""
        order = np.argsort(values, kind="stable")
        ranked, of = values[order], self.of[order]
        once = np.ones((1, self.count), dtype=np.int64)
        value = float(_medians(ranked, of, once)[0])
        return _measured(value, _medians(ranked, of, self.times))

    def _means(self, values: Floats) -> Floats:
        return _means(_sums(values, self.of, self.count), _sizes(self.of, self.count), self.times)


def groups(names: Sequence[str], seed: int, replicates: int = REPLICATES) -> Groups:
    """Groups by name, and the draws of a balanced bootstrap over them.

    Args:
        names: the group of each case, at least one.
        seed: of the draws.
        replicates: how often groups are drawn again.
    """
    unique, of = np.unique(np.array(names), return_inverse=True)
    count = len(unique)
    u = uniforms(seed, _STREAM, replicates * count, 0, replicates * count)
    drawn = np.floor(u * count).astype(np.int64)
    place = np.repeat(np.arange(replicates), count) * count + drawn
    times = np.bincount(place, minlength=replicates * count).reshape(replicates, count)
    return Groups(of.astype(np.int64), times.astype(np.int64))


def _measured(value: float, drawn: Floats) -> Measured:
    tail = (1.0 - LEVEL) / 2.0
    low, high = np.quantile(drawn, [tail, 1.0 - tail])
    return Measured(value, float(low), float(high))


def _sums(values: Floats, of: Ints, count: int) -> Floats:
    return np.bincount(of, weights=values, minlength=count).astype(np.float64)


def _sizes(of: Ints, count: int) -> Floats:
    return np.bincount(of, minlength=count).astype(np.float64)


@kernel
def _means(sums: Floats, sizes: Floats, times: Ints) -> Floats:
    """The mean of each replicate, in a fixed order of adding. Axis (replicate,)."""
    out = np.empty(len(times))
    for replicate in range(len(times)):
        total, cases = 0.0, 0.0
        for group in range(len(sums)):
            total += times[replicate, group] * sums[group]
            cases += times[replicate, group] * sizes[group]
        out[replicate] = total / cases
    return out


@kernel
def _medians(ranked: Floats, of: Ints, times: Ints) -> Floats:
    """The median of each replicate, of values in rising order. Axis (replicate,)."""
    out = np.empty(len(times))
    for replicate in range(len(times)):
        cases = 0
        for one in of:
            cases += times[replicate, one]
        below = 0
        for place in range(len(ranked)):
            below += times[replicate, of[place]]
            if 2 * below >= cases:
                out[replicate] = ranked[place]
                break
    return out
