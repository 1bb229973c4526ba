"""Condorcet elections against published logs and the equations solved another way."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.spatial.condorcet import (
    chances_incentive,
    chances_of_all,
    chances_uniform,
    coalitions,
    conditional,
    standing,
    victory,
)
from detente.spatial.table import Table

# Reference log of KTAB's demonstration of elections with three options and the square law.
STRENGTH = np.array([[0, 12.099, 54.921], [10.333, 0, 27.079], [5.007, 55.047, 0]])
WINS = np.array([[0.5, 0.5782, 0.9918], [0.4218, 0.5, 0.1948], [0.0082, 0.8052, 0.5]])


def test_a_published_election_of_three() -> None:
    """Chances to beat, to beat all, and of two Markov chains, to the four digits logged."""
    wins = victory(STRENGTH, law=2)
    np.testing.assert_allclose(wins, WINS, atol=6e-5)
    np.testing.assert_allclose(chances_of_all(wins), [0.8659, 0.1241, 0.0100], atol=6e-5)
    np.testing.assert_allclose(chances_uniform(wins), [0.6351, 0.2148, 0.1501], atol=6e-5)
    found = chances_incentive(STRENGTH, law=2)
    np.testing.assert_allclose(found, [0.5094, 0.2796, 0.2110], atol=6e-5)


def test_logged_elections_among_actors_positions(shared: Path) -> None:
    """From worths and strengths: 53 of 70 within 0.0006, since the log's inputs are rounded."""
    cases = json.loads((shared / "condorcet_cases.json").read_text(encoding="utf-8"))
    close = 0
    for case in cases["scalar_pce_dummyData_3Dim"]:
        worth, weight = np.array(case["utility_actor_by_option"]), np.array(case["actor_strengths"])
        found = chances_of_all(victory(coalitions(worth, weight)))
        off = np.abs(found - case["pce_prob"]).max()
        assert abs(off - case["independent_max_abs_diff"]) < 1e-6
        close += off < 6e-4
    assert close == 53


@settings(max_examples=40)
@given(st.integers(0, 10_000), st.integers(2, 8))
def test_the_chain_stands_still(seed: int, n: int) -> None:
    """Shares sum to 1 and one more step leaves them as they are."""
    moves = np.random.default_rng(seed).uniform(0.01, 1.0 / n, (n, n))
    np.fill_diagonal(moves, 0.0)
    share = standing(moves)
    step = moves + np.diag(1.0 - moves.sum(axis=0))
    np.testing.assert_allclose(step @ share, share, atol=1e-13)
    assert abs(share.sum() - 1.0) < 1e-12


def test_two_positions_share_by_weight() -> None:
    """Three to one in weight: three to one in chance, so a quarter of the way."""
    table = Table(
        np.array([[0.0, 100.0, 0.0]]), np.ones((1, 3)), np.array([[1.0, 1.0, 2.0]]), np.zeros(1)
    )
    np.testing.assert_allclose(conditional(table), [25.0])
