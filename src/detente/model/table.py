"""Act 2, the table: what each party demands, how it weighs, whether a deal closes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.arrays import Bools, Floats
from detente.kernels import exp_each, kernel, normal_cdf
from detente.model.gains import Gains, Mood
from detente.model.structure import Structure
from detente.sampling.draws import Draws


@dataclass(frozen=True, slots=True)
class Table:
    """One bargaining problem a draw.

    Attributes:
        gain: shape (draw, party, option), only parties that can stop a package:
            principals, then consenters.
        demand: shape (draw, party), the least gain each agrees to; a consenter's is
            lowered by the leverage others have on it.
        weight: shape (draw, principal), bargaining weights, positive.
        misreading: shape (draw, principal), spread of what the others think it demands.
        line_cost, absolute, holds, bonus: as in Gains.
    """

    gain: Floats
    demand: Floats
    weight: Floats
    misreading: Floats
    line_cost: Floats
    absolute: Bools
    holds: Bools
    bonus: Floats


def set_table(structure: Structure, draws: Draws, gains: Gains, mood: Mood) -> Table:
    """Demands h_i = outlook + signing cost + hardening T, and weights.

    A principal's weight is its power times e^(-impatience x felt pressure): the
    pressed are impatient, and impatience costs bargaining power (Rubinstein 1982).
    """
    n = structure.at_table
    demand = np.empty((draws.rows, n))
    for p, party in enumerate(structure.parties[:n]):
        demand[:, p] = (
            draws.value(f"outlook.{party}")
            + draws.value(f"signing_cost.{party}")
            + draws.value(f"hardening.{party}") * mood.tension
        )
        if p >= structure.principals:
            demand[:, p] -= draws.value(f"leverage.{party}")
    principals = structure.parties[: structure.principals]
    power = np.stack([draws.value(f"power.{name}") for name in principals], axis=1)
    impatience = draws.value("impatience")[:, None] * gains.felt[:, : structure.principals]
    misreading = np.stack([draws.value(f"misreading.{name}") for name in principals], axis=1)
    return Table(
        gain=np.ascontiguousarray(gains.option[:, :n, :]),
        demand=demand,
        weight=power * exp_each(-impatience),
        misreading=misreading,
        line_cost=gains.line_cost,
        absolute=gains.absolute,
        holds=gains.holds,
        bonus=np.ascontiguousarray(gains.bonus[:, :, :n]),
    )


@kernel
def closing_chance(surplus: Floats, misreading: Floats) -> Floats:
    """Product over principals of Phi(surplus / misreading). Shape (draw,).

    Args:
        surplus: shape (draw, principal), gain less demand; NaN where there is no package.
        misreading: shape (draw, principal), at least 0. At 0 a feasible package closes.
    """
    out = np.zeros(surplus.shape[0])
    for d in range(surplus.shape[0]):
        if np.isnan(surplus[d, 0]):
            continue
        chance = 1.0
        for p in range(surplus.shape[1]):
            if misreading[d, p] > 0.0:
                chance *= normal_cdf(surplus[d, p] / misreading[d, p])
        out[d] = chance
    return out
