"""How likely: every named probability of a run with its Monte Carlo error."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from detente.ensemble.chunk import Outcomes
from detente.model.gains import Bools

# The names, for good. Those whose act a situation does not model are absent, not zero.
NAMES = ("held", "deal", "tangible_given_held", "tangible", "lasts_given_deal", "escalates")

MEANINGS = {
    "held": "the meeting takes place",
    "deal": "a deal closes",
    "tangible_given_held": "something tangible is agreed, if they meet",
    "tangible": "they meet and agree on something tangible",
    "lasts_given_deal": "the deal outlasts the horizon, if there is one",
    "escalates": "war between the principals within the horizon",
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


def probabilities(outcomes: Outcomes) -> dict[str, Estimate]:
    """Every probability these outcomes carry, by name.

    Without a run-up the meeting is taken as held, so ``held`` and ``tangible`` are absent.
    """
    return {"deal": share(outcomes.deal), "tangible_given_held": share(outcomes.tangible)}
