"""Which packages of a situation are states of its graph: all that links allow, or those that matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from detente.analysis.efficient import efficient
from detente.arrays import Ints
from detente.errors import SpaceTooLarge
from detente.sampling.draws import Plan
from detente.situation.scenarios import Scenario
from detente.situation.schema import Situation
from detente.stability.control import Control
from detente.stability.graph import MOST_MOVES, MOST_STATES
from detente.stability.moving import Arcs, agreements, changes, joined, single_moves
from detente.stability.packages import Packages

MOST_KEPT = 2000  # packages of a space that is too large to be looked at whole
MOST_EFFICIENT = 60


@dataclass(frozen=True, slots=True)
class Kept:
    """The packages that are states.

    Attributes:
        numbers: shape (state,), package numbers, rising.
        allowed: packages that links allow; None where there are too many to count.
        core: those that matter most, where others were left out.
        lost: single changes that lead to a package left out.
    """

    numbers: Ints
    allowed: int | None
    core: tuple[int, ...] = ()
    lost: int = 0

    @property
    def whole(self) -> bool:
        """Whether every package is a state that links allow."""
        return self.allowed == len(self.numbers)


def kept_packages(
    situation: Situation, scenario: Scenario, plan: Plan, packages: Packages, control: Control,
    first: Sequence[int],
) -> tuple[Kept, Arcs]:  # fmt: skip
    """Every package that links allow, or else those that matter most; and the moves among them.

    ``first``: numbers of packages that are kept in any case. Raises SpaceTooLarge where even
    so there are more moves than a graph takes.
    """
    every = packages.every()
    if every is not None and len(every) <= MOST_STATES:
        whole = np.union1d(every, [packages.status_quo]).astype(np.int64)
        try:
            return Kept(whole, len(whole)), _moves(packages, control, whole)
        except SpaceTooLarge:
            pass  # too many moves for too few packages: fewer packages are kept
    core = _core(situation, scenario, plan, packages, first)
    numbers, lost = _around(packages, control, core)
    kept = Kept(numbers, None if every is None else len(every), tuple(core), lost)
    return kept, _moves(packages, control, numbers)


def _moves(packages: Packages, control: Control, numbers: Ints) -> Arcs:
    moves = joined(single_moves(packages, control, numbers), agreements(packages, control, numbers))
    count = sum(len(start) for start, _ in moves.values())
    if count > MOST_MOVES:
        raise SpaceTooLarge(
            f"{count:,} moves among {len(numbers):,} packages; at most {MOST_MOVES:,} are taken; "
            "merge options nobody disputes"
        )
    return moves


def _core(
    situation: Situation, scenario: Scenario, plan: Plan, packages: Packages, first: Sequence[int]
) -> list[int]:
    """The status quo, what is kept in any case, and efficient packages, as links allow."""
    core = [packages.status_quo, *first]
    try:
        best = efficient(situation, scenario, plan, None, within_zone=False).frontier
        core += best.package[:MOST_EFFICIENT].tolist()
    except SpaceTooLarge:
        pass  # likely packages and what can be made of them are left
    core = list(dict.fromkeys(core))
    allowed = packages.allowed(packages.space.positions_of(np.array(core)))
    return [n for n, ok in zip(core, allowed, strict=True) if ok or n == packages.status_quo]


def _around(packages: Packages, control: Control, core: list[int]) -> tuple[Ints, int]:
    """The core, and what single changes make of it, step by step until enough are kept."""
    kept = dict.fromkeys(core)
    edge, lost = core, 0
    while edge:
        held = packages.space.positions_of(np.array(edge, dtype=np.int64))
        found = [ends for _, _, ends in changes(packages, control, held)]
        ends = np.concatenate([np.zeros(0, dtype=np.int64), *found]).tolist()
        new = [number for number in dict.fromkeys(ends) if number not in kept]
        room = max(MOST_KEPT - len(kept), 0)
        kept.update(dict.fromkeys(new[:room]))
        left = set(new[room:])
        lost += sum(number in left for number in ends)
        edge = new[:room]
    return np.array(sorted(kept), dtype=np.int64), lost
