"""The table: demands, weights and the chance that a package closes."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special

from detente.model.gains import compile_gains, mood_at_start
from detente.model.structure import structure_of
from detente.model.table import closing_chance, set_table
from detente.sampling.draws import Draws, Plan
from detente.situation.load import Loaded
from detente.situation.values import base_values

MARGIN = st.floats(0.0, 2.0)
SPREAD = st.floats(1e-3, 2.0)


@given(surplus=st.lists(MARGIN, min_size=3, max_size=3), m=st.lists(SPREAD, min_size=3, max_size=3))
def test_closing_chance_is_the_product_of_phi(surplus: list[float], m: list[float]) -> None:
    """Product over principals of Phi(surplus / misreading)."""
    expected = math.prod(special.ndtr(s / w) for s, w in zip(surplus, m, strict=True))
    found = closing_chance(np.array([surplus]), np.array([m]))
    assert found[0] == pytest.approx(expected, abs=1e-13)


def test_without_misreading_a_feasible_package_closes_surely() -> None:
    """M = 0 closes for certain, even at no surplus; without a package nothing closes."""
    surplus = np.array([[0.0, 0.3], [np.nan, np.nan], [0.0, 0.0]])
    misreading = np.array([[0.0, 0.0], [0.0, 0.0], [0.0, 0.5]])
    assert closing_chance(surplus, misreading).tolist() == [1.0, 0.0, 0.5]


def test_demands_and_weights_follow_their_formulas(every_term: Loaded) -> None:
    """H = outlook + signing cost + hardening T, less leverage; weight = power e^(-phi felt)."""
    situation = every_term.situation
    structure = structure_of(situation)
    draws = Draws(base_values(situation), Plan(25, 3), 0, 25)
    mood = mood_at_start(draws)
    gains = compile_gains(structure, draws, mood)
    table = set_table(structure, draws, gains, mood)
    assert table.gain.shape[:2] == table.demand.shape == (25, 3)  # the mere spoiler is not asked
    assert table.bonus.shape == (25, 3, 3)
    tension = draws.value("runup.tension")
    for p, party in enumerate(("north", "south", "isle")):
        expected = draws.value(f"outlook.{party}") + draws.value(f"signing_cost.{party}")
        expected += draws.value(f"hardening.{party}") * tension
        if party == "isle":
            expected -= draws.value("leverage.isle")
        assert table.demand[:, p] == pytest.approx(expected, abs=1e-15)
    for p, party in enumerate(("north", "south")):
        pressed = draws.value("impatience") * gains.felt[:, p]
        expected = draws.value(f"power.{party}") * np.exp(-pressed)
        assert table.weight[:, p] == pytest.approx(expected, rel=1e-14)
        assert table.misreading[:, p].tolist() == draws.value(f"misreading.{party}").tolist()
