"""How good a package could be at best: a bound that separates by group.

Put a price y_p on every principal's surplus s_p and z_c on every consenter's. Whatever
package holds,

    level = sum_p y_p s_p + sum_c z_c s_c

is a sum over groups, so its greatest value is found group by group. It bounds the score:

    Nash         sum w log s  <=  log(level) - sum w log(y / w)          (w sums to 1)
                 sum w log s  <=  level - 1 - sum w log(y / w)            where some may lose
    least, any   min v s      <=  level,   y = v t, t >= 0 summing to 1
    sum          sum v s      <=  level,   y = v + l, l >= 0 for who must agree

The first two are the conjugate of the logarithm; all hold for every z >= 0, since a
consenter that is asked has s_c >= 0 (Lagrangian relaxation; Geoffrion 1974). Prices are
improved by subgradient steps of Polyak's length (Polyak 1969): against the surpluses of the
package that they favour.
"""

from __future__ import annotations

import numpy as np

from detente.arrays import Bytes, Floats, Ints
from detente.bargaining.branch.domain import (
    BARRED,
    HIT,
    MISS,
    NUMBER,
    TOUCH,
    WHEN,
    WITHS,
    Domain,
)
from detente.bargaining.branch.task import (
    BASE,
    LEAST,
    NASH,
    NOTHING,
    OUTVOTED,
    SUM,
    Room,
    Task,
    above_best,
    range_of,
    record,
    scored,
    settle,
    unit_of,
)
from detente.bargaining.rows import TOLERANCE
from detente.kernels import exp, lean, log, part

TRIES = 24  # steps of prices to begin with
MOST_TRIES = 16  # the same of a Nash search, whose nodes cost little
FURTHEST = 1.0  # longest step of a logarithm of a price
CLOSE = 1e-4  # a gap at which descending costs less than better prices
COARSE = 1e-3  # surpluses below this part of the spread do not steepen prices


@part
def base_of(
    how: int, open_: bool, share: float, weight: Floats, votes: Floats, price: Floats, slot: int
) -> float:  # fmt: skip
    """What turns a level into a bound: a constant of the prices."""
    if how != NASH:
        return 0.0
    total = 0.0
    for p in range(weight.size):
        out = votes[p] == OUTVOTED
        total += weight[p] * log(TOLERANCE if out else weight[p] / price[slot, p])
    return total - share if open_ else total


@part
def bound_of(how: int, open_: bool, share: float, base: float, level: float) -> float:
    """The score that a level bounds."""
    if how != NASH:
        return level
    if open_:
        return level + base
    if share == 0.0:
        return base
    return share * log(level / share) + base if level > 0.0 else NOTHING


@part
def slack_of(price: Floats, slot: int) -> float:
    """How far a level may fall short: surpluses within TOLERANCE of 0 count as TOLERANCE."""
    total = 0.0
    for p in range(price.shape[1]):
        total += price[slot, p]
    return 2.0 * TOLERANCE * total


@part
def bar_of(
    how: int, open_: bool, share: float, base: float, price: Floats, slot: int, score: float
) -> float:  # fmt: skip
    """The level that a package of this score or a better one has at least.

    A little lower than the formulas say, for surpluses and sums of floats that fall short.
    """
    slack = slack_of(price, slot)
    if score == NOTHING:
        bar = -np.inf if open_ else 0.0
    elif how != NASH:
        bar = score
    elif open_:
        bar = score - base
    else:
        bar = share * exp((score - base) / share) if share > 0.0 else -np.inf
    return bar - slack - 1e-11 * abs(bar) if bar > -np.inf else bar


@part
def first_level(
    how: int, weight: Floats, demand: Floats, floor: Floats, price: Floats, slot: int
) -> float:
    """The level before anything is decided: prices times demands, taken off."""
    level = 0.0
    for p in range(demand.size):
        level -= price[slot, p] * demand[p]
    if how == SUM:
        for p in range(weight.size):
            if floor[p] > -np.inf:
                level -= (price[slot, p] - weight[p]) * (floor[p] - demand[p])
    return level


