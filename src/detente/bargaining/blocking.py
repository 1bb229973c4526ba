"""Why there is no deal: the smallest sets of constraints whose removal opens the zone.

Constraints are: each link in force; each red line, by its cost or because it is
absolute; each principal's reservation (gain >= demand); each consent. A set is
*blocking* if some package meets everything else, and *minimal* if no part of it
is. All minimal sets of up to three constraints are found, exactly; where only
larger ones exist, none is reported and that is said.

A red line stands apart from its owner's reservation: a line taken away may give
its owner enough, and then the reservation need not go.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.bargaining.rows import TOLERANCE, fill_rows, link_masks
from detente.bargaining.space import MAX_BITS, Ints, Space
from detente.errors import UsageError
from detente.kernels import kernel
from detente.model.structure import LinePlace, Structure
from detente.model.table import Table
from detente.sampling.streams import Floats

LARGEST_SET = 3
MAX_SETS = 64

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class BlockingSets:
    """Minimal blocking sets of the draws that were asked about.

    Attributes:
        sets: shape (draw, MAX_SETS), bit masks of constraints, smallest first, 0 beyond.
        count: shape (draw,), how many; 0 where every blocking set is larger than three.
        cut: shape (draw,), whether there were more than MAX_SETS.
    """

    sets: Ints
    count: Ints
    cut: Bools


def constraint_names(structure: Structure) -> tuple[str, ...]:
    """What each bit stands for: links, then red lines, then reservations and consents."""
    links = [f"links.{link.id}" for link in structure.links]
    lines = [line.address for line in structure.lines]
    names = structure.parties[: structure.at_table]
    own = [f"reservation.{name}" for name in names[: structure.principals]]
    consents = [f"consent.{name}" for name in names[structure.principals :]]
    return (*links, *lines, *own, *consents)


def blocking_sets(
    space: Space, table: Table, lines: tuple[LinePlace, ...], draws: Ints
) -> BlockingSets:
    """Minimal blocking sets in ``draws``, row numbers of ``table`` whose zone is empty.

    Raises UsageError where there are more constraints than a bit mask holds.
    """
    constraints = len(space.rules.links) + len(lines) + table.gain.shape[1]
    if constraints > MAX_BITS:
        raise UsageError(
            f"{constraints} links, red lines and parties; at most {MAX_BITS} together; "
            "merge links or red lines that say the same"
        )
    found = BlockingSets(
        np.zeros((len(draws), MAX_SETS), dtype=np.int64),
        np.zeros(len(draws), dtype=np.int64),
        np.zeros(len(draws), dtype=np.bool_),
    )
    _block_draws(
        draws, table.gain, table.demand, table.bonus, table.line_cost, table.absolute,
        link_masks(space, table),
        np.array([line.party for line in lines], dtype=np.int64),
        np.array([line.option for line in lines], dtype=np.int64),
        table.weight.shape[1],
        space.high.options, space.high.number, space.class_of,
        space.low.options, space.low.number, space.code, space.barred,
        found.sets, found.count, found.cut,
    )  # fmt: skip
    return found


@kernel
def _block_draws(
    which: Ints, gain: Floats, demand: Floats, bonus: Floats, line_cost: Floats, absolute: Bools,
    in_force: Ints, line_party: Ints, line_option: Ints, principals: int,
    high_options: Ints, high_number: Ints, class_of: Ints,
    low_options: Ints, low_number: Ints, code: Ints, barred: int,
    sets: Ints, count: Ints, cut: Bools,
) -> None:  # fmt: skip
    parties, links, lines = gain.shape[1], bonus.shape[1], line_party.size
    high = np.empty((parties, high_number.size))
    low = np.empty((parties, low_number.size))
    best = np.empty(parties)
    # one row a kind of line: absolute ones, then those with a price
    high_lines = np.empty((2, high_number.size), dtype=np.int64)
    low_lines = np.empty((2, low_number.size), dtype=np.int64)
    scratch = np.empty((2, MAX_SETS), dtype=np.int64)
    own_lines = np.zeros(parties, dtype=np.int64)
    for line in range(lines):
        if line_party[line] < parties:
            own_lines[line_party[line]] |= 1 << (links + line)
    for i in range(which.size):
        d = which[i]
        fill_rows(high_options, gain[d], high)
        fill_rows(low_options, gain[d], low)
        for kind in range(2):
            _crossed(kind, high_options, line_party, line_option, absolute[d], line_cost[d], parties, links, high_lines[kind])  # fmt: skip
            _crossed(kind, low_options, line_party, line_option, absolute[d], line_cost[d], parties, links, low_lines[kind])  # fmt: skip
        for p in range(parties):
            best[p] = low[p].max()
            for link in range(links):
                best[p] += max(bonus[d, link, p], 0.0)
        count[i] = _block_one(
            high, low, best, demand[d], bonus[d], line_cost[d], in_force[d], own_lines,
            high_lines, low_lines, principals, high_number, class_of, low_number, code, barred,
            scratch, sets[i],
        )  # fmt: skip
        cut[i] = count[i] > MAX_SETS
        count[i] = min(count[i], MAX_SETS)
        sets[i, : count[i]] = _ordered(sets[i, : count[i]])


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
def _block_one(
    high: Floats, low: Floats, best: Floats, demand: Floats, bonus: Floats, cost: Floats,
    in_force: int, own_lines: Ints, high_lines: Ints, low_lines: Ints, principals: int,
    high_number: Ints, class_of: Ints, low_number: Ints, code: Ints, barred: int,
    scratch: Ints, sets: Ints,
) -> int:  # fmt: skip
    """Fill the minimal sets of one draw; returns how many, more than MAX_SETS if cut."""
    parties, links = high.shape[0], bonus.shape[0]
    first_party = links + cost.size
    found = 0
    for h in range(high_number.size):
        hopeless = 0
        for p in range(principals):  # a consent may not be needed, so only principals count
            if high[p, h] + best[p] < demand[p] - TOLERANCE and not own_lines[p]:
                hopeless += 1
        if hopeless > LARGEST_SET:
            continue
        for row in range(low_number.size):
            bits = code[class_of[h], row]
            broken = bits & in_force
            if _bits(broken) > LARGEST_SET or high_number[h] + low_number[row] == barred:
                continue
            hard = broken | high_lines[0, h] | low_lines[0, row]
            priced = high_lines[1, h] | low_lines[1, row]
            mendable = 0  # reservations that taking red lines away might satisfy
            for p in range(parties):
                mark = 1 << (first_party + p)
                if p >= principals and bits >> (links + p - principals) & 1:
                    hard &= ~own_lines[p]  # nobody asks for this consent
                    continue
                gain = high[p, h] + low[p, row]
                for link in range(links):
                    if bits >> link & 1:
                        gain += bonus[link, p]
                if gain < demand[p] - TOLERANCE:
                    if priced & own_lines[p]:
                        mendable |= mark
                    else:
                        hard |= mark
            if _bits(hard) + _bits(mendable) > LARGEST_SET or _known(hard, sets, found):
                continue
            scratch[0, 0] = hard
            ways = 1
            for p in range(parties):
                if mendable >> (first_party + p) & 1:
                    gain = high[p, h] + low[p, row]
                    for link in range(links):
                        if bits >> link & 1:
                            gain += bonus[link, p]
                    ways = _mend(
                        1 << (first_party + p), priced & own_lines[p],
                        demand[p] - TOLERANCE - gain, cost, links, scratch, ways,
                    )  # fmt: skip
            for way in range(ways):
                found = _insert(scratch[0, way], sets, found)
                if found > MAX_SETS:
                    return found
    return found


@kernel
def _mend(
    reservation: int, priced: int, short: float, cost: Floats, links: int, scratch: Ints, ways: int
) -> int:
    """Extend each way so far by each way to satisfy one party.

    Either its reservation goes, or up to three of its priced lines that the package
    crosses and that together cost at least what it is short of.
    """
    scratch[1, :ways] = scratch[0, :ways]
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
    if _bits(mask) <= LARGEST_SET and ways < MAX_SETS:
        scratch[0, ways] = mask
        return ways + 1
    return ways


@kernel
def _bits(mask: int) -> int:
    """How many bits are set."""
    count = 0
    while mask:
        mask &= mask - 1
        count += 1
    return count


@kernel
def _known(mask: int, sets: Ints, found: int) -> bool:
    """Whether a set found before is part of ``mask``."""
    for i in range(found):
        if mask & sets[i] == sets[i]:
            return True
    return False


@kernel
def _insert(mask: int, sets: Ints, found: int) -> int:
    """Add ``mask`` unless it has a known part; drop the sets it is part of."""
    if _known(mask, sets, found):
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
def _ordered(sets: Ints) -> Ints:
    """Smallest sets first, then by mask: insertion sort of a short list."""
    out = sets.copy()
    for i in range(1, out.size):
        item, j = out[i], i
        while j > 0 and (_bits(out[j - 1]), out[j - 1]) > (_bits(item), item):
            out[j] = out[j - 1]
            j -= 1
        out[j] = item
    return out
