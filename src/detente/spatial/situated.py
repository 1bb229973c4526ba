"""Scales of a situation: options that have a place, and actors where they would most like to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from detente.arrays import Floats
from detente.sampling.draws import Draws
from detente.situation.kinds import POWER
from detente.situation.schema import Issue, Situation
from detente.situation.values import DEFAULT, Values, bearers
from detente.spatial.scale import Scale
from detente.spatial.table import LENGTH, Table

NO_POWER_WRITTEN = POWER.default[0]  # of who is no principal: the default of principals


def scales_of(
    situation: Situation, draws: Draws, issues: Sequence[str], powers: Mapping[str, float]
) -> tuple[Scale, ...]:
    """One scale an issue, with one row a draw.

    An actor stands where the option is that it values most in that draw, in the middle of several
    it values alike; one that states no preference on the issue takes no position. Salience is the
    situation's. Power is the principal's; of the others what ``powers`` says, by name, or a default.

    Args:
        situation: what was patched to give the values of ``draws``.
        draws: all rows wanted, in memory at once.
        issues: names of issues.
        powers: power by name of actor, for whom the command line gives one.
    """
    who = bearers(situation)
    power = np.stack([_power(name, draws, powers) for name in who], axis=1)
    unwritten = frozenset(n for n in who if n not in powers and not _written(n, draws.values))
    return tuple(
        _scale(situation, name, draws, who, power, unwritten) for name in issues
    )  # fmt: skip


def places_of(issue: Issue) -> dict[str, float]:
    """Where options stand, 0 to 100: as written, or evenly spread in the file's order."""
    written = {name: body.at for name, body in issue.options.items() if body.at is not None}
    if written:
        return written
    steps = len(issue.options) - 1
    return {name: LENGTH * index / steps for index, name in enumerate(issue.options)}


def _scale(
    situation: Situation, name: str, draws: Draws, who: Sequence[str], power: Floats,
    unwritten: frozenset[str],
) -> Scale:  # fmt: skip
    issue = situation.issues[name]
    places = places_of(issue)
    title = {n: situation.actors[n].name for n in who}
    reference = places.get(issue.status_quo, np.nan)
    return Scale(
        name,
        issue.name or name,
        tuple(sorted((at, issue.options[option].name or option) for option, at in places.items())),
        tuple(title.values()),
        Table(
            np.stack([_position(actor, name, places, draws) for actor in who], axis=1),
            np.stack([draws.value(f"salience.{actor}.{name}") for actor in who], axis=1),
            power,
            np.full(draws.rows, reference),
        ),
        assumed=all(body.at is None for body in issue.options.values()),
        without_power=frozenset(title[n] for n in unwritten),
    )


def _power(name: str, draws: Draws, powers: Mapping[str, float]) -> Floats:
    if name in powers:
        return np.full(draws.rows, powers[name])
    address = f"power.{name}"
    if address in draws.values:
        return draws.value(address)
    return np.full(draws.rows, NO_POWER_WRITTEN)


def _written(name: str, values: Values) -> bool:
    found = values.get(f"power.{name}")
    return found is not None and found.origin != DEFAULT


def _position(actor: str, issue: str, places: Mapping[str, float], draws: Draws) -> Floats:
    """Where the actor would most like to be, axis (draw,); NaN if it says nothing."""
    addresses = [f"preferences.{actor}.{issue}.{option}" for option in places]
    if all(draws.values[address].origin == DEFAULT for address in addresses):
        return np.full(draws.rows, np.nan)
    worth = np.stack([draws.value(address) for address in addresses], axis=1)
    best = worth == worth.max(axis=1, keepdims=True)
    at = np.array(list(places.values()))
    return (best * at).sum(axis=1) / best.sum(axis=1)
