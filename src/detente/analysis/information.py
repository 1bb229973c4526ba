"""How much an observation would tell about which reading holds.

The expected information gain of an event is the mutual information between it and the
reading, I(R; E) = H(R) - H(R | E), in bits (Lindley 1956). It is computed from the joint
shares of draws; a jackknife over groups of draws removes its bias, which is upwards,
and gives its error (Efron & Tibshirani 1993, chapter 11).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from detente.arrays import Bools, Floats

GROUPS = 20


def information_gain(
    weights: Sequence[float], happened: Sequence[Bools], evidence: Sequence[Bools]
) -> tuple[float, float]:
    """Expected gain in bits and its standard error.

    Args:
        weights: prior weight of each reading.
        happened: in each reading's draws, whether the event came true: shape (draw,).
        evidence: likewise, whether what is known already did.
    """
    cells = np.stack(
        [
            _groups(np.stack([known & came_true, known & ~came_true], axis=1)) * weight
            for weight, came_true, known in zip(weights, happened, evidence, strict=True)
        ],
        axis=1,
    )  # (group, reading, happened or not)
    groups = len(cells)
    total = cells.sum(axis=0)
    whole = mutual_information(total)
    without = np.array([mutual_information(total - one) for one in cells])
    spread = float(((without - without.mean()) ** 2).sum())
    bits = groups * whole - (groups - 1) * float(without.mean())
    return max(bits, 0.0), float(np.sqrt((groups - 1) / groups * spread))


def _groups(flags: Bools) -> Floats:
    """Counts by group of consecutive draws: shape (group, column)."""
    edges = np.linspace(0, len(flags), min(GROUPS, len(flags)) + 1).astype(np.int64)[:-1]
    return np.add.reduceat(flags.astype(np.float64), edges, axis=0)


def mutual_information(joint: Floats) -> float:
    """Between rows and columns of a table of weights, in bits; 0 for an empty one."""
    total = float(joint.sum())
    if total <= 0.0:
        return 0.0
    p = joint / total
    independent = p.sum(axis=1, keepdims=True) * p.sum(axis=0, keepdims=True)
    some = p > 0.0
    return float((p[some] * np.log2(p[some] / independent[some])).sum())


def surprise(before: Sequence[float], after: Sequence[float]) -> float:
    """Kullback-Leibler divergence of new weights from old ones, in bits."""
    return sum(b * float(np.log2(b / a)) for a, b in zip(before, after, strict=True) if b > 0.0)
