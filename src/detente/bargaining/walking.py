"""One walk of a package space for rules that score a package by its surpluses alone.

A surplus s_p is a principal's gain less its demand. A *score* is either a weighted sum
of surpluses or the least of the weighted surpluses; both are vector code. Scores within
TOLERANCE tie: ties go to the larger weighted sum, then to the package that changes
fewest issues, then to the lowest number. So a package that another dominates is never
chosen.
"""

from __future__ import annotations

from detente.arrays import Bytes, Floats, Ints
from detente.bargaining.rows import TOLERANCE, least_counted, mark_feasible, reachable, strike
from detente.kernels import kernel

SUM, LEAST = 0, 1  # how a package is scored
NOTHING = -1e300  # the score of an empty zone


@kernel
def best_package(
    high: Floats, lists: Floats, best_of: Floats, demand: Floats, scale: Floats, how: int,
    class_of: Ints, start: Ints, rows: Ints, high_number: Ints, high_changes: Ints,
    low_number: Ints, low_changes: Ints, barred: int, votes: Floats, needed: float, ok: Bytes,
    value: Floats, total: Floats,
    need: Floats, row_best: Floats, surplus: Floats,
) -> tuple[int, int, int, float]:  # fmt: skip
    """The package of the zone with the best score: its number, zone size, ties, the score.

    ``scale`` has shape (principal,). ``surplus``, (principal,), is filled with what the
    package leaves each principal above its demand. Number -1 where the zone is empty.
    """
    zone, best = 0, NOTHING
    principals = scale.size
    worst = least_counted(votes)
    for h in range(class_of.size):
        row_best[h] = NOTHING
        c: int = class_of[h]
        if not reachable(high, best_of, demand, votes, needed, h, c, need):
            continue
        first, last = start[c], start[c + 1]
        count = mark_feasible(lists, need, votes, needed, first, last, ok)
        if count == 0:
            continue
        count -= strike(ok, rows, first, last, low_number, barred - high_number[h])
        zone += count
        score_list(lists, need, scale, worst, how, first, last, value, total)
        for j in range(last - first):
            if ok[j]:
                row_best[h] = max(row_best[h], value[j])
        best = max(best, row_best[h])
    chosen, fewest, ties, sum_best = -1, 0, 0, NOTHING
    if zone == 0:
        return chosen, zone, ties, best
    for h in range(class_of.size):
        if row_best[h] < best - TOLERANCE:
            continue
        c = class_of[h]
        reachable(high, best_of, demand, votes, needed, h, c, need)
        first, last = start[c], start[c + 1]
        mark_feasible(lists, need, votes, needed, first, last, ok)
        strike(ok, rows, first, last, low_number, barred - high_number[h])
        score_list(lists, need, scale, worst, how, first, last, value, total)
        for j in range(last - first):
            if not ok[j] or value[j] < best - TOLERANCE or total[j] < sum_best - TOLERANCE:
                continue
            changes = high_changes[h] + low_changes[rows[first + j]]
            number = high_number[h] + low_number[rows[first + j]]
            better = total[j] > sum_best + TOLERANCE
            ties = 1 if better else ties + 1
            sum_best = max(sum_best, total[j]) if not better else total[j]
            if better or (changes, number) < (fewest, chosen):
                chosen, fewest = number, changes
                for p in range(principals):
                    surplus[p] = max(lists[p, first + j] - (need[p] + TOLERANCE), worst)
    return chosen, zone, ties, best


@kernel
def score_list(
    lists: Floats, need: Floats, scale: Floats, worst: float, how: int, first: int, last: int,
    value: Floats, total: Floats,
) -> None:  # fmt: skip
    """Fill the score of every entry of a list, and its weighted sum of surpluses."""
    length = last - first
    value[:length] = 0.0 if how == SUM else -NOTHING
    total[:length] = 0.0
    for p in range(scale.size):
        row = lists[p, first:last]
        shift, factor = need[p] + TOLERANCE, scale[p]
        if factor == 0.0:  # who does not count
            continue
        if how == SUM:
            for j in range(length):
                part = factor * max(row[j] - shift, worst)
                value[j] += part
                total[j] += part
        else:
            for j in range(length):
                part = factor * max(row[j] - shift, worst)
                value[j] = min(value[j], part)
                total[j] += part
