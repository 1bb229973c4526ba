"""The kernel behind blocking sets: every package's violated constraints as a bit mask.

Bits run over links, red lines, then parties at the table. Packages with at most three
violated constraints are looked at one by one; the rest is vector code.
"""

from __future__ import annotations

import numpy as np

from detente.arrays import Bools, Bytes, Floats, Ints
from detente.bargaining.rows import TOLERANCE, fill_lists, fill_rows
from detente.kernels import kernel

LARGEST_SET = 3
MAX_SETS = 64
SEEN = 256  # packages remembered, a power of two


@kernel
def block_draws(
    which: Ints, gain: Floats, demand: Floats, bonus: Floats, with_links: Ints, line_cost: Floats,
    absolute: Bools, in_force: Ints, line_party: Ints, line_option: Ints, principals: int,
    high_options: Ints, high_number: Ints, class_of: Ints, low_options: Ints, low_number: Ints,
    code: Ints, start: Ints, rows: Ints, entry_broken: Ints, entry_asked: Ints, barred: int,
    sets: Ints, count: Ints, cut: Bools,
) -> None:  # fmt: skip
    """Fill the minimal blocking sets of the draws in ``which``.

    Args:
        which: shape (asked,), rows of the arrays below.
        gain: shape (draw, party, option). demand: (draw, party). bonus: (draw, link,
            party). with_links: links with a bonus. line_cost, absolute: (draw, line).
            in_force: (draw,), bit mask of forbidding links.
        line_party, line_option: shape (line,). principals: how many.
        high_*, low_*, class_of: the space. code, start, rows: its lists.
        entry_broken: shape (entry,), links an entry breaks. entry_asked: constraints that
            count for it.
        barred: number of the package that is no deal, or -1.
        sets: shape (asked, MAX_SETS), count, cut: shape (asked,); filled.
    """
    parties, links, lines = gain.shape[1], bonus.shape[1], line_party.size
    high = np.empty((parties, high_number.size))
    low = np.empty((parties, low_number.size))
    lists = np.empty((parties, rows.size))
    best_of = np.empty((parties, start.size - 1))
    # one row a kind of line: absolute ones, then those with a price
    high_lines = np.empty((2, high_number.size), dtype=np.int64)
    high_worth, low_worth = np.empty_like(high), np.empty_like(low)
    low_lines = np.empty((2, low_number.size), dtype=np.int64)
    entry = np.empty(rows.size, dtype=np.int64)
    mask = np.empty(low_number.size, dtype=np.int64)
    small = np.empty(low_number.size, dtype=np.uint8)
    seen = np.empty((2, SEEN), dtype=np.int64)
    scratch = np.empty((2, MAX_SETS), dtype=np.int64)
    own_lines = np.zeros(parties, dtype=np.int64)
    nothing = _variable(0)
    for line in range(lines):
        if line_party[line] < parties:
            own_lines[line_party[line]] |= 1 << (links + line)
    for i in range(which.size):
        d = which[i]
        fill_rows(high_options, gain[d], high)
        fill_rows(low_options, gain[d], low)
        fill_lists(
            low, bonus[d], with_links, code, start, rows, links, nothing, principals, lists, best_of
        )
        for kind in range(2):
            _crossed(
                kind, high_options, line_party, line_option, absolute[d], line_cost[d],
                parties, links, high_lines[kind],
            )  # fmt: skip
            _crossed(
                kind, low_options, line_party, line_option, absolute[d], line_cost[d],
                parties, links, low_lines[kind],
            )  # fmt: skip
        _line_worth(high_lines[1], line_party, line_cost[d], links, high_worth)
        _line_worth(low_lines[1], line_party, line_cost[d], links, low_worth)
        for j in range(rows.size):
            entry[j] = (entry_broken[j] & in_force[d]) | low_lines[0, rows[j]]
        found = _block_one(
            high, lists, best_of, demand[d], line_cost[d], links, own_lines, high_lines,
            low_lines, high_worth, low_worth, high_number, class_of, low_number, start, rows, entry, entry_asked,
            barred, mask, small, seen, scratch, sets[i],
        )  # fmt: skip
        cut[i] = found > MAX_SETS
        count[i] = min(found, MAX_SETS)
        put_in_order(sets[i], count[i])


