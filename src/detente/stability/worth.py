"""What a package is worth to each decision maker, and so how it ranks them.

For maker i and package p

    v_i(p) = g_i(p) - h_i [p takes up something that i controls]

g_i is the gain over the status quo, h_i what i demands before it signs: its outlook, the price
at home of signing, hardening by tension, less leverage on it. So whoever takes part in nothing
keeps what time alone would bring it, and a package suits i better than the status quo exactly
if it does at the table. A package across a red line that no price would buy comes last.

A state is what has come about, so gains are those of what is delivered: doubts whether it will
be are for the table, and here the moves say who might not deliver.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from detente.arrays import Bools, Floats, Ints
from detente.bargaining.solution import active
from detente.model.gains import Gains
from detente.model.structure import Structure
from detente.stability.control import Control
from detente.stability.packages import Packages

SAME = 1e-9  # stakes within which two packages are worth the same
LAST = -1e6


@dataclass(frozen=True, slots=True)
class Ground:
    """What does not change from draw to draw. Axes: state, issue, option, maker, link.

    Attributes:
        held: shape (state, issue), option positions.
        part: shape (maker, state), whether the state takes up something the maker controls.
        together: shape (link, state), whether a link is active.
        by_hand: ranks (state,) by maker whose order is given by hand.
    """

    structure: Structure
    makers: tuple[str, ...]
    held: Ints
    part: Bools
    together: Bools
    by_hand: Mapping[int, Ints]


def ground_of(
    packages: Packages, control: Control, numbers: Ints,
    order: Mapping[str, Sequence[Sequence[str]]],
) -> Ground:  # fmt: skip
    """Prepare the packages ``numbers`` (state,) to be ranked."""
    held = packages.space.positions_of(numbers)
    links = range(len(packages.structure.links))
    together = [active(packages.space, link, held) for link in links]
    return Ground(
        packages.structure, control.makers, held,
        np.stack([control.takes_part(m)[held].any(axis=1) for m in range(len(control.makers))]),
        np.array(together, dtype=np.bool_).reshape(len(links), len(held)),
        {control.makers.index(name): rank_by_hand(packages.structure, held, statements)
         for name, statements in order.items() if name in control.makers},
    )  # fmt: skip


def rank_by_hand(structure: Structure, held: Ints, statements: Sequence[Sequence[str]]) -> Ints:
    """Ranks from statements, the most important first: each outweighs all after it together.

    A statement holds where all its parts do: ``issue.option``, or ``not issue.option``.
    """
    where = {option.ref: index for index, option in enumerate(structure.options)}
    rows = np.zeros((len(held), len(statements)), dtype=np.bool_)
    for column, parts in enumerate(statements):
        holds = np.ones(len(held), dtype=np.bool_)
        for text in parts:
            ref = text.removeprefix("not ").strip()
            holds &= (held == where[ref]).any(axis=1) != text.startswith("not ")
        rows[:, column] = holds
    _, rank = np.unique(rows, axis=0, return_inverse=True)
    return np.asarray(rank, dtype=np.int64).reshape(-1)


def values_of(
    ground: Ground, gain: Floats, bonus: Floats, absolute: Bools, demand: Mapping[str, float]
) -> Floats:
    """What each state is worth to each maker in one draw: shape (maker, state), in stakes.

    Args:
        ground: the states.
        gain: shape (party, option), gains over the status quo.
        bonus: shape (link, party), worth of ``with`` links in force.
        absolute: shape (line,), red lines that no price would buy.
        demand: what each party demands before it signs.
    """
    structure = ground.structure
    found = np.zeros((len(ground.makers), len(ground.held)))
    for m, name in enumerate(ground.makers):
        if name not in structure.parties:
            continue
        p = structure.parties.index(name)
        for column in ground.held.T:
            found[m] += gain[p, column]
        for link, place in enumerate(structure.links):
            if place.form == "with":
                found[m] += ground.together[link] * bonus[link, p]
        found[m] -= np.where(ground.part[m], demand.get(name, 0.0), 0.0)
        for line, place in enumerate(structure.lines):
            if absolute[line] and place.party == p:
                found[m] += np.where((ground.held == place.option).any(axis=1), LAST, 0.0)
    return found


def ranks_of(ground: Ground, values: Floats) -> Ints:
    """Values as ranks: shape (maker, state); what is within SAME of the one below ties with it."""
    order = np.argsort(values, axis=1, kind="stable")
    rising = np.take_along_axis(values, order, axis=1)
    steps = np.zeros(values.shape, dtype=np.int64)
    steps[:, 1:] = np.cumsum(np.diff(rising, axis=1) > SAME, axis=1)
    rank = np.empty_like(steps)
    np.put_along_axis(rank, order, steps, axis=1)
    for maker, own in ground.by_hand.items():
        rank[maker] = own
    return rank


def mean_values(ground: Ground, gains: Gains, demand: Mapping[str, Floats]) -> Floats:
    """Means over the draws in which no absolute red line bars a state: shape (maker, state).

    A state that is barred in at least half of the draws comes last.
    """
    total = np.zeros((len(ground.makers), len(ground.held)))
    count = np.zeros(total.shape, dtype=np.int64)
    draws = len(gains.option)
    for draw in range(draws):
        values = draw_values(ground, gains, demand, draw)
        free = values > LAST / 2
        total += np.where(free, values, 0.0)
        count += free
    return np.where(2 * count > draws, total / np.maximum(count, 1), LAST)


def draw_values(ground: Ground, gains: Gains, demand: Mapping[str, Floats], draw: int) -> Floats:
    """Values in one draw."""
    return values_of(
        ground, gains.option[draw], gains.bonus[draw], gains.absolute[draw],
        {name: float(demands[draw]) for name, demands in demand.items()},
    )  # fmt: skip
