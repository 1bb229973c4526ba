"""Several shares as one: mixtures of distributions, and pools of two chances.

The linear pool is the weighted mean (Stone 1961). The log-odds pool is the weighted mean of
log odds (Genest & Zidek 1986): it gives more to a chance near 0 or 1, and one that is 0 or 1
decides alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from detente.arrays import Floats
from detente.outside.base_rates import DECIMALS, Beta, Interval

_HALVINGS = 60  # of [0, 1]: beyond what a double tells apart


class Distribution(Protocol):
    """Of a share."""

    def cdf(self, share: float) -> float:
        """The probability that the share is at most this one."""
        ...


@dataclass(frozen=True, slots=True)
class Mixture:
    """Beta distributions with weights that sum to 1; at least one."""

    parts: tuple[Beta, ...]
    weights: tuple[float, ...]

    @property
    def mean(self) -> float:
        """The weighted mean of the parts' means."""
        return _dot(self.weights, [part.mean for part in self.parts])

    @property
    def within(self) -> float:
        """The variance that would be left if all parts had the same mean."""
        return _dot(self.weights, [part.variance for part in self.parts])

    @property
    def between(self) -> float:
        """The variance of the parts' means: how far the classes differ."""
        centre = self.mean
        return _dot(self.weights, [(part.mean - centre) ** 2 for part in self.parts])

    @property
    def heterogeneity(self) -> float:
        """The share of all variance that lies between the parts, 0 to 1."""
        return self.between / (self.between + self.within)

    def cdf(self, share: float) -> float:
        """The probability that the share is at most this one."""
        return _dot(self.weights, [part.cdf(share) for part in self.parts])

    def interval(self, level: float) -> Interval:
        """The central interval at ``level``."""
        return central(self.cdf, level)


@dataclass(frozen=True, slots=True)
class Weighted:
    """Values from 0 to 1, shape (value,), with weights that sum to 1."""

    values: Floats
    weights: Floats

    def cdf(self, share: float) -> float:
        """The weight of the values up to this one."""
        return float(self.weights[self.values <= share].sum())

    def interval(self, level: float) -> Interval:
        """The central interval at ``level``."""
        return central(self.cdf, level)


def central(cdf: Callable[[float], float], level: float) -> Interval:
    """The central interval of a distribution on [0, 1], by bisection of its distribution."""
    tail = (1.0 - level) / 2.0
    low, high = quantile(cdf, tail), quantile(cdf, 1.0 - tail)
    return round(low, DECIMALS), round(high, DECIMALS)


def quantile(cdf: Callable[[float], float], p: float) -> float:
    """The least share at which ``cdf`` reaches ``p``."""
    low, high = 0.0, 1.0
    if cdf(low) >= p:
        return low
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        if cdf(middle) >= p:
            high = middle
        else:
            low = middle
    return high


def linear_pool(inside: float, outside: float, weight: float) -> float:
    """The weighted mean; ``weight`` is the outside view's, 0 to 1."""
    return (1.0 - weight) * inside + weight * outside


def log_odds_pool(inside: float, outside: float, weight: float) -> float:
    """The chance whose log odds are the weighted mean of the two; both strictly within (0, 1)."""
    return expit((1.0 - weight) * logit(inside) + weight * logit(outside))


def pooled_interval(
    inside: Distribution, outside: Distribution, weight: float, level: float
) -> Interval:
    """The central interval of the linear pool of two distributions."""
    return central(lambda x: linear_pool(inside.cdf(x), outside.cdf(x), weight), level)


def logit(p: float) -> float:
    """Log odds of a chance strictly within (0, 1)."""
    return math.log(p) - math.log1p(-p)


def expit(x: float) -> float:
    """The chance with these log odds."""
    return 0.5 * (1.0 + math.tanh(0.5 * x))


def normalised(weights: Sequence[float]) -> tuple[float, ...]:
    """Weights, at least one above 0, that sum to 1."""
    total = math.fsum(weights)
    return tuple(weight / total for weight in weights)


def _dot(weights: Sequence[float], values: Sequence[float]) -> float:
    return float(np.dot(weights, values))
