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


FEW_SUMS = 256  # among which sums alike are looked for


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


@kernel
def carrying_chance(surplus: Floats, misreading: Floats, votes: Floats, needed: float) -> Floats:
    """Chance that whoever must agree does, and enough votes of the others. Shape (draw,).

    Principal i agrees with chance Phi(s_i / m_i), each on its own; without misreading, if its
    surplus is not negative. Votes are added up one principal after another; sums alike are
    kept as one.

    Args:
        surplus: shape (draw, principal), gain less demand; NaN where there is no package.
        misreading: shape (draw, principal), at least 0.
        votes: shape (principal,), negative where it must agree.
        needed: votes that the others must bring.
    """
    out = np.zeros(surplus.shape[0])
    sums, chances = np.zeros(1 << votes.size), np.zeros(1 << votes.size)
    for d in range(surplus.shape[0]):
        if np.isnan(surplus[d, 0]):
            continue
        sums[0], chances[0], count = 0.0, 1.0, 1
        for p in range(votes.size):
            if misreading[d, p] > 0.0:
                agrees = normal_cdf(surplus[d, p] / misreading[d, p])
            else:
                agrees = 1.0 if surplus[d, p] >= -1e-9 else 0.0
            if votes[p] < 0.0:
                for i in range(count):
                    chances[i] *= agrees
            elif agrees > 0.0:
                count = _add_vote(sums, chances, count, votes[p], agrees)
        for i in range(count):
            if sums[i] >= needed:
                out[d] += chances[i]
    return out


@kernel
def _add_vote(sums: Floats, chances: Floats, count: int, vote: float, agrees: float) -> int:
    """Add one principal's vote to all sums so far; how many sums there are then."""
    if agrees >= 1.0:
        sums[:count] += vote
        return count
    moved = chances[:count] * agrees
    chances[:count] *= 1.0 - agrees
    before, looked_at = count, min(count, FEW_SUMS)
    for i in range(before):
        place = -1
        for j in range(looked_at):
            if abs(sums[j] - sums[i] - vote) <= 1e-9:
                place = j
        if place < 0:
            place = count
            sums[place], chances[place] = sums[i] + vote, 0.0
            count += 1
        chances[place] += moved[i]
    return count
