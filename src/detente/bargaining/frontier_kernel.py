"""The frontier group by group: partial packages, those that another dominates left out.

Gains add up over groups, so what completes a partial package completes one that dominates
it. Beside the gains of principals a state holds what consenters still lack, as long as that
matters, and the bits of links between groups, until a link's last group is decided.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from detente.arrays import Floats, Ints
from detente.bargaining.dominance import (
    CHANGES,
    COUNT,
    MARK,
    NUMBER,
    TOUCH,
    States,
    make_states,
    prune,
)
from detente.bargaining.rows import TOLERANCE
from detente.kernels import kernel, part

FINE = 2.0**40  # gains that agree to about 1e-12 are the same while they are summed
FARTHEST = 2.0**55  # no cell lies beyond: sums of cells stay whole
ASIDE = 0.3819660112501051  # keeps edges of cells away from decimals and simple fractions
FIRST_PLACES = 2**12
CHANGED = 1  # the bit of a mark that says an option is changed; bits of refusals follow


class Work(NamedTuple):
    """One draw made ready: choices of groups in the order in which they are decided.

    Attributes:
        start: shape (group + 1,), where each group's choices begin.
        value: shape (party, choice), gains.
        mark, touch, changes, number: shape (choice,): bits of the mark, of the consenters
            touched; options changed; part of a package's number.
        most_left, least_left: shape (group + 1, party), what groups not yet decided can bring.
        open_touch: shape (group + 1,), consenters that they may touch.
        always: consenters that every package touches.
        demand: shape (party,). votes: (party,), needed: as ``rows.votes_of`` says.
        links: shape (link, 4): the group after which a link between groups is decided, the
            bits of its two sides in marks, whether the second says that it is *not* met.
        effect: shape (link,): 1 the link requires, -1 it excludes, 0 it adds a bonus.
        bonus: shape (link, party).
        price: shape (direction, party), what a unit of gain counts, 0 for who need not agree
            whatever the package is. price_left: (group + 1, direction), the most that groups
            not yet decided can bring at these prices. price_least: (direction,), what a
            package must bring that suits everybody who must agree.
        barred: whether the package that changes nothing is no deal.
        scale: cells a unit of gain.
    """

    start: Ints
    value: Floats
    mark: Ints
    touch: Ints
    changes: Ints
    number: Ints
    most_left: Floats
    least_left: Floats
    open_touch: Ints
    always: int
    demand: Floats
    votes: Floats
    needed: float
    links: Ints
    effect: Ints
    bonus: Floats
    price: Floats
    price_left: Floats
    price_least: Floats
    barred: bool
    scale: float


@kernel
def walk(work: Work, principals: int, most: int) -> tuple[States, int, int]:
    """The frontier as states, how many, and how many groups were decided.

    If fewer than all, the states at hand were more than ``most``.
    """
    parties, groups = work.demand.size, work.start.size - 1
    here, there = make_states(parties, 1), make_states(parties, FIRST_PLACES)
    here.fact[COUNT, 0] = 1
    size = 1
    for depth in range(groups):
        filled = 0
        for c in range(work.start[depth], work.start[depth + 1]):
            for state in range(size):
                if filled == there.fact.shape[1]:
                    filled = prune(there, filled, principals)
                    if filled > most:
                        return there, filled, depth
                    if 2 * filled > there.fact.shape[1]:
                        there = _larger(there, filled)
                filled += _step(
                    work.value, work.mark, work.touch, work.changes, work.number, here.sums,
                    here.fact, state, c, there.sums, there.fact, filled,
                ) and _settle(
                    work.most_left, work.least_left, work.open_touch, work.always, work.demand,
                    work.votes, work.needed, work.links, work.effect, work.bonus, work.price,
                    work.price_left, work.price_least, work.scale, principals, depth, groups, there.cell, there.sums, there.fact, filled,
                )  # fmt: skip
        size = prune(there, filled, principals)
        if size > most:
            return there, size, depth
        here, there = there, here
        if there.fact.shape[1] < FIRST_PLACES:
            there = make_states(parties, FIRST_PLACES)
    return here, _whole(here, size, work.barred, principals), groups


@kernel
def _larger(states: States, size: int) -> States:
    grown = make_states(states.cell.shape[0], 2 * states.cell.shape[1])
    grown.cell[:, :size] = states.cell[:, :size]
    grown.sums[:, :size] = states.sums[:, :size]
    grown.fact[:, :size] = states.fact[:, :size]
    return grown


@part
def _step(
    value: Floats, mark: Ints, touch: Ints, changes: Ints, number: Ints, sums: Floats,
    fact: Ints, state: int, c: int, new_sums: Floats, new_fact: Ints, place: int,
) -> bool:  # fmt: skip
    """Lay the state that choice ``c`` leads to into ``place``."""
    new_fact[MARK, place] = fact[MARK, state] | mark[c]
    new_fact[TOUCH, place] = fact[TOUCH, state] | touch[c]
    new_fact[CHANGES, place] = fact[CHANGES, state] + changes[c]
    new_fact[NUMBER, place] = fact[NUMBER, state] + number[c]
    new_fact[COUNT, place] = fact[COUNT, state]
    for p in range(value.shape[0]):
        new_sums[p, place] = sums[p, state] + value[p, c]
    return True


@part
def _cell(gain: float, scale: float) -> int:
    return int(min(max(np.floor(gain * scale + ASIDE), -FARTHEST), FARTHEST))


@kernel
def _settle(
    most_left: Floats, least_left: Floats, open_touch: Ints, always: int, demand: Floats,
    votes: Floats, needed: float, links: Ints, effect: Ints, bonus: Floats, price: Floats,
    price_left: Floats, price_least: Floats, scale: float, principals: int, depth: int, groups: int, cell: Ints, sums: Floats, fact: Ints, place: int,
) -> bool:  # fmt: skip
    """Fill the cells of a new state and drop what no longer matters; whether it may be a deal."""
    if not _links_hold(links, effect, bonus, depth, sums, fact, place):
        return False
    deeper = depth + 1
    for d in range(price_least.size):
        worth = price_left[deeper, d]
        for p in range(demand.size):
            worth += price[d, p] * sums[p, place]
        if worth < price_least[d]:
            return False
    slack = TOLERANCE if deeper < groups else 0.0  # rounding decides nothing before the end
    willing, passes = 0.0, True
    for p in range(principals):
        total = sums[p, place]
        agrees = total + most_left[deeper, p] >= demand[p] - TOLERANCE - slack
        if votes[p] < 0.0:
            passes &= agrees
        elif agrees and fact[MARK, place] >> (p + 1) & 1 == 0:
            willing += votes[p]
        cell[p, place] = _cell(total, scale)
    for p in range(principals, demand.size):
        bit = 1 << (p - principals)
        asked = (fact[TOUCH, place] | always) & bit != 0
        above = sums[p, place] - demand[p]
        if not asked and open_touch[deeper] & bit == 0:
            cell[p, place] = int(FARTHEST)
        elif above + least_left[deeper, p] >= slack - TOLERANCE:
            cell[p, place] = int(FARTHEST)
            fact[TOUCH, place] &= ~bit
        elif above + most_left[deeper, p] < -TOLERANCE - slack:
            cell[p, place] = -int(FARTHEST)
            passes &= not asked
        else:
            cell[p, place] = _cell(above, scale)
    return passes and willing >= needed


@part
def _links_hold(
    links: Ints, effect: Ints, bonus: Floats, depth: int, sums: Floats, fact: Ints, place: int
) -> bool:
    """Whether no link decided by this group is broken; adds bonuses, forgets what is decided."""
    holds = True
    for link in range(effect.size):
        if links[link, 0] != depth:
            continue
        mark = fact[MARK, place]
        first, second = mark & links[link, 1] != 0, mark & links[link, 2] != 0
        met = second != (links[link, 3] != 0)
        if first and effect[link] == 0 and met:
            for p in range(bonus.shape[1]):
                sums[p, place] += bonus[link, p]
        elif first and effect[link] != 0:
            holds &= met == (effect[link] > 0)
        fact[MARK, place] = mark & ~(links[link, 1] | links[link, 2])
    return holds


@kernel
def _whole(states: States, size: int, barred: bool, principals: int) -> int:
    """Of whole packages, those that none dominates in what principals gain; how many."""
    kept = 0
    for state in range(size):
        if barred and states.fact[MARK, state] & CHANGED == 0:
            continue
        states.sums[:, kept] = states.sums[:, state]
        states.fact[:, kept] = states.fact[:, state]
        states.fact[MARK, kept], states.fact[TOUCH, kept] = 0, 0
        states.cell[:, kept] = 0
        for p in range(principals):
            states.cell[p, kept] = _cell(states.sums[p, kept], 1.0 / TOLERANCE)
        kept += 1
    return prune(states, kept, principals) if kept else 0
