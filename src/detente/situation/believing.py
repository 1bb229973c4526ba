"""What is left of a scenario when claims are taken away.

An address on which claims rest falls back to the neutral value of its kind once none
of them is left. What a reading patches rests on that reading's own claims: without
them the patch is void, and what stood there before shows again, if it still stands.
Addresses that no claim speaks for are the analyst's and stay.
"""

from __future__ import annotations

from dataclasses import dataclass

from detente.situation.quantities import neutral_of
from detente.situation.schema import Situation
from detente.situation.values import Value, Values
from detente.sources.claims import Claims
from detente.sources.removal import Removal
from detente.sources.support import Supported, counted, supported


@dataclass(frozen=True, slots=True)
class Voices:
    """Which claims speak for what in one reading.

    Attributes:
        claims: every claim there is.
        shared: claims by address, those that are another reading's own left out.
        own: the reading's own claims, by address it patches.
    """

    claims: Claims
    shared: Supported
    own: Supported


def own_claims(situation: Situation) -> dict[str, tuple[str, ...]]:
    """Claims that count in one reading only, by reading."""
    return {name: reading.claims for name, reading in situation.readings.items()}


def voices(situation: Situation, claims: Claims, values: Values, reading: str | None) -> Voices:
    """Who speaks for each address of ``values`` under ``reading``."""
    own = own_claims(situation)
    shared = supported(claims, values, counted(claims, own, reading))
    if reading is None:
        return Voices(claims, shared, {})
    mine = supported(claims, list(situation.readings[reading].set), own[reading])
    return Voices(claims, shared, mine)


def fallen_back(
    ground: Values, values: Values, speaking: Voices, removal: Removal, origin: str
) -> Values:
    """``values`` without what rested on the claims of ``removal`` alone.

    ``ground`` is the same scenario before its reading; ``origin`` is what neutral values
    are said to come from.
    """
    result = dict(values)
    for address, names in speaking.shared.items():
        if names and not removal.leaves(speaking.claims, names):
            result[address] = _neutral(values[address], origin)
    for address, names in speaking.own.items():
        if not names or removal.leaves(speaking.claims, names):
            continue
        before = tuple(n for n in speaking.shared[address] if n not in names)
        stands = not before or removal.leaves(speaking.claims, before)
        result[address] = ground[address] if stands else _neutral(values[address], origin)
    return result


def _neutral(value: Value, origin: str) -> Value:
    return Value(value.kind, neutral_of(value.kind), origin)
