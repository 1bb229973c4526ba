"""A share and its uncertainty from counts: the beta-binomial.

With a Beta(a, b) prior, k of n cases leave Beta(a + k, b + n - k) for the share, and the
number among m further cases is beta-binomial (Gelman et al. 2013, section 2.4). Counts may
be fractions: a share that was not counted directly, such as a survival estimate, comes with
the number of cases that would make it as uncertain as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import scipy  # its parts load when first named: a situation without classes uses none

from detente.arrays import Floats
from detente.errors import UsageError

PriorName = Literal["jeffreys", "uniform"]
PRIORS: dict[str, float] = {"jeffreys": 0.5, "uniform": 1.0}
HALF, MOST = 0.5, 0.9
DECIMALS = 12  # library functions may differ in their last bits between machines
_SLACK = 1e-12  # for sums of chances
Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Beta:
    """A beta distribution of a share. Both parameters are above 0."""

    a: float
    b: float

    @property
    def mean(self) -> float:
        """The mean share, and the chance that the next case is one."""
        return self.a / (self.a + self.b)

    @property
    def variance(self) -> float:
        """The variance of the share."""
        total = self.a + self.b
        return self.a * self.b / (total * total * (total + 1.0))

    def cdf(self, share: float) -> float:
        """The probability that the share is at most this one."""
        return float(scipy.special.betainc(self.a, self.b, min(max(share, 0.0), 1.0)))

    def cdf_at(self, shares: Floats) -> Floats:
        """The same for many shares within [0, 1], shape (share,)."""
        return np.asarray(scipy.special.betainc(self.a, self.b, shares), dtype=np.float64)

    def quantile(self, p: float) -> float:
        """The share below which it lies with probability ``p``."""
        return round(float(scipy.special.betaincinv(self.a, self.b, p)), DECIMALS)

    def interval(self, level: float) -> Interval:
        """The central interval that holds the share with probability ``level``."""
        tail = (1.0 - level) / 2.0
        return self.quantile(tail), self.quantile(1.0 - tail)

    def among(self, cases: int, level: float) -> tuple[int, int]:
        """How many of so many further cases it will be, from and to, at ``level``."""
        tail = (1.0 - level) / 2.0
        below = np.cumsum(self._chances(cases))
        low, high = np.searchsorted(below, [tail - _SLACK, 1.0 - tail - _SLACK])
        return int(low), int(high)

    def _chances(self, cases: int) -> Floats:
        """The beta-binomial: the chance of each number among further cases, shape (number,)."""
        number = np.arange(cases + 1)
        ways = scipy.special.comb(cases, number)
        over = scipy.special.betaln(number + self.a, cases - number + self.b)
        whole = scipy.special.betaln(self.a, self.b)
        return np.asarray(ways * np.exp(over - whole), dtype=np.float64)


def posterior(k: float, n: float, prior: str = "jeffreys") -> Beta:
    """What k of n cases leave of the prior.

    Raises UsageError for an unknown prior, ValueError unless 0 <= k <= n.
    """
    if prior not in PRIORS:
        raise UsageError(
            f"--prior {prior}: no such prior; {' or '.join(PRIORS)}; jeffreys adds half a case "
            "of each kind, uniform adds one"
        )
    if not 0.0 <= k <= n:
        raise ValueError(f"{k} of {n} cases")
    start = PRIORS[prior]
    return Beta(start + k, start + n - k)
