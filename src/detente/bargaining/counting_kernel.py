"""The kernel behind counting: low rows that satisfy a party as bit sets, cut together."""

from __future__ import annotations

from typing import Any

import numpy as np

from detente.arrays import Bools, Floats, Ints, Words
from detente.bargaining.rows import FORBIDDEN, TOLERANCE, fill_rows
from detente.kernels import kernel, part

WORD = 64
ONE, TWO, FOUR, TOP = np.uint64(1), np.uint64(2), np.uint64(4), np.uint64(56)
PAIRS, QUADS = np.uint64(0x5555555555555555), np.uint64(0x3333333333333333)
OCTETS, EACH = np.uint64(0x0F0F0F0F0F0F0F0F), np.uint64(0x0101010101010101)


@kernel
def count_pairs(
    gain: Floats, demand: Floats, bonus: Floats, with_links: Ints, absolute: Bools,
    in_force: Ints, line_party: Ints, line_option: Ints, principals: int, links: int,
    votes: Floats, needed: float, high_options: Ints, high_changes: Ints, class_of: Ints,
    low_options: Ints, low_changes: Ints, code: Ints, barred: int, rows: Floats, groups: Floats,
) -> None:  # fmt: skip
    """Count the pairs of a high and a low row that pass, in every draw.

    Args:
        gain: shape (draw, party, option). demand: (draw, party). bonus: (draw, link,
            party). with_links: links with a bonus. absolute: (draw, line). in_force:
            (draw,), bit mask of forbidding links.
        line_party, line_option: shape (line,). principals, links: how many.
        votes, needed: who must agree, as ``rows.votes_of`` says.
        high_*, low_*, class_of, code: of a layout.
        barred: number of the package that is no deal, or -1.
        rows: shape (draw, 2), filled: pairs that pass, sum of squares by high row.
        groups: shape (draw, word), filled: pairs that pass by word of low rows.
    """
    parties, lows, words = gain.shape[1], low_changes.size, groups.shape[1]
    own = np.empty((parties, gain.shape[2]))
    high, low = np.empty((parties, high_changes.size)), np.empty((parties, lows))
    order, ranked = np.empty((parties, lows), dtype=np.int64), np.empty((parties, lows))
    prefix = np.empty((parties, words + 1, words), dtype=np.uint64)
    fits = np.empty((code.shape[0], words), dtype=np.uint64)
    free = np.empty((code.shape[0], parties - principals, words), dtype=np.uint64)
    kind = np.empty((code.shape[0], lows), dtype=np.int64)
    some, one = np.empty(words, dtype=np.uint64), np.empty(words, dtype=np.uint64)
    willing = np.empty(lows)
    bonus_mask = 0
    for link in with_links:
        bonus_mask |= 1 << link
    voting = needed > 0.0
    for d in range(gain.shape[0]):
        own[:] = gain[d]
        for line in range(line_party.size):
            if absolute[d, line] and line_party[line] < parties:
                own[line_party[line], line_option[line]] += FORBIDDEN
        fill_rows(high_options, own, high)
        fill_rows(low_options, own, low)
        for p in range(parties):
            _rank(low, p, order, ranked, prefix)
        _fill_classes(code, in_force[d], bonus_mask, links, fits, free, kind)
        total, squares = 0.0, 0.0
        groups[d] = 0.0
        for h in range(high_changes.size):
            c = class_of[h]
            here = 0
            # one turn a set of bonuses that low rows of this class bring about
            done = -1
            while True:
                active = _next_kind(kind, bonus_mask, c, lows, done)
                if active < 0:
                    break
                done = active
                for w in range(words):
                    some[w] = fits[c, w]
                if bonus_mask:
                    _keep_kind(kind, c, active, some)
                possible = True
                for p in range(parties):
                    if p < principals and votes[p] >= 0.0:
                        continue
                    need = demand[d, p] - TOLERANCE - high[p, h]
                    need -= _bonus(bonus, d, p, active)
                    _satisfied(ranked, order, prefix, p, need, one)
                    if p >= principals:
                        for w in range(words):
                            one[w] |= free[c, p - principals, w]
                    any_left = np.uint64(0)
                    for w in range(words):
                        some[w] &= one[w]
                        any_left |= some[w]
                    if any_left == 0:
                        possible = False
                        break
                if not possible:
                    continue
                if voting:
                    _vote(
                        low, high, demand, bonus, d, h, active, principals, votes, needed,
                        willing, some,
                    )  # fmt: skip
                if barred >= 0 and high_changes[h] == 0:
                    _strike(some, low_changes)
                for w in range(words):
                    bits = _bits(some[w])
                    here += bits
                    groups[d, w] += bits
            total += here
            squares += float(here) * here
        rows[d, 0], rows[d, 1] = total, squares


