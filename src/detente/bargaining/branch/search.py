"""One search from beginning to end, whoever must agree: what solves a draw."""

from __future__ import annotations

import numpy as np

from detente.bargaining.branch.bounds import first_prices, first_tries
from detente.bargaining.branch.descent import settled
from detente.bargaining.branch.domain import Domain
from detente.bargaining.branch.outvoting import by_who_is_outvoted
from detente.bargaining.branch.straight import easy, first_nodes, given_up, hard
from detente.bargaining.branch.task import (
    LEAST,
    NASH,
    NOTHING,
    SUM,
    Room,
    Task,
    drop_refused,
    range_of,
)
from detente.bargaining.rows import MUST_AGREE, TOLERANCE
from detente.kernels import kernel

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
    first_prices(domain, task, room)
    tries = first_tries(task.how, task.demand.size)
    done, top = easy(domain, task, room, tie, tries, min(first_nodes(task), budget))
    if top == NOTHING:
        return -1, 0, 0.0
    if done:
        chosen, ties = settled(room, tie)
    elif task.open and task.how == NASH:
        return by_who_is_outvoted(domain, task, room, top, tie, budget)
    else:
        done, chosen, ties = hard(domain, task, room, tie, budget)
    return (chosen, ties, 0.0) if done else given_up(room, chosen, ties, top)


@kernel
def search_least(domain: Domain, task: Task, room: Room, budget: int) -> tuple[int, int, float]:
    """The package whose least weighted surplus is greatest; ties by the weighted sum.

    Where some may be outvoted, first among packages that suit everybody who counts: if the
    least surplus is positive there, it is greatest there. Arguments and results as in
    ``search``.
    """
    if task.open:
        chosen, ties, gap, best = _least_then_sum(domain, _agreed(domain, task), room, budget)
        if best >= TOLERANCE:
            return chosen, ties, gap
    chosen, ties, gap, _ = _least_then_sum(domain, task, room, budget)
    return chosen, ties, gap


@kernel
def _least_then_sum(
    domain: Domain, task: Task, room: Room, budget: int
) -> tuple[int, int, float, float]:
    """As ``search_least``, and the greatest least surplus.

    Two searches: for that, then for the greatest sum among packages that leave everybody
    so much.
    """
    _, _, gap = search(domain, _scored_by(task, LEAST), room, NOTHING, 0.0, budget)
    best, total = room.best[0], room.best[1]
    if best == NOTHING:
        return -1, 0, gap, best
    floor = task.floor.copy()
    for p in range(floor.size):
        if task.weight[p] > 0.0:
            least = task.demand[p] + (best - TOLERANCE) / task.weight[p]
            task.floor[p] = max(floor[p], least)
    chosen, ties, second = search(domain, _scored_by(task, SUM), room, total, TOLERANCE, budget)
    task.floor[:] = floor
    return chosen, ties, max(gap, second), best


@kernel
def _agreed(domain: Domain, task: Task) -> Task:
    """The task in which every principal that counts must agree."""
    votes, floor, needed, undecided = task.votes.copy(), task.floor.copy(), task.needed, False
    for p in range(floor.size):
        if votes[p] >= 0.0 and task.weight[p] > 0.0:
            needed -= votes[p]
            votes[p] = MUST_AGREE
            floor[p] = max(floor[p], task.demand[p] - TOLERANCE)
        undecided |= votes[p] >= 0.0
    allowed, spread = task.allowed.copy(), task.spread.copy()
    drop_refused(task.value, votes, floor.size, allowed)
    for p in range(spread.size):
        least, most = range_of(domain.start, task.value, allowed, task.bonus, domain.forms, p)
        spread[p] = max(most - least, TOLERANCE)
    return Task(
        task.value, allowed, task.bonus, task.demand, floor, votes, task.weight, spread, needed,
        task.in_force, task.how, undecided, task.losses, task.share,
    )  # fmt: skip


@kernel
def _scored_by(task: Task, how: int) -> Task:
    return Task(
        task.value, task.allowed, task.bonus, task.demand, task.floor, task.votes, task.weight,
        task.spread, task.needed, task.in_force, how, task.open, task.losses, task.share,
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
        if task.losses and most[p] <= TOLERANCE:
            task.weight[p] = 0.0
    return widest
