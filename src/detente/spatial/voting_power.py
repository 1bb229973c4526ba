"""Voting power: the Shapley-Shubik index, exactly, by counting coalitions (Shapley & Shubik 1954)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import comb

import numpy as np

from detente.arrays import Floats


def shapley_shubik(votes: Sequence[int], quota: int) -> Floats:
    """How often each member turns a losing coalition into a winning one, over all orders.

    A coalition wins with at least ``quota`` votes, above 0. The indices sum to 1 where all together
    win, and are 0 where they do not. Votes are whole numbers of at least 0. Axis (member,).
    """
    return np.array(_index(tuple(votes), quota))


@lru_cache(maxsize=4096)
def _index(votes: tuple[int, ...], quota: int) -> tuple[float, ...]:
    total = sum(votes)
    if quota > total:
        return (0.0,) * len(votes)
    every = np.zeros((len(votes) + 1, total + 1))
    every[0, 0] = 1.0
    for vote in votes:
        joined = every.copy()
        joined[1:, vote:] += every[:-1, : total + 1 - vote]
        every = joined
    by_vote = {vote: _pivotal(every, vote, quota) for vote in set(votes)}
    return tuple(by_vote[vote] for vote in votes)


def _pivotal(every: Floats, vote: int, quota: int) -> float:
    """The index of one with this many votes. ``every`` counts coalitions by members and votes."""
    others = every.copy()
    size, total = len(every) - 1, every.shape[1] - 1
    for count in range(1, size + 1):  # coalitions without it: take those with it away
        others[count, vote:] -= others[count - 1, : total + 1 - vote]
    turned = others[:, max(quota - vote, 0) : quota].sum(axis=1)
    return sum(float(turned[count]) / (size * comb(size - 1, count)) for count in range(size))
