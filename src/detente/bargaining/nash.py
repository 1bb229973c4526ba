"""The asymmetric Nash solution by enumeration of every package, exactly.

Maximises the product over principals of (gain - demand)^weight over the zone of
possible agreement (Nash 1950; Kalai 1977 for weights). Ties, scores within
TOLERANCE, go to the package that changes fewest issues, then to the lowest number.
Where a principal would gain nothing anywhere in the zone, surpluses are taken as
at least TOLERANCE, so the rest still decides.

The logarithm of a product is concave in the surpluses, so a package can beat the
best so far only if its surpluses s pass the tangent test sum w s / S >= sum w,
S being the best's. The test is vector code; logarithms are rare.
"""

from __future__ import annotations

import numpy as np

from detente.arrays import Bools, Bytes, Floats, Ints
from detente.bargaining.rows import TOLERANCE, lay_out, mark_feasible, reachable, strike
from detente.bargaining.solution import Question, Solution
from detente.kernels import kernel, log


def nash(question: Question) -> Solution:
    """The asymmetric Nash solution in every draw, by exact enumeration."""
    problem, layout = question.arrays()
    filled = question.blank()
    solve_draws(*problem, *layout, *filled)  # pyright: ignore[reportCallIssue] -- tuples of stated length
    return question.answer(*filled)


@kernel
def solve_draws(
    gain: Floats, demand: Floats, weight: Floats, bonus: Floats, with_links: Ints, absolute: Bools,
    may_break: Ints, line_party: Ints, line_option: Ints,
    high_options: Ints, high_number: Ints, high_changes: Ints, class_of: Ints,
    low_options: Ints, low_number: Ints, low_changes: Ints, code: Ints, start: Ints, rows: Ints,
    barred: int, votes: Floats, needed: float, chosen: Ints, zone: Ints, ties: Ints,
) -> None:  # fmt: skip
    """Solve every draw: fills the number chosen (-1: none), zone size and tie size.

    Args:
        gain: shape (draw, party, option). demand: (draw, party). weight: (draw,
            principal). bonus: (draw, link, party). with_links: links with a bonus.
            absolute: (draw, line).
        may_break: (draw,), bit mask of the forbidding links in force that the lists do
            not already respect.
        line_party, line_option: shape (line,).
        high_*, low_*, class_of, code: the space. start, rows: its lists.
        barred: number of the package that is no deal, or -1.
        votes, needed: who must agree, as ``rows.votes_of`` says.
        chosen, zone, ties: shape (draw,), filled.
    """
    draws, parties, options = gain.shape
    principals = weight.shape[1]
    high = np.empty((parties, class_of.size))
    low = np.empty((parties, low_number.size))
    lists = np.empty((parties, rows.size))
    best_of = np.empty((parties, start.size - 1))
    own = np.empty((parties, options))
    share = np.empty(principals)
    scratch = (
        np.empty(low_number.size, dtype=np.uint8), np.empty(low_number.size),
        np.empty(parties), np.empty(principals), np.empty(class_of.size),
    )  # fmt: skip
    for d in range(draws):
        total = 0.0
        for p in range(principals):
            total += weight[d, p]
        for p in range(principals):
            share[p] = weight[d, p] / total
        lay_out(
            gain[d], bonus[d], with_links, absolute[d], may_break[d], line_party, line_option,
            principals, high_options, low_options, code, start, rows, own, high, low, lists, best_of,
        )  # fmt: skip
        zone[d], best = _search(
            high, lists, best_of, demand[d], share, class_of, start, rows, high_number,
            low_number, barred, votes, needed, scratch,
        )  # fmt: skip
        chosen[d], ties[d] = _choose(
            high, lists, demand[d], share, class_of, start, rows, high_number, high_changes,
            low_number, low_changes, barred, votes, needed, best, scratch,
        )  # fmt: skip


_Scratch = tuple[Bytes, Floats, Floats, Floats, Floats]


