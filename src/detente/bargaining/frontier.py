"""The Pareto frontier: the packages that no other is better than for every principal.

Found group by group of issues, with dominated partial packages left out on the way, so
that a space need not be enumerated: what completes a partial package completes whatever
dominates it. Exact for any number of parties; the work grows with the frontier and with the
consenters that are hard to satisfy, not with the space.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from detente.arrays import Bools, Bytes, Floats, Ints
from detente.bargaining.branch.domain import (
    ALLS,
    ALWAYS,
    CHANGES,
    EXCLUDES,
    HIT,
    MISS,
    NUMBER,
    REQUIRES,
    TOUCH,
    WHEN,
    WITHS,
    Domain,
    make_domain,
)
from detente.bargaining.branch.task import LEAST, Task, fill_task
from detente.bargaining.dominance import COUNT
from detente.bargaining.dominance import NUMBER as PACKAGE
from detente.bargaining.frontier_kernel import CHANGED, FARTHEST, FINE, Work, walk
from detente.bargaining.rows import (
    FORBIDDEN,
    TOLERANCE,
    bonus_links,
    line_arrays,
    link_masks,
    votes_of,
)
from detente.bargaining.solution import Question, package_gains
from detente.bargaining.space import MAX_BITS, NO_PACKAGE, Rules
from detente.errors import SpaceTooLarge, UsageError

MOST_STATES = 200_000
DIRECTIONS = 40  # random prices at which those who must agree are added up
ANYTHING = -1e6  # a demand that every package meets unless it crosses an absolute line


@dataclass(frozen=True, slots=True)
class Frontier:
    """Packages that no other dominates in what principals gain.

    A package dominates another that gives no principal more and one of them less. Gains
    are compared in steps of ``rows.TOLERANCE``. Of packages alike in every principal's gain
    one stands for all: the one that changes fewest issues, then the lowest number. Rows are in
    falling order of the first principal's gain, then the second's, and so on.

    Attributes:
        package: shape (row,), package numbers.
        gain: shape (row, principal), gains over no deal.
        alike: shape (row,), how many packages have these gains, itself included.
        within_zone: whether only packages that enough parties agree to were looked at; else
            every package that links in force, absolute red lines and the barred status quo
            leave.
    """

    package: Ints
    gain: Floats
    alike: Ints
    within_zone: bool

    @property
    def count(self) -> int:
        """How many different gains there are on the frontier."""
        return len(self.package)


def frontier(
    question: Question, draw: int = 0, *, within_zone: bool = True, most_states: int = MOST_STATES
) -> Frontier:
    """The Pareto frontier of one draw, exactly.

    Args:
        question: the problems.
        draw: which of them.
        within_zone: whether packages must suit those who must agree: every principal, or
            those of a quorum, and each consenter touched. Links, absolute lines and the
            barred status quo hold in any case.
        most_states: partial packages kept at once; each takes about 40 bytes and 16 a party,
            up to four times over.

    Raises:
        UsageError: no such draw, or too many links between distant issues.
        SpaceTooLarge: more than ``most_states`` partial packages that none dominates.
    """
    if not 0 <= draw < question.draws:
        raise UsageError(
            f"draw {draw}: not among {question.draws:,} draws; 0 to {question.draws - 1} are "
            "allowed; choose one"
        )
    principals = question.table.weight.shape[1]
    work = _work(question, draw, within_zone)
    if work is None:
        none = np.zeros(0, dtype=np.int64)
        return Frontier(none, np.zeros((0, principals)), none, within_zone)
    states, size, depth = walk(work, principals, most_states)
    groups = len(work.start) - 1
    if depth < groups:
        raise SpaceTooLarge(
            f"frontier: over {most_states:,} partial packages that none dominates, with {depth + 1} "
            f"of {groups} groups of issues decided; at most {most_states:,} are kept; drop options "
            "that nobody disputes, ask for fewer consents, or allow more states"
        )
    return _told(question, draw, states.fact[:, :size], within_zone)


def _told(question: Question, draw: int, fact: Ints, within_zone: bool) -> Frontier:
    """From packages to a frontier in its order."""
    table, rows = question.table, fact.shape[1]
    gain = package_gains(
        question.space,
        np.broadcast_to(table.gain[draw], (rows, *table.gain.shape[1:])),
        np.broadcast_to(table.bonus[draw], (rows, *table.bonus.shape[1:])),
        fact[PACKAGE],
    )[:, : table.weight.shape[1]]
    return Frontier(fact[PACKAGE].copy(), gain, fact[COUNT].copy(), within_zone)


class _Layout(NamedTuple):
    """What is the same in every draw: choices with linked groups first.

    Attributes:
        domain: groups and choices as elsewhere.
        group: shape (group,), groups in order.
        pick: shape (choice,), choices of the domain in that order. of: (choice,), place of
            each one's group in the order.
        after: shape (link,), place of the last group a link between groups touches.
    """

    domain: Domain
    group: Ints
    pick: Ints
    of: Ints
    after: Ints


@lru_cache(maxsize=8)
def _layout(rules: Rules, barred: int) -> _Layout:
    domain = make_domain(rules, barred)
    groups = len(domain.start) - 1
    tied = domain.may[:, 0] | domain.may[:, 1]
    group: Ints = np.argsort(tied == 0, kind="stable").astype(np.int64)
    sizes = np.diff(domain.start)[group]
    bounds: list[tuple[int, int]] = [
        (int(domain.start[g]), int(domain.start[g + 1])) for g in group
    ]
    pick: Ints = np.concatenate([np.arange(*ends, dtype=np.int64) for ends in bounds])
    place = np.arange(groups)
    after = [
        int(place[(tied[group] >> link & 1) == 1].max(initial=0))
        for link in range(len(rules.links))
    ]
    return _Layout(domain, group, pick, np.repeat(place, sizes), np.array(after, dtype=np.int64))


def forget() -> None:
    """Drop what is kept between calls about the last few rules."""
    _layout.cache_clear()


def _work(question: Question, draw: int, within_zone: bool) -> Work | None:
    """One draw made ready; None where some group has no choice left."""
    space, table = question.space, question.table
    layout = _layout(space.rules, space.barred)
    domain, principals = layout.domain, table.weight.shape[1]
    votes, needed = votes_of(space.rules, table.gain.shape[1])
    demand = table.demand[draw] if within_zone else np.full(table.gain.shape[1], ANYTHING)
    in_force = int(link_masks(space.rules, table)[draw])
    value, allowed, refused = _values(question, draw, domain, votes, in_force)
    pick = layout.pick[allowed[layout.pick] != 0]
    of = layout.of[allowed[layout.pick] != 0]
    groups = len(layout.group)
    start = np.searchsorted(of, np.arange(groups + 1)).astype(np.int64)
    if (np.diff(start) == 0).any():
        return None
    links, effect, bonus = _links(layout, table.bonus[draw], in_force, principals)
    facts = domain.facts[pick]
    chosen = np.ascontiguousarray(value[:, pick])
    most, least = _left(chosen, start, links, bonus)
    always = int(domain.forms[ALWAYS])
    asked = np.array(
        [always >> c & 1 == 1 for c in range(len(demand) - principals)], dtype=np.bool_
    )
    must = np.nonzero(np.concatenate([votes[:principals] < 0.0, asked]))[0]
    if not asked.any():
        must = must[:0]  # among principals alone, dominance does the work
    open_touch = np.zeros(groups + 1, dtype=np.int64)
    touches = np.bitwise_or.reduceat(facts[:, TOUCH], start[:-1])
    open_touch[:-1] = np.bitwise_or.accumulate(touches[::-1])[::-1]
    reach = float(max(np.abs(most[:, :principals]).max(), np.abs(least[:, :principals]).max(), 1.0))
    return Work(
        start, chosen, _marks(facts, refused[:, pick], links),
        np.ascontiguousarray(facts[:, TOUCH]), np.ascontiguousarray(facts[:, CHANGES]),
        np.ascontiguousarray(facts[:, NUMBER]), most, least, open_touch,
        always, demand, votes, needed, np.delete(links, 4, axis=1), effect,
        bonus, *_prices(chosen, start, links, bonus, demand, must), space.barred != NO_PACKAGE, min(FINE, 2.0 ** np.floor(np.log2(FARTHEST / reach))),
    )  # fmt: skip


def _values(
    question: Question, draw: int, domain: Domain, votes: Floats, in_force: int
) -> tuple[Floats, Bytes, Bools]:
    """Gains of every choice, which choices are allowed, and what a voter refuses outright."""
    table, parties = question.table, question.table.gain.shape[1]
    principals, choices = table.weight.shape[1], len(domain.broken)
    lined, plain = np.empty((parties, choices)), np.empty((parties, choices))
    allowed = np.empty(choices, dtype=np.uint8)
    own, spread = np.empty(table.gain.shape[1:]), np.empty(parties)
    nothing = np.zeros(principals)
    party, option = line_arrays(question.lines)
    for value, absolute in (
        (plain, np.zeros_like(table.absolute[draw])),
        (lined, table.absolute[draw]),
    ):
        task = Task(
            value, allowed, table.bonus[draw], table.demand[draw], nothing, votes, nothing, spread,
            0.0, in_force, LEAST, False, False, 1.0,
        )  # fmt: skip
        fill_task(
            domain, table.gain[draw], bonus_links(question.space.rules), absolute, party, option,
            own, task,
        )  # fmt: skip
    refused = (lined[:principals] < 0.5 * FORBIDDEN) & (votes[:principals, None] >= 0.0)
    return np.concatenate([plain[:principals], lined[principals:]]), allowed, refused


def _links(
    layout: _Layout, bonus: Floats, in_force: int, principals: int
) -> tuple[Ints, Ints, Floats]:
    """Links between groups that do something in this draw: see ``Work``; last column: which."""
    forms, rows, effects, worth = (
        layout.domain.forms,
        list[list[int]](),
        list[int](),
        list[Floats](),
    )
    for link in range(len(layout.after)):
        bit = 1 << link
        effect = 1 if forms[REQUIRES] & bit else -1 if forms[EXCLUDES] & bit else 0
        active = bool(bonus[link].any()) if forms[WITHS] & bit else effect != 0 and in_force & bit
        if not active:
            continue
        first = 1 << (1 + principals + 2 * len(rows))
        rows.append([int(layout.after[link]), first, 2 * first, int(forms[ALLS] & bit != 0), link])
        effects.append(effect)
        worth.append(bonus[link] if effect == 0 else np.zeros_like(bonus[link]))
    most = (MAX_BITS - 1 - principals) // 2
    if len(rows) > most:
        raise UsageError(
            f"frontier: {len(rows)} links tie issues together that are too many to be merged; at most "
            f"{most} such links are allowed; merge links that say the same"
        )
    return (
        np.array(rows, dtype=np.int64).reshape(-1, 5),
        np.array(effects, dtype=np.int64),
        np.array(worth, dtype=np.float64).reshape(-1, bonus.shape[1]),
    )


def _marks(facts: Ints, refused: Bools, links: Ints) -> Ints:
    """Bits that each choice adds to the mark of a partial package: shape (choice,)."""
    mark = np.where(facts[:, CHANGES] > 0, CHANGED, 0).astype(np.int64)
    for p, row in enumerate(refused):
        mark |= row.astype(np.int64) << (p + 1)
    for _, first, second, whole, link in links:
        mark |= (facts[:, WHEN] >> link & 1) * first
        mark |= (facts[:, MISS if whole else HIT] >> link & 1) * second
    return mark


def _prices(
    value: Floats, start: Ints, links: Ints, bonus: Floats, demand: Floats, must: Ints
) -> tuple[Floats, Floats, Floats]:
    """Prices that show early that no package will suit all who must agree: see ``Work``.

    At any prices, what a package brings them together must be worth what they demand
    together; what the best choice of each open group adds is a bound on it.
    """
    if len(must) == 0:
        return np.zeros((0, len(demand))), np.zeros((len(start), 0)), np.zeros(0)
    rng = np.random.default_rng(1)
    share = np.concatenate([np.ones((1, len(must))), rng.exponential(size=(DIRECTIONS, len(must)))])
    price = np.zeros((len(share), len(demand)))
    price[:, must] = share / share.sum(axis=1, keepdims=True)
    price /= np.maximum(np.ptp(value, axis=1), TOLERANCE)
    most, _ = _left(price @ value, start, links, bonus @ price.T)
    return price, most, price @ demand - TOLERANCE * (1.0 + 2.0 * price.sum(axis=1))


def _left(value: Floats, start: Ints, links: Ints, bonus: Floats) -> tuple[Floats, Floats]:
    """The most and the least that groups not yet decided can bring: (group + 1, party) each."""
    groups = len(start) - 1
    found = list[Floats]()
    for best in (np.maximum, np.minimum):
        each = best.reduceat(value, start[:-1], axis=1).T
        for row, worth in zip(links, bonus, strict=True):
            each[row[0]] += best(worth, 0.0)
        left = np.zeros((groups + 1, value.shape[0]))
        left[:-1] = np.cumsum(each[::-1], axis=0)[::-1]
        found.append(left)
    return found[0], found[1]
