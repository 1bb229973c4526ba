"""Counts and sums that come out the same however the draws are cut up."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from detente.arrays import Floats, Ints

Numbers = npt.NDArray[Any]
MERGE = 2_000_000  # values that wait before they are counted together


class Counts:
    """How often each value occurs in columns that come one after the other.

    Memory grows with the number of different values, not with the draws.
    """

    def __init__(self) -> None:
        """Nothing has been counted."""
        self._values: list[Numbers] = []
        self._times: list[Ints] = []
        self._waiting = 0

    def add(self, column: Numbers) -> None:
        """Count one more column of shape (n,)."""
        values, times = np.unique(column, return_counts=True)
        self._values.append(values)
        self._times.append(times.astype(np.int64))
        self._waiting += len(values)
        if self._waiting > MERGE:
            self._merge()
            self._waiting = 0

    def _merge(self) -> None:
        if len(self._values) > 1:
            values, where = np.unique(np.concatenate(self._values), return_inverse=True)
            times = np.zeros(len(values), dtype=np.int64)
            np.add.at(times, where.reshape(-1), np.concatenate(self._times))
            self._values, self._times = [values], [times]

    def counted(self) -> tuple[Numbers, Ints]:
        """The values, rising, and how often each occurs: two arrays of shape (value,)."""
        if not self._values:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
        self._merge()
        return self._values[0], self._times[0]


def median_of(values: Numbers, times: Ints) -> float:
    """The median of ``values``, rising, each taken ``times``: as ``numpy.median`` has it."""
    ends = np.cumsum(times)
    total = int(ends[-1])
    low, high = np.searchsorted(ends, [(total - 1) // 2, total // 2], side="right")
    return float(np.mean(np.array([values[low], values[high]])))


class Sum:
    """A sum of floats that is exact until it is asked for, so that order does not matter.

    It is kept as a few numbers that add up to it without error (Shewchuk 1997); the sum is
    then the nearest float.
    """

    def __init__(self) -> None:
        """Zero."""
        self._parts: list[float] = []

    def add(self, column: Floats) -> None:
        """Add every element of a finite column of shape (n,)."""
        left = [*self._parts, *column.tolist()]
        parts: list[float] = []
        while (rest := math.fsum(left)) != 0.0:
            parts.append(rest)
            left.append(-rest)
        self._parts = parts

    def value(self) -> float:
        """The sum, correctly rounded."""
        return math.fsum(self._parts)
