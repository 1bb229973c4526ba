"""The kernel behind blocking sets of large spaces: a tree of hitting sets.

A *core* is a set of constraints that no package meets together. What opens the zone takes
away something of every core, so minimal blocking sets are the minimal sets that hit all
cores. They are found breadth first (Reiter 1987; Greiner, Smith & Wilkerson 1989): a node
is what has been taken away so far; if then some package passes it is a minimal blocking
set, for smaller ones were found before; else a core is sought in what still stands, and the
node's children take away one constraint of it each. A core is made small by leaving out
one constraint after another as long as nothing passes (deletion filtering; Chinneck &
Dravnieks 1991).

Under a quorum a set opens the zone if it does so for some coalition that carries a package.
Each coalition has a tree of its own, grown side by side level by level.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from detente.arrays import Bools, Floats, Ints
from detente.bargaining.blocking_kernel import LARGEST_SET, MAX_SETS, bits, known, put_in_order
from detente.bargaining.branch.domain import Domain
from detente.bargaining.branch.passing import NO, UNKNOWN, YES, any_passes
from detente.bargaining.branch.straight import EASY_NODES
from detente.bargaining.branch.task import Room, make_room
from detente.bargaining.giving_up import Case, Desk, make_desk, task_without
from detente.kernels import kernel

MOST_NODES = 2**14  # of all trees of a draw
MOST_CORES = 1024
MOST_OPEN = 256  # sets remembered after which something passes
GONE, WHO = 0, 1  # columns of a node, a core, an open set: constraints, coalition
NODES, CORES, OPEN = 0, 1, 2  # counters of a forest


class Forest(NamedTuple):
    """Trees of one draw.

    Attributes:
        node: shape (MOST_NODES, 2). place: open addressing, node by its content, or -1.
        core: shape (MOST_CORES, 2). open: (MOST_OPEN, 2), the latest ones.
        counts: shape (3,).
    """

    node: Ints
    place: Ints
    core: Ints
    open: Ints
    counts: Ints


@kernel
def search_draws(
    domain: Domain, which: Ints, gain: Floats, demand: Floats, bonus: Floats, with_links: Ints,
    line_cost: Floats, absolute: Bools, in_force: Ints, line_party: Ints, line_option: Ints,
    principals: int, coalitions: Ints, budget: int, sets: Ints, count: Ints, cut: Bools,
) -> None:  # fmt: skip
    """Fill the minimal blocking sets of the draws in ``which``.

    Args:
        domain: groups and choices.
        which: shape (asked,), rows of the arrays below.
        gain: shape (draw, party, option). demand: (draw, party). bonus: (draw, link,
            party). with_links: links with a bonus. line_cost, absolute: (draw, line).
            in_force: (draw,), bit mask of forbidding links.
        line_party, line_option: shape (line,). principals: how many.
        coalitions: shape (coalition,), bit masks of principals who carry a package
            together, none part of another.
        budget: nodes a question may take.
        sets: shape (asked, MAX_SETS), count, cut: shape (asked,); filled.
    """
    parties, links, lines = gain.shape[1], bonus.shape[1], line_party.size
    choices = domain.broken.size
    room = make_room(parties, links, domain.start.size - 1, choices)
    desk = make_desk(parties, gain.shape[2], links, lines, principals, choices)
    forest = Forest(
        np.zeros((MOST_NODES, 2), np.int64), np.full(4 * MOST_NODES, -1),
        np.zeros((MOST_CORES, 2), np.int64), np.zeros((MOST_OPEN, 2), np.int64),
        np.zeros(3, np.int64),
    )  # fmt: skip
    for i in range(which.size):
        d = which[i]
        case = Case(
            gain[d], demand[d], bonus[d], line_cost[d], absolute[d], int(in_force[d]), with_links,
            line_party, line_option, principals,
        )  # fmt: skip
        forest.counts[:] = 0
        forest.place[:] = -1
        for coalition in coalitions:
            _plant(forest, 0, coalition)
        count[i], cut[i] = _grow(domain, case, room, desk, forest, budget, sets[i])
        put_in_order(sets[i], count[i])


@kernel
def _grow(
    domain: Domain, case: Case, room: Room, desk: Desk, forest: Forest, budget: int, sets: Ints
) -> tuple[int, bool]:
    """Grow the trees of one draw; returns how many sets were found, whether some may be missing.

    After a question that is not settled, only sets no larger than its own are sure to be
    minimal: trees end at that level.
    """
    found, last, cut, at = 0, LARGEST_SET, False, 0
    while at < forest.counts[NODES]:
        gone, who = forest.node[at, GONE], forest.node[at, WHO]
        at += 1
        size = bits(gone)
        if size > last:
            break
        if known(gone, sets, found):
            continue
        core = _core_missed(forest, gone, who)
        if core == 0:
            answer = any_passes(domain, task_without(domain, case, who, gone, desk), room, budget)
            if answer == YES and (gone == 0 or found == MAX_SETS):
                return found, True  # not blocked at all, or by more sets than there is room for
            if answer == YES:
                sets[found] = gone
                found += 1
            elif answer == UNKNOWN:
                cut, last = True, size
            if answer != NO or size >= last:
                continue
            core = _small_core(domain, case, room, desk, forest, gone, who)
        if size < last:
            for bit in range(63):
                if core >> bit & 1 and not _plant(forest, gone | 1 << bit, who):
                    cut, last = True, size
    return found, cut


@kernel
def _plant(forest: Forest, gone: int, who: int) -> bool:
    """Add a node unless it is there; whether there was room."""
    mix = (np.uint64(gone) * np.uint64(0x9E3779B97F4A7C15)) ^ (
        np.uint64(who) * np.uint64(0xC2B2AE3D27D4EB4F)
    )
    mask = forest.place.size - 1
    place = np.int64(mix >> np.uint64(32)) & mask
    while forest.place[place] >= 0:
        there = forest.place[place]
        if forest.node[there, GONE] == gone and forest.node[there, WHO] == who:
            return True
        place = (place + 1) & mask
    new = forest.counts[NODES]
    if new == MOST_NODES:
        return False
    forest.place[place] = new
    forest.node[new, GONE], forest.node[new, WHO] = gone, who
    forest.counts[NODES] = new + 1
    return True


@kernel
def _core_missed(forest: Forest, gone: int, who: int) -> int:
    """The smallest core known that ``gone`` takes nothing of; 0 if there is none."""
    best, smallest = 0, 64
    for i in range(forest.counts[CORES]):
        core = forest.core[i, GONE]
        if core & gone == 0 and forest.core[i, WHO] == who and bits(core) < smallest:
            best, smallest = core, bits(core)
    return best


@kernel
def _small_core(
    domain: Domain, case: Case, room: Room, desk: Desk, forest: Forest, gone: int, who: int
) -> int:
    """A core in what stands when ``gone`` is taken away, as small as quick questions make it.

    Left out first are all links, lines, consents; then one constraint at a time, parties
    before lines, since the lines of a party without a say have a price for nobody.
    """
    links, lines = case.bonus.shape[0], case.cost.size
    parties = links + lines
    everything = _standing(case, who)
    core = everything & ~gone
    for kind in range(3):
        first = links if kind == 0 else (0 if kind == 1 else parties + case.principals)
        stop = parties if kind == 0 else (links if kind == 1 else parties + case.demand.size)
        fewer = core
        for bit in range(first, stop):
            fewer &= ~(1 << bit)
        if fewer != core and _is_core(domain, case, room, desk, forest, everything, fewer, who):
            core = fewer
    for bit in range(parties + case.demand.size - 1, -1, -1):
        if core >> bit & 1:
            fewer = core & ~(1 << bit)
            for line in range(lines):
                if case.line_party[line] == bit - parties and not case.absolute[line]:
                    fewer &= ~(1 << (links + line))
            if _is_core(domain, case, room, desk, forest, everything, fewer, who):
                core = fewer
    if forest.counts[CORES] < MOST_CORES:
        forest.core[forest.counts[CORES], GONE] = core
        forest.core[forest.counts[CORES], WHO] = who
        forest.counts[CORES] += 1
    return core


@kernel
def _standing(case: Case, who: int) -> int:
    """Every constraint that binds in this draw if a coalition is to agree."""
    links, lines = case.bonus.shape[0], case.cost.size
    mask = case.in_force
    for p in range(case.demand.size):
        if p >= case.principals or who >> p & 1:
            mask |= 1 << (links + lines + p)
    for line in range(lines):
        p = case.line_party[line]
        binds = case.absolute[line] or case.cost[line] > 0.0
        if binds and p < case.demand.size and (p >= case.principals or who >> p & 1):
            mask |= 1 << (links + line)
    return mask


@kernel
def _is_core(
    domain: Domain, case: Case, room: Room, desk: Desk, forest: Forest, everything: int,
    held: int, who: int,
) -> bool:  # fmt: skip
    """Whether it is quick to see that nothing passes that meets all of ``held``."""
    gone, stored = everything & ~held, forest.open.shape[0]
    for i in range(min(forest.counts[OPEN], stored)):
        opens = forest.open[i, GONE]
        if opens & gone == opens and forest.open[i, WHO] == who:
            return False
    for i in range(forest.counts[CORES]):
        core = forest.core[i, GONE]
        if core & held == core and forest.core[i, WHO] == who:
            return True
    answer = any_passes(domain, task_without(domain, case, who, gone, desk), room, EASY_NODES)
    if answer == YES:
        slot = forest.counts[OPEN] % stored
        forest.open[slot, GONE], forest.open[slot, WHO] = gone, who
        forest.counts[OPEN] += 1
    return answer == NO