@kernel
def _crossed(
    kind: int, options: Ints, line_party: Ints, line_option: Ints, absolute: Bools, cost: Floats,
    parties: int, links: int, out: Ints,
) -> None:  # fmt: skip
    """Bit mask of the lines each row crosses: absolute ones (kind 0) or priced ones (1)."""
    for row in range(options.shape[0]):
        out[row] = 0
        for line in range(line_party.size):
            wanted = absolute[line] if kind == 0 else (not absolute[line] and cost[line] > 0.0)
            if wanted and line_party[line] < parties:
                for column in range(options.shape[1]):
                    if options[row, column] == line_option[line]:
                        out[row] |= 1 << (links + line)


@kernel
def _line_worth(crossed: Ints, line_party: Ints, cost: Floats, links: int, out: Floats) -> None:
    """What taking away all priced lines a row crosses is worth to each party: (party, row)."""
    out[:] = 0.0
    for line in range(line_party.size):
        if line_party[line] < out.shape[0]:
            for row in range(crossed.size):
                if crossed[row] >> (links + line) & 1:
                    out[line_party[line], row] += cost[line]


@kernel
def _block_one(
    high: Floats, lists: Floats, best_of: Floats, demand: Floats, cost: Floats, links: int,
    own_lines: Ints, high_lines: Ints, low_lines: Ints, high_worth: Floats, low_worth: Floats,
    high_number: Ints, class_of: Ints,
    low_number: Ints, start: Ints, rows: Ints, entry: Ints, entry_asked: Ints, barred: int,
    mask: Ints, small: Bytes, seen: Ints, scratch: Ints, sets: Ints,
) -> int:  # fmt: skip
    """Fill the minimal sets of one draw; returns how many, more than MAX_SETS if cut."""
    first_party = links + cost.size
    found, low_priced = _variable(0), _variable(0)
    seen[:] = -1
    for row in range(low_number.size):
        low_priced |= low_lines[1, row]
    for h in range(high_number.size):
        c: int = class_of[h]
        first, last = start[c], start[c + 1]
        # no package that violates a constraint known to block alone can teach anything,
        # unless taking red lines away could satisfy that party instead
        alone = _variable(0)
        for i in range(found):
            if bits(sets[i]) == 1:
                alone |= sets[i]
        for p in range(high.shape[0]):
            if (high_lines[1, h] | low_priced) & own_lines[p]:
                alone &= ~(1 << (first_party + p))
        if not _violated(
            high, lists, best_of, demand, h, c, first, last, first_party, high_lines[0, h],
            entry, entry_asked, alone, mask, small,
        ):  # fmt: skip
            continue
        for j in range(last - first):
            if not small[j]:
                continue
            row = rows[first + j]
            if high_number[h] + low_number[row] == barred:
                continue
            hard, mendable, choice = mask[j], 0, 0
            priced = (high_lines[1, h] | low_lines[1, row]) & entry_asked[first + j]
            if priced:
                for p in range(high.shape[0]):
                    mark = hard & 1 << (first_party + p)
                    if mark and priced & own_lines[p]:
                        short = demand[p] - TOLERANCE - high[p, h] - lists[p, first + j]
                        if high_worth[p, h] + low_worth[p, row] >= short:
                            mendable |= mark
                            choice |= priced & own_lines[p]
                hard &= ~mendable
            if _seen(hard, mendable | choice, seen) or known(hard, sets, found):
                continue
            scratch[0, 0] = hard
            ways = _variable(1)
            for p in range(high.shape[0]):
                if mendable >> (first_party + p) & 1:
                    short = demand[p] - TOLERANCE - high[p, h] - lists[p, first + j]
                    ways = _mend(
                        1 << (first_party + p), priced & own_lines[p], short, cost, links,
                        scratch, ways,
                    )  # fmt: skip
            if ways > MAX_SETS:
                return ways
            for way in range(ways):
                found = _insert(scratch[0, way], sets, found)
                if found > MAX_SETS:
                    return found
    return found


@kernel
def _violated(
    high: Floats, lists: Floats, best_of: Floats, demand: Floats, h: int, c: int, first: int,
    last: int, first_party: int, high_absolute: int, entry: Ints, entry_asked: Ints, alone: int,
    mask: Ints, small: Bytes,
) -> bool:  # fmt: skip
    """Fill the constraints each package of a high row violates and which have few enough.

    Returns whether any does.
    """
    length = last - first
    hopeless = 0
    for p in range(high.shape[0]):
        if best_of[p, c] < demand[p] - TOLERANCE - high[p, h]:
            hopeless |= 1 << (first_party + p)
    if bits(hopeless) > LARGEST_SET or hopeless & alone:
        return False
    codes, asked = entry[first:last], entry_asked[first:last]
    for j in range(length):
        mask[j] = (codes[j] | high_absolute) & asked[j]
    for p in range(high.shape[0]):
        gains, need = lists[p, first:last], demand[p] - TOLERANCE - high[p, h]
        mark = 1 << (first_party + p)
        for j in range(length):
            mask[j] |= mark if gains[j] < need else 0
    few = 0
    for j in range(length):  # plain arithmetic, so that it becomes vector code
        small[j] = (bits(mask[j]) <= LARGEST_SET) & (mask[j] & alone == 0)
        few += small[j]
    return few > 0


