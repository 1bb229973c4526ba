"""Moves on a situation's packages: what each can do alone, and what takes an agreement.

Alone, a decision maker takes up options that it controls alone, drops options that it has a
hand in, and goes along any chain of such changes in one move, two of them at once where links
allow neither by itself. Principals together drop what
nobody is named to deliver. An agreement leads from the status quo to a package and is made by the
principals (or, with a quorum, by as many as carry it) and all who control what it takes up.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from detente.arrays import Ints
from detente.errors import SpaceTooLarge
from detente.kernels import kernel
from detente.model.structure import Structure
from detente.stability import graph
from detente.stability.control import Control
from detente.stability.dropping import settle
from detente.stability.graph import Group
from detente.stability.packages import Packages

Arcs = dict[Group, tuple[Ints, Ints]]


Change = tuple[int, int, int]  # an issue, and the options it goes from and to


def changes(packages: Packages, control: Control, held: Ints) -> Iterator[tuple[Group, Ints, Ints]]:
    """Changes of one issue, and of two where links allow neither of the two by itself.

    ``held``: shape (package, issue), option positions. Yields who makes them, rows of ``held``
    and the numbers of the packages they lead to.
    """
    for group in [*((maker,) for maker in range(len(control.makers))), control.heads]:
        own = _own(packages.structure, control, group)
        for change in own:
            yield group, *_single(packages, control, held, change, group)
        for one, other in combinations(own, 2):
            if frozenset((one[0], other[0])) in packages.tied:
                yield group, *_double(packages, held, one, other)


def _own(structure: Structure, control: Control, group: Group) -> list[Change]:
    """Every change of one issue that a group can make."""
    found: list[Change] = []
    for issue, start in enumerate(structure.starts):
        places = range(start, start + structure.sizes[issue])
        found += [
            (issue, a, b)
            for a in places
            for b in places
            if a != b
            and (
                may_drop(structure, control, group, a, b)
                or may_take(structure, control, group, a, b)
            )
        ]
    return found


def _single(
    packages: Packages, control: Control, held: Ints, change: Change, group: Group
) -> tuple[Ints, Ints]:
    issue, a, b = change
    rows = np.flatnonzero(held[:, issue] == a)
    drops = may_drop(packages.structure, control, group, a, b)
    after = _changed(held[rows], change)
    after, possible = settle(packages, after, issue, control.final, dropped=drops)
    return rows[possible], packages.numbers_of(after[possible])


def _double(packages: Packages, held: Ints, one: Change, other: Change) -> tuple[Ints, Ints]:
    rows = np.flatnonzero((held[:, one[0]] == one[1]) & (held[:, other[0]] == other[1]))
    first, second = _changed(held[rows], one), _changed(held[rows], other)
    both = _changed(first, other)
    only = packages.allowed(both) & ~packages.allowed(first) & ~packages.allowed(second)
    return rows[only], packages.numbers_of(both[only])


def _changed(held: Ints, change: Change) -> Ints:
    after = held.copy()
    after[:, change[0]] = change[2]
    return after


def may_drop(structure: Structure, control: Control, group: Group, a: int, b: int) -> bool:
    """Whether ``group`` can drop option ``a``, which leaves ``b``."""
    place = structure.options[a]
    if a == place.status_quo or b != place.undelivered or control.final[a]:
        return False
    return group[0] in control.by[a] if len(group) == 1 else bool(control.shared[a])


def may_take(structure: Structure, control: Control, group: Group, a: int, b: int) -> bool:
    """Whether ``group`` alone can take up option ``b`` where ``a`` holds."""
    if len(group) != 1 or control.by[b] != group or control.shared[b]:
        return False
    at_start = a == structure.options[a].status_quo
    return at_start or (set(group) <= set(control.by[a]) and not control.final[a])


def single_moves(packages: Packages, control: Control, numbers: Ints) -> Arcs:
    """Moves by chains of changes among the packages ``numbers``, rising: (package,).

    Raises SpaceTooLarge for more than a graph takes.
    """
    held = packages.space.positions_of(numbers)
    parts: dict[Group, list[tuple[Ints, Ints]]] = {}
    for group, rows, ends in changes(packages, control, held):
        at = np.minimum(np.searchsorted(numbers, ends), len(numbers) - 1)
        known = numbers[at] == ends
        parts.setdefault(group, []).append((rows[known], at[known]))
    return {group: _chained(len(numbers), some) for group, some in parts.items()}


def _chained(states: int, parts: list[tuple[Ints, Ints]]) -> tuple[Ints, Ints]:
    start = np.concatenate([rows for rows, _ in parts])
    end = np.concatenate([ends for _, ends in parts])
    order = np.lexsort((end, start))
    start, end = start[order], end[order]
    first = np.searchsorted(start, np.arange(states + 1)).astype(np.int64)
    pairs = _closure(first, end, states, graph.MOST_MOVES)
    if len(pairs) > graph.MOST_MOVES:
        raise SpaceTooLarge(
            f"more than {graph.MOST_MOVES:,} moves among {states:,} packages; fewer are taken; "
            "merge options nobody disputes"
        )
    return pairs[:, 0], pairs[:, 1]


@kernel
def _closure(first: Ints, to: Ints, states: int, most: int) -> Ints:
    """All pairs of a state and one that chains of moves reach from it: shape (pair, 2).

    Stops once there are more than ``most``.
    """
    out = np.empty((max(to.size, 16), 2), dtype=np.int64)
    seen, stack, count = np.full(states, -1), np.empty(states + 1, dtype=np.int64), 0
    for x in range(states):
        seen[x], stack[0], height = x, x, 1
        while height > 0 and count <= most:
            height -= 1
            y = stack[height]
            for a in range(first[y], first[y + 1]):
                z = to[a]
                if seen[z] != x:
                    seen[z] = x
                    stack[height] = z
                    height += 1
                    if count == len(out):
                        wider = np.empty((2 * count, 2), dtype=np.int64)
                        wider[:count] = out
                        out = wider
                    out[count, 0], out[count, 1] = x, z
                    count += 1
    return out[:count]


def agreements(packages: Packages, control: Control, numbers: Ints) -> Arcs:
    """Moves from the status quo to each package among ``numbers``, by all whom it takes."""
    at = int(np.searchsorted(numbers, packages.status_quo))
    if at >= len(numbers) or numbers[at] != packages.status_quo:
        return {}
    held = packages.space.positions_of(numbers)
    needed = np.zeros((len(numbers), len(control.makers)), dtype=np.bool_)
    for maker in range(len(control.makers)):
        needed[:, maker] = control.named(maker)[held].any(axis=1)
    found: dict[Group, list[int]] = {}
    for carriers in carrying(packages.structure):
        for end in range(len(numbers)):
            if end != at:
                members = tuple(sorted({*carriers, *np.flatnonzero(needed[end]).tolist()}))
                found.setdefault(members, []).append(end)
    return {
        group: (np.full(len(ends), at, dtype=np.int64), np.array(ends, dtype=np.int64))
        for group, ends in found.items()
    }


def carrying(structure: Structure) -> list[Group]:
    """The smallest groups of principals that carry a package; all of them without a quorum."""
    every = tuple(range(structure.principals))
    quorum = structure.quorum
    if quorum is None:
        return [every]
    found: list[Group] = []
    for size in range(1, len(every) + 1):
        for group in combinations(every, size):
            enough = sum(quorum.weights[i] for i in group) >= quorum.needed
            smaller = any(set(one) <= set(group) for one in found)
            if enough and not smaller and set(quorum.veto) <= set(group):
                found.append(group)
    return found


def joined(*parts: Arcs) -> Arcs:
    """Moves of the same group put together."""
    groups = dict.fromkeys(group for part in parts for group in part)
    return {
        group: (
            np.concatenate([part[group][0] for part in parts if group in part]),
            np.concatenate([part[group][1] for part in parts if group in part]),
        )
        for group in groups
    }
