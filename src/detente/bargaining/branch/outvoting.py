"""A search for the Nash solution that branches over who is outvoted.

Where a principal may agree or not, no price on its surplus bounds the product well: an
outvoted one counts for next to nothing, one that barely agrees for more. So problems in which that is
undecided are split in two: the principal must agree, or it must not. Once it is known of
everybody, the problem is one of unanimity among those who agree, with bounds as close.
Every package belongs to exactly one of the problems, so ties add up.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from detente.arrays import Floats, Ints
from detente.bargaining.branch.bounds import cap_prices
from detente.bargaining.branch.descent import settled, wanted
from detente.bargaining.branch.domain import Domain
from detente.bargaining.branch.straight import EASY_NODES, easy, given_up, hard
from detente.bargaining.branch.task import (
    FEWEST,
    NODES,
    NOTHING,
    OUTVOTED,
    Room,
    Task,
    drop_refused,
    range_of,
)
from detente.bargaining.rows import MUST_AGREE, TOLERANCE
from detente.kernels import kernel, log

FEW_NODES = 200  # of the descent before a problem is split
FEW_TRIES = 16  # steps of prices that start from those of the problem split


class Heap(NamedTuple):
    """Problems still to be looked at, last in, first out.

    Attributes:
        votes: shape (place, party), MUST_AGREE, OUTVOTED, or the vote of who is undecided.
        price: shape (place, party), to begin with. bound: (place,), of scores.
        size: shape (1,), how many.
    """

    votes: Floats
    price: Floats
    bound: Floats
    size: Ints


class Scratch(NamedTuple):
    """What the task of a problem is made of, in the shapes of ``Task``."""

    votes: Floats
    floor: Floats
    spread: Floats


class Found(NamedTuple):
    """What is known when all problems are looked at."""

    chosen: int
    ties: int
    gap: float
    again: bool


@kernel
def by_who_is_outvoted(
    domain: Domain, task: Task, room: Room, top: float, tie: float, budget: int
) -> tuple[int, int, float]:
    """The package with the best score, how many tie with it, the gap; as ``search`` says.

    Slot 0 of the room holds prices to begin with, ``room.best`` the best score so far;
    no score is above ``top``.
    """
    price = room.price[0].copy()
    found = _search(domain, task, room, top, tie, budget)
    if found.again:
        room.price[0] = price
        found = _search(domain, task, room, top, tie, budget)
    return found.chosen, found.ties, found.gap


@kernel
def _search(
    domain: Domain, task: Task, room: Room, top: float, tie: float, budget: int
) -> Found:  # fmt: skip
    """Look at every problem; ``again`` if the tie must be found anew for the best score."""
    parties, principals, best = task.demand.size, task.weight.size, room.best
    places = 3 * principals + 3
    heap = Heap(
        np.zeros((places, parties)), np.zeros((places, parties)), np.zeros(places),
        np.zeros(1, np.int64),
    )  # fmt: skip
    scratch = Scratch(np.zeros(parties), np.zeros(principals), np.zeros(parties))
    chosen, changes, ties, found_at = -1, 0, 0, NOTHING
    spent, left_at, again = 0, NOTHING, False
    _split_all(task, room, heap, top)
    while heap.size[0] > 0:
        heap.size[0] -= 1
        place = heap.size[0]
        if heap.bound[place] + TOLERANCE < wanted(best[0], tie):
            continue
        one, fits = _problem(domain, task, room, heap, place, scratch)
        if not fits:
            continue
        if spent > budget:
            left_at = max(left_at, float(heap.bound[place]))
            continue
        done, most = easy(domain, one, room, tie, FEW_TRIES, FEW_NODES if one.open else EASY_NODES)
        spent += room.counts[NODES]
        if most == NOTHING:
            continue
        most = min(most, float(heap.bound[place]))
        if not done and one.open:
            _split(one, room, heap, most)
            continue
        if done:
            package, alike = settled(room, tie)
        else:
            done, package, alike = hard(domain, one, room, tie, budget)
            spent += room.counts[NODES]
        if not done:
            left_at = max(left_at, most)
        if package < 0:
            continue
        if best[0] > found_at:
            again |= chosen >= 0 and found_at >= best[0] - tie
            chosen, ties, found_at = -1, 0, best[0]
        ties += alike
        fewer = room.counts[FEWEST]
        if chosen < 0 or (fewer, package) < (changes, chosen):
            chosen, changes = package, fewer
    gap = 0.0
    if left_at > NOTHING:
        chosen, ties, gap = given_up(room, chosen, ties, left_at)
    return Found(chosen, ties, gap, again)


@kernel
def _split_all(task: Task, room: Room, heap: Heap, top: float) -> None:
    """The first problems: nobody is outvoted; or the first who is, is this one, or that.

    Those come first of whom the prices tell least.
    """
    order = np.argsort(_doubts(task, room))[::-1]
    votes = task.votes.copy()
    for p in order:
        if task.votes[p] >= 0.0 and p < task.weight.size:
            votes[p] = OUTVOTED
            _push(heap, votes, room.price, top)
            votes[p] = MUST_AGREE
    _push(heap, votes, room.price, top)


@kernel
def _split(task: Task, room: Room, heap: Heap, top: float) -> None:
    """Split a problem by the principal of whom its prices tell least, the likelier half first."""
    doubts = _doubts(task, room)
    p = int(np.argmax(doubts))
    votes = task.votes.copy()
    agrees = _surplus(task, room, p) >= 0.0
    votes[p] = OUTVOTED if agrees else MUST_AGREE
    _push(heap, votes, room.price, top)
    votes[p] = MUST_AGREE if agrees else OUTVOTED
    _push(heap, votes, room.price, top)


@kernel
def _push(heap: Heap, votes: Floats, price: Floats, bound: float) -> None:
    place = heap.size[0]
    heap.votes[place] = votes
    heap.price[place] = price[0]
    heap.bound[place] = bound
    heap.size[0] = place + 1


@kernel
def _surplus(task: Task, room: Room, p: int) -> float:
    """What the package that prices favour leaves a principal."""
    total = -task.demand[p]
    for c in room.pick:
        total += task.value[p, c]
    return total


@kernel
def _doubts(task: Task, room: Room) -> Floats:
    """By how much prices overrate what they favour, for each principal; -inf if decided."""
    doubts = np.full(task.weight.size, -np.inf)
    for p in range(doubts.size):
        if task.votes[p] >= 0.0:
            s, y, w = _surplus(task, room, p), room.price[0, p], task.weight[p]
            doubts[p] = w * (log(w / y) - 1.0) + y * s - w * log(max(s, TOLERANCE))
    return doubts


@kernel
def _problem(
    domain: Domain, task: Task, room: Room, heap: Heap, place: int, scratch: Scratch
) -> tuple[Task, bool]:
    """The task of a problem, room made ready for it, and whether any package may suit.

    Who could not be outvoted without losing the vote must agree; who can never be suited,
    or always is, is decided as well.
    """
    votes, floor, spread = scratch.votes, scratch.floor, scratch.spread
    value, demand, principals = task.value, task.demand, task.weight.size
    votes[:] = heap.votes[place]
    fits = _close_votes(task, votes)
    room.live[:] = task.allowed
    drop_refused(value, votes, principals, room.live)
    for p in range(demand.size):
        least, most = range_of(domain.start, value, room.live, task.bonus, domain.forms, p)
        spread[p] = max(most - least, TOLERANCE)
        if p >= principals:
            continue
        if votes[p] >= 0.0 and task.floor[p] >= demand[p] - TOLERANCE:
            votes[p] = MUST_AGREE
        elif votes[p] >= 0.0 and most < demand[p] - 1e-6:
            votes[p] = OUTVOTED
        elif votes[p] >= 0.0 and least > demand[p]:
            votes[p] = MUST_AGREE
        elif votes[p] == OUTVOTED and least > demand[p]:
            fits = False
        fits &= votes[p] != MUST_AGREE or most >= demand[p] - 1e-6
    fits &= _close_votes(task, votes)
    needed, share, undecided = task.needed, 0.0, False
    for p in range(principals):
        floor[p] = task.floor[p]
        if votes[p] == MUST_AGREE:
            floor[p] = max(floor[p], demand[p] - TOLERANCE)
            needed -= max(task.votes[p], 0.0)
        undecided |= votes[p] >= 0.0
        share += task.weight[p] if votes[p] != OUTVOTED else 0.0
    one = Task(
        value, task.allowed, task.bonus, demand, floor, votes, task.weight, spread, needed,
        task.in_force, task.how, undecided, task.losses, share,
    )  # fmt: skip
    room.price[0] = heap.price[place]
    for p in range(principals):
        if votes[p] == OUTVOTED:
            room.price[0, p] = 0.0
    cap_prices(domain, one, room)
    return one, fits


@kernel
def _close_votes(task: Task, votes: Floats) -> bool:
    """Have those agree without whom the vote is lost; whether it can be won at all."""
    to_spare = -task.needed
    for p in range(task.weight.size):
        if task.votes[p] >= 0.0 and votes[p] != OUTVOTED:
            to_spare += task.votes[p]
    for p in range(task.weight.size):
        if votes[p] > to_spare:
            votes[p] = MUST_AGREE
    return to_spare >= 0.0
