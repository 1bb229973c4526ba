"""How many packages pass, without looking at each: two halves that meet in the middle.

For each party the low rows are sorted by what they bring it. The low rows that satisfy a
party beside a given high row are then the last so many, a set whose bits are kept ready for
every STEP-th length; the few rows up to the next kept length are struck one by one. The sets
of all parties are met, 64 low rows to a word, and what is left is counted. One party, the
*lead*, gives the order of the bits, so that its own set is simply a range of words.
(Horowitz & Sahni 1974 for meeting in the middle.)
"""

from __future__ import annotations

import numpy as np

from detente.arrays import Bools, Floats, Ints, Words
from detente.bargaining.rows import FORBIDDEN, TOLERANCE, draw_gains
from detente.kernels import kernel, part

STEP = 8  # ranks between sets kept ready
ALL = np.uint64(0xFFFFFFFFFFFFFFFF)
ONE, SIX_BITS = np.uint64(1), np.uint64(63)
PROBES = 64  # high rows looked at to choose the lead
PAIRS, NIBBLES = np.uint64(0x5555555555555555), np.uint64(0x3333333333333333)
BYTES, SUM_BYTES = np.uint64(0x0F0F0F0F0F0F0F0F), np.uint64(0x0101010101010101)
SHIFTS = (np.uint64(1), np.uint64(2), np.uint64(4), np.uint64(56))


@part
def bits_in(word: np.uint64) -> np.int64:
    """How many bits of a word are set."""
    word = word - ((word >> SHIFTS[0]) & PAIRS)
    word = (word & NIBBLES) + ((word >> SHIFTS[1]) & NIBBLES)
    word = (word + (word >> SHIFTS[2])) & BYTES
    return np.int64((word * SUM_BYTES) >> SHIFTS[3])


@kernel
def fill_combinations(own: Floats, starts: Ints, sizes: Ints, out: Floats) -> None:
    """Gains of all combinations of the options of some issues: ``out`` is (party, row)."""
    for p in range(out.shape[0]):
        out[p, 0] = 0.0
        rows = 1
        for issue in range(starts.size):
            size, start = sizes[issue], starts[issue]
            for row in range(rows - 1, -1, -1):  # from the end, for rows are overwritten
                so_far = out[p, row]
                for option in range(size - 1, -1, -1):
                    out[p, row * size + option] = so_far + own[p, start + option]
            rows *= size


@kernel
def sort_rows(low: Floats, order: Ints, sorted_gain: Floats, cell: Ints, ends: Floats) -> None:
    """Sort the low rows by each party's gain, and prepare looking ranks up.

    Args:
        low: shape (party, low row).
        order, sorted_gain: shape (party, rank), filled: rows and gains, least first.
        cell: shape (party, cell + 1), filled: the first rank of each cell of an even grid.
        ends: shape (party, 2), filled: where the grid begins, and cells to a unit of gain.
    """
    rows, cells = low.shape[1], cell.shape[1] - 1
    for p in range(low.shape[0]):
        order[p] = np.argsort(low[p])
        begin = -1
        for rank in range(rows):
            sorted_gain[p, rank] = low[p, order[p, rank]]
            if begin < 0 and sorted_gain[p, rank] > 0.5 * FORBIDDEN:
                begin = rank
        least, most = sorted_gain[p, max(begin, 0)], sorted_gain[p, rows - 1]
        ends[p, 0] = least
        ends[p, 1] = cells / (most - least) if most > least else 0.0
        at = 0
        for rank in range(rows):
            place = cell_of(sorted_gain[p, rank], ends[p, 0], ends[p, 1], cells)
            while at <= place:
                cell[p, at] = rank
                at += 1
        while at <= cells:
            cell[p, at] = rows
            at += 1


@part
def cell_of(x: float, begin: float, scale: float, cells: int) -> int:
    """The cell of the grid that ``x`` falls into, the first or last if beyond the ends."""
    return int(min(max((x - begin) * scale, 0.0), cells - 1.0))


@part
def rank_of(x: float, p: int, sorted_gain: Floats, cell: Ints, ends: Floats) -> int:
    """How many low rows bring party ``p`` less than ``x``."""
    place = cell_of(x, ends[p, 0], ends[p, 1], cell.shape[1] - 1)
    first, last = cell[p, place], cell[p, place + 1]
    while first < last:
        middle = (first + last) >> 1
        if sorted_gain[p, middle] < x:
            first = middle + 1
        else:
            last = middle
    return first


