"""What an observation is worth, in bits."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.analysis.information import information_gain, mutual_information, surprise

N = 4000
EVERY = np.ones(N, dtype=np.bool_)


def half(p: float, seed: int = 0) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """A share ``p`` of draws, in random order."""
    return np.random.default_rng(seed).permutation(np.arange(N) < p * N)


def test_an_event_that_settles_it_is_worth_the_entropy_of_the_weights() -> None:
    bits, se = information_gain([0.5, 0.5], [EVERY, ~EVERY], [EVERY, EVERY])
    assert (bits, se) == (pytest.approx(1.0), pytest.approx(0.0, abs=1e-9))
    bits, _ = information_gain([0.25, 0.75], [EVERY, ~EVERY], [EVERY, EVERY])
    assert bits == pytest.approx(-0.25 * math.log2(0.25) - 0.75 * math.log2(0.75))


def test_an_event_as_likely_under_every_reading_is_worth_nothing() -> None:
    bits, se = information_gain([0.5, 0.5], [half(0.3, 1), half(0.3, 2)], [EVERY, EVERY])
    assert bits < 3 * se + 1e-6


def test_the_gain_is_the_textbook_mutual_information() -> None:
    """Chances .8 and .2 at equal weights: 1 - H(.8) bits."""
    bits, se = information_gain([0.5, 0.5], [half(0.8, 3), half(0.2, 4)], [EVERY, EVERY])
    exact = 1.0 + 0.8 * math.log2(0.8) + 0.2 * math.log2(0.2)
    assert abs(bits - exact) < 3 * se
    assert 0.0 < se < 0.02


def test_draws_in_which_what_is_known_did_not_happen_do_not_count() -> None:
    seen = half(0.5, 5)
    happened = [seen, ~seen]
    bits, _ = information_gain([0.5, 0.5], happened, [seen, seen])
    assert bits == pytest.approx(1.0, abs=0.01)


def test_the_jackknife_takes_out_the_upward_bias() -> None:
    """Over many samples of an event that tells nothing the plain estimate is above 0, on average."""
    rng = np.random.default_rng(7)
    plain, mended = [], []
    for _ in range(300):
        a, b = rng.random(200) < 0.5, rng.random(200) < 0.5
        every = np.ones(200, dtype=np.bool_)
        table = np.array([[a.sum(), (~a).sum()], [b.sum(), (~b).sum()]], dtype=np.float64)
        plain.append(mutual_information(table))
        mended.append(information_gain([0.5, 0.5], [a, b], [every, every])[0])
    expected = 1.0 / (2 * 400 * math.log(2))  # (rows - 1)(columns - 1) / 2 n ln 2
    assert np.mean(plain) == pytest.approx(expected, rel=0.3)
    assert np.mean(mended) < np.mean(plain)


@given(st.lists(st.lists(st.floats(0, 5), min_size=2, max_size=2), min_size=2, max_size=5))
def test_information_is_never_negative_nor_above_either_entropy(rows: list[list[float]]) -> None:
    table = np.array(rows)
    found = mutual_information(table)
    total = table.sum()
    assert found >= -1e-9
    if total > 0:
        for share in (table.sum(axis=0) / total, table.sum(axis=1) / total):
            entropy = -sum(p * math.log2(p) for p in share if p > 0)
            assert found <= entropy + 1e-9


def test_surprise_is_the_divergence_of_new_weights_from_old() -> None:
    assert surprise([0.5, 0.5], [1.0, 0.0]) == 1.0
    assert surprise([0.3, 0.7], [0.3, 0.7]) == 0.0