@part
def favour(
    start: Ints, value: Floats, live: Bytes, demand: Floats, bonus: Floats, withs: int,
    price: Floats, slot: int, score: Floats, extra: Floats, pick: Ints, surplus: Floats,
) -> float:  # fmt: skip
    """Score every choice at the slot's prices and pick the best of each group.

    Fills ``score`` and ``extra`` of the slot, ``pick``, and ``surplus``: of the package
    picked, bonuses of links between groups counted where they pay. Returns what the picks
    add to the first level, NOTHING where a group has no live choice.
    """
    parties, choices = value.shape
    level = 0.0
    for c in range(choices):
        score[slot, c] = 0.0 if live[c] else NOTHING
    for p in range(parties):
        y = price[slot, p]
        if y != 0.0:
            for c in range(choices):
                score[slot, c] += y * value[p, c]
    for g in range(pick.size):
        at = start[g]
        best = score[slot, at]
        for c in range(at + 1, start[g + 1]):
            one = score[slot, c]
            better = one > best
            best, at = one if better else best, c if better else at
        pick[g] = at
        level += best
    if level < 0.5 * NOTHING:
        return NOTHING
    for p in range(parties):
        total = -demand[p]
        for g in range(pick.size):
            total += value[p, pick[g]]
        surplus[p] = total
    for link in range(extra.shape[1]):
        worth = 0.0
        if withs >> link & 1:
            for p in range(parties):
                worth += price[slot, p] * bonus[link, p]
        extra[slot, link] = worth
        if worth > 0.0:
            level += worth
            for p in range(parties):
                surplus[p] += bonus[link, p]
    return level


@part
def first_tries(how: int, parties: int) -> int:
    """How many steps first prices are worth: with more parties nodes are more, and cost more."""
    return min(6 + 2 * parties, MOST_TRIES) if how == NASH else 2 * TRIES


@lean
def first_prices(domain: Domain, task: Task, room: Room) -> None:
    """Prices to begin with, in slot 0.

    For Nash, weights over half of what each principal could get at most.
    """
    price, weight = room.price, task.weight
    count = 0
    for p in range(weight.size):
        count += weight[p] > 0.0
    for p in range(task.demand.size):
        price[0, p] = 0.0
    for p in range(weight.size):
        if task.how == SUM:
            price[0, p] = weight[p]
        elif task.how >= LEAST:
            price[0, p] = weight[p] / max(count, 1)
        elif task.votes[p] != OUTVOTED:
            _, most = range_of(domain.start, task.value, room.live, task.bonus, domain.forms, p)
            price[0, p] = weight[p] / max(0.5 * (most - task.demand[p]), COARSE * task.spread[p])
    cap_prices(domain, task, room)


@lean
def cap_prices(domain: Domain, task: Task, room: Room) -> None:
    """Set the highest price that each principal may have, and lower those of slot 0 to it."""
    price, cap, weight = room.price, room.cap, task.weight
    for p in range(cap.size):
        cap[p] = np.inf
    if task.how != NASH:
        return
    for p in range(weight.size):
        cap[p] = weight[p] / (COARSE * COARSE * task.spread[p])
        if task.open and task.votes[p] >= 0.0:
            # the tangent at t bounds log max(s, TOLERANCE) down to s = -12 t if t >= 1e-3
            least, _ = range_of(domain.start, task.value, room.live, task.bonus, domain.forms, p)
            cap[p] = weight[p] / max((task.demand[p] - least) / 12.0, 1e-3)
        price[0, p] = min(price[0, p], cap[p])


@part
def is_asked(p: int, mask: int, floor: Floats) -> bool:
    """Whether nothing passes without the agreement of party ``p``."""
    return floor[p] > -np.inf if p < floor.size else mask >> (p - floor.size) & 1 != 0