@kernel
def _mend(
    reservation: int, priced: int, short: float, cost: Floats, links: int, scratch: Ints, ways: int
) -> int:
    """Extend each way so far by each way to satisfy one party.

    Either its reservation goes, or up to three of its priced lines that the package
    crosses and that together cost at least what it is short of.
    """
    if ways > MAX_SETS:
        return ways
    for way in range(ways):
        scratch[1, way] = scratch[0, way]
    before, ways = ways, 0
    for old in range(before):
        ways = _extend(scratch, ways, scratch[1, old] | reservation)
        for a in range(cost.size):
            if not priced >> (links + a) & 1:
                continue
            one = scratch[1, old] | 1 << (links + a)
            if cost[a] >= short:
                ways = _extend(scratch, ways, one)
                continue
            for b in range(a + 1, cost.size):
                if not priced >> (links + b) & 1 or cost[b] >= short:
                    continue
                two = one | 1 << (links + b)
                if cost[a] + cost[b] >= short:
                    ways = _extend(scratch, ways, two)
                    continue
                for c in range(b + 1, cost.size):
                    if priced >> (links + c) & 1 and cost[a] + cost[b] + cost[c] >= short:
                        ways = _extend(scratch, ways, two | 1 << (links + c))
    return ways


@kernel
def _extend(scratch: Ints, ways: int, mask: int) -> int:
    """Add a way unless it is too large; beyond MAX_SETS they are only counted, once."""
    if bits(mask) > LARGEST_SET or ways > MAX_SETS:
        return ways
    if ways < MAX_SETS:
        scratch[0, ways] = mask
    return ways + 1


@kernel
def _variable(value: int) -> int:
    """``value``, no longer a literal: helpers would be compiled for literals as well."""
    return int(np.int64(value))


@kernel
def bits(mask: int) -> int:
    """How many bits are set, by adding neighbours (Warren 2013, section 5-1)."""
    mask -= (mask >> 1) & 0x5555555555555555
    mask = (mask & 0x3333333333333333) + ((mask >> 2) & 0x3333333333333333)
    mask = (mask + (mask >> 4)) & 0x0F0F0F0F0F0F0F0F
    mask += mask >> 8
    mask += mask >> 16
    mask += mask >> 32
    return mask & 0x7F


@kernel
def _seen(hard: int, rest: int, seen: Ints) -> bool:
    """Whether a package like this came by lately; remembers it if that is all there is to it.

    Packages alike in what they break and in the one line that could mend it teach the
    same. With several such lines it matters how much is missing: never seen before.
    """
    if bits(rest) > 2:  # one reservation and one line
        return False
    slot = (hard * 0x9E3779B1 ^ rest * 0x85EBCA6B) >> 7 & (SEEN - 1)
    if seen[0, slot] == hard and seen[1, slot] == rest:
        return True
    seen[0, slot] = hard
    seen[1, slot] = rest
    return False


@kernel
def known(mask: int, sets: Ints, found: int) -> bool:
    """Whether a set found before is part of ``mask``."""
    for i in range(found):
        if mask & sets[i] == sets[i]:
            return True
    return False


@kernel
def _insert(mask: int, sets: Ints, found: int) -> int:
    """Add ``mask`` unless it has a known part; drop the sets it is part of."""
    if known(mask, sets, found):
        return found
    kept = 0
    for i in range(found):
        if sets[i] & mask != mask:
            sets[kept] = sets[i]
            kept += 1
    if kept == MAX_SETS:
        return MAX_SETS + 1
    sets[kept] = mask
    return kept + 1


@kernel
def put_in_order(sets: Ints, count: int) -> None:
    """Smallest sets first, then by mask, zeros beyond ``count``: insertion sort of a short list."""
    for i in range(1, count):
        item, j = sets[i], i
        while j > 0 and (bits(sets[j - 1]), sets[j - 1]) > (bits(item), item):
            sets[j] = sets[j - 1]
            j -= 1
        sets[j] = item
    for i in range(count, sets.size):
        sets[i] = 0
