"""Alternating offers of two principals with a risk that talks break down.

Offers alternate; after a rejection by i talks break down with chance 1 - d_i. The two
may agree on lotteries over packages, so what they can have is the convex hull of the
zone's surpluses. In the one stationary equilibrium the first proposer offers x, the
second would offer y, and each leaves the other just what waiting is worth to it:

    s_2(x) = d_2 s_2(y),   s_1(y) = d_1 s_1(x)

(Rubinstein 1982; Binmore, Rubinstein & Wolinsky 1986). A principal of weight w
continues with d = exp(-RISK / w), weights summing to 1, so as the risk vanishes both
offers go to the asymmetric Nash solution of the hull with these weights. Chance decides
who begins, each with even odds, and which of two packages a lottery turns out to be.
"""

from __future__ import annotations

import numpy as np

from detente.arrays import Bytes, Floats, Ints
from detente.bargaining.rows import lay_out
from detente.bargaining.solution import Arrays, Question, Solution
from detente.bargaining.walking import SUM, best_package
from detente.errors import UsageError
from detente.kernels import exp, kernel

RISK = 0.05  # of breakdown after a rejection, to a principal of weight one
MOST_CORNERS = 256  # of a hull; a zone has a few dozen
EDGE = 1e-9  # how far beyond a line a package must lie to be a corner
HALVINGS = 60


def alternating_offers(question: Question, risk: float = RISK) -> Solution:
    """The package agreed on at once in equilibrium, in every draw.

    Raises UsageError unless there are two principals.
    """
    principals = question.table.weight.shape[1]
    if principals != 2:
        raise UsageError(
            f"alternating offers: {principals} principals; two are allowed, since with more the "
            "equilibrium is not unique; use another protocol"
        )
    draws = question.draws
    lots = question.lots
    proposes = np.full(draws, 0.25) if lots is None else lots.proposes
    lottery = np.full(draws, 0.5) if lots is None else lots.lottery
    problem, layout = question.arrays()
    filled = question.blank()
    _solve(problem, layout, risk, proposes, lottery, *filled)
    return question.answer(*filled)


@kernel
def _solve(
    problem: Arrays, layout: Arrays, risk: float, proposes: Floats, lottery: Floats, chosen: Ints,
    zone: Ints, ties: Ints,
) -> None:  # fmt: skip
    gain, demand, weight, bonus, with_links, absolute, may_break, line_party, line_option = problem
    (high_options, high_number, high_changes, class_of, low_options, low_number, low_changes,
     code, start, rows, barred, votes, needed) = layout  # fmt: skip
    parties = gain.shape[1]
    own = np.empty((parties, gain.shape[2]))
    high = np.empty((parties, class_of.size))
    low = np.empty((parties, low_number.size))
    lists = np.empty((parties, rows.size))
    best_of = np.empty((parties, start.size - 1))
    scratch = (
        np.empty(low_number.size, dtype=np.uint8), np.empty(low_number.size),
        np.empty(low_number.size), np.empty(parties), np.empty(class_of.size),
    )  # fmt: skip
    space = (
        class_of,
        start,
        rows,
        high_number,
        high_changes,
        low_number,
        low_changes,
        barred,
        votes,
        needed,
    )
    corner = np.empty((MOST_CORNERS, 2))
    package = np.empty(MOST_CORNERS, dtype=np.int64)
    for d in range(gain.shape[0]):
        lay_out(
            gain[d], bonus[d], with_links, absolute[d], may_break[d], line_party, line_option,
            2, high_options, low_options, code, start, rows, own, high, low, lists, best_of,
        )  # fmt: skip
        corners, zone[d], ties[d] = _hull(
            high, lists, best_of, demand[d], space, scratch, corner, package
        )
        if corners == 0:
            chosen[d] = -1
            continue
        total = weight[d, 0] + weight[d, 1]
        first = exp(-risk * total / weight[d, 0])
        second = exp(-risk * total / weight[d, 1])
        x, y = offers(corner[:corners], first, second)
        at = x if proposes[d] < 0.5 else y
        chosen[d] = package[_corner_at(corner[:corners], at, lottery[d])]


_Space = tuple[Ints, Ints, Ints, Ints, Ints, Ints, Ints, int, Floats, float]
_Scratch = tuple[Bytes, Floats, Floats, Floats, Floats]


