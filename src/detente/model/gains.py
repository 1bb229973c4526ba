"""Compile: situation and draws to every party's gain from every option.

For party i, issue k and option o, against the status quo sq of the issue:

    x = w v                        weight of the issue times preference
    x' = (1 - sum l) x + sum l x   others' interests count by their influence l
    t = x' + relief + stability    relief: felt severity times the share relieved;
                                   stability: loss L times risk R_i times share removed
    t'' = k t(o) + (1 - k) t(u)    k: product of i's trust in the other obligors of o;
                                   u: what is left if o is not delivered
    gain = t''(o) - t''(sq) - audience cost of crossing a red line at o

An obligor that means to cheat (sincerity s below 1) counts what delivering would
cost it in interest only s times. Relief and stability go through the same
discount as interest: what is not delivered relieves nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.arrays import Bools, Floats
from detente.model.risk import risk_as_seen, risk_without_deal
from detente.model.structure import Structure
from detente.sampling.draws import Draws


@dataclass(frozen=True, slots=True)
class Mood:
    """Tension and fear when the parties sit down: each shape (draw,), 0..1."""

    tension: Floats
    fear: Floats


@dataclass(frozen=True, slots=True)
class Gains:
    """What each draw makes of the situation.

    Attributes:
        option: shape (draw, party, option), gain over the status quo, in stakes, with
            the audience cost of red lines taken off.
        line_cost: shape (draw, line), the cost in ``option`` due to each red line, 0 where absolute.
        absolute: shape (draw, line), whether the line is one no price would buy.
        holds: shape (draw, link), whether the link is in force.
        bonus: shape (draw, link, party), worth of a ``with`` link in force, else 0.
        felt: shape (draw, party), total severity of pressures felt.
        risk: shape (draw,), risk of escalation without a deal.
    """

    option: Floats
    line_cost: Floats
    absolute: Bools
    holds: Bools
    bonus: Floats
    felt: Floats
    risk: Floats


def mood_at_start(draws: Draws) -> Mood:
    """Tension and fear as the situation states them."""
    return Mood(draws.value("runup.tension"), draws.value("runup.fear"))


def compile_gains(structure: Structure, draws: Draws, mood: Mood) -> Gains:
    """Gains of every party from every option in every draw."""
    felt, relief = _pressures(structure, draws)
    risk = risk_without_deal(draws, mood.tension)
    worth = _influenced(structure, draws, _interests(structure, draws))
    worth = _own_sincerity(structure, draws, worth)
    worth += relief + _stability(structure, draws, mood, risk)
    worth = _credible(structure, draws, worth)
    status_quo = [option.status_quo for option in structure.options]
    option = worth - worth[:, :, status_quo]
    line_cost, absolute = _red_lines(structure, draws)
    for index, line in enumerate(structure.lines):
        option[:, line.party, line.option] -= line_cost[:, index]
    holds, bonus = _links(structure, draws)
    return Gains(option, line_cost, absolute, holds, bonus, felt, risk)


def _interests(structure: Structure, draws: Draws) -> Floats:
    """Interests x = w v: shape (draw, bearer, option), weights normalised over issues."""
    x = np.zeros((draws.rows, len(structure.bearers), len(structure.options)))
    for b, bearer in enumerate(structure.bearers):
        weights = _weights(structure, draws, bearer)
        for o, option in enumerate(structure.options):
            weight = weights.get(option.issue)
            if weight is not None:
                address = f"preferences.{bearer}.{option.issue}.{option.name}"
                x[:, b, o] = weight * draws.value(address)
    return x


def _weights(structure: Structure, draws: Draws, bearer: str) -> dict[str, Floats]:
    """Normalised salience by issue, leaving out issues that never matter to ``bearer``."""
    raw: dict[str, Floats] = {}
    for issue in structure.issues:
        address = f"salience.{bearer}.{issue}"
        if draws.values[address].quantity.fixed != 0.0:
            raw[issue] = draws.value(address)
    total = np.zeros(draws.rows)
    for salience in raw.values():
        total += salience
    safe = np.where(total > 0.0, total, 1.0)
    return {issue: salience / safe for issue, salience in raw.items()}


def _influenced(structure: Structure, draws: Draws, x: Floats) -> Floats:
    """Interests x' for the parties: shape (draw, party, option)."""
    rows = [structure.bearers.index(party) for party in structure.parties]
    mixed = x[:, rows, :].copy()
    for p, party in enumerate(structure.parties):
        for b, bearer in enumerate(structure.bearers):
            address = f"influence.{bearer}.{party}"
            if address in draws.values:
                weight = draws.value(address)[:, None]
                mixed[:, p, :] += weight * (x[:, b, :] - x[:, rows[p], :])
    return mixed


