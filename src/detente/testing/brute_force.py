"""The table solved the slow way: every package, every constraint, plain NumPy.

Nothing here knows how the kernels lay out a package space; it reads the rules as
they are written. Good for spaces of some thousand packages.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from detente.arrays import Bools, Floats
from detente.bargaining.rows import FORBIDDEN, TOLERANCE
from detente.bargaining.space import NO_PACKAGE, Rules
from detente.model.structure import LinePlace, LinkPlace
from detente.model.table import Table


@dataclass(frozen=True, slots=True)
class Problem:
    """Bargaining problems, one a draw, over one set of rules."""

    rules: Rules
    table: Table
    lines: tuple[LinePlace, ...] = ()

    @property
    def parties(self) -> int:
        """How many parties can stop a package."""
        return self.table.gain.shape[1]

    @property
    def principals(self) -> int:
        """How many of them are principals; the rest are consenters."""
        return self.table.weight.shape[1]

    @property
    def constraints(self) -> int:
        """Links, then red lines, then parties: the numbers blocking sets are made of."""
        return len(self.rules.links) + len(self.lines) + self.parties


def membership(rules: Rules) -> Bools:
    """Which options each package holds: shape (package, option), in order of number."""
    starts = np.concatenate([[0], np.cumsum(rules.sizes)[:-1]])
    chosen = np.array(list(np.ndindex(*rules.sizes))) + starts
    member = np.zeros((len(chosen), sum(rules.sizes)), dtype=np.bool_)
    np.put_along_axis(member, chosen, values=True, axis=1)
    return member


def met(member: Bools, link: LinkPlace) -> tuple[Bools, Bools]:
    """Whether each package meets a link's first side, and its second: shape (package,)."""
    first = np.asarray(member[:, list(link.when)].any(axis=1))
    refs = member[:, list(link.refs)]
    return first, np.asarray(refs.all(axis=1) if link.match_all else refs.any(axis=1))


def gains(problem: Problem, draw: int, member: Bools) -> Floats:
    """Gains of every party from every package: shape (package, party)."""
    total = member.astype(np.float64) @ problem.table.gain[draw].T
    for index, link in enumerate(problem.rules.links):
        if link.form == "with":
            first, second = met(member, link)
            total += (first & second)[:, None] * problem.table.bonus[draw, index]
    return total


def zone(problem: Problem, draw: int, without: Collection[int] = ()) -> Bools:
    """Packages that meet every constraint but those in ``without``: shape (package,).

    Under a quorum, those that enough principals agree to. An absolute line that is not
    taken away keeps its owner from agreeing, whatever becomes of its reservation.
    """
    rules, table = problem.rules, problem.table
    member = membership(rules)
    total = gains(problem, draw, member)
    agrees = np.ones((problem.parties, len(member)), dtype=np.bool_)
    for index, line in enumerate(problem.lines):
        if line.party < problem.parties:
            crossed = member[:, line.option]
            gone = len(rules.links) + index in without
            if table.absolute[draw, index]:
                agrees[line.party] &= ~crossed | gone
            elif gone:
                total[:, line.party] += crossed * table.line_cost[draw, index]
    for party in range(problem.parties):
        if len(rules.links) + len(problem.lines) + party not in without:
            agrees[party] &= total[:, party] >= table.demand[draw, party] - TOLERANCE
    for index, options in enumerate(rules.consent_to):
        agrees[problem.principals + index] |= ~member[:, list(options)].any(axis=1)
    fits = _linked(problem, draw, member, without)
    return fits & agrees[problem.principals :].all(axis=0) & _carried(problem, agrees)


def _carried(problem: Problem, agrees: Bools) -> Bools:
    """Packages that enough principals agree to: shape (package,). ``agrees``: (party, package)."""
    own, quorum = agrees[: problem.principals], problem.rules.quorum
    if quorum is None:
        return np.asarray(own.all(axis=0))
    enough = np.array(quorum.weights) @ own >= quorum.needed - TOLERANCE
    return np.asarray(enough & own[list(quorum.veto)].all(axis=0))


def _linked(problem: Problem, draw: int, member: Bools, without: Collection[int]) -> Bools:
    """Packages that are no status quo and break no link in force: shape (package,)."""
    fits = np.ones(len(member), dtype=np.bool_)
    if problem.rules.status_quo is not None:
        fits &= ~member[:, list(problem.rules.status_quo)].all(axis=1)
    for index, link in enumerate(problem.rules.links):
        if link.form != "with" and problem.table.holds[draw, index] and index not in without:
            first, second = met(member, link)
            fits &= ~(first & (~second if link.form == "requires" else second))
    return fits


