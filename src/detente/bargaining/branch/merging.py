"""Group by group, with nodes alike merged: what solves draws full of ties.

Where gains stand on a grid, thousands of packages score alike and bounds cannot tell them
apart. But then many nodes of one depth have brought every party the same, and the same may
follow them: they are one state, with a count. Merged are nodes that agree in the gains of
every principal and of every consenter still to be satisfied, and in all bits that still
matter. So the states of a depth are few, and the tie is counted without being listed.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from detente.arrays import Floats, Ints
from detente.bargaining.branch.descent import begin, bonus_left, change_slot, reach, tally, wanted
from detente.bargaining.branch.domain import (
    ALWAYS,
    BARRED,
    CHANGES,
    HIT,
    MISS,
    NUMBER,
    QUO,
    TOUCH,
    WHEN,
    WITHS,
    Domain,
)
from detente.bargaining.branch.task import (
    BAR,
    FEWEST,
    NODE,
    OPEN_MATCH,
    OPEN_TOUCH,
    OPEN_WHEN,
    SLOT,
    Room,
    Task,
    record,
    settle,
)
from detente.bargaining.rows import TOLERANCE
from detente.kernels import kernel

MOST_STATES = 2**15  # of one depth
FINE = 2.0**40  # gains that agree to about 1e-12 are the same
SATISFIED = -(2**62)  # stands for the gain of a consenter that whatever follows suits


class Layer(NamedTuple):
    """The states of one depth.

    Attributes:
        key: shape (state, party + NODE), gains on a fine grid, then bits; what does not
            matter any more is left out.
        node: shape (state, NODE), of the node that the tie rule prefers.
        sums: shape (state, party), gains. level: (state,).
        nodes: shape (state,), how many nodes it stands for.
        table: shape (place,), open addressing: state by key, -1 where free.
        size: shape (1,), how many states.
    """

    key: Ints
    node: Ints
    sums: Floats
    level: Floats
    nodes: Ints
    table: Ints
    size: Ints


@kernel
def make_layer(parties: int) -> Layer:
    """An empty layer."""
    ints = np.int64
    return Layer(
        np.zeros((MOST_STATES, parties + NODE), ints), np.zeros((MOST_STATES, NODE), ints),
        np.zeros((MOST_STATES, parties)), np.zeros(MOST_STATES), np.zeros(MOST_STATES, ints),
        np.full(4 * MOST_STATES, -1), np.zeros(1, ints),
    )  # fmt: skip


@kernel
def merge(domain: Domain, task: Task, room: Room, tie: float) -> tuple[bool, int, int]:
    """Search all packages within ``tie`` of the best score.

    Returns whether there was room for every state; the package chosen, -1 for none; how
    many tie with it. The best score is left in ``room.best``.
    """
    here, there = make_layer(task.demand.size), make_layer(task.demand.size)
    node = room.node
    begin(task, room)
    _insert(domain, task, room, 0, here, 1)
    for depth in range(room.order.size):
        g = room.order[depth]
        there.size[0] = 0
        there.table[:] = -1
        for state in range(here.size[0]):
            node[depth] = here.node[state]
            room.sums[depth] = here.sums[state]
            room.level[depth] = here.level[state]
            slot = node[depth, SLOT]
            for place in range(room.kept[g]):
                c = int(room.rank[slot, domain.start[g] + place])
                most = room.level[depth] + room.score[slot, c] + room.suffix[slot, depth + 1]
                if most < room.line[slot, BAR] and domain.forms[WITHS] == 0:
                    break
                if not reach(
                    domain.facts, domain.forms, True, task.value, task.demand, task.floor,
                    task.votes, task.needed, task.in_force, room.left, room.most_left, node,
                    room.sums, depth, c,
                ):  # fmt: skip
                    continue
                tally(domain.facts, node, depth, c)
                if not _priced(domain, task, room, depth, c, tie):
                    continue
                if not _insert(domain, task, room, depth + 1, there, here.nodes[state]):
                    return False, -1, 0
        here, there = there, here
    chosen, ties = _best(domain, task, room, here, tie)
    return True, chosen, ties


@kernel
def _priced(domain: Domain, task: Task, room: Room, depth: int, c: int, tie: float) -> bool:
    """Fill slot and level of the node that choice ``c`` leads to; whether the level will do."""
    node, deeper, slot = room.node, depth + 1, room.node[depth, SLOT]
    if node[deeper, TOUCH] == node[depth, TOUCH]:
        node[deeper, SLOT] = slot
        room.level[deeper] = room.level[depth] + room.score[slot, c]
    else:
        slot = change_slot(domain, task, room, deeper, slot, tie)
    most = room.level[deeper] + room.suffix[slot, deeper]
    most += bonus_left(domain.forms, room.left, room.extra, slot, node, deeper)
    return most >= room.line[slot, BAR]


@kernel
def _insert(domain: Domain, task: Task, room: Room, depth: int, layer: Layer, count: int) -> bool:
    """Add the node at ``depth`` to a layer, or to the state it is like; whether there was room."""
    new = layer.size[0]
    if new == layer.nodes.size:
        return False
    _describe(domain, task, room, depth, layer.key, new)
    mix = np.uint64(1469598103934665603)
    for column in range(layer.key.shape[1]):
        mix = (mix ^ np.uint64(layer.key[new, column])) * np.uint64(0x9E3779B97F4A7C15)
        mix ^= mix >> np.uint64(29)
    last = layer.table.size - 1
    place = np.int64(mix & np.uint64(last))
    while layer.table[place] >= 0 and not _alike(layer.key, layer.table[place], new):
        place = (place + 1) & last
    state = layer.table[place]
    if state < 0:
        layer.table[place] = new
        layer.size[0] = new + 1
        layer.node[new] = room.node[depth]
        layer.sums[new] = room.sums[depth]
        layer.level[new], layer.nodes[new] = room.level[depth], count
        return True
    layer.nodes[state] += count
    layer.level[state] = max(layer.level[state], room.level[depth])
    changes, number = room.node[depth, CHANGES], room.node[depth, NUMBER]
    preferred = changes < layer.node[state, CHANGES]
    preferred |= changes == layer.node[state, CHANGES] and number < layer.node[state, NUMBER]
    if preferred:
        layer.node[state, CHANGES], layer.node[state, NUMBER] = changes, number
    return True


@kernel
def _describe(domain: Domain, task: Task, room: Room, depth: int, key: Ints, row: int) -> None:
    """Fill what decides how a node may go on: gains and bits that still matter."""
    principals, parties = task.weight.size, task.demand.size
    node, left, sums, least_left = room.node, room.left, room.sums, room.least_left
    may_ask = node[depth, TOUCH] | left[depth, OPEN_TOUCH] | domain.forms[ALWAYS]
    for p in range(parties):
        key[row, p] = np.int64(np.floor(sums[depth, p] * FINE + 0.5))
        if p >= principals:
            suited = sums[depth, p] + least_left[depth, p] >= task.demand[p] + TOLERANCE
            if suited or may_ask >> (p - principals) & 1 == 0:
                key[row, p] = SATISFIED
    matters = domain.forms[WITHS] | left[depth, OPEN_WHEN] | left[depth, OPEN_MATCH]
    for bits in (WHEN, HIT, MISS):
        node[depth, bits] &= matters
        key[row, parties + bits] = node[depth, bits]
    key[row, parties + TOUCH] = node[depth, TOUCH]
    key[row, parties + SLOT] = node[depth, SLOT]
    # what changes nothing must not be merged with what may be chosen
    key[row, parties + QUO] = node[depth, QUO] if domain.forms[BARRED] >= 0 else 0


@kernel
def _alike(key: Ints, first: int, second: int) -> bool:
    for column in range(key.shape[1]):
        if key[first, column] != key[second, column]:
            return False
    return True


@kernel
def _best(domain: Domain, task: Task, room: Room, layer: Layer, tie: float) -> tuple[int, int]:
    """The package chosen among whole ones, by the tie rule, and how many tie."""
    node = layer.node
    for state in range(layer.size[0]):
        layer.level[state] = -np.inf  # from here on, the score
        if node[state, NUMBER] != domain.forms[BARRED] and settle(
            domain.forms, task.bonus, task.demand, task.floor, task.votes, task.needed,
            task.in_force, node[state, WHEN], node[state, HIT], node[state, MISS],
            node[state, TOUCH], layer.sums, state, room.surplus,
        ):  # fmt: skip
            layer.level[state] = record(
                task.how, task.losses, task.weight, room.surplus, room.best, node[state, NUMBER],
                room.counts,
            )  # fmt: skip
    chosen, fewest, ties = -1, 0, 0
    least = wanted(room.best[0], tie)
    for state in range(layer.size[0]):
        if layer.level[state] == -np.inf or layer.level[state] < least:
            continue
        ties += layer.nodes[state]
        changes, number = node[state, CHANGES], node[state, NUMBER]
        if chosen < 0 or (changes, number) < (fewest, chosen):
            chosen, fewest = number, changes
    room.counts[FEWEST] = fewest
    return chosen, ties
