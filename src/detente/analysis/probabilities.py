"""How likely: every named probability of a run with its Monte Carlo error."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from detente.analysis.happenings import Happenings
from detente.arrays import Bools

# The names, for good. Those whose act a situation does not model are absent, not zero.
NAMES = ("held", "deal", "tangible_given_held", "tangible", "lasts_given_deal", "escalates")

MEANINGS = {
    "held": "the meeting takes place",
    "deal": "they meet and a deal closes",
    "tangible_given_held": "something tangible is agreed, if they meet",
    "tangible": "they meet and agree on something tangible",
    "lasts_given_deal": "the deal outlasts the horizon, if there is one",
    "escalates": "the principals are drawn into war",
}


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share of draws, and how far it may be off because draws are finite.

    ``mc_se`` is one standard error, sqrt(p (1 - p) / n). Draws are stratified, so it
    errs on the large side (McKay, Beckman & Conover 1979).
    """

    p: float
    mc_se: float


def share(happened: Bools) -> Estimate:
    """The share of True with its error. ``happened`` has shape (draw,), at least one draw."""
    n = len(happened)
    p = float(np.count_nonzero(happened)) / n
    return Estimate(p, math.sqrt(p * (1.0 - p) / n))


def share_among(happened: Bools, given: Bools) -> Estimate | None:
    """The share of ``happened`` where ``given`` holds; None where it never does."""
    return share(happened[given]) if given.any() else None


Event = tuple[Bools, Bools | None]  # what happened, and given what; None: given anything


def events(outcomes: Happenings) -> dict[str, Event]:
    """What each name counts, in the order of NAMES: columns of shape (draw,).

    Without a calendar the meeting is taken as held.
    """
    found: dict[str, Event] = {
        "held": (outcomes.held, None),
        "deal": (outcomes.deal, None),
        "tangible_given_held": (outcomes.tangible, outcomes.held),
        "tangible": (outcomes.tangible, None),
    }
    if outcomes.lasts is not None:
        found["lasts_given_deal"] = (outcomes.lasts, outcomes.deal)
    if outcomes.escalated is not None:
        found["escalates"] = (outcomes.escalated, None)
    return found


def probabilities(outcomes: Happenings) -> dict[str, Estimate]:
    """Every probability these outcomes carry, by name, in the order of NAMES.

    Without a calendar the meeting is taken as held, so ``held`` and ``tangible`` are
    absent; a conditional probability whose condition never came true is absent too.
    """
    taken_as_given = () if outcomes.cause is not None else ("held", "tangible")
    found = {
        name: share(happened) if given is None else share_among(happened, given)
        for name, (happened, given) in events(outcomes).items()
        if name not in taken_as_given
    }
    return {name: estimate for name, estimate in found.items() if estimate is not None}
