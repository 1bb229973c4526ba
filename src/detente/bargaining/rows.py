"""Rows of a draw: the gains of both halves, with what is not a sum laid into them.

Shared by every kernel that walks a package space. Inside a kernel, arrays are
party by row, so that the loop over rows is contiguous.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.arrays import Bools, Bytes, Floats, Ints
from detente.bargaining.layout import Layout
from detente.bargaining.space import Rules
from detente.kernels import kernel, lean
from detente.model.structure import LinePlace
from detente.model.table import Table

# Two gains closer than this are equal: scores on a grid tie, sums of floats do not.
TOLERANCE = 1e-9
# Beyond any gain: a package with it is out of the question, or needs nobody's consent.
FORBIDDEN = -1e9
NOT_ASKED = 1e12
MUST_AGREE = -1.0


@dataclass(frozen=True, slots=True)
class Lists:
    """For each class, the low rows that links in force in every draw allow.

    Attributes:
        start: shape (class + 1,), where each class's list begins in ``low``.
        low: shape (entry,), low rows, class after class.
        code: shape (entry,), the bits of the space's ``code`` for each entry.
    """

    start: Ints
    low: Ints
    code: Ints


def lists_of(layout: Layout, always: int) -> Lists:
    """Low rows by class, leaving out packages that break a link in bit mask ``always``."""
    return listed(layout, (layout.code & always) == 0)


def listed(layout: Layout, kept: Bools) -> Lists:
    """The low rows where ``kept``, shape (class, low row), holds."""
    start = np.concatenate([[0], np.cumsum(kept.sum(axis=1))]).astype(np.int64)
    return Lists(start, np.nonzero(kept)[1].astype(np.int64), layout.code[kept])


def link_masks(rules: Rules, table: Table) -> Ints:
    """Bit mask of the forbidding links in force: shape (draw,)."""
    masks = np.zeros(len(table.demand), dtype=np.int64)
    for bit, link in enumerate(rules.links):
        if link.form != "with":
            masks |= table.holds[:, bit].astype(np.int64) << bit
    return masks


@kernel
def fill_rows(options: Ints, gain: Floats, out: Floats) -> None:
    """Sum the gains of every row's options: ``out`` has shape (party, row)."""
    for p in range(out.shape[0]):
        for row in range(options.shape[0]):
            total = 0.0
            for column in range(options.shape[1]):
                total += gain[p, options[row, column]]
            out[p, row] = total


def line_arrays(lines: tuple[LinePlace, ...]) -> tuple[Ints, Ints]:
    """Whose red lines, and at which options: shape (line,) each."""
    party = np.array([line.party for line in lines], dtype=np.int64)
    return party, np.array([line.option for line in lines], dtype=np.int64)


def bonus_links(rules: Rules) -> Ints:
    """Positions of the ``with`` links, the only ones that add to gains."""
    found = [bit for bit, link in enumerate(rules.links) if link.form == "with"]
    return np.array(found, dtype=np.int64)


@kernel
def fill_lists(
    low: Floats, bonus: Floats, with_links: Ints, code: Ints, start: Ints, rows: Ints,
    links: int, broken_by: int, principals: int, out: Floats, best: Floats,
) -> None:  # fmt: skip
    """Gains of every class's low rows, and the best of each party in each class.

    Args:
        low: shape (party, low row).
        bonus: shape (link, party), worth of ``with`` links in force.
        with_links: positions of those links.
        code, start, rows: of the lists.
        links: how many links, so where the bits of consenters begin.
        broken_by: links whose breaking forbids a package in this draw; 0 if the lists
            leave such packages out.
        principals: how many of the parties are principals.
        out: shape (party, list entry), filled.
        best: shape (party, class), filled.
    """
    for c in range(start.size - 1):
        first, last = start[c], start[c + 1]
        codes = code[first:last]
        for p in range(low.shape[0]):
            entries = out[p, first:last]
            for j in range(last - first):
                entries[j] = low[p, rows[first + j]]
            for link in with_links:
                for j in range(last - first):
                    entries[j] += bonus[link, p] * (codes[j] >> link & 1)
            if p >= principals:
                bit = links + p - principals
                for j in range(last - first):
                    if codes[j] >> bit & 1:
                        entries[j] = NOT_ASKED
            if p < principals and broken_by:  # whoever may be outvoted must not save it
                for j in range(last - first):
                    if codes[j] & broken_by:
                        entries[j] += FORBIDDEN
            highest = -np.inf
            for j in range(last - first):
                highest = max(highest, entries[j])
            best[p, c] = highest


