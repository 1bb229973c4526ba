"""Position exchange: two actors trade support across two issues that they weigh differently.

Stokman & Van Oosten (1994). Each gives way where it minds less and is given where it minds more.
What they leave open is read as stated in docs/explanation/spatial.md.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from detente.arrays import Bools, Floats, Ints
from detente.kernels import kernel
from detente.spatial.compromise import compromise
from detente.spatial.table import Table

LEAST_GAIN = 1e-9  # an exchange worth less, in salience times points, is none
NEARLY = 1.0 - 1e-9  # gains that differ by a smaller share are equal


def position_exchange(table: Table, *, together: Ints | None = None) -> Floats:
    """The weighted means once all exchanges are made, 0 to 100. Axis (case,).

    Args:
        table: axes (case, actor).
        together: axis (case,); cases with the same label are issues that the same actors decide
            together. Without it every case stands alone, nobody has anything to trade, and the
            forecast is the compromise.
    """
    if together is None:
        return compromise(table)
    groups = np.unique(together, return_inverse=True)[1].reshape(-1)
    order = np.argsort(groups, kind="stable")
    first = np.searchsorted(groups[order], np.arange(len(np.unique(groups)) + 1))
    weight, position = table.weight(), table.position[order].copy()
    _trade(position, table.salience[order], weight[order], first.astype(np.int64))
    moved = np.empty_like(position)
    moved[order] = position
    return compromise(Table(moved, table.salience, table.power, table.reference))


def exchange(tables: Sequence[Table]) -> tuple[Floats, ...]:
    """Forecasts of several issues of the same actors, one table an issue, alike in cases and actors.

    Case c of one table and case c of another are decided together, as two issues of one draw are.
    Axes of each result: (case,). Raises ValueError where tables differ in shape.
    """
    if not tables or any(one.position.shape != tables[0].position.shape for one in tables):
        raise ValueError("tables of one shape, at least one")
    cases = len(tables[0].position)
    joined = Table(
        *(
            np.concatenate([getattr(one, name) for one in tables])
            for name in ("position", "salience", "power", "reference")
        )
    )
    labels = np.tile(np.arange(cases), len(tables))
    found = position_exchange(joined, together=labels)
    return tuple(found.reshape(len(tables), cases))


@kernel
def _trade(position: Floats, salience: Floats, weight: Floats, first: Ints) -> None:
    """Make every exchange of every group, the most gainful first; ``position`` is changed.

    Axes (case, actor); cases from first[g] to first[g + 1] are the issues of group g. On each issue
    an actor shifts at most once.
    """
    actors = position.shape[1]
    for group in range(first.shape[0] - 1):
        low, high = first[group], first[group + 1]
        moved = np.zeros((high - low, actors), dtype=np.bool_)
        deal = np.zeros(4, dtype=np.int64)
        steps = np.zeros(2)
        while _best(position, salience, weight, low, high, moved, deal, steps):
            giver, taker, here, there = int(deal[0]), int(deal[1]), int(deal[2]), int(deal[3])
            _shift(position, here, giver, taker, steps[0])
            _shift(position, there, taker, giver, steps[1])
            moved[here - low, giver] = True
            moved[there - low, taker] = True


@kernel
def _shift(position: Floats, issue: int, who: int, towards: int, step: float) -> None:
    """Move an actor towards where another stands, and not beyond."""
    gap = position[issue, towards] - position[issue, who]
    position[issue, who] += gap if step >= abs(gap) else step if gap > 0.0 else -step


@kernel
def _best(
    position: Floats, salience: Floats, weight: Floats, low: int, high: int, moved: Bools,
    deal: Ints, steps: Floats,
) -> bool:  # fmt: skip
    """Find the exchange that gains most; False if none is left.

    ``deal`` becomes who gives way on the first issue, to whom, both issues; ``steps`` how far each
    shifts. Of exchanges that gain alike the first in the table is taken.
    """
    actors = position.shape[1]
    mean, total = _outcomes(position, weight, low, high)
    most = LEAST_GAIN
    for i in range(actors):
        for j in range(actors):
            for a in range(high - low):
                if moved[a, i] or not _apart(position, weight, low + a, i, j, mean[a]):
                    continue
                most = _best_return(
                    position, salience, weight, low, moved, deal, steps, mean, total, i, j, a, most
                )
    return most > LEAST_GAIN


@kernel
def _best_return(
    position: Floats, salience: Floats, weight: Floats, low: int, moved: Bools, deal: Ints,
    steps: Floats, mean: Floats, total: Floats, i: int, j: int, a: int, most: float,
) -> float:  # fmt: skip
    """The most gained so far, with what j may give i in return for i's giving way on a."""
    for b in range(mean.shape[0]):
        if a == b or moved[b, j] or not _apart(position, weight, low + b, i, j, mean[b]):
            continue
        gain, give, take = _terms(
            position, salience, weight, low + a, low + b, i, j, total[a], total[b]
        )
        if gain * NEARLY > most:
            most = gain
            deal[0], deal[1], deal[2], deal[3] = i, j, low + a, low + b
            steps[0], steps[1] = give, take
    return most


@kernel
def _outcomes(position: Floats, weight: Floats, low: int, high: int) -> tuple[Floats, Floats]:
    """The expected outcome and the whole weight of each issue of a group. Axis (issue,)."""
    mean, total = np.zeros(high - low), np.zeros(high - low)
    for issue in range(high - low):
        for actor in range(position.shape[1]):
            w = weight[low + issue, actor]
            if w > 0.0:
                total[issue] += w
                mean[issue] += w * position[low + issue, actor]
        if total[issue] > 0.0:
            mean[issue] /= total[issue]
    return mean, total


@kernel
def _apart(position: Floats, weight: Floats, issue: int, i: int, j: int, mean: float) -> bool:
    """Whether two actors with a say stand on different sides of the expected outcome."""
    if weight[issue, i] <= 0.0 or weight[issue, j] <= 0.0:
        return False
    return (position[issue, i] - mean) * (position[issue, j] - mean) < 0.0


@kernel
def _terms(
    position: Floats, salience: Floats, weight: Floats, a: int, b: int, i: int, j: int,
    total_a: float, total_b: float,
) -> tuple[float, float, float]:  # fmt: skip
    """What both gain if i gives way on a and j on b, and how far each shifts.

    The outcomes shift so that both gain the same: d_a (s_ia + s_ja) = d_b (s_ib + s_jb). One of
    them goes as far as where the other stands, whichever is reached first.
    """
    sum_a = salience[a, i] + salience[a, j]
    sum_b = salience[b, i] + salience[b, j]
    if salience[a, i] * salience[b, j] >= salience[b, i] * salience[a, j]:
        return 0.0, 0.0, 0.0  # i minds a as much as j does: nothing to win
    far_a = weight[a, i] / total_a * abs(position[a, j] - position[a, i])
    far_b = weight[b, j] / total_b * abs(position[b, i] - position[b, j])
    d_a = min(far_a, far_b * sum_b / sum_a)
    d_b = d_a * sum_a / sum_b
    gain = salience[a, j] * d_a - salience[b, j] * d_b
    return gain, d_a * total_a / weight[a, i], d_b * total_b / weight[b, j]