@kernel
def _hull(
    high: Floats, lists: Floats, best_of: Floats, demand: Floats, space: _Space, scratch: _Scratch,
    corner: Floats, package: Ints,
) -> tuple[int, int, int]:  # fmt: skip
    """Corners of the efficient hull from most for the first principal to most for the second.

    Returns how many, the size of the zone, and how many packages tie at the first corner.
    """
    scale, at = np.empty(2), np.empty(2)
    scale[0], scale[1] = 1.0, 0.0
    number, zone, ties = _best(high, lists, best_of, demand, space, scratch, scale, at, True)
    if zone == 0:
        return 0, 0, 0
    corner[0], package[0] = at, number
    scale[0], scale[1] = 0.0, 1.0
    number, _, _ = _best(high, lists, best_of, demand, space, scratch, scale, at, True)
    if at[0] >= corner[0, 0] - EDGE:
        return 1, zone, ties
    corner[1], package[1] = at, number
    count, edge = 2, 0
    while edge < count - 1 and count < MOST_CORNERS:
        scale[0] = corner[edge + 1, 1] - corner[edge, 1]
        scale[1] = corner[edge, 0] - corner[edge + 1, 0]
        number, _, _ = _best(high, lists, best_of, demand, space, scratch, scale, at, False)
        line = scale[0] * corner[edge, 0] + scale[1] * corner[edge, 1]
        if scale[0] * at[0] + scale[1] * at[1] <= line + EDGE * (scale[0] + scale[1]):
            edge += 1
            continue
        for later in range(count, edge + 1, -1):
            corner[later], package[later] = corner[later - 1], package[later - 1]
        corner[edge + 1], package[edge + 1] = at, number
        count += 1
    return count, zone, ties


@kernel
def _best(
    high: Floats, lists: Floats, best_of: Floats, demand: Floats, space: _Space, scratch: _Scratch,
    scale: Floats, at: Floats, then_other: bool,
) -> tuple[int, int, int]:  # fmt: skip
    """The package furthest in a direction; with ``then_other``, ties by the other's surplus."""
    (class_of, start, rows, high_number, high_changes, low_number, low_changes, barred, votes,
     needed) = space  # fmt: skip
    ok, value, total, need, row_best = scratch
    if then_other:
        # weights far apart put one surplus before the other, within rounding of the walk
        scale[0] = max(scale[0], 1e-7)
        scale[1] = max(scale[1], 1e-7)
    number, zone, ties, _ = best_package(
        high, lists, best_of, demand, scale, SUM, class_of, start, rows, high_number,
        high_changes, low_number, low_changes, barred, votes, needed, ok, value, total, need,
        row_best, at,
    )  # fmt: skip
    return number, zone, ties


@kernel
def offers(corner: Floats, first: float, second: float) -> tuple[float, float]:
    """What the first principal gets by its own offer, and by the other's.

    Args:
        corner: shape (corner, 2), surpluses of both, the first's falling, the second's
            rising.
        first: chance that talks go on after the first principal rejects, 0 to 1.
        second: the same for the second.
    """
    low, high = 0.0, corner[0, 0]
    if _left(corner, high) >= second * _left(corner, first * high):
        return high, _own(corner, first * high)
    for _ in range(HALVINGS):
        middle = 0.5 * (low + high)
        if _left(corner, middle) >= second * _left(corner, first * middle):
            low = middle
        else:
            high = middle
    return low, _own(corner, first * low)


@kernel
def _left(corner: Floats, mine: float) -> float:
    """The most the second principal can have where the first has at least ``mine``."""
    last = corner.shape[0] - 1
    if mine <= corner[last, 0]:
        return corner[last, 1]
    for edge in range(last):
        if mine >= corner[edge + 1, 0]:
            width = corner[edge, 0] - corner[edge + 1, 0]
            share = (mine - corner[edge + 1, 0]) / width
            return corner[edge + 1, 1] + share * (corner[edge, 1] - corner[edge + 1, 1])
    return corner[last, 1]


@kernel
def _own(corner: Floats, least: float) -> float:
    """What the first gets where the second takes the best that leaves it ``least``."""
    return max(least, corner[corner.shape[0] - 1, 0])


@kernel
def _corner_at(corner: Floats, mine: float, lottery: float) -> int:
    """The corner that a lottery giving the first ``mine`` on average turns out to be."""
    last = corner.shape[0] - 1
    for edge in range(last):
        if mine >= corner[edge + 1, 0]:
            width = corner[edge, 0] - corner[edge + 1, 0]
            share = min((mine - corner[edge + 1, 0]) / width, 1.0)
            return edge if lottery < share else edge + 1
    return last