def _surplus(problem: Problem, draw: int, member: Bools) -> Floats:
    """What each package leaves each principal: (package, principal), absolute lines crossed in."""
    own = slice(0, problem.principals)
    surplus = gains(problem, draw, member)[:, own] - problem.table.demand[draw, own]
    for index, line in enumerate(problem.lines):
        if line.party < problem.principals and problem.table.absolute[draw, index]:
            surplus[:, line.party] += FORBIDDEN * member[:, line.option]
    return surplus


@dataclass(frozen=True, slots=True)
class Choice:
    """The package agreed on, -1 if none; the size of the zone; how many score alike."""

    package: int
    zone: int
    ties: int


def nash_choice(problem: Problem, draw: int) -> Choice:
    """The asymmetric Nash solution; ties go to fewest changes, then the lowest number.

    Under a quorum, whoever is outvoted counts with a surplus of TOLERANCE.
    """
    inside = zone(problem, draw)
    if not inside.any():
        return Choice(NO_PACKAGE, 0, 0)
    member = membership(problem.rules)
    surplus = _surplus(problem, draw, member)
    weight = problem.table.weight[draw] / problem.table.weight[draw].sum()
    score = np.where(inside, np.log(np.maximum(surplus, TOLERANCE)) @ weight, -np.inf)
    tied = np.nonzero(score >= score.max() - TOLERANCE)[0]
    if problem.rules.status_quo is None:
        return Choice(int(tied[0]), int(inside.sum()), len(tied))
    kept = member[:, list(problem.rules.status_quo)].sum(axis=1)
    best = min(tied, key=lambda package: (-kept[package], package))
    return Choice(int(best), int(inside.sum()), len(tied))


def scored_choice(problem: Problem, draw: int, name: str) -> Choice:
    """Kalai and Smorodinsky's, the egalitarian or the utilitarian package.

    Ties go to the larger sum of weighted surpluses, then to fewest changes, then to the
    lowest number. Where principals may be outvoted their losses count as they are, a line
    that is absolute for them as FORBIDDEN; for Kalai and Smorodinsky who can gain nothing
    does not count.
    """
    inside = zone(problem, draw)
    if not inside.any():
        return Choice(NO_PACKAGE, 0, 0)
    member = membership(problem.rules)
    surplus = _surplus(problem, draw, member)
    counts = np.ones(problem.principals, dtype=np.bool_)
    may_be_outvoted = _may_be_outvoted(problem)
    if not may_be_outvoted:
        surplus = np.maximum(surplus, 0.0)
    if name == "kalai-smorodinsky":
        most = surplus[inside].max(axis=0)
        counts = (most > TOLERANCE) | (not may_be_outvoted)
        surplus = np.where(counts, surplus / np.maximum(most, TOLERANCE), 0.0)
    total = surplus.sum(axis=1)
    least = surplus.min(axis=1, where=counts, initial=np.inf)
    score = np.where(inside, total if name == "utilitarian" else least, -np.inf)
    tied = np.nonzero(score >= score.max() - TOLERANCE)[0]
    tied = tied[total[tied] >= total[tied].max() - TOLERANCE]
    quo = problem.rules.status_quo
    kept = member[:, list(quo)].sum(axis=1) if quo is not None else np.zeros(len(member))
    best = min(tied, key=lambda package: (-kept[package], package))
    return Choice(int(best), int(inside.sum()), len(tied))


def _may_be_outvoted(problem: Problem) -> bool:
    """Whether some principal may be."""
    quorum = problem.rules.quorum
    return quorum is not None and len(set(quorum.veto)) < problem.principals


def minimal_blocking_sets(problem: Problem, draw: int, largest: int = 3) -> set[frozenset[int]]:
    """Every smallest set of constraints whose removal opens the zone, up to ``largest``.

    Holds the empty set alone where the zone is open already.
    """
    found: set[frozenset[int]] = set()
    for size in range(largest + 1):
        for candidate in map(frozenset, combinations(range(problem.constraints), size)):
            if not any(known <= candidate for known in found) and (
                zone(problem, draw, candidate).any()
            ):
                found.add(candidate)
    return found
