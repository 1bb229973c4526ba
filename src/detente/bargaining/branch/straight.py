"""One search while it is known who must agree: prices, descent, merging where that fails.

A draw is never wrong in silence: where neither the descent nor the merging comes to an end
within its budget, the best package so far is given together with how much better another
could be.
"""

from __future__ import annotations

import numpy as np

from detente.arrays import Floats
from detente.bargaining.branch.bounds import bar_of, improve
from detente.bargaining.branch.descent import DONE, descend, settled, wanted
from detente.bargaining.branch.domain import ALWAYS, Domain
from detente.bargaining.branch.merging import merge
from detente.bargaining.branch.ordering import open_slot, prepare
from detente.bargaining.branch.task import (
    BAR,
    BASE,
    HELD,
    NODES,
    NOTHING,
    SLOTS,
    TIED,
    Room,
    Task,
)
from detente.bargaining.rows import TOLERANCE
from detente.kernels import kernel, lean

FIRST_NODES = 200_000  # before merging is tried
EASY_NODES = 1_000  # before prices are improved further
PLAIN_NODES = 20_000  # the same where neither ties nor votes make nodes dear
HARD_TRIES = 120
GRID_NODES = 2_000  # the same where gains stand on a grid: there merging is what helps
GRID = 36_000.0  # of this fineness: halves to 32nds, thirds, ninths, and thousandths


@lean
def easy(
    domain: Domain, task: Task, room: Room, tie: float, tries: int, budget: int
) -> tuple[bool, float]:  # fmt: skip
    """Improve the prices of slot 0, and descend as long as that is easy.

    ``room.live`` and slot 0 must be filled. Returns whether the search came to an end, and
    the bound, NOTHING if prices prove that no package passes. What it found is in ``room``.
    """
    room.counts[NODES], room.counts[SLOTS], room.counts[TIED] = 0, 1, 0
    room.mask[0] = domain.forms[ALWAYS]
    top = improve(domain, task, room, 0, tries)
    if top == NOTHING:
        return True, top
    ready(domain, task, room, tie)
    return descend(domain, task, room, tie, budget) == DONE, top


@kernel
def hard(
    domain: Domain, task: Task, room: Room, tie: float, budget: int
) -> tuple[bool, int, int]:  # fmt: skip
    """Go on where it was not easy, with better prices, then by merging, then to the budget.

    Returns whether the search came to an end, the package chosen, how many tie.
    """
    improve(domain, task, room, 0, HARD_TRIES)
    ready(domain, task, room, tie)
    first = GRID_NODES if on_grid(task.value) else FIRST_NODES
    ended = descend(domain, task, room, tie, min(first, budget))
    if ended != DONE:
        ready(domain, task, room, tie)
        whole, chosen, ties = merge(domain, task, room, tie)
        if whole:
            return True, chosen, ties
        ready(domain, task, room, tie)
        ended = descend(domain, task, room, tie, budget)
    chosen, ties = settled(room, tie)
    return ended == DONE, chosen, ties


@lean
def given_up(room: Room, chosen: int, ties: int, top: float) -> tuple[int, int, float]:
    """What a search says that was given up: its package, or the best met by any way; the gap.

    The gap is how much better another package could be, if no score is above ``top``.
    """
    if room.best[0] == NOTHING:
        return -1, 0, np.inf
    gap = max(top - room.best[0], TOLERANCE)
    return (chosen, ties, gap) if chosen >= 0 else (room.counts[HELD], 1, gap)


@lean
def on_grid(value: Floats) -> bool:
    """Whether gains are multiples of a coarse unit, so that many packages may score alike."""
    for p in range(value.shape[0]):
        for c in range(value.shape[1]):
            steps = value[p, c] * GRID
            if abs(steps - np.floor(steps + 0.5)) > 1e-6 * max(1.0, abs(steps)):
                return False
    return True


@lean
def first_nodes(task: Task) -> int:
    """How many nodes a search may look at before it is not easy."""
    return EASY_NODES if task.open or on_grid(task.value) else PLAIN_NODES


@lean
def ready(domain: Domain, task: Task, room: Room, tie: float) -> None:
    """Order the search by the prices of slot 0 and by the best score so far."""
    room.counts[SLOTS] = 1
    room.line[0, BAR] = bar_of(
        task.how,
        task.open,
        task.share,
        room.line[0, BASE],
        room.price,
        0,
        wanted(room.best[0], tie),
    )
    prepare(domain, task, room)
    open_slot(domain, task, room, 0)
