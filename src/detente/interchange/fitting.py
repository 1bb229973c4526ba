"""An order of states as amounts: additive gains of changes, and of a few pairs of changes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any, cast

import numpy as np

from detente.arrays import Bools, Floats

MOST_PAIRS = 4
SAME = 1e-9

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Fit:
    """What each change, and each pair of changes made together, is worth, in ranks.

    Attributes:
        gain: shape (option,), of changing each option from the status quo.
        together: what a pair of changes is worth beyond the two.
        agreeing: pairs of states, one preferred to the other, that it puts in the same order.
        pairs: how many such pairs there are.
    """

    gain: Floats
    together: dict[Pair, float]
    agreeing: int
    pairs: int


def fit_of(changed: Bools, rank: Floats) -> Fit:
    """Least squares on the ranks; pairs of changes join one by one while they help the order.

    Args:
        changed: shape (state, option), whether an option differs from the status quo.
        rank: shape (state,), the higher the better.
    """
    best = _fit(changed, (), rank)
    while best.agreeing < best.pairs and len(best.together) < MOST_PAIRS:
        held = tuple(best.together)
        others = [p for p in combinations(range(changed.shape[1]), 2) if p not in held]
        tried = [_fit(changed, (*held, pair), rank) for pair in others if _varies(changed, pair)]
        better = max(tried, key=lambda fit: fit.agreeing, default=best)
        if better.agreeing <= best.agreeing:
            break
        best = better
    return best


def _varies(changed: Bools, pair: Pair) -> bool:
    both = changed[:, pair[0]] & changed[:, pair[1]]
    return bool(both.any()) and not both.all()


def _fit(changed: Bools, pairs: tuple[Pair, ...], rank: Floats) -> Fit:
    columns = [changed[:, k] for k in range(changed.shape[1])]
    columns += [changed[:, i] & changed[:, j] for i, j in pairs]
    x = np.stack(columns, axis=1).astype(np.float64)
    solve = cast(Any, np.linalg).lstsq  # its stubs do not say which numbers come out
    exact: Floats = solve(x - x.mean(axis=0), rank - rank.mean(), rcond=None)[0]
    worth: Floats = np.round(exact, 6) + 0.0
    value = x @ worth
    better = rank[:, None] > rank[None, :] + SAME
    kept = value[:, None] > value[None, :] + SAME
    options = changed.shape[1]
    return Fit(
        worth[:options],
        dict(zip(pairs, map(float, worth[options:]), strict=True)),
        int((better & kept).sum()),
        int(better.sum()),
    )
