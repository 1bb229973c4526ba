"""The fit: slope and curvature, its optimum against SciPy's, what it recovers, and no peeking."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import approx_fprime, minimize

from detente.arrays import Floats, Ints
from detente.spatial.fitting import RIDGES, Fit, fit, fit_with_ridge_chosen, held_out
from detente.spatial.focal import FEATURES, Focal, focal
from detente.spatial.focal_kernel import newton_step, penalised
from detente.spatial.table import Table

ACTORS = 4
SIZE = len(FEATURES) + ACTORS
TRUE = np.array([1.0, 1.2, 0.3, -0.2, 1.8, 0.6, 0.5, 0.4, -0.9, 2.0, -2.0, 0.0, 1.0])


def made(cases: int, seed: int) -> Focal:
    """Decisions without outcomes."""
    rng = np.random.default_rng(seed)
    position = rng.integers(0, 101, (cases, ACTORS)).astype(np.float64)
    table = Table(
        position, rng.random((cases, ACTORS)), np.ones((cases, ACTORS)), position[:, 0].copy()
    )
    return focal(position.mean(axis=1), table, position[:, :2], pulls=True)


def drawn(of: Focal, weights: Floats, seed: int) -> Ints:
    """Outcomes that come from these weights."""
    rng = np.random.default_rng(seed)
    mass = Fit(weights, 0.01).distributions(of)
    return np.array([rng.choice(len(row), p=row) for row in mass], dtype=np.int64)


def test_slope_and_curvature_are_those_of_the_value() -> None:
    """Against finite differences of the value, and of the slope."""
    of = made(12, 1)
    outcome, chosen = drawn(of, TRUE, 2), np.array([0, 3, 4, 7, 11])
    parts = of.features, of.lean, of.pull, outcome, chosen
    at = np.linspace(-0.5, 0.8, SIZE)
    _, slope, bend = penalised(*parts, at, 0.02)
    np.testing.assert_allclose(
        slope, approx_fprime(at, lambda w: penalised(*parts, w, 0.02)[0], 1e-7), atol=1e-5
    )
    whole = np.tril(bend) + np.tril(bend, -1).T
    rows = [approx_fprime(at, lambda w, k=k: penalised(*parts, w, 0.02)[1][k], 1e-7)
            for k in range(SIZE)]  # fmt: skip
    np.testing.assert_allclose(whole, rows, atol=1e-5)
    np.testing.assert_allclose(newton_step(slope, bend), -np.linalg.solve(whole, slope))


def test_the_fit_is_the_optimum() -> None:
    """As SciPy finds it from the same value and slope, wherever the search begins."""
    of = made(60, 3)
    outcome, every = drawn(of, TRUE, 4), np.arange(60)
    parts = of.features, of.lean, of.pull, outcome, every
    found = fit(of, outcome, every, 0.01, np.zeros(SIZE))
    other = minimize(
        lambda w: penalised(*parts, w, 0.01)[:2], np.zeros(SIZE), jac=True, method="BFGS",
        options={"gtol": 1e-8},
    )  # fmt: skip
    np.testing.assert_allclose(found, other.x, atol=1e-5)
    np.testing.assert_allclose(found, fit(of, outcome, every, 0.01, np.full(SIZE, 0.7)), atol=1e-6)


def test_weights_are_recovered_from_much_data() -> None:
    """Features that many points have come back; the ridge pulls them in a little."""
    of = made(1500, 5)
    outcome = drawn(of, TRUE, 6)
    found = fit(of, outcome, np.arange(1500), 1e-6, np.zeros(SIZE))
    np.testing.assert_allclose(found[[0, 1, 4, 5, 7, 8]], TRUE[[0, 1, 4, 5, 7, 8]], atol=0.25)


def test_a_case_does_not_see_itself() -> None:
    """Whatever came out in a fold, its own distributions and ridge stay bit for bit."""
    of, fold = made(40, 7), np.arange(40) % 4
    outcome = drawn(of, TRUE, 8)
    changed = np.where(fold == 2, 100 - outcome, outcome)
    first, second = held_out(of, outcome, fold), held_out(of, changed, fold)
    np.testing.assert_array_equal(first.mass[fold == 2], second.mass[fold == 2])
    assert first.fits[2].ridge == second.fits[2].ridge
    assert not np.array_equal(first.mass[fold == 1], second.mass[fold == 1])
    np.testing.assert_allclose(first.mass.sum(axis=1), 1.0)


def test_the_ridge_is_one_of_those_allowed_and_the_largest_without_folds() -> None:
    """Where nothing can be held out there is nothing to choose by."""
    of = made(30, 9)
    outcome, every = drawn(of, TRUE, 10), np.arange(30)
    assert fit_with_ridge_chosen(of, outcome, np.zeros(30, np.int64), every).ridge == RIDGES[-1]
    assert fit_with_ridge_chosen(of, outcome, every % 3, every).ridge in RIDGES


def test_a_scale_turned_round_turns_the_distribution() -> None:
    """The model knows no end of the scale from the other."""
    of = made(20, 11)
    back = replace(of, features=of.features[:, ::-1], lean=-of.lean[:, ::-1], pull=-of.pull)
    back = Focal(*(np.ascontiguousarray(part) for part in (back.features, back.lean, back.pull)))
    fitted = Fit(TRUE, 0.01)
    np.testing.assert_allclose(
        fitted.distributions(of), fitted.distributions(back)[:, ::-1], rtol=1e-10
    )


def test_no_weights_make_all_points_alike() -> None:
    """1 in 101 each."""
    of = made(3, 12)
    mass = Fit(np.zeros(SIZE), 0.01).distributions(of)
    assert mass == pytest.approx(1 / 101)
