"""One search: what is to be found among the packages, and room for the kernels to work in.

Kernels take bundles of arrays where they are called once a search, and plain arrays where
they are called once a node: taking an array out of a bundle costs more than using it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from detente.arrays import Bools, Bytes, Floats, Ints
from detente.bargaining.branch.domain import (
    ALLS,
    ALWAYS,
    EXCLUDES,
    FACTS,
    REQUIRES,
    TOUCH,
    WITHS,
    Domain,
)
from detente.bargaining.rows import FORBIDDEN, MUST_AGREE, TOLERANCE, draw_gains
from detente.kernels import kernel, lean, log, part

NASH, SUM, LEAST = 0, 1, 2  # how a package is scored
ANY = 3  # priced like LEAST, but the first package that passes is as good as any
NOTHING = -1e300  # the score of no package
MOST_SLOTS = 12  # sets of prices kept, one a set of consenters asked
MOST_TIES = 128  # packages kept that score as well as the best
SLOT, AT, PICK, NODE = FACTS, FACTS + 1, FACTS + 2, FACTS + 3  # more columns of a node
OUTVOTED = -2.0  # the vote of a principal that does not agree, whatever it gains
BASE, BAR = 0, 1  # columns of a slot
OPEN_WHEN, OPEN_MATCH, OPEN_TOUCH = 0, 1, 2  # columns of what open groups may still do
NODES, TIED, SLOTS = 0, 1, 2  # counters of a search
SURPLUS = 2  # where in ``best`` the surpluses of the best package begin
FEWEST = 3  # changes of the package chosen
HELD = 4  # number of the package with the best score so far


class Task(NamedTuple):
    """A bargaining problem of one draw, and the score to be maximised.

    Attributes:
        value: shape (party, choice), gains.
        allowed: shape (choice,), 0 where no package may hold the choice.
        bonus: shape (link, party), worth of ``with`` links in force.
        demand: shape (party,).
        floor: shape (principal,), the least gain a package must leave it; -inf for none.
        votes: shape (party,), as ``rows.votes_of`` says.
        weight: shape (principal,): shares of bargaining power that sum to 1 (NASH), or
            what a unit of surplus counts (SUM, LEAST); 0 for who does not count in LEAST.
        spread: shape (party,), how far its gains over all packages lie apart.
        needed: votes that parties with a vote must bring.
        in_force: bit mask of forbidding links in force.
        how: NASH, SUM, LEAST or ANY.
        open: whether it is undecided of some principal whether it is outvoted.
        losses: whether losses count; where nobody can be outvoted they are by rounding alone.
        share: the weights of those not OUTVOTED, summed (NASH).
    """

    value: Floats
    allowed: Bytes
    bonus: Floats
    demand: Floats
    floor: Floats
    votes: Floats
    weight: Floats
    spread: Floats
    needed: float
    in_force: int
    how: int
    open: bool
    losses: bool
    share: float


class Room(NamedTuple):
    """Scratch of one thread, filled anew by every search.

    Axes: slot (a set of prices), depth (groups decided so far), place (of a tied package).

    Attributes:
        price: shape (slot, party). cap: (party,), the highest price of each. lowest: (party,),
            the prices with the lowest bound so far. slope: (party,), how the bound rises with
            each. mask: (slot,),
            consenters asked. line: (slot, 2): BASE turns a level into a bound, BAR is the
            level a node must be able to reach. score: (slot, choice), of a choice at the
            prices. rank: (slot, choice), choices of each group, best first. suffix: (slot,
            depth), most that open groups can add. extra: (slot, link), worth of a bonus.
        live: shape (choice,), 0 where bounds leave a choice out. order: (group,). kept:
            (group,), how many choices are live. most_left, least_left: (depth, party), what
            open groups can bring. each: (choice, party), gains of live choices. need: (slot,
            depth, party), the least gain that the groups decided must have brought. left: (depth, 3), bits of links whose sides open groups
            may still meet, of consenters they may touch.
        node: shape (depth, NODE). sums: (depth, party), gains. level: (depth,).
        pick: shape (group,), the package that prices favour. surplus: (party,). gained: (1,
            party) and spare: (party,), the same of a package considered.
        tied: shape (place, FACTS), tied_score: (place,), packages found.
        best: shape (2 + party,), the best score found, the weighted sum of that package
            (LEAST), from SURPLUS on what it leaves principals. counts: (5,), counters.
    """

    price: Floats
    cap: Floats
    lowest: Floats
    slope: Floats
    mask: Ints
    line: Floats
    score: Floats
    rank: Ints
    suffix: Floats
    extra: Floats
    live: Bytes
    order: Ints
    kept: Ints
    most_left: Floats
    least_left: Floats
    each: Floats
    need: Floats
    left: Ints
    node: Ints
    sums: Floats
    level: Floats
    pick: Ints
    surplus: Floats
    gained: Floats
    spare: Floats
    tied: Ints
    tied_score: Floats
    best: Floats
    counts: Ints


@kernel
def make_room(parties: int, links: int, groups: int, choices: int) -> Room:
    """Room for searches of this size."""
    ints, deep = np.int64, groups + 1
    return Room(
        np.zeros((MOST_SLOTS, parties)), np.zeros(parties), np.zeros(parties), np.zeros(parties),
        np.zeros(MOST_SLOTS, ints),
        np.zeros((MOST_SLOTS, 2)), np.zeros((MOST_SLOTS, choices)),
        np.zeros((MOST_SLOTS, choices), ints), np.zeros((MOST_SLOTS, deep)),
        np.zeros((MOST_SLOTS, links)), np.zeros(choices, np.uint8), np.zeros(groups, ints),
        np.zeros(groups, ints), np.zeros((deep, parties)), np.zeros((deep, parties)),
        np.zeros((choices, parties)), np.zeros((MOST_SLOTS, deep, parties)),
        np.zeros((deep, 3), ints), np.zeros((deep, NODE), ints), np.zeros((deep, parties)),
        np.zeros(deep), np.zeros(groups, ints), np.zeros(parties), np.zeros((1, parties)),
        np.zeros(parties),
        np.zeros((MOST_TIES, FACTS), ints), np.zeros(MOST_TIES),
        np.zeros(2 + parties), np.zeros(5, ints),
    )  # fmt: skip


@lean
def fill_task(
    domain: Domain, gain: Floats, with_links: Ints, absolute: Bools, line_party: Ints,
    line_option: Ints, own: Floats, task: Task,
) -> None:  # fmt: skip
    """Fill a task's values, which choices are allowed, and spreads, from one draw of a table.

    An absolute line makes its option worth FORBIDDEN to its owner; a choice that a party
    that must agree to everything could never accept is not allowed.

    Args:
        domain: groups and choices.
        gain: shape (party, option). with_links: links with a bonus. absolute: (line,).
        line_party, line_option: shape (line,).
        own: shape (party, option), filled.
        task: value, allowed and spread are filled.
    """
    parties, choices = task.value.shape
    options, active, broken = domain.options, domain.active, domain.broken
    value, bonus, allowed, in_force = task.value, task.bonus, task.allowed, task.in_force
    draw_gains(gain, absolute, line_party, line_option, own)
    for p in range(parties):
        for c in range(choices):
            value[p, c] = own[p, options[c, 0]]
            for column in range(1, options.shape[1]):
                if options[c, column] >= 0:
                    value[p, c] += own[p, options[c, column]]
        for at in range(with_links.size):
            link = with_links[at]
            for c in range(choices):
                if active[c] >> link & 1:
                    value[p, c] += bonus[link, p]
    for c in range(choices):
        allowed[c] = broken[c] & in_force == 0
    drop_refused(value, task.votes, task.weight.size, allowed)
    _drop_dissented(domain.facts, domain.forms, value, task.weight.size, allowed)
    for p in range(parties):
        most = range_of(domain.start, value, allowed, bonus, domain.forms, p)
        task.spread[p] = max(most[1] - most[0], TOLERANCE)


@lean
def _drop_dissented(
    facts: Ints, forms: Ints, value: Floats, principals: int, allowed: Bytes
) -> None:
    """Clear ``allowed`` for choices that touch a consenter who never accepts them."""
    for p in range(principals, value.shape[0]):
        bit = p - principals
        always = forms[ALWAYS] >> bit & 1 != 0
        for c in range(allowed.size):
            refused = value[p, c] < 0.5 * FORBIDDEN
            allowed[c] &= not (refused & (always | (facts[c, TOUCH] >> bit & 1 != 0)))


@lean
def range_of(
    start: Ints, value: Floats, allowed: Bytes, bonus: Floats, forms: Ints, p: int
) -> tuple[float, float]:
    """The least and the most that party ``p`` could gain if each group could be chosen for it."""
    least, most = 0.0, 0.0
    for g in range(start.size - 1):
        low, high = np.inf, -np.inf
        for c in range(start[g], start[g + 1]):
            if allowed[c]:
                low = min(low, value[p, c])
                high = max(high, value[p, c])
        least += low
        most += high
    for link in range(bonus.shape[0]):
        if forms[WITHS] >> link & 1:
            least += min(bonus[link, p], 0.0)
            most += max(bonus[link, p], 0.0)
    return least, most


@lean
def drop_refused(value: Floats, votes: Floats, principals: int, live: Bytes) -> None:
    """Clear ``live`` for choices that a principal who must agree never accepts."""
    for p in range(principals):
        if votes[p] == MUST_AGREE:
            for c in range(live.size):
                live[c] &= value[p, c] >= 0.5 * FORBIDDEN


@part
def scored(how: int, losses: bool, weight: Floats, surplus: Floats) -> float:
    """The score of a package by what it leaves each principal above its demand."""
    if how == ANY:
        return -NOTHING
    worst = -np.inf if losses else 0.0
    total, least = 0.0, -NOTHING
    for p in range(weight.size):
        if how == NASH:
            total += weight[p] * log(max(surplus[p], TOLERANCE))
        elif weight[p] > 0.0:
            one = weight[p] * max(surplus[p], worst)
            total += one
            least = min(least, one)
    return least if how == LEAST else total


@part
def unit_of(how: int, weight: Floats, spread: Floats) -> float:
    """How far scores may lie apart, roughly: what steps and gaps are measured in."""
    unit = 0.0
    for p in range(weight.size):
        unit = max(unit, weight[p] * spread[p])
    return 1.0 if how in (NASH, ANY) else unit


@part
def record(
    how: int, losses: bool, weight: Floats, surplus: Floats, best: Floats, number: int, counts: Ints
) -> float:
    """The score of a package that passes, kept in ``best`` if none was higher."""
    score = scored(how, losses, weight, surplus)
    if score > best[0]:
        best[0] = score
        counts[HELD] = number
        for p in range(weight.size):
            best[SURPLUS + p] = surplus[p]
        if how == LEAST:
            best[1] = scored(SUM, losses, weight, surplus)
    return score


@part
def above_best(weight: Floats, surplus: Floats, best: Floats) -> float:
    """By how much a Nash score may exceed the best at most, told without a logarithm.

    The score lies below its tangent at the surpluses of the best package.
    """
    above = 0.0
    for p in range(weight.size):
        share = max(surplus[p], TOLERANCE) / max(best[SURPLUS + p], TOLERANCE)
        above += weight[p] * (share - 1.0)
    return above


@part
def settle(
    forms: Ints, bonus: Floats, demand: Floats, floor: Floats, votes: Floats, needed: float,
    in_force: int, when: int, hit: int, miss: int, touch: int, sums: Floats, row: int,
    surplus: Floats,
) -> bool:  # fmt: skip
    """Fill the surpluses of a whole package; whether it passes.

    Args:
        forms: of the domain. bonus, demand, floor, votes, needed, in_force: of the task.
        when, hit, miss, touch: bits of the package's choices, taken together.
        sums, row: ``sums[row]``, shape (party,), its gains but for bonuses of links
            between groups.
        surplus: shape (party,), filled.
    """
    met = ((hit & ~forms[ALLS]) | (~miss & forms[ALLS])) & when
    unmet = when & ~met
    if ((forms[REQUIRES] & unmet) | (forms[EXCLUDES] & met)) & in_force:
        return False
    active = forms[WITHS] & met
    principals, willing, passes = floor.size, 0.0, True
    for p in range(demand.size):
        total = sums[row, p]
        if active:
            for link in range(bonus.shape[0]):
                if active >> link & 1:
                    total += bonus[link, p]
        surplus[p] = total - demand[p]
        agrees = total >= demand[p] - TOLERANCE
        if p >= principals:
            passes &= agrees or (touch | forms[ALWAYS]) >> (p - principals) & 1 == 0
        else:
            passes &= total >= floor[p]
            passes &= votes[p] != OUTVOTED or not agrees
            if votes[p] >= 0.0 and agrees:
                willing += votes[p]
    return passes and willing >= needed
