"""What each number rests on: per address, whose word it is and how much it moves.

How much an address moves the answer is estimated from the run itself: the squared
rank correlation between its draws and the chance of a tangible result (Saltelli et
al. 2008, section 1.2). It sees one-way effects only; it costs nothing more.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from detente.analysis.bases import BASES, speaking, value_basis
from detente.arrays import Floats
from detente.sampling.draws import Draws, Plan
from detente.situation.values import DEFAULT, Value, Values
from detente.situation.writing import in_words
from detente.sources.claims import Claims
from detente.sources.support import supported


@dataclass(frozen=True, slots=True)
class Rest:
    """One address: its value, where it comes from, which claims speak for it.

    ``moves`` is the share of the variance of the chance of a tangible result that
    goes with it, 0..1; None where it is certain. ``basis`` is one of BASES.
    """

    address: str
    value: str
    origin: str
    basis: str
    claims: tuple[str, ...]
    moves: float | None


def what_it_rests_on(
    values: Values,
    plan: Plan,
    chance: Floats,
    claims: Claims | None,
    counting: Collection[str],
    own: Collection[str],
    ranks: dict[str, Floats],
) -> tuple[Rest, ...]:
    """Every address that can matter, what moves the answer most first.

    ``chance`` is the chance of a tangible result in each of the first draws, shape (draw,).
    ``own`` are the claims of the reading: what it patches rests on these alone.
    ``ranks`` keeps the ranks of addresses between scenarios of one plan; start with {}.
    """
    draws = Draws(values, plan, 0, len(chance))
    target = _centred(_ranks(chance))
    rests = supported(claims, values, counting) if claims else {}
    found: list[Rest] = []
    for address, value in values.items():
        if is_idle(address, value, values):
            continue
        moves = None
        if value.quantity.fixed is None:
            if address not in ranks:
                ranks[address] = _centred(draws.stratum(address))
            moves = _squared_correlation(ranks[address], target)
        names = speaking(value, rests.get(address, ()), own)
        basis = value_basis(value, names, claims)
        found.append(Rest(address, in_words(value.quantity), value.origin, basis, names, moves))
    return tuple(sorted(found, key=lambda rest: (-(rest.moves or 0.0), rest.address)))


def is_idle(address: str, value: Value, values: Values) -> bool:
    """Whether an address cannot matter: the file is silent on it, or on its issue."""
    head, *rest = address.split(".")
    if head == "preferences":
        salience = values[f"salience.{rest[0]}.{rest[1]}"]
        return salience.quantity.fixed == 0.0
    if head == "salience":
        return value.quantity.fixed == 0.0
    return value.origin == DEFAULT and value.quantity.fixed is not None


def by_basis(rests: tuple[Rest, ...]) -> dict[str, float]:
    """Share of what moves the answer by whose word it rests on; sums to 1, or is empty."""
    total = sum(rest.moves or 0.0 for rest in rests)
    if total <= 0.0:
        return {}
    shares = {
        basis: sum(rest.moves or 0.0 for rest in rests if rest.basis == basis) / total
        for basis in BASES
    }
    return {basis: part for basis, part in shares.items() if part > 0.0}


def _ranks(x: Floats) -> Floats:
    """Average ranks, ties sharing theirs: shape (draw,)."""
    _, inverse, counts = np.unique(x, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return (ends - (counts - 1) / 2.0)[inverse.reshape(-1)]


def _centred(x: Floats) -> Floats:
    """``x`` less its mean, at unit length; zeros where nothing varies."""
    x = x - x.mean()
    length = float(np.sqrt((x * x).sum()))
    return x / length if length > 0.0 else x


def _squared_correlation(x: Floats, y: Floats) -> float:
    """Squared correlation of two centred columns, less what chance alone would give."""
    n = len(x)
    raw = float((x * y).sum()) ** 2
    return max((raw * (n - 1) - 1.0) / (n - 2), 0.0) if n > 2 else 0.0
