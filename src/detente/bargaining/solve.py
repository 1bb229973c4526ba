"""Solve the table in every draw: from a Table to which package, how large the zone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.arrays import Bools, Floats, Ints
from detente.bargaining.nash import solve_draws
from detente.bargaining.rows import bonus_links, link_masks, lists_of
from detente.bargaining.space import NO_PACKAGE, Space
from detente.model.structure import LinePlace
from detente.model.table import Table


@dataclass(frozen=True, slots=True)
class Solution:
    """What the parties at the table would agree on.

    Attributes:
        package: shape (draw,), number of the chosen package, -1 where the zone is empty.
        zone: shape (draw,), how many packages are in the zone of possible agreement.
        ties: shape (draw,), how many packages score as well as the chosen one.
        gain: shape (draw, party), gains from the chosen package, NaN without one.
    """

    package: Ints
    zone: Ints
    ties: Ints
    gain: Floats


def solve(space: Space, table: Table, lines: tuple[LinePlace, ...] = ()) -> Solution:
    """The asymmetric Nash solution in every draw, by exact enumeration."""
    draws = len(table.demand)
    in_force = link_masks(space, table)
    always = int(np.bitwise_and.reduce(in_force)) if draws else 0
    lists = lists_of(space, always)
    package = np.empty(draws, dtype=np.int64)
    zone, ties = np.empty_like(package), np.empty_like(package)
    solve_draws(
        table.gain, table.demand, table.weight, table.bonus, bonus_links(space),
        table.absolute, in_force & ~np.int64(always),
        np.array([line.party for line in lines], dtype=np.int64),
        np.array([line.option for line in lines], dtype=np.int64),
        space.high.options, space.high.number, space.high.changes, space.class_of,
        space.low.options, space.low.number, space.low.changes, lists.code,
        lists.start, lists.low, space.barred, package, zone, ties,
    )  # fmt: skip
    return Solution(package, zone, ties, package_gains(space, table.gain, table.bonus, package))


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