@kernel
def choose_lead(
    high: Floats, demand: Floats, votes: Floats, sorted_gain: Floats, cell: Ints, ends: Floats
) -> int:
    """The party that must agree to all and has fewest low rows to agree to; -1 if none must."""
    lead, fewest = -1, -1
    step = max(high.shape[1] // PROBES, 1)
    for p in range(votes.size):
        if votes[p] >= 0.0:
            continue
        total = 0
        for h in range(0, high.shape[1], step):
            x = demand[p] - TOLERANCE - high[p, h]
            total += sorted_gain.shape[1] - rank_of(x, p, sorted_gain, cell, ends)
        if lead < 0 or total < fewest:
            lead, fewest = p, total
    return lead


@kernel
def fill_sets(order: Ints, place: Ints, lead: int, bit: Ints, sets: Words) -> None:
    """Fill the sets of every party but the lead.

    Args:
        order: shape (party, rank). place: (low row,), the bit of each row.
        bit: shape (party, rank), filled: bits, least gain first.
        sets: shape (party, length, word), filled: rows from rank STEP x length on.
    """
    rows, words = order.shape[1], sets.shape[2]
    for p in range(order.shape[0]):
        if p == lead:
            continue
        for rank in range(rows):
            bit[p, rank] = place[order[p, rank]]
        for w in range(words):
            sets[p, sets.shape[1] - 1, w] = 0
        for length in range(sets.shape[1] - 2, -1, -1):
            for w in range(words):
                sets[p, length, w] = sets[p, length + 1, w]
            for rank in range(length * STEP, min((length + 1) * STEP, rows)):
                at = bit[p, rank]
                sets[p, length, at >> 6] |= ONE << (np.uint64(at) & SIX_BITS)


@kernel
def fill_masks(
    code: Ints, in_order: Ints, in_force: int, effective: int, links: int, pattern_start: Ints,
    pattern: Ints, mask: Words, free: Words, live: Bools,
) -> None:  # fmt: skip
    """Fill the low rows that links allow, by class and by which bonuses apply.

    Args:
        code: shape (class, low row). in_order: (bit,), the low row of each bit.
        in_force: links whose breaking forbids. effective: links whose bonus counts.
        links: how many links, so where the bits of consenters begin.
        pattern_start, pattern: bonuses that may apply in each class.
        mask: shape (pattern, word), filled. free: (class, consenter, word), filled: rows
            beside which a consenter is not touched. live: (pattern,), filled: whether any.
    """
    consenters = free.shape[1]
    mask[:] = 0
    free[:] = 0
    live[:] = False
    for c in range(code.shape[0]):
        first, last = pattern_start[c], pattern_start[c + 1]
        for at in range(in_order.size):
            found = code[c, in_order[at]]
            one, w = ONE << (np.uint64(at) & SIX_BITS), at >> 6
            if found & in_force == 0:
                g = first
                if last > first + 1:
                    while (pattern[g] ^ found) & effective:
                        g += 1
                mask[g, w] |= one
                live[g] = True
            for k in range(consenters):
                if found >> (links + k) & 1:
                    free[c, k, w] |= one


@kernel
def count_draws(
    gain: Floats, demand: Floats, bonus: Floats, with_links: Ints, absolute: Bools,
    in_force: Ints, line_party: Ints, line_option: Ints, principals: int, votes: Floats,
    questions: Ints, high_starts: Ints, high_sizes: Ints, class_of: Ints, low_starts: Ints,
    low_sizes: Ints, code: Ints, within_low: int, pattern_start: Ints,
    pattern: Ints, quo_high: int, quo_low: int, zone: Ints,
) -> None:  # fmt: skip
    """Count the zone of every draw.

    Args:
        gain: shape (draw, party, option). demand: (draw, party). bonus: (draw, link, party).
        with_links: links with a bonus. absolute: (draw, line). in_force: (draw,), bit mask of
            forbidding links. line_party, line_option: (line,).
        votes: as ``rows.votes_of`` says. questions: as ``coalitions.questions_of`` says.
        high_starts, high_sizes, low_starts, low_sizes: shape (issue of the half,).
        class_of, code: of the layout. within_low: bits of the ``with`` links that the
            low row alone decides.
        pattern_start, pattern: shape (class + 1,), (pattern,), bits of the other ``with``
            links that occur together in each class.
        quo_high, quo_low: rows of the package that is no deal, or -1.
        zone: shape (draw,), filled.
    """
    draws, parties, options = gain.shape
    highs, lows = class_of.size, code.shape[1]
    words, links = (lows + 63) // 64, bonus.shape[1]
    own = np.empty((parties, options))
    high, low = np.empty((parties, highs)), np.empty((parties, lows))
    order, bit = np.empty((parties, lows), np.int64), np.empty((parties, lows), np.int64)
    sorted_gain, ends = np.empty((parties, lows)), np.empty((parties, 2))
    cell, place = np.empty((parties, lows + 1), np.int64), np.empty(lows, np.int64)
    sets = np.empty((parties, (lows + STEP - 1) // STEP + 1, words), np.uint64)
    mask, live = np.empty((pattern.size, words), np.uint64), np.empty(pattern.size, np.bool_)
    free = np.empty((code.shape[0], parties - principals, words), np.uint64)
    shift = np.empty((pattern.size, parties))
    for d in range(draws):
        draw_gains(gain[d], absolute[d], line_party, line_option, own)
        fill_combinations(own, high_starts, high_sizes, high)
        fill_combinations(own, low_starts, low_sizes, low)
        effective = 0
        for link in with_links:
            worth = False
            for p in range(parties):
                worth |= bonus[d, link, p] != 0.0
            if worth and within_low >> link & 1:
                for p in range(parties):
                    for row in range(lows):
                        low[p, row] += bonus[d, link, p] * (code[0, row] >> link & 1)
            elif worth:
                effective |= 1 << link
        for g in range(pattern.size):
            for p in range(parties):
                shift[g, p] = 0.0
                for link in with_links:
                    if (pattern[g] & effective) >> link & 1:
                        shift[g, p] += bonus[d, link, p]
        sort_rows(low, order, sorted_gain, cell, ends)
        lead = choose_lead(high, demand[d], votes[:principals], sorted_gain, cell, ends)
        in_order = order[max(lead, 0)]
        for at in range(lows):
            place[in_order[at]] = at
        fill_sets(order, place, lead, bit, sets)
        fill_masks(
            code, in_order, in_force[d], effective, links, pattern_start, pattern, mask, free, live
        )
        zone[d] = count_rows(
            high, demand[d], principals, votes, questions, class_of, pattern_start, shift, live,
            mask, free, sorted_gain, cell, ends, lead, bit, sets, quo_high,
            place[quo_low] if quo_high >= 0 else -1,
        )  # fmt: skip


@kernel
def count_rows(
    high: Floats, demand: Floats, principals: int, votes: Floats, questions: Ints,
    class_of: Ints, pattern_start: Ints, shift: Floats, live: Bools, mask: Words, free: Words,
    sorted_gain: Floats, cell: Ints, ends: Floats, lead: int, bit: Ints, sets: Words,
    quo_high: int, quo_bit: int,
) -> int:  # fmt: skip
    """Count the low rows that pass beside each high row, once a pattern of bonuses."""
    parties, rows, words = high.shape[0], sorted_gain.shape[1], sets.shape[2]
    rank = np.empty(parties, np.int64)
    left = np.empty(words, np.uint64)
    answer = np.empty((questions.shape[0] + 2, words), np.uint64)
    answer[0], answer[1] = 0, ALL
    willing = np.empty(words, np.uint64)
    zone = 0
    for h in range(class_of.size):
        c = class_of[h]
        for g in range(pattern_start[c], pattern_start[c + 1]):
            if not live[g]:
                continue
            possible = True
            for p in range(parties):
                need = demand[p] - TOLERANCE - high[p, h] - shift[g, p]
                rank[p] = rank_of(need, p, sorted_gain, cell, ends)
                possible &= rank[p] < rows or votes[p] >= 0.0 or p >= principals
            if not possible:
                continue
            # an index known not to be negative lets the loops over words become vector code
            first = max(rank[lead] >> 6, 0) if lead >= 0 else 0
            for w in range(first, words):
                left[w] = mask[g, w]
            if lead >= 0:
                left[first] &= ALL << (np.uint64(rank[lead]) & SIX_BITS)
            for p in range(parties):
                if p == lead or rank[p] == 0 or votes[p] >= 0.0:
                    continue
                length = rank[p] // STEP
                if p < principals:
                    for w in range(first, words):
                        left[w] &= sets[p, length, w]
                    for at in range(length * STEP, rank[p]):
                        one = bit[p, at]
                        left[one >> 6] &= ~(ONE << (np.uint64(one) & SIX_BITS))
                else:
                    k = p - principals
                    for w in range(first, words):
                        left[w] &= sets[p, length, w] | free[c, k, w]
                    for at in range(length * STEP, rank[p]):
                        one = bit[p, at]
                        w = one >> 6
                        left[w] &= ~(ONE << (np.uint64(one) & SIX_BITS)) | free[c, k, w]
            for q in range(questions.shape[0]):
                p, yes, no = questions[q, 0], questions[q, 1], questions[q, 2]
                length = rank[p] // STEP
                for w in range(words):
                    willing[w] = sets[p, length, w]
                for at in range(length * STEP, rank[p]):
                    one = bit[p, at]
                    willing[one >> 6] &= ~(ONE << (np.uint64(one) & SIX_BITS))
                for w in range(words):
                    answer[q + 2, w] = answer[no, w] | (willing[w] & answer[yes, w])
            if questions.shape[0]:
                for w in range(first, words):
                    left[w] &= answer[questions.shape[0] + 1, w]
            if h == quo_high and quo_bit >> 6 >= first:
                left[quo_bit >> 6] &= ~(ONE << (np.uint64(quo_bit) & SIX_BITS))
            for w in range(first, words):
                zone += bits_in(left[w])
    return int(zone)
