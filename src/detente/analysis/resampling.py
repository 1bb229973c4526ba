"""Shares of one mean in another with their error, by drawing the rows again.

The bootstrap is balanced (Davison, Hinkley & Schechtman 1986): over all replicates each
row is drawn equally often. Replicates come from a stream of their own, so that the same
seed gives the same intervals. Rows count as independent; since the draws are stratified,
intervals err on the wide side.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.arrays import Floats
from detente.sampling.streams import uniforms

REPLICATES = 1000
LEVEL = 0.95
_BLOCK = 100  # replicates drawn together: memory


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its 95 % interval. An estimate of nothing may fall below 0."""

    value: float
    low: float
    high: float

    @property
    def blurred(self) -> bool:
        """Whether it cannot be told from nothing."""
        return self.low <= 0.0


@dataclass(frozen=True, slots=True)
class Resampling:
    """How rows are drawn again: the same way for whatever has as many rows."""

    seed: int
    replicates: int = REPLICATES

    def means(self, columns: Floats) -> Floats:
        """Means of the columns, shape (row, column), in each replicate: (replicate, column)."""
        rows = len(columns)
        found = [
            self._counts(rows, start, min(start + _BLOCK, self.replicates)) @ columns
            for start in range(0, self.replicates, _BLOCK)
        ]
        return np.concatenate(found) / rows

    def _counts(self, rows: int, start: int, stop: int) -> Floats:
        """How often each row is drawn: shape (replicate, row)."""
        u = uniforms(self.seed, "bootstrap", self.replicates * rows, start * rows, stop * rows)
        place = (
            np.floor(u * rows).astype(np.int64) + np.repeat(np.arange(stop - start), rows) * rows
        )
        counts = np.bincount(place, minlength=(stop - start) * rows)
        return counts.reshape(stop - start, rows).astype(np.float64)


def shares(parts: Floats, whole: Floats, resampling: Resampling) -> list[list[Share]]:
    """Each part's mean as a share of the whole's, with percentile intervals.

    Args:
        parts: shape (part, output, row).
        whole: shape (output, row).
        resampling: how the error is found.

    Returns:
        Part by part, output by output; (0, 0, 0) where the whole of an output is nothing.
    """
    outputs, rows = whole.shape
    every = np.concatenate([parts.reshape(-1, rows), whole])
    mean, drawn = every.mean(axis=1), resampling.means(every.T)
    base = np.where(mean[-outputs:] == 0.0, np.inf, mean[-outputs:])
    bases = np.abs(drawn[:, None, -outputs:])
    ratios = drawn[:, :-outputs].reshape(len(drawn), -1, outputs) / np.where(
        (bases > 0.0) & np.isfinite(base), bases, np.inf
    )
    tail = (1.0 - LEVEL) / 2.0
    low, high = np.quantile(ratios, [tail, 1.0 - tail], axis=0)
    value = mean[:-outputs].reshape(-1, outputs) / base
    return [
        [Share(*map(float, found)) for found in zip(*part, strict=True)]
        for part in zip(value, low, high, strict=True)
    ]
