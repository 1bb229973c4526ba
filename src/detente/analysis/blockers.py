"""What stands in the way: how often each minimal blocking set occurs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.analysis.probabilities import share
from detente.arrays import Ints
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


def blockers(structure: Structure, outcomes: Outcomes, most: int = 12) -> Blockers:
    """Count the minimal blocking sets of a run; at most ``most`` sets are listed."""
    empty = outcomes.package == NO_PACKAGE
    total = int(empty.sum())
    n = len(outcomes)
    not_closed = share(~empty & outcomes.held & ~outcomes.deal).p
    if not total:
        return Blockers(0.0, not_closed, 0.0, 0.0, (), {}, {})
    sets = outcomes.sets[empty]
    masks, counts = np.unique(sets[sets != 0], return_counts=True)
    names = constraint_names(structure)
    order = np.lexsort((masks, -counts))
    listed = [BlockingSet(_named(int(masks[i]), names), float(counts[i]) / total) for i in order]
    alone = {s.constraints[0]: s.share for s in listed if len(s.constraints) == 1}
    return Blockers(
        total / n,
        not_closed,
        share(outcomes.cut[empty]).p,
        share(np.logical_not(outcomes.set_count[empty]) & np.logical_not(outcomes.cut[empty])).p,
        tuple(listed[:most]),
        alone,
        _involved(sets, names),
    )


def _named(mask: int, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for bit, name in enumerate(names) if mask >> bit & 1)


def _involved(sets: Ints, names: tuple[str, ...]) -> dict[str, float]:
    any_set: Ints = np.bitwise_or.reduce(sets, axis=1)
    shares = {name: share(np.asarray(any_set >> bit & 1 == 1)).p for bit, name in enumerate(names)}
    return dict(sorted(((n, s) for n, s in shares.items() if s), key=lambda pair: -pair[1]))