@kernel
def _search(
    high: Floats, lists: Floats, best_of: Floats, demand: Floats, share: Floats, class_of: Ints,
    start: Ints, rows: Ints, high_number: Ints, low_number: Ints, barred: int, votes: Floats,
    needed: float, scratch: _Scratch,
) -> tuple[int, float]:  # fmt: skip
    """Size of the zone and best score; leaves each high row's best score in scratch."""
    ok, value, need, slope, row_best = scratch
    principals = share.size
    zone, best = 0, -np.inf
    for h in range(class_of.size):
        row_best[h] = -np.inf
        c: int = class_of[h]
        if not reachable(high, best_of, demand, votes, needed, h, c, need):
            continue
        first, last = start[c], start[c + 1]
        count = mark_feasible(lists, need, votes, needed, first, last, ok)
        if count == 0:
            continue
        count -= strike(ok, rows, first, last, low_number, barred - high_number[h])
        zone += count
        if best > -np.inf and not _promising(lists, need, slope, first, last, ok, value):
            continue
        for j in range(last - first):
            if ok[j] and (best == -np.inf or value[j] >= 1.0 - 2.0 * TOLERANCE):
                score = 0.0
                for p in range(principals):
                    score += share[p] * log(_surplus(lists[p, first + j], need[p]))
                row_best[h] = max(row_best[h], score)
                if score > best:
                    best = score
                    for p in range(principals):
                        slope[p] = share[p] / _surplus(lists[p, first + j], need[p])
                    # the new best's slopes bound the rest of this row as well
                    _promising(lists, need, slope, first, last, ok, value)
    return zone, best


@kernel
def _surplus(low: float, need: float) -> float:
    """Gain less demand, at least TOLERANCE; ``need`` is the demand less the high row's gain."""
    return max(low - (need + TOLERANCE), TOLERANCE)


@kernel
def _promising(
    lists: Floats, need: Floats, slope: Floats, first: int, last: int, ok: Bytes,
    value: Floats,
) -> bool:  # fmt: skip
    """Fill the tangent test's values; whether any feasible entry passes."""
    length = last - first
    for p in range(slope.size):
        row = lists[p, first:last]
        shift, factor = need[p] + TOLERANCE, slope[p]
        if p == 0:
            for j in range(length):
                value[j] = factor * max(row[j] - shift, TOLERANCE)
        else:
            for j in range(length):
                value[j] += factor * max(row[j] - shift, TOLERANCE)
    passing = 0
    for j in range(length):
        passing += ok[j] & (value[j] >= 1.0 - 2.0 * TOLERANCE)
    return passing > 0


@kernel
def _choose(
    high: Floats, lists: Floats, demand: Floats, share: Floats, class_of: Ints, start: Ints,
    rows: Ints, high_number: Ints, high_changes: Ints, low_number: Ints, low_changes: Ints,
    barred: int, votes: Floats, needed: float, best: float, scratch: _Scratch,
) -> tuple[int, int]:  # fmt: skip
    """Among packages scoring within TOLERANCE of the best: the one by the tie rule, how many."""
    ok, _, need, _, row_best = scratch
    chosen, fewest, ties = -1, 0, 0
    if best == -np.inf:
        return chosen, ties
    for h in range(class_of.size):
        if row_best[h] < best - TOLERANCE:
            continue
        for p in range(high.shape[0]):
            need[p] = demand[p] - TOLERANCE - high[p, h]
        c: int = class_of[h]
        first, last = start[c], start[c + 1]
        mark_feasible(lists, need, votes, needed, first, last, ok)
        strike(ok, rows, first, last, low_number, barred - high_number[h])
        for j in range(last - first):
            if not ok[j]:
                continue
            score = 0.0
            for p in range(share.size):
                score += share[p] * log(_surplus(lists[p, first + j], need[p]))
            if score >= best - TOLERANCE:
                ties += 1
                changes = high_changes[h] + low_changes[rows[first + j]]
                number = high_number[h] + low_number[rows[first + j]]
                if chosen < 0 or (changes, number) < (fewest, chosen):
                    chosen, fewest = number, changes
    return chosen, ties