@lean
def improve(domain: Domain, task: Task, room: Room, slot: int, tries: int) -> float:
    """Improve a slot's prices step by step and keep those with the lowest bound.

    Returns that bound, NOTHING where prices prove that no package passes. Every package
    that prices favour is considered: the best score found is kept in ``room.best``.
    """
    start, value, demand, bonus, floor = (
        domain.start, task.value, task.demand, task.bonus, task.floor
    )  # fmt: skip
    weight, spread, how, open_ = task.weight, task.spread, task.how, task.open
    votes, share = task.votes, task.share
    price, live, score, extra, cap = room.price, room.live, room.score, room.extra, room.cap
    pick, surplus, best, withs = room.pick, room.surplus, room.best, domain.forms[WITHS]
    parties, mask, unit = demand.size, room.mask[slot], unit_of(how, weight, spread)
    lowest, kept_at, slope, losses = np.inf, room.lowest, room.slope, task.losses
    for step in range(tries):
        level = favour(
            start, value, live, demand, bonus, withs, price, slot, score, extra, pick, surplus
        )
        if level == NOTHING:
            return NOTHING
        level += first_level(how, weight, demand, floor, price, slot)
        base = base_of(how, open_, share, weight, votes, price, slot)
        slack = slack_of(price, slot)
        if not open_ and level < -slack:
            return NOTHING
        bound = bound_of(how, open_, share, base, level + slack)
        if bound < lowest:
            lowest = bound
            for p in range(parties):
                kept_at[p] = price[slot, p]
        suits = open_ or _suits(surplus, mask, floor)
        if withs or (suits and _promises(how, losses, weight, surplus, best)):
            _consider(domain, task, room)
        gap = lowest - best[0] if best[0] > NOTHING else 0.5 * unit / (1.0 + 0.25 * step)
        if gap <= CLOSE * unit:
            break
        if how == NASH and not open_ and level > 0.0:
            for p in range(parties):
                price[slot, p] *= share / level
        _step(
            how, weight, demand, floor, spread, votes, mask, surplus, gap, unit, price, slot, cap, slope
        )  # fmt: skip
    for p in range(parties):
        price[slot, p] = kept_at[p]
    room.line[slot, BASE] = base_of(how, open_, share, weight, votes, price, slot)
    favour(start, value, live, demand, bonus, withs, price, slot, score, extra, pick, surplus)
    if (
        lowest - best[0] > CLOSE * unit
        and not open_
        and _repair(start, value, live, spread, mask, floor, score, slot, pick, surplus)
    ):
        _consider(domain, task, room)
    return lowest


@part
def _repair(
    start: Ints, value: Floats, live: Bytes, spread: Floats, mask: int, floor: Floats,
    score: Floats, slot: int, pick: Ints, surplus: Floats,
) -> bool:  # fmt: skip
    """Change one pick after another until everybody asked gets what it demands, if that works.

    Each time the change that mends most for what it costs at the slot's prices.
    """
    for _ in range(2 * pick.size):
        short = _shortfall(value, spread, mask, floor, surplus, pick[0], pick[0])
        if short == 0.0:
            return True
        best, group, choice = 0.0, -1, -1
        for g in range(pick.size):
            for c in range(start[g], start[g + 1]):
                if live[c] and c != pick[g]:
                    left = _shortfall(value, spread, mask, floor, surplus, pick[g], c)
                    cost = max(score[slot, pick[g]] - score[slot, c], 0.0) + 1e-6
                    if (short - left) > best * cost:
                        best, group, choice = (short - left) / cost, g, c
        if group < 0:
            return False
        for p in range(surplus.size):
            surplus[p] += value[p, choice] - value[p, pick[group]]
        pick[group] = choice
    return False


@part
def _shortfall(
    value: Floats, spread: Floats, mask: int, floor: Floats, surplus: Floats, old: int, new: int
) -> float:
    """By how much parties asked fall short, in parts of their spreads, if a pick is changed."""
    short = 0.0
    for p in range(surplus.size):
        if is_asked(p, mask, floor):
            left = surplus[p] + value[p, new] - value[p, old]
            if left < -TOLERANCE:
                short -= left / spread[p]
    return short


@part
def _suits(surplus: Floats, mask: int, floor: Floats) -> bool:
    """Whether a package leaves every party whose agreement is needed what it demands."""
    suits = True
    for p in range(surplus.size):
        suits &= surplus[p] >= -TOLERANCE or not is_asked(p, mask, floor)
    return suits


