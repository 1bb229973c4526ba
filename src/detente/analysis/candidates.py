"""Which events of a meeting could be observed next, as columns over its draws."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.analysis.evidence import caused
from detente.arrays import Bools
from detente.bargaining.space import NO_PACKAGE
from detente.ensemble.chunk import Outcomes, space_for
from detente.model.causes import IN_TENSION, NO_RESULT, WAR
from detente.model.structure import Structure


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that may be seen to happen or not.

    ``sort`` is one of held, tension, no-result, war-first, deal, tangible, option, lasts,
    escalates, incidents; ``detail`` is the option or the number of incidents.
    """

    sort: str
    detail: str = ""


def ahead(structure: Structure, outcomes: Outcomes, usual: int) -> dict[Candidate, Bools]:
    """What a meeting that has not happened yet may bring: columns of shape (draw,).

    ``usual`` is the number of incidents that a run-up usually sees.
    """
    found: dict[Candidate, Bools] = {}
    if outcomes.cause is not None:
        found[Candidate("held")] = outcomes.held
        found |= why_not(outcomes)
        found |= eventful(outcomes, usual)
    found[Candidate("deal")] = outcomes.deal
    found[Candidate("tangible")] = outcomes.tangible
    for ref, column in _options(structure, outcomes):
        found[Candidate("option", ref)] = column
    if outcomes.lasts is not None:
        found[Candidate("lasts")] = outcomes.lasts
    if outcomes.escalated is not None:
        found[Candidate("escalates")] = outcomes.escalated
    return found


def why_not(outcomes: Outcomes) -> dict[Candidate, Bools]:
    """Why a meeting was not held."""
    return {
        Candidate("tension"): caused(outcomes, IN_TENSION),
        Candidate("no-result"): caused(outcomes, NO_RESULT),
        Candidate("war-first"): caused(outcomes, WAR),
    }


def eventful(outcomes: Outcomes, usual: int) -> dict[Candidate, Bools]:
    """Whether more incidents came than usual."""
    if outcomes.incidents is None:
        return {}
    return {Candidate("incidents", str(usual)): outcomes.incidents > usual}


def _options(structure: Structure, outcomes: Outcomes) -> list[tuple[str, Bools]]:
    """Every option that changes something, and whether a deal holds it."""
    space = space_for(structure)
    held = space.positions_of(outcomes.package)
    agreed = outcomes.deal & (outcomes.package != NO_PACKAGE)
    unchanged = set(structure.status_quo)
    return [
        (option.ref, np.asarray(agreed & (held == place).any(axis=1)))
        for place, option in enumerate(structure.options)
        if place not in unchanged
    ]
