"""Depth first through the groups, best choices first, leaving out what bounds rule out.

A node is a choice in each of the first groups. It is left alone where its level, with the
most that open groups can add, falls short of the bar; where a party that must agree can no
longer be satisfied; where a link between groups is broken for good. A consenter counts from
the choice on that touches it: from there, prices that charge for its consent as well bound
the rest (one *slot* of prices a set of consenters asked).
"""

from __future__ import annotations

import numpy as np

from detente.arrays import Floats, Ints
from detente.bargaining.branch.bounds import bar_of, first_level, improve
from detente.bargaining.branch.domain import (
    ALLS,
    ALWAYS,
    BARRED,
    CHANGES,
    EXCLUDES,
    FACTS,
    HIT,
    MISS,
    NUMBER,
    QUO,
    REQUIRES,
    TOUCH,
    WHEN,
    WITHS,
    Domain,
)
from detente.bargaining.branch.ordering import open_slot
from detente.bargaining.branch.task import (
    AT,
    BAR,
    BASE,
    FEWEST,
    MOST_SLOTS,
    MOST_TIES,
    NASH,
    NODE,
    NODES,
    NOTHING,
    OPEN_MATCH,
    OPEN_WHEN,
    PICK,
    SLOT,
    SLOTS,
    TIED,
    Room,
    Task,
    above_best,
    record,
    settle,
)
from detente.bargaining.rows import TOLERANCE
from detente.kernels import lean, part

FEW_TRIES = 8  # steps for the prices of a slot that starts from another's
DONE, OUT_OF_NODES, OUT_OF_PLACES = 0, 1, 2


@lean
def slot_for(domain: Domain, task: Task, room: Room, asked: int, parent: int, tie: float) -> int:
    """The slot of prices for the consenters asked; the parent's where there is no room."""
    slots = room.counts[SLOTS]
    for slot in range(slots):
        if room.mask[slot] == asked:
            return slot
    if slots == MOST_SLOTS:
        return parent
    room.counts[SLOTS] = slots + 1
    room.mask[slots] = asked
    for p in range(room.price.shape[1]):
        room.price[slots, p] = room.price[parent, p]
    found = improve(domain, task, room, slots, FEW_TRIES)
    open_slot(domain, task, room, slots)
    room.line[slots, BAR] = np.inf if found == NOTHING else 0.0
    raise_bars(task, room, tie)
    return slots


@part
def wanted(best: float, tie: float) -> float:
    """The least score worth finding."""
    return best - tie if best > NOTHING else NOTHING


@lean
def raise_bars(task: Task, room: Room, tie: float) -> None:
    """Set the level that nodes must reach, now that the best score is what it is."""
    least = wanted(room.best[0], tie)
    for slot in range(room.counts[SLOTS]):
        if room.line[slot, BAR] < np.inf:
            room.line[slot, BAR] = bar_of(
                task.how, task.open, task.share, room.line[slot, BASE], room.price, slot, least
            )


@part
def spoilt(forms: Ints, left: Ints, in_force: int, node: Ints, depth: int) -> bool:
    """Whether a link between groups is broken for good after the first ``depth`` groups."""
    hit, miss, open_ = node[depth, HIT], node[depth, MISS], left[depth, OPEN_MATCH]
    met = (hit & ~forms[ALLS]) | (~miss & ~open_ & forms[ALLS])
    unmet = (miss & forms[ALLS]) | (~open_ & ~met)
    broken = (forms[REQUIRES] & unmet) | (forms[EXCLUDES] & met)
    return node[depth, WHEN] & broken & in_force != 0


@part
def may_pass(
    demand: Floats, floor: Floats, votes: Floats, needed: float, most_left: Floats, asked: int,
    sums: Floats, depth: int,
) -> bool:  # fmt: skip
    """Whether open groups can still bring enough parties what they ask.

    Without branches: nobody can tell beforehand which party fails.
    """
    principals, willing, fits = floor.size, 0.0, True
    for p in range(principals):
        most = sums[depth, p] + most_left[depth, p]
        fits &= most >= floor[p]
        willing += max(votes[p], 0.0) * (most >= demand[p] - TOLERANCE)
    for p in range(principals, demand.size):
        most = sums[depth, p] + most_left[depth, p]
        fits &= (most >= demand[p] - TOLERANCE) | (asked >> (p - principals) & 1 == 0)
    return fits & (willing >= needed)


@part
def _may_carry(
    demand: Floats, votes: Floats, principals: int, needed: float, most_left: Floats,
    sums: Floats, depth: int,
) -> bool:  # fmt: skip
    """Whether open groups can still bring principals with enough votes what they demand."""
    willing = 0.0
    for p in range(principals):
        most = sums[depth, p] + most_left[depth, p]
        willing += max(votes[p], 0.0) * (most >= demand[p] - TOLERANCE)
    return willing >= needed