@kernel
def _rank(low: Floats, p: int, order: Ints, ranked: Floats, prefix: Words) -> None:
    """Low rows from most to least for a party, and every 64th prefix of them as a bit set."""
    lows, words = low.shape[1], prefix.shape[2]
    place = np.argsort(-low[p], kind="mergesort")
    for w in range(words):
        prefix[p, 0, w] = 0
    for rank in range(lows):
        row = place[rank]
        order[p, rank], ranked[p, rank] = row, low[p, row]
        block = rank // WORD
        if rank % WORD == 0:
            for w in range(words):
                prefix[p, block + 1, w] = prefix[p, block, w]
        prefix[p, block + 1, row // WORD] |= np.uint64(1) << np.uint64(row % WORD)


@part
def _satisfied(ranked: Floats, order: Ints, prefix: Words, p: int, need: float, out: Words) -> None:
    """The low rows that bring party ``p`` at least ``need``, as a bit set."""
    first, last = 0, ranked.shape[1]  # bisection: ranks below ``first`` bring enough
    while first < last:
        middle = (first + last) // 2
        if ranked[p, middle] >= need:
            first = middle + 1
        else:
            last = middle
    block = first // WORD
    for w in range(out.size):
        out[w] = prefix[p, block, w]
    for rank in range(block * WORD, first):
        row = order[p, rank]
        out[row // WORD] |= np.uint64(1) << np.uint64(row % WORD)


@kernel
def _fill_classes(
    code: Ints, in_force: int, bonus_mask: int, links: int, fits: Words, free: Words, kind: Ints
) -> None:
    """Bit sets of low rows by class: links in force unbroken; a consenter not asked."""
    fits[:] = 0
    free[:] = 0
    for c in range(code.shape[0]):
        for row in range(code.shape[1]):
            bit = np.uint64(1) << np.uint64(row % WORD)
            kind[c, row] = code[c, row] & bonus_mask
            if code[c, row] & in_force == 0:
                fits[c, row // WORD] |= bit
            for consenter in range(free.shape[1]):
                if code[c, row] >> (links + consenter) & 1:
                    free[c, consenter, row // WORD] |= bit


@part
def _next_kind(kind: Ints, bonuses: int, c: int, lows: int, done: int) -> int:
    """The next set of bonuses, as a bit mask, that a low row of the class brings; -1 for none."""
    if bonuses == 0:
        return 0 if done < 0 else -1
    found = -1
    for row in range(lows):
        value = kind[c, row]
        if value > done and (found < 0 or value < found):
            found = value
    return found


@part
def _keep_kind(kind: Ints, c: int, active: int, some: Words) -> None:
    """Leave only low rows that bring about exactly these bonuses."""
    for row in range(kind.shape[1]):
        if kind[c, row] != active:
            some[row // WORD] &= ~(np.uint64(1) << np.uint64(row % WORD))


@part
def _bonus(bonus: Floats, d: int, p: int, active: int) -> float:
    total = 0.0
    if active:
        for link in range(bonus.shape[1]):
            if active >> link & 1:
                total += bonus[d, link, p]
    return total


@part
def _vote(
    low: Floats, high: Floats, demand: Floats, bonus: Floats, d: int, h: int, active: int,
    principals: int, votes: Floats, needed: float, willing: Floats, some: Words,
) -> None:  # fmt: skip
    """Leave only low rows for which principals with enough votes agree."""
    for row in range(willing.size):
        willing[row] = 0.0
    for p in range(principals):
        if votes[p] >= 0.0:
            need = demand[d, p] - TOLERANCE - high[p, h] - _bonus(bonus, d, p, active)
            for row in range(willing.size):
                willing[row] += votes[p] if low[p, row] >= need else 0.0
    for row in range(willing.size):
        if willing[row] < needed:
            some[row // WORD] &= ~(np.uint64(1) << np.uint64(row % WORD))


@part
def _strike(some: Words, low_changes: Ints) -> None:
    """Strike out the low rows that change nothing; the high row changes nothing either."""
    for row in range(low_changes.size):
        if low_changes[row] == 0:
            some[row // WORD] &= ~(np.uint64(1) << np.uint64(row % WORD))


@part
def _bits(given: Any) -> int:
    """How many bits of a word are set, by adding neighbours (Warren 2013, section 5-1)."""
    word = given - ((given >> ONE) & PAIRS)
    word = (word & QUADS) + ((word >> TWO) & QUADS)
    word = (word + (word >> FOUR)) & OCTETS
    return int((word * EACH) >> TOP)
