"""Which states of a search no other dominates.

Packages decided on the same groups of issues are *states* of one layer. A state that gives
every principal at least as much as another, one of them more, and asks no more of what may
follow, makes the other superfluous: whatever completes the one completes the other. Gains
are compared as whole numbers, *cells* of a fine grid, so that the order is exact and
transitive. Sorted from the most downwards, two gains take one sweep (Kung, Luccio &
Preparata 1975), three a sweep over a staircase; more are compared block by block with the
states kept so far, largest sum first.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from detente.arrays import Bools, Bytes, Floats, Ints
from detente.kernels import kernel, part

# Rows of ``fact``. Only states of one mark are compared: it says what links still ask.
MARK, TOUCH, CHANGES, NUMBER, COUNT = 0, 1, 2, 3, 4
FACT_ROWS = 5
BLOCK = 64


class States(NamedTuple):
    """States of one layer.

    Attributes:
        cell: shape (party, place), gains of principals, what consenters still lack.
        sums: shape (party, place), gains.
        fact: shape (FACT_ROWS, place): mark; bits of the consenters asked; options changed,
            number, of the package that the tie rule prefers; how many packages it stands for.
    """

    cell: Ints
    sums: Floats
    fact: Ints


@kernel
def make_states(parties: int, places: int) -> States:
    """Room for ``places`` states."""
    return States(
        np.zeros((parties, places), np.int64), np.zeros((parties, places)),
        np.zeros((FACT_ROWS, places), np.int64),
    )  # fmt: skip


@kernel
def prune(states: States, size: int, principals: int) -> int:
    """Keep, in falling order, the states that no other dominates; returns how many.

    States alike in everything become one, with their counts added.
    """
    order = _sorted(states.cell, states.fact, size)
    kept = np.zeros(size, dtype=np.bool_)
    first = 0
    while first < size:
        last = first + 1
        while last < size and states.fact[MARK, order[last]] == states.fact[MARK, order[first]]:
            last += 1
        _sweep(states, order, first, last, principals, kept)
        first = last
    count = 0
    for k in range(size):
        if kept[k]:
            order[count] = order[k]
            count += 1
    _gather(states.cell, order, count)
    _gather(states.sums, order, count)
    _gather(states.fact, order, count)
    return count


@kernel
def _gather(rows: Floats | Ints, order: Ints, count: int) -> None:
    spare = np.empty(count, dtype=rows.dtype)
    for row in range(rows.shape[0]):
        for k in range(count):
            spare[k] = rows[row, order[k]]
        for k in range(count):
            rows[row, k] = spare[k]


@part
def _before(cell: Ints, fact: Ints, i: int, j: int) -> bool:
    """Whether state ``i`` comes strictly before ``j``: by mark, then from the most downwards."""
    if fact[MARK, i] != fact[MARK, j]:
        return fact[MARK, i] < fact[MARK, j]
    for p in range(cell.shape[0]):
        if cell[p, i] != cell[p, j]:
            return cell[p, i] > cell[p, j]
    return False


@kernel
def _sorted(cell: Ints, fact: Ints, size: int) -> Ints:
    """Places in order, by merging the runs that are there already: layers come as few runs."""
    order: Ints = np.arange(size)
    other: Ints = np.empty(size, dtype=np.int64)
    bounds = np.empty(size + 1, dtype=np.int64)
    runs = 0
    for k in range(size):
        if k == 0 or _before(cell, fact, k, k - 1):
            bounds[runs] = k
            runs += 1
    bounds[runs] = size
    while runs > 1:
        merged = 0
        for run in range(0, runs, 2):
            begin, middle = bounds[run], bounds[run + 1]
            end = bounds[min(run + 2, runs)]
            i, j = begin, middle
            for k in range(begin, end):
                take_left = j >= end
                if i < middle and j < end:
                    take_left = not _before(cell, fact, int(order[j]), int(order[i]))
                if take_left:
                    other[k] = order[i]
                    i += 1
                else:
                    other[k] = order[j]
                    j += 1
            bounds[merged] = begin
            merged += 1
        bounds[merged] = size
        runs = merged
        order, other = other, order
    return order


@kernel
def _sweep(
    states: States, order: Ints, first: int, last: int, principals: int, kept: Bools
) -> None:
    """Mark what is kept among places ``order[first:last]``, which share a mark."""
    cell, fact = states.cell, states.fact
    varied = np.empty(cell.shape[0], dtype=np.int64)
    count, own, one = 0, 0, order[first]
    for p in range(cell.shape[0]):
        same = True
        for k in range(first, last):
            same &= cell[p, order[k]] == cell[p, one]
        if not same:
            varied[count] = p
            count += 1
            own += p < principals
    touched = False
    for k in range(first, last):
        touched |= fact[TOUCH, order[k]] != fact[TOUCH, one]
    if touched or count > own or count > 3:
        _blocks(cell, fact, order, first, last, varied[:count], own, kept)
    elif count == 3:
        _stairs(cell, fact, order, first, last, varied, kept)
    else:
        _line(cell, fact, order, first, last, varied[:count], kept)


@part
def _join(fact: Ints, state: int, other: int) -> None:
    """Let ``state`` stand for ``other`` as well."""
    fact[COUNT, state] += fact[COUNT, other]
    changes, number = fact[CHANGES, other], fact[NUMBER, other]
    if changes < fact[CHANGES, state] or (
        changes == fact[CHANGES, state] and number < fact[NUMBER, state]
    ):
        fact[CHANGES, state], fact[NUMBER, state] = changes, number


@part
def _alike(cell: Ints, varied: Ints, count: int, i: int, j: int) -> bool:
    same = True
    for k in range(count):
        same &= cell[varied[k], i] == cell[varied[k], j]
    return same


@kernel
def _line(
    cell: Ints, fact: Ints, order: Ints, first: int, last: int, varied: Ints, kept: Bools
) -> None:
    """Two gains, or fewer: kept is what has more of the last than all before."""
    count = varied.size
    latest = order[first]
    kept[first] = True
    for k in range(first + 1, last):
        place = order[k]
        if _alike(cell, varied, count, latest, place):
            _join(fact, latest, place)
        elif count == 2 and cell[varied[1], place] > cell[varied[1], latest]:
            kept[k] = True
            latest = place


@kernel
def _stairs(
    cell: Ints, fact: Ints, order: Ints, first: int, last: int, varied: Ints, kept: Bools
) -> None:
    """Three gains: the second and third of what is kept form a staircase."""
    x, y = varied[1], varied[2]
    wide, high = np.empty(last - first, np.int64), np.empty(last - first, np.int64)
    steps, latest = 0, -1  # ``wide`` rises, ``high`` falls
    for k in range(first, last):
        place = order[k]
        if latest >= 0 and _alike(cell, varied, 3, latest, place):
            _join(fact, latest, place)
            continue
        a, b = cell[x, place], cell[y, place]
        low, top = 0, steps
        while low < top:
            middle = (low + top) >> 1
            if wide[middle] < a:
                low = middle + 1
            else:
                top = middle
        if low < steps and high[low] >= b:
            continue
        kept[k] = True
        latest = place
        # the new step hides those before it that are no higher, and one as wide
        begin = low
        while begin > 0 and high[begin - 1] <= b:
            begin -= 1
        end = low + 1 if low < steps and wide[low] == a else low
        shift = begin + 1 - end
        if shift > 0:
            for step in range(steps - 1, end - 1, -1):
                wide[step + shift], high[step + shift] = wide[step], high[step]
        elif shift < 0:
            for step in range(end, steps):
                wide[step + shift], high[step + shift] = wide[step], high[step]
        steps += shift
        wide[begin], high[begin] = a, b


@kernel
def _blocks(
    cell: Ints, fact: Ints, order: Ints, first: int, last: int, varied: Ints, own: int,
    kept: Bools,
) -> None:  # fmt: skip
    """Any number of gains and consenters: against what is kept, largest sum first.

    A state is superfluous beside one that asks no consenter more. Where principals gain the
    same and only consenters differ, both stay: packages alike are counted.
    """
    length, count = last - first, varied.size
    total = np.zeros(length, dtype=np.int64)
    for k in range(length):
        for v in varied:
            total[k] -= cell[v, order[first + k]]
    window = np.empty((count, length), dtype=np.int64)
    held = np.empty(length, dtype=np.int64)
    own_cell = np.empty(count, dtype=np.int64)
    fits = np.empty(BLOCK, dtype=np.uint8)
    size = 0
    ranked: Ints = np.argsort(total, kind="mergesort")
    for at in range(length):
        k: int = ranked[at]
        place: int = order[first + k]
        for v in range(count):
            own_cell[v] = cell[varied[v], place]
        if _superfluous(window, held, size, own_cell, own, fact, place, fits):
            continue
        kept[first + k] = True
        held[size] = place
        for v in range(count):
            window[v, size] = own_cell[v]
        size += 1


@kernel
def _superfluous(
    window: Ints, held: Ints, size: int, own_cell: Ints, own: int, fact: Ints, place: int,
    fits: Bytes,
) -> bool:  # fmt: skip
    """Whether a state in the window dominates the one at ``place``, or now stands for it."""
    count = own_cell.size
    for begin in range(0, size, BLOCK):
        width = min(BLOCK, size - begin)
        for j in range(width):
            fits[j] = window[0, begin + j] >= own_cell[0]
        for v in range(1, count):
            least = own_cell[v]
            for j in range(width):
                fits[j] &= window[v, begin + j] >= least
        some = 0
        for j in range(width):
            some += fits[j]
        if some == 0:
            continue
        for j in range(width):
            if not fits[j]:
                continue
            other = held[begin + j]
            if fact[TOUCH, other] & ~fact[TOUCH, place]:
                continue
            more, same = False, fact[TOUCH, other] == fact[TOUCH, place]
            for v in range(count):
                same &= window[v, begin + j] == own_cell[v]
                more |= v < own and window[v, begin + j] > own_cell[v]
            if same:
                _join(fact, other, place)
            if more or same:
                return True
    return False
