"""What a descent needs to know beforehand: choices left, the order of groups, what is to come.

A choice is dropped where the best level that it could be part of falls short of the bar
(fixing by reduced cost). Of the groups those come first that decide most.
"""

from __future__ import annotations

import numpy as np

from detente.bargaining.branch.bounds import first_level, is_asked
from detente.bargaining.branch.domain import TOUCH, WITHS, Domain
from detente.bargaining.branch.task import (
    BAR,
    NOTHING,
    OPEN_MATCH,
    OPEN_TOUCH,
    OPEN_WHEN,
    Room,
    Task,
)
from detente.bargaining.rows import TOLERANCE
from detente.kernels import lean

STAKE = 1.0 / 16.0  # what ranges of gains count beside regret when groups are ordered


@lean
def prepare(domain: Domain, task: Task, room: Room) -> None:
    """Drop choices that slot 0 rules out, order groups and choices, sum up what is left."""
    start, score, extra, live = domain.start, room.score, room.extra, room.live
    kept, suffix, groups = room.kept, room.suffix, room.order.size
    spare = -room.line[0, BAR] + first_level(
        task.how, task.weight, task.demand, task.floor, room.price, 0
    )
    # until slots are opened, row 0 of ``suffix`` is free for the best score of each group
    for g in range(groups):
        suffix[0, g] = NOTHING
        for c in range(start[g], start[g + 1]):
            if live[c]:
                suffix[0, g] = max(suffix[0, g], score[0, c])
        spare += suffix[0, g]
    for link in range(extra.shape[1]):
        spare += max(extra[0, link], 0.0)
    for g in range(groups):
        kept[g] = 0
        for c in range(start[g], start[g + 1]):
            live[c] &= suffix[0, g] - score[0, c] <= spare
            kept[g] += live[c]
    _find_ranges(domain, task, room)
    _order_groups(domain, room)
    _sum_up(domain, task, room)


@lean
def _find_ranges(domain: Domain, task: Task, room: Room) -> None:
    """Gains of live choices side by side; the most and the least of each group for each party.

    They are kept in slot 0 of ``need`` and in ``sums``, which are free until slots are opened.
    """
    start, live, value = domain.start, room.live, task.value
    each, high, low = room.each, room.need, room.sums
    for g in range(room.order.size):
        for p in range(task.demand.size):
            most, least = -np.inf, np.inf
            for c in range(start[g], start[g + 1]):
                if live[c]:
                    gain = value[p, c]
                    each[c, p] = gain
                    most = max(most, gain)
                    least = min(least, gain)
            high[0, g, p], low[g, p] = most, least


@lean
def _order_groups(domain: Domain, room: Room) -> None:
    """Put those groups first that decide most: by regret, then by what is at stake.

    Regret is what the second-best choice costs at the prices of slot 0; at stake are the
    ranges of gains at the same prices.
    """
    start, live, score, suffix, order = domain.start, room.live, room.score, room.suffix, room.order
    price, high, low, kept = room.price, room.need, room.sums, room.kept
    for g in range(order.size):
        regret, firsts, stake = np.inf, 0, 0.0
        for c in range(start[g], start[g + 1]):
            if live[c]:
                loss = suffix[0, g] - score[0, c]
                firsts += loss == 0.0
                regret = min(regret, loss if loss > 0.0 else np.inf)
        if kept[g] > 1:
            for p in range(price.shape[1]):
                stake += price[0, p] * (high[0, g, p] - low[g, p])
        suffix[1, g] = (0.0 if firsts > 1 else regret) + STAKE * stake
        j = g
        while j > 0 and suffix[1, order[j - 1]] < suffix[1, g]:
            order[j] = order[j - 1]
            j -= 1
        order[j] = g


@lean
def _sum_up(domain: Domain, task: Task, room: Room) -> None:
    """What open groups may still bring each party, and which links they may still meet."""
    start, facts, live, bonus = domain.start, domain.facts, room.live, task.bonus
    most_left, least_left, left, may = room.most_left, room.least_left, room.left, domain.may
    groups, parties, high, low = room.order.size, task.demand.size, room.need, room.sums
    for p in range(parties):
        most_left[groups, p], least_left[groups, p] = 0.0, 0.0
        for link in range(bonus.shape[0]):
            if domain.forms[WITHS] >> link & 1:
                most_left[groups, p] += max(bonus[link, p], 0.0)
                least_left[groups, p] += min(bonus[link, p], 0.0)
    for side in range(left.shape[1]):
        left[groups, side] = 0
    for depth in range(groups - 1, -1, -1):
        g = room.order[depth]
        for side in (OPEN_WHEN, OPEN_MATCH):
            left[depth, side] = left[depth + 1, side] | may[g, side]
        left[depth, OPEN_TOUCH] = left[depth + 1, OPEN_TOUCH]
        for c in range(start[g], start[g + 1]):
            if live[c]:
                left[depth, OPEN_TOUCH] |= facts[c, TOUCH]
        for p in range(parties):
            most_left[depth, p] = most_left[depth + 1, p] + high[0, g, p]
            least_left[depth, p] = least_left[depth + 1, p] + low[g, p]


@lean
def open_slot(domain: Domain, task: Task, room: Room, slot: int) -> None:
    """Rank the choices at a slot's prices; what open groups can add, and what parties need."""
    start, score, rank, suffix, live = (
        domain.start, room.score, room.rank, room.suffix, room.live
    )  # fmt: skip
    need, most_left, demand, floor = room.need, room.most_left, task.demand, task.floor
    groups, asked = room.order.size, room.mask[slot]
    for p in range(demand.size):
        least = -np.inf
        if is_asked(p, asked, floor):
            least = floor[p] if p < floor.size else demand[p] - TOLERANCE
        for depth in range(groups + 1):
            need[slot, depth, p] = least - most_left[depth, p]
    suffix[slot, groups] = 0.0
    for depth in range(groups - 1, -1, -1):
        g = room.order[depth]
        first, count = start[g], 0
        for c in range(first, start[g + 1]):
            if live[c]:
                j = count
                while j > 0 and score[slot, rank[slot, first + j - 1]] < score[slot, c]:
                    rank[slot, first + j] = rank[slot, first + j - 1]
                    j -= 1
                rank[slot, first + j] = c
                count += 1
        best = score[slot, rank[slot, first]] if count else NOTHING
        suffix[slot, depth] = suffix[slot, depth + 1] + best
