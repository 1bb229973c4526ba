"""The table: demands, weights and the chance that a package closes."""

from __future__ import annotations

import math
from itertools import product
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special

from detente.model.gains import compile_gains, mood_at_start
from detente.model.structure import structure_of
from detente.model.table import carrying_chance, closing_chance, set_table
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


@given(
    votes=st.lists(st.sampled_from([-1.0, 1.0, 2.0, 0.7]), min_size=2, max_size=6),
    seed=st.integers(0, 2**32),
    needed=st.sampled_from([0.0, 1.0, 2.5, 4.0]),
)
def test_carrying_chance_sums_over_every_set_of_those_who_agree(
    votes: list[float], seed: int, needed: float
) -> None:
    """Equal to adding up the chances of all sets of principals that carry the package."""
    rng = np.random.default_rng(seed)
    surplus = rng.normal(size=(3, len(votes)))
    misreading = rng.choice([0.0, 0.5, 1.0], (3, len(votes)))
    found = carrying_chance(surplus, misreading, np.array(votes), needed)
    for draw in range(3):
        each = [
            (NormalDist().cdf(s / m) if m > 0.0 else float(s >= 0.0))
            for s, m in zip(surplus[draw], misreading[draw], strict=True)
        ]
        total = 0.0
        for agree in product([False, True], repeat=len(votes)):
            carried = sum(v for v, yes in zip(votes, agree, strict=True) if yes and v > 0.0)
            if carried >= needed and all(
                yes or v > 0.0 for v, yes in zip(votes, agree, strict=True)
            ):
                total += math.prod(
                    p if yes else 1.0 - p for p, yes in zip(each, agree, strict=True)
                )
        assert found[draw] == pytest.approx(total, abs=1e-12)
