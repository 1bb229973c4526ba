"""What a protocol is asked and what it answers, whichever protocol it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from detente.arrays import Bools, Floats, Ints
from detente.bargaining.layout import lay_out_space
from detente.bargaining.rows import bonus_links, line_arrays, link_masks, lists_of, votes_of
from detente.bargaining.space import NO_PACKAGE, Space
from detente.model.structure import LinePlace
from detente.model.table import Table


@dataclass(frozen=True, slots=True)
class Solution:
    """What the parties at the table would agree on.

    Attributes:
        package: shape (draw,), number of the chosen package, -1 where there is none.
        zone: shape (draw,), how many packages are in the zone of possible agreement.
        ties: shape (draw,), how many packages score as well as the chosen one.
        gain: shape (draw, party), gains from the chosen package, NaN without one.
        to_win: shape (draw, principal), whose demand may have been misread, so that the
            package may yet fail; the one who proposes it knows its own.
        gap: shape (draw,), how much better another package could score; 0 where the draw is
            solved exactly, infinite where nothing was found and nothing ruled out.
    """

    package: Ints
    zone: Ints
    ties: Ints
    gain: Floats
    to_win: Bools
    gap: Floats


@dataclass(frozen=True, slots=True)
class Lots:
    """What chance decides at the table: columns of shape (draw,), between 0 and 1.

    ``proposes`` says who makes the first offer, ``lottery`` which of two packages a
    compromise between them turns out to be.
    """

    proposes: Floats
    lottery: Floats


Arrays = tuple[Any, ...]  # what a kernel unpacks


@dataclass(frozen=True, slots=True)
class Question:
    """One bargaining problem a draw, laid out for kernels."""

    space: Space
    table: Table
    lines: tuple[LinePlace, ...]
    lots: Lots | None = None

    @property
    def draws(self) -> int:
        """How many problems."""
        return len(self.table.demand)

    def blank(self) -> tuple[Ints, Ints, Ints]:
        """Columns for a kernel to fill: package, zone, ties."""
        package, zone, ties = (np.empty(self.draws, dtype=np.int64) for _ in range(3))
        return package, zone, ties

    def arrays(self) -> tuple[Arrays, Arrays]:
        """The problems, and the space with the lists that links always in force leave."""
        table = self.table
        space = lay_out_space(self.space.rules)
        in_force = link_masks(self.space.rules, table)
        always = int(np.bitwise_and.reduce(in_force)) if self.draws else 0
        lists = lists_of(space, always)
        problem = (
            table.gain, table.demand, table.weight, table.bonus, bonus_links(self.space.rules),
            table.absolute, in_force & ~np.int64(always), *line_arrays(self.lines),
        )  # fmt: skip
        layout = (
            space.high.options, space.high.number, space.high.changes, space.class_of,
            space.low.options, space.low.number, space.low.changes, lists.code, lists.start,
            lists.low, self.space.barred, *votes_of(self.space.rules, table.gain.shape[1]),
        )  # fmt: skip
        return problem, layout

    def answer(
        self, package: Ints, zone: Ints, ties: Ints, to_win: Bools | None = None,
        gap: Floats | None = None,
    ) -> Solution:  # fmt: skip
        """A solution from what a kernel has filled; by default everybody is to be won."""
        table = self.table
        gain = package_gains(self.space, table.gain, table.bonus, package)
        everybody = np.ones_like(table.weight, dtype=np.bool_)
        return Solution(
            package, zone, ties, gain, everybody if to_win is None else to_win,
            np.zeros(self.draws) if gap is None else gap,
        )  # fmt: skip


def package_gains(space: Space, option: Floats, bonus: Floats, numbers: Ints) -> Floats:
    """Every party's gain from one package a draw: shape (draw, party), NaN for number -1.

    Args:
        space: the package space.
        option: shape (draw, party, option), gains over the status quo.
        bonus: shape (draw, link, party), worth of ``with`` links in force.
        numbers: shape (draw,), package numbers.
    """
    known = numbers != NO_PACKAGE
    held = space.positions_of(numbers)
    gain = np.zeros((len(numbers), option.shape[1]))
    rows = np.arange(len(numbers))
    for positions in held.T:
        gain += option[rows, :, positions]
    for index, link in enumerate(space.rules.links):
        if link.form == "with":
            gain += np.where(active(space, index, held)[:, None], bonus[:, index, :], 0.0)
    gain[~known] = np.nan
    return gain


def active(space: Space, link: int, held: Ints) -> Bools:
    """Whether link ``link`` applies: shape (package,). ``held``: positions, (package, issue)."""
    place = space.rules.links[link]
    when = np.asarray(np.isin(held, place.when).any(axis=1))
    each: Bools = np.stack([(held == ref).any(axis=1) for ref in place.refs])
    match = np.asarray(each.all(axis=0) if place.match_all else each.any(axis=0))
    return when & match
