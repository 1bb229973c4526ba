"""The split of a backtest, written down before anything was fitted.

Cases of one group (issues of one proposal) are never apart. Groups are put in the order of the
SHA-256 of SPLIT and their name, and dealt to FOLDS folds in turn. So the split depends on the
names alone: not on the order of a file, a seed, an outcome or a position. A model that is
scored on a fold is fitted on the other folds. What is chosen by cross-validation inside the
fit (kernel widths, weights) is chosen with those other folds alone, leaving one of them out
at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

import numpy as np

from detente.arrays import Ints

SPLIT = "detente deu split 1"
FOLDS = 10


def folds(groups: Sequence[str], count: int = FOLDS) -> Ints:
    """The fold of each case, 0 to ``count`` - 1. Axis (case,).

    Args:
        groups: the group each case belongs to.
        count: how many folds; at most as many as there are groups are filled.
    """
    ranked = sorted(set(groups), key=_digest)
    fold = {group: rank % count for rank, group in enumerate(ranked)}
    return np.array([fold[group] for group in groups], dtype=np.int64)


def _digest(group: str) -> str:
    return sha256(f"{SPLIT}: {group}".encode()).hexdigest()