def votes_of(rules: Rules, parties: int) -> tuple[Floats, float]:
    """Each party's vote, (party,), -1 where it must agree; and the votes others must bring.

    Without a quorum everybody must agree.
    """
    votes = np.full(parties, MUST_AGREE)
    if rules.quorum is None:
        return votes, 0.0
    needed = rules.quorum.needed
    for party, vote in enumerate(rules.quorum.weights):
        if party in rules.quorum.veto:
            needed -= vote
        else:
            votes[party] = vote
    return votes, needed - TOLERANCE


@kernel
def least_counted(votes: Floats) -> float:
    """0 where everybody must agree, so that nobody loses but by rounding; else no least."""
    for vote in votes:
        if vote >= 0.0:
            return -np.inf
    return 0.0


@kernel
def reachable(
    high: Floats, best_of: Floats, demand: Floats, votes: Floats, needed: float, h: int, c: int,
    need: Floats,
) -> bool:  # fmt: skip
    """Fill what low rows must bring beside high row ``h``; whether any of class ``c`` may."""
    possible, willing = True, 0.0
    for p in range(high.shape[0]):
        need[p] = demand[p] - TOLERANCE - high[p, h]
        enough = best_of[p, c] >= need[p]
        if votes[p] < 0.0:
            possible &= enough
        elif enough:
            willing += votes[p]
    return possible and willing >= needed


@kernel
def mark_feasible(
    lists: Floats, need: Floats, votes: Floats, needed: float, start: int, stop: int, ok: Bytes
) -> int:
    """Mark list entries that enough parties agree to; returns how many.

    One party at a time over plain arrays, so that each loop becomes vector code.

    Args:
        lists: shape (party, entry), gains. need: (party,), the least of them it agrees to.
        votes, needed: who must agree, as ``votes_of`` says.
        start, stop: which entries.
        ok: filled from its beginning.
    """
    length = stop - start
    ok[:length] = 1
    for p in range(lists.shape[0]):
        if votes[p] < 0.0:
            row = lists[p, start:stop]
            least = need[p]
            for j in range(length):
                ok[j] &= row[j] >= least
    if needed > 0.0:
        willing = np.zeros(length)
        for p in range(lists.shape[0]):
            if votes[p] >= 0.0:
                row = lists[p, start:stop]
                least, vote = need[p], votes[p]
                for j in range(length):
                    willing[j] += vote if row[j] >= least else 0.0
        for j in range(length):
            ok[j] &= willing[j] >= needed
    count = 0
    for j in range(length):
        count += ok[j]
    return count


@kernel
def strike(ok: Bytes, rows: Ints, first: int, last: int, low_number: Ints, number: int) -> int:
    """Strike out the low row with ``number`` if it stands in the list; returns how many."""
    if number < 0:
        return 0
    for j in range(last - first):
        if ok[j] and low_number[rows[first + j]] == number:
            ok[j] = 0
            return 1
    return 0


@lean
def draw_gains(
    gain: Floats, absolute: Bools, line_party: Ints, line_option: Ints, own: Floats
) -> None:
    """Fill gains of one draw, (party, option), absolute red lines being out of the question."""
    for p in range(gain.shape[0]):
        for option in range(gain.shape[1]):
            own[p, option] = gain[p, option]
    for line in range(line_party.size):
        if absolute[line] and line_party[line] < gain.shape[0]:
            own[line_party[line], line_option[line]] += FORBIDDEN


@kernel
def lay_out(
    gain: Floats, bonus: Floats, with_links: Ints, absolute: Bools, may_break: int,
    line_party: Ints, line_option: Ints, principals: int, high_options: Ints, low_options: Ints,
    code: Ints, start: Ints, rows: Ints, own: Floats, high: Floats, low: Floats, lists: Floats,
    best_of: Floats,
) -> None:  # fmt: skip
    """Fill one draw's rows and lists.

    Args:
        gain: shape (party, option). bonus: (link, party). absolute: (line,).
        may_break: bit mask of forbidding links in force that the lists do not respect.
        own: (party, option); high, low: (party, row); lists: (party, entry); best_of:
            (party, class); all filled. The rest is as in ``nash.solve_draws``.
    """
    draw_gains(gain, absolute, line_party, line_option, own)
    fill_rows(high_options, own, high)
    fill_rows(low_options, own, low)
    fill_lists(
        low, bonus, with_links, code, start, rows, bonus.shape[0], may_break, principals, lists,
        best_of,
    )  # fmt: skip