@part
def bonus_left(forms: Ints, left: Ints, extra: Floats, slot: int, node: Ints, depth: int) -> float:
    """The most that bonuses of links between groups can add to a level."""
    when = node[depth, WHEN] | left[depth, OPEN_WHEN]
    unmet = (node[depth, MISS] & forms[ALLS]) | (
        ~left[depth, OPEN_MATCH] & ~node[depth, HIT] & ~forms[ALLS]
    )
    possible = forms[WITHS] & when & ~unmet
    total = 0.0
    for link in range(extra.shape[1]):
        if possible >> link & 1:
            total += max(extra[slot, link], 0.0)
    return total


@lean
def begin(task: Task, room: Room) -> None:
    """The node in which nothing is decided."""
    for column in range(NODE):
        room.node[0, column] = 0
    room.node[0, QUO] = 1
    for p in range(task.demand.size):
        room.sums[0, p] = 0.0
    room.level[0] = first_level(task.how, task.weight, task.demand, task.floor, room.price, 0)
    room.counts[TIED] = 0


@lean
def descend(domain: Domain, task: Task, room: Room, tie: float, budget: int) -> int:
    """Search every node that may hold a package scoring within ``tie`` of the best.

    With ``tie`` above 0 the packages are kept in ``room.tied``; at 0 only the best score is
    found. Returns DONE, OUT_OF_NODES or OUT_OF_PLACES.
    """
    start, order, kept, rank = domain.start, room.order, room.kept, room.rank
    score, suffix, line, level = room.score, room.suffix, room.line, room.level
    node, sums, each, need, forms = room.node, room.sums, room.each, room.need, domain.forms
    how, weight, demand, best, surplus = (
        task.how, task.weight, task.demand, room.best, room.surplus
    )  # fmt: skip
    facts, mask, always, withs = domain.facts, room.mask, forms[ALWAYS], forms[WITHS]
    groups, parties = order.size, demand.size
    checked = task.open or forms[REQUIRES] | forms[EXCLUDES] | withs != 0
    begin(task, room)
    if not may_pass(
        demand, task.floor, task.votes, task.needed, room.most_left, always, sums, 0
    ):  # fmt: skip
        return DONE
    depth, nodes, ended = 0, 0, DONE
    while depth >= 0:
        g, slot, at, deeper = order[depth], node[depth, SLOT], node[depth, AT], depth + 1
        if at >= kept[g]:
            depth -= 1
            continue
        c = int(rank[slot, start[g] + at])
        node[depth, AT] = at + 1
        reached = level[depth] + score[slot, c]
        most = reached + suffix[slot, deeper]
        if withs:
            most += bonus_left(forms, room.left, room.extra, slot, node, depth)
        if most < line[slot, BAR]:  # and so are the choices ranked after it
            depth -= 1
            continue
        nodes += 1
        if nodes > budget:
            ended = OUT_OF_NODES
            break
        fits = True
        for p in range(parties):
            total = sums[depth, p] + each[c, p]
            sums[deeper, p] = total
            fits &= total >= need[slot, deeper, p]
        if not fits:
            continue
        touch = node[depth, TOUCH] | facts[c, TOUCH]
        node[depth, PICK], node[deeper, TOUCH] = c, touch
        node[deeper, SLOT], level[deeper] = slot, reached
        if (checked or touch | always != mask[slot]) and not _enter(
            domain, task, room, depth, c, slot, tie
        ):
            continue
        if deeper < groups:
            depth = deeper
            node[depth, AT] = 0
        elif (
            withs or _may_match(how, weight, demand, sums, groups, surplus, best, tie)
        ) and not _take(domain, task, room, groups, tie):
            ended = OUT_OF_PLACES
            break
    room.counts[NODES] += nodes
    return ended


@part
def _enter(
    domain: Domain, task: Task, room: Room, depth: int, c: int, slot: int, tie: float
) -> bool:  # fmt: skip
    """Whether the node that choice ``c`` leads to need be looked at; fills bits of its links.

    Where other consenters are asked from here on, it is given their slot of prices.
    """
    facts, forms, node, left, sums = domain.facts, domain.forms, room.node, room.left, room.sums
    deeper, withs = depth + 1, forms[WITHS]
    if forms[REQUIRES] | forms[EXCLUDES] | withs != 0:
        for bits in (WHEN, HIT, MISS):
            node[deeper, bits] = node[depth, bits] | facts[c, bits]
        if spoilt(forms, left, task.in_force, node, deeper):
            return False
    if task.open and not _may_carry(
        task.demand, task.votes, task.floor.size, task.needed, room.most_left, sums, deeper
    ):  # fmt: skip
        return False
    asked = node[deeper, TOUCH] | forms[ALWAYS]
    if asked != room.mask[slot]:
        if not may_pass(
            task.demand, task.floor, task.votes, task.needed, room.most_left, asked, sums, deeper
        ):  # fmt: skip
            return False
        change_slot(domain, task, room, deeper, slot, tie)
    if node[deeper, SLOT] == slot and not withs:
        return True
    slot = node[deeper, SLOT]
    most = room.level[deeper] + room.suffix[slot, deeper]
    most += bonus_left(forms, left, room.extra, slot, node, deeper)
    return most >= room.line[slot, BAR]


