"""Act 3, the aftermath: how long a deal lasts, and whether war comes with or without it.

The collapse hazard a month is

    rate exp(-b1 (surplus - 0.1) - b2 (trust - 0.5) + b3 (T - 0.5)) + spoilers

with the least surplus over principals, the least trust of one in another, and
tension T. The rate is anchored on published peace agreements, taken to be of
middling surplus, trust and tension. After a deal a spoiler adds what it can do a
month times Phi((loss - cost) / noise), its loss being what the deal takes from it.
"""

from __future__ import annotations

import numpy as np

from detente.arrays import Bools, Floats
from detente.kernels import exp_each, kernel, log, normal_cdf_each
from detente.model.structure import Structure
from detente.sampling.draws import Draws

MIDDLING_SURPLUS = 0.1
MIDDLING_TRUST = 0.5
MIDDLING_TENSION = 0.5


def collapse_hazard(
    structure: Structure, draws: Draws, surplus: Floats, tension: Floats, loss: Floats
) -> Floats:
    """Collapses a month under the deal of each draw: shape (draw,), above 0.

    Args:
        structure: the situation.
        draws: the inputs.
        surplus: shape (draw, principal), gain less demand.
        tension: shape (draw,), on the eve.
        loss: shape (draw, party), what the deal takes from each party, at least 0.
    """
    exponent = (
        -draws.value("aftermath.surplus_effect") * (surplus.min(axis=1) - MIDDLING_SURPLUS)
        - draws.value("aftermath.trust_effect") * (_least_trust(structure, draws) - MIDDLING_TRUST)
        + draws.value("aftermath.tension_effect") * (tension - MIDDLING_TENSION)
    )
    hazard = draws.value("aftermath.rate") * exp_each(exponent)
    for kind in structure.incident_kinds:
        for spoiler in kind.saboteurs:
            stem = f"runup.sabotage.{spoiler}.{kind.id}"
            own = loss[:, structure.parties.index(spoiler)]
            worth = (own - draws.value(f"{stem}.cost")) / draws.value("runup.noise")
            hazard += np.where(
                own > 0.0, draws.value(f"{stem}.after") * normal_cdf_each(worth), 0.0
            )
    return hazard


def _least_trust(structure: Structure, draws: Draws) -> Floats:
    """Least trust of one principal in another; middling where none is stated."""
    names = structure.parties[: structure.principals]
    least = np.full(draws.rows, np.inf)
    for one in names:
        for other in names:
            address = f"trust.{one}.{other}"
            if address in draws.values:
                least = np.minimum(least, draws.value(address))
    return np.where(np.isinf(least), MIDDLING_TRUST, least)


@kernel
def months_lasted(hazard: Floats, u: Floats) -> Floats:
    """An exponential lifetime in months, by its inverse: shape (draw,)."""
    out = np.empty_like(hazard)
    for i in range(out.size):
        out[i] = -log(u[i]) / hazard[i] if hazard[i] > 0.0 else np.inf
    return out


def escalates(draws: Draws, risk: Floats, removed: Floats, deal: Bools, war: Bools) -> Bools:
    """Whether war comes: on the road, or with risk R, or R (1 - share removed) under a deal."""
    chance = np.where(deal, risk * (1.0 - removed), risk)
    return war | (draws.chance("aftermath.war") < chance)
