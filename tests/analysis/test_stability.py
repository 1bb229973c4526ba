"""A situation in the graph model: small enough to be told whole, and cut down where it is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detente.analysis import keeping
from detente.analysis.stability import Stability, stability
from detente.cases.opening import open_situation
from detente.errors import SpaceTooLarge, UsageError
from detente.sampling.draws import Plan
from detente.situation.load import load, loads
from detente.situation.scenarios import scenarios
from detente.situation.schema import Situation
from detente.stability.concepts import equilibria

PLAN = Plan(40, 5)
# Each prefers to be let off by the other; the fields are the Prisoner's Dilemma of two states.
ARMS = """
detente: 1
title: An arms race
actors: {a: {name: A, role: principal}, b: {name: B, role: principal}}
issues:
  one:
    status_quo: arm
    options: {arm: arms, hold: {name: holds, obligors: [a]}}
    salience: {a: 0.4, b: 0.6}
    preferences: {a: {arm: 1, hold: 0}, b: {arm: 0, hold: 1}}
  two:
    status_quo: arm
    options: {arm: arms, hold: {name: holds, obligors: [b]}}
    salience: {a: 0.6, b: 0.4}
    preferences: {a: {arm: 0, hold: 1}, b: {arm: 1, hold: 0}}
trust: {a: {b: 0}, b: {a: 0}}
"""


def asked(situation: Situation, name: str = "seq", **more: Any) -> Stability:
    (scenario,) = scenarios(situation, None)[:1]
    return stability(situation, scenario, PLAN, name, **more)


@pytest.fixture(scope="module")
def arms() -> Situation:
    return loads(ARMS.encode()).situation


def test_an_arms_race_is_the_prisoners_dilemma(arms: Situation) -> None:
    """Arming is the Nash equilibrium, holding back holds by foresight, and both prefer it."""
    found = asked(arms)
    held = {
        name: np.flatnonzero(equilibria(s)).tolist() for name, s in found.holding.stable.items()
    }
    assert held == {"nash": [0], "gmr": [0, 3], "smr": [0, 3], "seq": [0, 3]}
    start = found.holding.told[0]
    assert [(one.members, one.state) for one in start.groups] == [((0, 1), 3)]
    assert found.kept.whole
    assert found.share["nash"].tolist() == [1.0, 0.0, 0.0, 0.0]


def test_doubt_about_delivery_makes_it_hopeless(arms: Situation) -> None:
    """Where nobody trusts, as at the table, holding back brings the other nothing it counts on."""
    found = asked(arms, doubting=True)
    assert not found.holding.told[0].groups
    assert np.flatnonzero(found.holding.stable["gmr"].all(axis=0)).tolist() == [0]


def test_shares_are_counts_of_draws(every_term_file: Path) -> None:
    """Of each draw asked by itself, in the same moves; and the same every time."""
    situation = load(every_term_file).situation
    first, again = asked(situation, "gmr"), asked(situation, "gmr")
    for name in ("nash", "gmr"):
        assert np.array_equal(first.share[name], again.share[name])
        counts = first.share[name] * PLAN.draws
        assert np.array_equal(counts, np.round(counts))
        assert ((counts >= 0) & (counts <= PLAN.draws)).all()
    assert (first.share["nash"] <= first.share["gmr"]).all()
    assert (first.share["gmr"] <= first.by_maker.min(axis=0) + 1e-12).all()
    assert 0 < first.share["gmr"].sum() < first.share["gmr"].size


def test_an_order_by_hand_replaces_the_gains() -> None:
    """With both wanting nothing but peace, holding back is all that is left."""
    text = ARMS + "stability: {order: {a: [one.hold, two.hold], b: [two.hold, one.hold]}}\n"
    found = asked(loads(text.encode()).situation)
    assert np.flatnonzero(equilibria(found.holding.stable["nash"])).tolist() == [3]
    assert np.isnan(found.values).all()
    assert found.share["nash"].tolist() == [0.0, 0.0, 0.0, 1.0]


def test_a_space_too_large_keeps_what_matters_and_says_what_it_lost(
    monkeypatch: pytest.MonkeyPatch, every_term_file: Path
) -> None:
    """Status quo, likely and efficient packages stay, and what single changes make of them."""
    situation = load(every_term_file).situation
    whole = asked(situation)
    monkeypatch.setattr(keeping, "MOST_STATES", 3)
    monkeypatch.setattr(keeping, "MOST_KEPT", 6)
    cut = asked(situation)
    assert whole.kept.whole
    assert not cut.kept.whole
    assert cut.kept.allowed == len(whole.kept.numbers)
    assert len(cut.kept.numbers) <= max(6, len(cut.kept.core))
    assert {cut.packages.status_quo, *cut.kept.core} <= set(cut.kept.numbers.tolist())
    assert len(cut.kept.numbers) < len(whole.kept.numbers)
    assert cut.kept.lost > 0
    assert set(cut.kept.numbers.tolist()) <= set(whole.kept.numbers.tolist())
    monkeypatch.setattr(keeping, "MOST_KEPT", 2000)
    assert asked(situation).kept.lost == 0


def test_too_many_moves_also_leave_packages_out(
    monkeypatch: pytest.MonkeyPatch, every_term_file: Path
) -> None:
    """Where fewer packages still have too many, it is refused with a remedy."""
    situation = load(every_term_file).situation
    moves = len(asked(situation).holding.graph.to)
    monkeypatch.setattr(keeping, "MOST_MOVES", moves - 1)
    monkeypatch.setattr(keeping, "MOST_KEPT", 4)
    assert not asked(situation).kept.whole
    monkeypatch.setattr(keeping, "MOST_MOVES", 3)
    with pytest.raises(SpaceTooLarge, match="merge options"):
        asked(situation)


def test_it_may_start_elsewhere_but_not_where_links_forbid() -> None:
    """What stands now is told first; options that break a link are refused with a remedy."""
    opened = open_situation("budapest-2025")
    (scenario,) = scenarios(
        opened.situation, opened.claims, rounds=("budapest",), readings=("article",)
    )
    with pytest.raises(UsageError, match="sanctions-after-front"):
        stability(opened.situation, scenario, Plan(100, 1), "nash", start={"sanctions": "eased"})


def test_a_start_off_the_status_quo_is_told_first(arms: Situation) -> None:
    """Distances and words start there."""
    found = asked(arms, start={"one": "hold", "two": "hold"})
    assert found.holding.told[0].state == found.holding.start == 3
    assert found.holding.distance.legal.tolist() == [2, 1, 1, 0]
