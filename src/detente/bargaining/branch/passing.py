"""Whether any package passes: a search that ends with the first one it meets.

Parties are asked for agreement one by one and nobody is outvoted; prices prove soonest that
nothing passes (see ``bounds``), and find most of the packages that do.
"""

from __future__ import annotations

from detente.bargaining.branch.bounds import TRIES, first_prices, improve
from detente.bargaining.branch.descent import DONE, descend
from detente.bargaining.branch.domain import ALWAYS, Domain
from detente.bargaining.branch.merging import merge
from detente.bargaining.branch.straight import EASY_NODES, GRID_NODES, HARD_TRIES, on_grid, ready
from detente.bargaining.branch.task import NODES, NOTHING, SLOTS, Room, Task
from detente.kernels import kernel

NO, YES, UNKNOWN = 0, 1, 2


@kernel
def any_passes(domain: Domain, task: Task, room: Room, budget: int) -> int:
    """NO, YES, or UNKNOWN where ``budget`` nodes did not settle it.

    ``task`` is to be scored by ANY, without votes. Up to EASY_NODES only the first prices
    are tried, beyond them merging as well.
    """
    room.live[:] = task.allowed
    room.best[:] = NOTHING
    room.counts[NODES], room.counts[SLOTS] = 0, 1
    room.mask[0] = domain.forms[ALWAYS]
    first_prices(domain, task, room)
    if improve(domain, task, room, 0, 2 * TRIES) == NOTHING:
        return NO
    answer = _look(domain, task, room, min(EASY_NODES, budget))
    if answer != UNKNOWN or budget <= EASY_NODES:
        return answer
    if improve(domain, task, room, 0, HARD_TRIES) == NOTHING:
        return NO
    first = GRID_NODES if on_grid(task.value) else budget
    answer = _look(domain, task, room, min(first, budget))
    if answer != UNKNOWN:
        return answer
    ready(domain, task, room, 0.0)
    whole, _, _ = merge(domain, task, room, 0.0)
    if room.best[0] > NOTHING:
        return YES
    return NO if whole else _look(domain, task, room, budget)


@kernel
def _look(domain: Domain, task: Task, room: Room, budget: int) -> int:
    """Descend for a package that passes unless the prices have met one already."""
    if room.best[0] > NOTHING:
        return YES
    ready(domain, task, room, 0.0)
    ended = descend(domain, task, room, 0.0, budget)
    if room.best[0] > NOTHING:
        return YES
    return NO if ended == DONE else UNKNOWN
