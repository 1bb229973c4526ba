"""One search from beginning to end: prices, descent, merging where that fails.

A draw is never wrong in silence: where neither the descent nor the merging comes to an end
within its budget, the best package so far is given together with how much better another
could be.
"""

from __future__ import annotations

import numpy as np

from detente.arrays import Floats
from detente.bargaining.branch.bounds import TRIES, bar_of, first_prices, improve
from detente.bargaining.branch.descent import (
    DONE,
    descend,
    open_slot,
    prepare,
    settled,
    wanted,
)
from detente.bargaining.branch.domain import ALWAYS, Domain
from detente.bargaining.branch.merging import merge
from detente.bargaining.branch.task import (
    BAR,
    BASE,
    LEAST,
    NASH,
    NODES,
    NOTHING,
    SLOTS,
    SUM,
    Room,
    Task,
)
from detente.bargaining.rows import TOLERANCE
from detente.kernels import kernel

FIRST_NODES = 200_000  # before merging is tried
EASY_NODES = 1_000  # before prices are improved further
HARD_TRIES = 120
GRID_NODES = 2_000  # the same where gains stand on a grid: there merging is what helps
GRID = 36_000.0  # of this fineness: halves to 32nds, thirds, ninths, and thousandths
BUDGET = 2_000_000  # nodes a search may take after merging has failed


@kernel
def search(
    domain: Domain, task: Task, room: Room, known: float, tie: float, budget: int
) -> tuple[int, int, float]:
    """The package with the best score: its number, how many tie with it, the gap.

    Number -1 where no package passes. The best score is left in ``room.best``. The gap is 0
    where the answer is exact, else how much better the best score could be.

    Args:
        domain, task: the problem.
        room: scratch.
        known: a score that some package is known to have, NOTHING if none is.
        tie: scores this close to the best are as good; 0 to find the best score alone.
        budget: nodes to look at, at most, where merging does not help.
    """
    room.live[:] = task.allowed
    room.best[:] = known
    room.counts[NODES], room.counts[SLOTS] = 0, 1
    room.mask[0] = domain.forms[ALWAYS]
    first_prices(domain, task, room)
    top = improve(domain, task, room, 0, TRIES if task.how == NASH else 2 * TRIES)
    if top == NOTHING:
        return -1, 0, 0.0
    ready(domain, task, room, tie)
    if descend(domain, task, room, tie, min(EASY_NODES, budget)) == DONE:
        chosen, ties = settled(room, tie)
        return chosen, ties, 0.0
    improve(domain, task, room, 0, HARD_TRIES)
    ready(domain, task, room, tie)
    first = GRID_NODES if on_grid(task.value) else FIRST_NODES
    ended = descend(domain, task, room, tie, min(first, budget))
    if ended != DONE:
        ready(domain, task, room, tie)
        whole, chosen, ties = merge(domain, task, room, tie)
        if whole:
            return chosen, ties, 0.0
        ready(domain, task, room, tie)
        ended = descend(domain, task, room, tie, budget)
    chosen, ties = settled(room, tie)
    if ended == DONE:
        return chosen, ties, 0.0
    if room.best[0] == NOTHING:
        return chosen, ties, np.inf
    return chosen, ties, max(top - room.best[0], TOLERANCE)


@kernel
def on_grid(value: Floats) -> bool:
    """Whether gains are multiples of a coarse unit, so that many packages may score alike."""
    for p in range(value.shape[0]):
        for c in range(value.shape[1]):
            steps = value[p, c] * GRID
            if abs(steps - np.floor(steps + 0.5)) > 1e-6 * max(1.0, abs(steps)):
                return False
    return True


@kernel
def ready(domain: Domain, task: Task, room: Room, tie: float) -> None:
    """Order the search by the prices of slot 0 and by the best score so far."""
    room.counts[SLOTS] = 1
    room.line[0, BAR] = bar_of(
        task.how, task.open, room.line[0, BASE], room.price, 0, wanted(room.best[0], tie)
    )
    prepare(domain, task, room)
    open_slot(domain, room, 0)


@kernel
def search_least(domain: Domain, task: Task, room: Room, budget: int) -> tuple[int, int, float]:
    """The package whose least weighted surplus is greatest; ties by the weighted sum.

    Two searches: for the greatest least surplus, then for the greatest sum among packages
    that leave everybody so much. Arguments and results as in ``search``.
    """
    _, _, gap = search(domain, _scored_by(task, LEAST), room, NOTHING, 0.0, budget)
    best, total = room.best
    if best == NOTHING:
        return -1, 0, gap
    floor = task.floor.copy()
    for p in range(floor.size):
        if task.weight[p] > 0.0:
            least = task.demand[p] + (best - TOLERANCE) / task.weight[p]
            task.floor[p] = max(floor[p], least)
    chosen, ties, second = search(domain, _scored_by(task, SUM), room, total, TOLERANCE, budget)
    task.floor[:] = floor
    return chosen, ties, max(gap, second)


@kernel
def _scored_by(task: Task, how: int) -> Task:
    return Task(
        task.value, task.allowed, task.bonus, task.demand, task.floor, task.votes, task.weight,
        task.spread, task.needed, task.in_force, how, task.open,
    )  # fmt: skip


@kernel
def ideal_point(domain: Domain, task: Task, room: Room, budget: int) -> float:
    """Turn each weight into 1 over the most the principal could get in the zone.

    Returns the greatest gap of the searches. Where a principal gets nothing in any package
    that passes: weight 1 over TOLERANCE, or 0 where it may be outvoted.
    """
    most = np.empty(task.weight.size)
    widest = 0.0
    for p in range(most.size):
        task.weight[:] = 0.0
        task.weight[p] = 1.0
        _, _, gap = search(domain, _scored_by(task, SUM), room, NOTHING, 0.0, budget)
        widest, most[p] = max(widest, gap), room.best[0]
    for p in range(most.size):
        task.weight[p] = 1.0 / max(most[p], TOLERANCE)
        if task.open and most[p] <= TOLERANCE:
            task.weight[p] = 0.0
    return widest
