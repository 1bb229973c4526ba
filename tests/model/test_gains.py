"""Gains against the documented equations, computed by hand and one draw at a time."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from detente.model.gains import compile_gains, mood_at_start
from detente.model.structure import structure_of
from detente.sampling.draws import Draws, Plan
from detente.situation.load import Loaded, loads
from detente.situation.schema import Situation
from detente.situation.values import base_values, bearers

PLAN = Plan(40, 7)
Number = Callable[[str], float]
Chance = Callable[[str], bool]


def _option(situation: Situation, ref: str) -> tuple[str, str, str, tuple[str, ...]]:
    """Issue, status quo, what is left undelivered, and obligors of ``issue.option``."""
    name, option = ref.split(".")
    issue = situation.issues[name]
    body = issue.options[option]
    return name, issue.status_quo, body.undelivered or issue.status_quo, body.obligors


def _slow_interest(s: Situation, value: Number, party: str, ref: str) -> float:
    """X' : own and others' weighted preferences, by influence."""

    def x(bearer: str) -> float:
        weights = {k: value(f"salience.{bearer}.{k}") for k in s.issues}
        share = weights[ref.split(".", maxsplit=1)[0]] / (sum(weights.values()) or 1.0)
        return share * value(f"preferences.{bearer}.{ref}")

    bonds = {b.from_: value(f"influence.{b.from_}.{b.to}") for b in s.influence if b.to == party}
    mixed = (1 - sum(bonds.values())) * x(party)
    return mixed + sum(weight * x(other) for other, weight in bonds.items())


def _slow_worth(s: Situation, value: Number, happens: Chance, party: str, ref: str) -> float:
    """t: interest by own sincerity, relief and stability."""
    name, _, left, obligors = _option(s, ref)
    worth = _slow_interest(s, value, party, ref)
    if party in obligors:
        cost = worth - _slow_interest(s, value, party, f"{name}.{left}")
        if cost < 0:
            worth = worth - cost + value(f"sincerity.{party}") * cost
    for pressure in s.pressures:
        stem = f"pressures.{pressure.id}"
        if pressure.on == party and ref in pressure.relieved_by and happens(f"{stem}.felt"):
            worth += value(f"{stem}.severity") * value(f"{stem}.relieved_by.{ref}")
    if ref in s.escalation.removed_by:
        hazard = value("escalation.rate") * math.exp(
            value("escalation.tension_effect") * value("runup.tension")
        )
        risk = 1 - math.exp(-hazard * value("escalation.horizon"))
        seen = risk + value(f"escalation.suspicion.{party}") * value("runup.fear") * (1 - risk)
        share = value(f"escalation.removed_by.{ref}")
        worth += value(f"escalation.loss.{party}") * seen * share
    return worth


def _slow_gain(s: Situation, value: Number, happens: Chance, party: str, ref: str) -> float:
    """t''(o) - t''(sq) - audience cost."""

    def expected(option: str) -> float:
        name, _, left, obligors = _option(s, option)
        kept = math.prod(value(f"trust.{party}.{o}") for o in obligors if o != party)
        worth = _slow_worth(s, value, happens, party, option)
        return kept * worth + (1 - kept) * _slow_worth(s, value, happens, party, f"{name}.{left}")

    name, status_quo, _, _ = _option(s, ref)
    gain = expected(ref) - expected(f"{name}.{status_quo}")
    for line in s.red_lines:
        stem = f"red_lines.{line.actor}.{line.option}"
        if (line.actor, line.option) == (party, ref) and not happens(f"{stem}.absolute"):
            gain -= value(f"{stem}.cost")
    return gain


def test_gains_equal_the_documented_equations_in_every_draw(every_term: Loaded) -> None:
    """Every party's gain from every option, and events, equal a slow pure-Python account."""
    situation = every_term.situation
    structure = structure_of(situation)
    draws = Draws(base_values(situation), PLAN, 0, PLAN.draws)
    gains = compile_gains(structure, draws, mood_at_start(draws))
    refs = [
        f"{issue}.{option}" for issue, body in situation.issues.items() for option in body.options
    ]
    assert gains.option.shape == (PLAN.draws, 4, len(refs))
    for d in range(PLAN.draws):
        one = Draws(draws.values, PLAN, d, d + 1)

        def value(address: str, one: Draws = one) -> float:
            return float(one.value(address)[0])

        def happens(address: str, one: Draws = one) -> bool:
            return bool(one.happens(address)[0])

        for p, party in enumerate(("north", "south", "isle", "hawks")):
            slow = [_slow_gain(situation, value, happens, party, ref) for ref in refs]
            assert gains.option[d, p] == pytest.approx(slow, abs=1e-12)
            felt = sum(
                value(f"pressures.{x.id}.severity")
                for x in situation.pressures
                if x.on == party and happens(f"pressures.{x.id}.felt")
            )
            assert gains.felt[d, p] == pytest.approx(felt, abs=1e-15)
        for i, line in enumerate(situation.red_lines):
            stem = f"red_lines.{line.actor}.{line.option}"
            hard = happens(f"{stem}.absolute")
            assert gains.absolute[d, i] == hard
            assert gains.line_cost[d, i] == (0.0 if hard else value(f"{stem}.cost"))
        for i, link in enumerate(situation.links):
            holds = happens(f"links.{link.id}.holds")
            assert gains.holds[d, i] == holds
            for p, party in enumerate(structure.parties):
                worth = value(f"links.{link.id}.worth.{party}") if party in link.worth else 0.0
                assert gains.bonus[d, i, p] == (worth if holds else 0.0)