@part
def _promises(how: int, losses: bool, weight: Floats, surplus: Floats, best: Floats) -> bool:
    """Whether a package that leaves these surpluses may score higher than the best so far."""
    if best[0] == NOTHING:
        return True
    if how == NASH:
        return above_best(weight, surplus, best) > 0.0
    return scored(how, losses, weight, surplus) > best[0]


@part
def _step(
    how: int, weight: Floats, demand: Floats, floor: Floats, spread: Floats, votes: Floats, mask: int,
    surplus: Floats, gap: float, unit: float, price: Floats, slot: int, cap: Floats, slope: Floats,
) -> None:  # fmt: skip
    """One step against the surpluses of the package that the prices favour.

    Prices of principals move by factors (NASH, LEAST), the others by amounts, not below
    what they may not fall short of.
    """
    principals, parties = weight.size, demand.size
    square, mean = 0.0, 0.0
    for p in range(principals):
        mean += price[slot, p] * surplus[p]
    for p in range(parties):
        one = _slope(how, weight, demand, floor, spread, votes, mask, surplus, price, slot, p, mean)
        slope[p] = one
        one *= unit if p >= principals else 1.0
        square += one * one
    if square <= 0.0:
        return
    length, total = gap / square, 0.0
    for p in range(parties):
        one = slope[p] * (unit * unit if p >= principals else 1.0)
        if p < principals and how != SUM:
            price[slot, p] *= exp(min(max(-length * one, -FURTHEST), FURTHEST))
            price[slot, p] = min(price[slot, p], cap[p])
            if how >= LEAST and weight[p] > 0.0:
                total += price[slot, p] / weight[p]
        elif one != 0.0:
            least = weight[p] if p < principals else 0.0
            price[slot, p] = max(price[slot, p] - length * one / spread[p], least)
    if how >= LEAST and total > 0.0:
        for p in range(principals):
            price[slot, p] /= total


@part
def _slope(
    how: int, weight: Floats, demand: Floats, floor: Floats, spread: Floats, votes: Floats, mask: int,
    surplus: Floats, price: Floats, slot: int, p: int, mean: float,
) -> float:  # fmt: skip
    """How the bound rises with the logarithm of a price, or with a price times the spread.

    0 where the price is fixed or may not fall any further.
    """
    principals, y, s = weight.size, price[slot, p], surplus[p]
    least = 0.0
    if p >= principals:
        if mask >> (p - principals) & 1 == 0:
            return 0.0
    elif how == NASH:
        return y * s - weight[p] if votes[p] != OUTVOTED else 0.0
    elif how >= LEAST:
        return y * (s - mean / weight[p]) if weight[p] > 0.0 else 0.0
    elif floor[p] == -np.inf:
        return 0.0
    else:
        s -= floor[p] - demand[p]
        least = weight[p]
    return s / spread[p] if y > least or s < 0.0 else 0.0


@lean
def _consider(domain: Domain, task: Task, room: Room) -> None:
    """Take the package picked for the best so far if it passes and scores higher."""
    facts, value, pick, gained = domain.facts, task.value, room.pick, room.gained
    when, hit, miss, touch, number = 0, 0, 0, 0, 0
    for p in range(task.demand.size):
        gained[0, p] = 0.0
    for g in range(pick.size):
        c = pick[g]
        when |= facts[c, WHEN]
        hit |= facts[c, HIT]
        miss |= facts[c, MISS]
        touch |= facts[c, TOUCH]
        number += facts[c, NUMBER]
        for p in range(task.demand.size):
            gained[0, p] += value[p, c]
    if number != domain.forms[BARRED] and settle(
        domain.forms, task.bonus, task.demand, task.floor, task.votes, task.needed,
        task.in_force, when, hit, miss, touch, gained, 0, room.spare,
    ):  # fmt: skip
        record(
            task.how, task.losses, task.weight, room.spare, room.best, number, room.counts
        )  # fmt: skip
