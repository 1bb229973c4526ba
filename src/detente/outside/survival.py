"""How many last, where some are still lasting: Kaplan & Meier (1958).

The variance is Greenwood's (1926), the interval that of log(-log) of the survival, which
stays within 0 and 1 (Kalbfleisch & Prentice 2002, section 1.4).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Survival:
    """The share that outlasts a time.

    Attributes:
        share: the estimate.
        error: its standard error, by Greenwood's formula.
        low, high: 95 % interval by log-log.
        cases: how many were followed from the start.
        ended: how many are known to have ended up to the time.
        at_risk: how many were still followed at the time.
    """

    share: float
    error: float
    low: float
    high: float
    cases: int
    ended: int
    at_risk: int

    @property
    def counted(self) -> tuple[float, float]:
        """(k, n): the counts that would give this share with this error.

        The effective sample size of Cutler & Ederer (1958): n = S (1 - S) / variance. Where
        nothing was cut off it is the number of cases. Where none or all have ended there is
        no error to go by, and it is how many were still followed, or all.
        """
        if self.error <= 0.0:
            n = float(self.at_risk if self.share > 0.0 else self.cases)
            return self.share * n, n
        n = self.share * (1.0 - self.share) / self.error**2
        return self.share * n, n


def kaplan_meier(cases: Sequence[tuple[float, bool]], at: float) -> Survival:
    """The share of ``cases`` that outlasts ``at``.

    Args:
        cases: (time, whether it ended then; else it was followed no further), at least one.
            An end at a time counts before those who are followed no further than it.
        at: the time, in the same unit.
    """
    share, total = 1.0, 0.0
    for time in sorted({time for time, ended in cases if ended and time <= at}):
        risk = sum(other >= time for other, _ in cases)
        ends = sum(ended and other == time for other, ended in cases)
        share *= 1.0 - ends / risk
        total += ends / (risk * (risk - ends)) if risk > ends else math.inf
    low, high = _log_log(share, total)
    error = share * math.sqrt(total) if share > 0.0 else 0.0
    ended = sum(ended and time <= at for time, ended in cases)
    at_risk = sum(time > at or (time == at and not ended) for time, ended in cases)
    return Survival(share, error, low, high, len(cases), ended, at_risk)


def _log_log(share: float, total: float) -> tuple[float, float]:
    if share in {0.0, 1.0}:
        return share, share
    spread = Z95 * math.sqrt(total) / abs(math.log(share))
    return share ** math.exp(spread), share ** math.exp(-spread)
