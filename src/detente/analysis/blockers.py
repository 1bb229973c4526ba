"""What stands in the way: how often each minimal blocking set occurs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.analysis.counting import Counts
from detente.bargaining.blocking import constraint_names
from detente.bargaining.space import NO_PACKAGE
from detente.ensemble.chunk import Outcomes
from detente.model.structure import Structure


@dataclass(frozen=True, slots=True)
class BlockingSet:
    """Constraints that together close the zone; taking them all away opens it.

    ``share`` is of the draws whose zone is empty; a draw may have several minimal sets.
    """

    constraints: tuple[str, ...]
    share: float


@dataclass(frozen=True, slots=True)
class Blockers:
    """Why draws end without a deal.

    Attributes:
        no_zone: share of all draws in which no package suits everybody.
        not_closed: share of all draws with a zone but no deal, because the sides
            misread each other.
        cut: of the draws with no zone, the share in which sets may be missing.
        larger: of the draws with no zone, the share where surely no set of up to three
            opens it.
        sets: minimal blocking sets, most frequent first.
        alone: of the draws with no zone, how often each constraint is a set by itself.
        involved: the same, how often it is part of some minimal set.
    """

    no_zone: float
    not_closed: float
    cut: float
    larger: float
    sets: tuple[BlockingSet, ...]
    alone: dict[str, float]
    involved: dict[str, float]


class BlockerCount:
    """Counts of blocking sets over pieces of a run: the same however it is cut up."""

    def __init__(self, structure: Structure) -> None:
        """Nothing has been counted."""
        self._names = constraint_names(structure)
        self._draws = self._empty = self._not_closed = self._cut = self._larger = 0
        self._sets, self._together = Counts(), Counts()

    def add(self, outcomes: Outcomes) -> None:
        """Count one more piece."""
        empty = outcomes.package == NO_PACKAGE
        sets = outcomes.sets[empty]
        self._draws += len(outcomes)
        self._empty += int(empty.sum())
        self._not_closed += int((~empty & outcomes.held & ~outcomes.deal).sum())
        self._cut += int(outcomes.cut[empty].sum())
        larger = (outcomes.set_count == 0) & np.logical_not(outcomes.cut)
        self._larger += int(larger[empty].sum())
        self._sets.add(sets[sets != 0])
        self._together.add(np.bitwise_or.reduce(sets, axis=1))

    def result(self, most: int = 12) -> Blockers:
        """Shares; at most ``most`` sets are listed."""
        total, not_closed = self._empty, self._not_closed / self._draws
        if not total:
            return Blockers(0.0, not_closed, 0.0, 0.0, (), {}, {})
        masks, counts = self._sets.counted()
        order = np.lexsort((masks, -counts))
        listed = [
            BlockingSet(_named(int(masks[i]), self._names), float(counts[i]) / total) for i in order
        ]
        return Blockers(
            total / self._draws,
            not_closed,
            self._cut / total,
            self._larger / total,
            tuple(listed[:most]),
            {s.constraints[0]: s.share for s in listed if len(s.constraints) == 1},
            self._involved(),
        )

    def _involved(self) -> dict[str, float]:
        """How often each constraint is part of some set, most often first."""
        masks, counts = self._together.counted()
        shares = {
            name: float(counts[(masks >> bit & 1) == 1].sum()) / self._empty
            for bit, name in enumerate(self._names)
        }
        return dict(sorted(((n, s) for n, s in shares.items() if s), key=lambda pair: -pair[1]))


def blockers(structure: Structure, outcomes: Outcomes, most: int = 12) -> Blockers:
    """Count the minimal blocking sets of a run; at most ``most`` sets are listed."""
    count = BlockerCount(structure)
    count.add(outcomes)
    return count.result(most)


def _named(mask: int, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for bit, name in enumerate(names) if mask >> bit & 1)
