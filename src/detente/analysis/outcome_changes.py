"""How outcomes differ besides their probabilities: zone, causes, deals and what blocks them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.analysis.blockers import BlockingSet, blockers
from detente.analysis.packages import LikelyPackage, likely_packages
from detente.analysis.pooling import FEW, Difference, change, pooled
from detente.analysis.probabilities import Event
from detente.arrays import Bools
from detente.bargaining.space import NO_PACKAGE
from detente.ensemble.chunk import Outcomes, space_for
from detente.model.causes import CAUSES
from detente.model.structure import Structure

CERTAIN = 1.96  # standard errors by which the first of two counts has to lead


@dataclass(frozen=True, slots=True)
class Blocker:
    """The most frequent minimal blocking set, and whether it clearly leads the next.

    ``found.share`` is of the draws without a zone.
    """

    found: BlockingSet
    leads: bool


@dataclass(frozen=True, slots=True)
class Leading:
    """The most frequent package of deals, and whether it clearly leads the next."""

    package: LikelyPackage
    leads: bool


@dataclass(frozen=True, slots=True)
class OutcomeChanges:
    """What differs between two sides that share their random numbers.

    Attributes:
        zone: the share of draws in which some package suits everybody.
        missed: of the draws in which they meet and some package suits everybody, the
            share in which they miss it; None where that never happens.
        causes: by ending of the run-up, its share; empty without a run-up.
        options: by option, the share of deals that contain it; empty without deals.
        packages: the most frequent package on each side.
        blocking: what most often stands in the way on each side.
    """

    zone: Difference
    missed: Difference | None
    causes: dict[int, Difference]
    options: dict[str, Difference]
    packages: tuple[Leading | None, Leading | None]
    blocking: tuple[Blocker | None, Blocker | None]


def outcome_changes(structure: Structure, before: Outcomes, after: Outcomes) -> OutcomeChanges:
    """Everything of the above; ``before`` and ``after`` were run with blocking sets."""
    zone = shift((before.zone > 0, None), (after.zone > 0, None))
    assert zone is not None
    return OutcomeChanges(
        zone,
        shift(_missed(before), _missed(after)),
        _causes(before, after),
        _options(structure, before, after),
        (_leading(structure, before), _leading(structure, after)),
        (_blocker(structure, before), _blocker(structure, after)),
    )


def shift(first: Event, second: Event) -> Difference | None:
    """Second less first; None where one of the conditions holds in too few draws."""
    sides = [pooled([1.0], [event]) for event in (first, second)]
    a, b = sides
    if a is None or b is None or min(a.count, b.count) < FEW:
        return None
    return change(a, b)


def _missed(outcomes: Outcomes) -> Event:
    met = outcomes.held & (outcomes.zone > 0)
    return met & ~outcomes.deal, met


def _causes(before: Outcomes, after: Outcomes) -> dict[int, Difference]:
    if before.cause is None or after.cause is None:
        return {}
    found = {code: shift(_ended(before, code), _ended(after, code)) for code in CAUSES}
    return {code: one for code, one in found.items() if one is not None}


def _ended(outcomes: Outcomes, code: int) -> Event:
    assert outcomes.cause is not None
    return np.asarray(outcomes.cause == code), None


def _options(structure: Structure, before: Outcomes, after: Outcomes) -> dict[str, Difference]:
    """Options off the status quo, by the share of deals that contain them."""
    first, second = _contained(structure, before), _contained(structure, after)
    found = {
        option.ref: shift((first[place], before.deal), (second[place], after.deal))
        for place, option in enumerate(structure.options)
        if place != option.status_quo
    }
    return {ref: one for ref, one in found.items() if one is not None}


def _contained(structure: Structure, outcomes: Outcomes) -> list[Bools]:
    """For each option, whether the package on the table contains it: columns (draw,)."""
    known = outcomes.package != NO_PACKAGE
    chosen = space_for(structure).positions_of(np.where(known, outcomes.package, 0))
    return [
        known & np.asarray((chosen == place).any(axis=1)) for place in range(len(structure.options))
    ]


def _leading(structure: Structure, outcomes: Outcomes) -> Leading | None:
    deals = int(outcomes.deal.sum())
    if deals < FEW:
        return None
    first, *others = likely_packages(structure, outcomes, most=2)
    second = max((other.share for other in others), default=0.0)
    return Leading(first, _leads(first.share, second, deals))


def _blocker(structure: Structure, outcomes: Outcomes) -> Blocker | None:
    empty = int((outcomes.package == NO_PACKAGE).sum())
    sets = blockers(structure, outcomes, most=2).sets
    if empty < FEW or not sets:
        return None
    first, *others = sets
    second = max((other.share for other in others), default=0.0)
    return Blocker(first, _leads(first.share, second, empty))


def _leads(first: float, second: float, of: int) -> bool:
    """Whether a share is clearly the larger of two; the variance is the most it can be."""
    variance = (first + second - (first - second) ** 2) / of
    return first - second > CERTAIN * max(variance, 0.0) ** 0.5