def test_every_term_has_a_part_in_the_test_situation(every_term: Loaded) -> None:
    """The comparison above would notice a lost term: each one moves some gain."""
    situation = every_term.situation
    structure = structure_of(situation)
    base = base_values(situation)

    def compiled(address: str, like: str) -> bytes:
        draws = Draws({**base, address: base[like]}, PLAN, 0, PLAN.draws)
        return compile_gains(structure, draws, mood_at_start(draws)).option.tobytes()

    plain = compiled("runup.fear", "runup.fear")
    swaps = {
        "influence.guild.north": "influence.north.isle",
        "sincerity.south": "sincerity.isle",
        "trust.north.south": "trust.north.isle",
        "pressures.strike.relieved_by.tariffs.lowered": "pressures.strike.relieved_by.tariffs.gone",
        "escalation.removed_by.strait.patrol": "escalation.removed_by.fish.quota",
        "red_lines.north.tariffs.gone.cost": "outlook.hawks",
        "runup.fear": "runup.tension",
        "escalation.suspicion.north": "escalation.suspicion.hawks",
    }
    for address, like in swaps.items():
        assert compiled(address, like) != plain, address


TWO = """
detente: 1
title: Two options
actors:
  a: {name: A, role: principal}
  b: {name: B, role: principal}
issues:
  land:
    status_quo: kept
    options: {kept: as it is, sold: {name: sold, obligors: [b]}}
    salience: {a: 0.3, b: 0.3}
    preferences: {a: {kept: 0.2, sold: 1}, b: {kept: 0.9, sold: 0.4}}
  gold:
    status_quo: none
    options: {none: no, paid: {name: paid, obligors: [a]}}
    salience: {a: 0.1, b: 0.3}
    preferences: {a: {none: 0.5, paid: 0}, b: {none: 0.5, paid: 1}}
trust: {a: {b: 0.5}, b: {a: 0.25}}
sincerity: {a: 0.6, b: 1}
"""


def _points(text: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    situation = loads(text.encode()).situation
    draws = Draws(base_values(situation), Plan(2, 1), 0, 2)
    return compile_gains(structure_of(situation), draws, mood_at_start(draws)).option


def test_weights_are_normalised_and_gains_counted_from_the_status_quo() -> None:
    """Worked by hand: a weighs land 3/4 and gold 1/4, and believes b half."""
    a, b = _points(TWO)[0]
    assert a == pytest.approx([0, 0.5 * 0.75 * 0.8, 0, 0.6 * 0.25 * -0.5])
    assert b == pytest.approx([0, 0.5 * -0.5, 0, 0.25 * 0.5 * 0.5])


def test_a_pressure_nobody_feels_relieves_nothing() -> None:
    """With felt at 0 the relief is absent, with felt at 1 it is severity times share."""
    text = (
        TWO
        + "pressures: [{id: p, on: a, severity: 0.2, felt: FELT, relieved_by: {gold.paid: 0.5}}]"
    )
    without = _points(text.replace("FELT", "0"))
    with_it = _points(text.replace("FELT", "1"))
    assert without.tolist() == _points(TWO).tolist()
    assert (with_it - without)[0].ravel() == pytest.approx([0, 0, 0, 0.1, 0, 0, 0, 0])


def test_mere_bystanders_have_no_interests(every_term: Loaded) -> None:
    """A bystander bears no preference, so it has no address of one."""
    assert bearers(every_term.situation) == ("north", "south", "isle", "hawks", "guild")
    assert not [a for a in base_values(every_term.situation) if ".press" in a]