@part
def _may_match(
    how: int, weight: Floats, demand: Floats, sums: Floats, row: int, surplus: Floats,
    best: Floats, tie: float,
) -> bool:  # fmt: skip
    """Whether a whole package without bonuses may score within ``tie`` of the best."""
    if how != NASH:
        return True
    for p in range(weight.size):
        surplus[p] = sums[row, p] - demand[p]
    return above_best(weight, surplus, best) >= -tie - 1e-12


@part
def reach(
    facts: Ints, forms: Ints, linked: bool, value: Floats, demand: Floats, floor: Floats,
    votes: Floats, needed: float, in_force: int, left: Ints, most_left: Floats, node: Ints,
    sums: Floats, depth: int, c: int,
) -> bool:  # fmt: skip
    """Fill the node that choice ``c`` leads to; whether a package that passes may lie beyond."""
    deeper = depth + 1
    touch = node[depth, TOUCH] | facts[c, TOUCH]
    node[deeper, TOUCH] = touch
    node[depth, PICK] = c
    if linked:
        for bits in (WHEN, HIT, MISS):
            node[deeper, bits] = node[depth, bits] | facts[c, bits]
        if spoilt(forms, left, in_force, node, deeper):
            return False
    for p in range(demand.size):
        sums[deeper, p] = sums[depth, p] + value[p, c]
    return may_pass(demand, floor, votes, needed, most_left, touch | forms[ALWAYS], sums, deeper)


@part
def tally(facts: Ints, node: Ints, depth: int, c: int) -> None:
    """Add up what choice ``c`` makes of a package's number and changes."""
    node[depth + 1, QUO] = node[depth, QUO] & facts[c, QUO]
    for column in (CHANGES, NUMBER):
        node[depth + 1, column] = node[depth, column] + facts[c, column]


@lean
def change_slot(domain: Domain, task: Task, room: Room, depth: int, slot: int, tie: float) -> int:
    """Price the node at ``depth`` by the consenters now asked; returns the slot."""
    price, sums = room.price, room.sums
    asked = room.node[depth, TOUCH] | domain.forms[ALWAYS]
    slot = slot_for(domain, task, room, asked, slot, tie)
    level = first_level(task.how, task.weight, task.demand, task.floor, price, slot)
    for p in range(task.demand.size):
        level += price[slot, p] * sums[depth, p]
    room.level[depth] = level
    room.node[depth, SLOT] = slot
    return slot


@lean
def _take(domain: Domain, task: Task, room: Room, groups: int, tie: float) -> bool:
    """Score a whole package and keep it if it ties with the best; whether there was room."""
    node, surplus, counts = room.node, room.surplus, room.counts
    for depth in range(groups):
        tally(domain.facts, node, depth, node[depth, PICK])
    if node[groups, NUMBER] == domain.forms[BARRED]:
        return True
    if not settle(
        domain.forms, task.bonus, task.demand, task.floor, task.votes, task.needed,
        task.in_force, node[groups, WHEN], node[groups, HIT], node[groups, MISS],
        node[groups, TOUCH], room.sums, groups, surplus,
    ):  # fmt: skip
        return True
    before = room.best[0]
    score = record(
        task.how, task.losses, task.weight, surplus, room.best, node[groups, NUMBER], counts
    )  # fmt: skip
    if score > before:
        raise_bars(task, room, tie)
    if tie == 0.0 or score < room.best[0] - tie:
        return True
    if counts[TIED] == MOST_TIES:
        _forget(room, tie)
        if counts[TIED] == MOST_TIES:
            return False
    for column in range(FACTS):
        room.tied[counts[TIED], column] = node[groups, column]
    room.tied_score[counts[TIED]] = score
    counts[TIED] += 1
    return True


@lean
def _forget(room: Room, tie: float) -> None:
    """Drop kept packages that no longer tie with the best."""
    left = 0
    for place in range(room.counts[TIED]):
        if room.tied_score[place] >= room.best[0] - tie:
            room.tied_score[left] = room.tied_score[place]
            for column in range(FACTS):
                room.tied[left, column] = room.tied[place, column]
            left += 1
    room.counts[TIED] = left


@lean
def settled(room: Room, tie: float) -> tuple[int, int]:
    """The package chosen among those kept, by the tie rule, and how many there are."""
    _forget(room, tie)
    chosen, fewest = -1, 0
    for place in range(room.counts[TIED]):
        changes, number = room.tied[place, CHANGES], room.tied[place, NUMBER]
        if chosen < 0 or (changes, number) < (fewest, chosen):
            chosen, fewest = number, changes
    room.counts[FEWEST] = fewest
    return chosen, room.counts[TIED]