def _own_sincerity(structure: Structure, draws: Draws, x: Floats) -> Floats:
    """An obligor discounts what delivering would cost it by its own sincerity."""
    result = x.copy()
    for o, option in enumerate(structure.options):
        for name in option.obligors:
            if name in structure.parties:
                p = structure.parties.index(name)
                cost = np.minimum(x[:, p, o] - x[:, p, option.undelivered], 0.0)
                result[:, p, o] -= (1.0 - draws.value(f"sincerity.{name}")) * cost
    return result


def _pressures(structure: Structure, draws: Draws) -> tuple[Floats, Floats]:
    """Felt severity (draw, party) and what each option relieves (draw, party, option)."""
    felt = np.zeros((draws.rows, len(structure.parties)))
    relief = np.zeros((draws.rows, len(structure.parties), len(structure.options)))
    for pressure, party in structure.pressures:
        stem = f"pressures.{pressure}"
        severity = draws.value(f"{stem}.severity") * draws.happens(f"{stem}.felt")
        felt[:, party] += severity
        for o, option in enumerate(structure.options):
            address = f"{stem}.relieved_by.{option.ref}"
            if address in draws.values:
                relief[:, party, o] += severity * draws.value(address)
    return felt, relief


def _stability(structure: Structure, draws: Draws, mood: Mood, risk: Floats) -> Floats:
    """L_i R_i share: what removing the risk of war is worth, (draw, party, option)."""
    worth = np.zeros((draws.rows, len(structure.parties), len(structure.options)))
    shares = {
        o: draws.value(address)
        for o, option in enumerate(structure.options)
        if (address := f"escalation.removed_by.{option.ref}") in draws.values
    }
    for p, party in enumerate(structure.parties):
        seen = risk_as_seen(draws, party, risk, mood.fear)
        stake = draws.value(f"escalation.loss.{party}") * seen
        for o, share in shares.items():
            worth[:, p, o] = stake * share
    return worth


def _credible(structure: Structure, draws: Draws, worth: Floats) -> Floats:
    """What each party expects of each option, given whom it trusts to deliver."""
    result = worth.copy()
    for o, option in enumerate(structure.options):
        for p, party in enumerate(structure.parties):
            others = [name for name in option.obligors if name != party]
            if others:
                trust = np.ones(draws.rows)
                for name in others:
                    trust *= draws.value(f"trust.{party}.{name}")
                left = worth[:, p, option.undelivered]
                result[:, p, o] = trust * worth[:, p, o] + (1.0 - trust) * left
    return result


def _red_lines(structure: Structure, draws: Draws) -> tuple[Floats, Bools]:
    cost = np.zeros((draws.rows, len(structure.lines)))
    absolute = np.zeros((draws.rows, len(structure.lines)), dtype=np.bool_)
    for index, line in enumerate(structure.lines):
        absolute[:, index] = draws.happens(f"{line.address}.absolute")
        # where no price would do there is no price: taking the line away frees all of it
        cost[:, index] = np.where(absolute[:, index], 0.0, draws.value(f"{line.address}.cost"))
    return cost, absolute


def _links(structure: Structure, draws: Draws) -> tuple[Bools, Floats]:
    holds = np.zeros((draws.rows, len(structure.links)), dtype=np.bool_)
    bonus = np.zeros((draws.rows, len(structure.links), len(structure.parties)))
    for index, link in enumerate(structure.links):
        holds[:, index] = draws.happens(f"links.{link.id}.holds")
        for actor in link.worth_for:
            if actor in structure.parties:
                worth = draws.value(f"links.{link.id}.worth.{actor}")
                bonus[:, index, structure.parties.index(actor)] = worth * holds[:, index]
    return holds, bonus
