"""A draw with some constraints taken away, as a task for branch and bound.

Bits run over links, red lines, then parties at the table, as in ``blocking``. Who must
agree is a *coalition* of principals: whoever is not in it is outvoted and has no say.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from detente.arrays import Bools, Bytes, Floats, Ints
from detente.bargaining.branch.domain import Domain
from detente.bargaining.branch.task import ANY, Task, fill_task
from detente.bargaining.rows import FORBIDDEN, TOLERANCE
from detente.kernels import kernel

NARROW = 1e-2  # of the widest spread: below it, a spread says nothing about a price


class Case(NamedTuple):
    """One draw, and what all draws share.

    Attributes:
        gain: shape (party, option). demand: (party,). bonus: (link, party), worth of
            ``with`` links in force. cost, absolute: (line,). in_force: bit mask of
            forbidding links in force.
        with_links: positions of links with a bonus. line_party, line_option: (line,).
        principals: how many of the parties are principals.
    """

    gain: Floats
    demand: Floats
    bonus: Floats
    cost: Floats
    absolute: Bools
    in_force: int
    with_links: Ints
    line_party: Ints
    line_option: Ints
    principals: int


class Desk(NamedTuple):
    """Scratch: what a task is made of, in the shapes of ``Task`` and ``Case``.

    ``gain`` and ``own`` have shape (party, option).
    """

    gain: Floats
    own: Floats
    bonus: Floats
    absolute: Bools
    value: Floats
    allowed: Bytes
    demand: Floats
    floor: Floats
    votes: Floats
    weight: Floats
    spread: Floats


@kernel
def make_desk(
    parties: int, options: int, links: int, lines: int, principals: int, choices: int
) -> Desk:
    """Scratch for draws of this size."""
    return Desk(
        np.zeros((parties, options)), np.zeros((parties, options)), np.zeros((links, parties)),
        np.zeros(lines, np.bool_), np.zeros((parties, choices)), np.zeros(choices, np.uint8),
        np.zeros(parties), np.zeros(principals), np.zeros(parties), np.zeros(principals),
        np.zeros(parties),
    )  # fmt: skip


@kernel
def task_without(domain: Domain, case: Case, coalition: int, gone: int, desk: Desk) -> Task:
    """The task of finding any package that suits a coalition once ``gone`` is taken away.

    A link is not in force; a red line is not absolute and its cost is given back; a
    principal agrees to any loss; a consenter is not asked. Absolute lines of either stand.
    """
    parties, links = case.gain.shape[0], case.bonus.shape[0]
    _lift_lines(case, links, gone, desk)
    for p in range(parties):
        has_say = says(case, coalition, gone, p)
        desk.demand[p] = case.demand[p] if has_say else -1.0
        for link in range(links):
            desk.bonus[link, p] = case.bonus[link, p] if has_say else 0.0
        desk.votes[p] = -1.0
        if p < case.principals:
            desk.votes[p] = -1.0 if coalition >> p & 1 else 0.0
            desk.floor[p] = case.demand[p] - TOLERANCE if has_say else -np.inf
            desk.weight[p] = 1.0 if has_say else 0.0
    task = Task(
        desk.value, desk.allowed, desk.bonus, desk.demand, desk.floor, desk.votes, desk.weight,
        desk.spread, 0.0, case.in_force & ~gone, ANY, False, False, 1.0,
    )  # fmt: skip
    fill_task(
        domain, desk.gain, case.with_links, desk.absolute, case.line_party, case.line_option,
        desk.own, task,
    )  # fmt: skip
    widest = TOLERANCE
    for p in range(parties):
        if not says(case, coalition, gone, p):
            stands = p >= case.principals or coalition >> p & 1 != 0
            for c in range(desk.allowed.size):
                never = stands and desk.value[p, c] < 0.5 * FORBIDDEN
                desk.value[p, c] = FORBIDDEN if never else 0.0
        desk.spread[p] = _spread(domain.start, desk.value, desk.bonus, p)
        widest = max(widest, desk.spread[p])
    for p in range(parties):
        desk.spread[p] = max(desk.spread[p], NARROW * widest)
        if p < case.principals:
            desk.weight[p] /= desk.spread[p]
    return task


@kernel
def says(case: Case, coalition: int, gone: int, p: int) -> bool:
    """Whether a party may still refuse what it loses by."""
    outvoted = p < case.principals and coalition >> p & 1 == 0
    return not outvoted and gone >> (case.bonus.shape[0] + case.cost.size + p) & 1 == 0


@kernel
def _lift_lines(case: Case, links: int, gone: int, desk: Desk) -> None:
    """Fill gains and absolute lines without the red lines in ``gone``."""
    desk.gain[:] = case.gain
    for line in range(case.cost.size):
        p, lifted = case.line_party[line], gone >> (links + line) & 1 != 0
        desk.absolute[line] = case.absolute[line] and not lifted
        if lifted and not case.absolute[line] and p < case.gain.shape[0]:
            desk.gain[p, case.line_option[line]] += case.cost[line]


@kernel
def _spread(start: Ints, value: Floats, bonus: Floats, p: int) -> float:
    """How far a party's gains may lie apart, but for what absolute lines forbid."""
    total = 0.0
    for g in range(start.size - 1):
        low, high = np.inf, -np.inf
        for c in range(start[g], start[g + 1]):
            if value[p, c] > 0.5 * FORBIDDEN:
                low, high = min(low, value[p, c]), max(high, value[p, c])
        total += max(high - low, 0.0)
    for link in range(bonus.shape[0]):
        total += abs(bonus[link, p])
    return total
