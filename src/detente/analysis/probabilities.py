"""How likely: every named probability of a run with its Monte Carlo error."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from detente.arrays import Bools
from detente.ensemble.chunk import Outcomes

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


def probabilities(outcomes: Outcomes) -> dict[str, Estimate]:
    """Every probability these outcomes carry, by name, in the order of NAMES.

    Without a calendar the meeting is taken as held, so ``held`` and ``tangible`` are
    absent; a conditional probability whose condition never came true is absent too.
    """
    modelled = outcomes.cause is not None
    found = {
        "held": share(outcomes.held) if modelled else None,
        "deal": share(outcomes.deal),
        "tangible_given_held": share_among(outcomes.tangible, outcomes.held),
        "tangible": share(outcomes.tangible) if modelled else None,
        "lasts_given_deal": (
            None if outcomes.lasts is None else share_among(outcomes.lasts, outcomes.deal)
        ),
        "escalates": None if outcomes.escalated is None else share(outcomes.escalated),
    }
    return {name: estimate for name, estimate in found.items() if estimate is not None}
