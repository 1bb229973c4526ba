"""Given-data effects: any shape is seen, and nothing is not seen."""

from __future__ import annotations

import numpy as np
import pytest

from detente.analysis.given_data import bins_for, bins_of, moved
from detente.sampling.draws import Draws, Plan
from detente.situation.quantities import Uniform
from detente.testing.plain_functions import ISHIGAMI, ISHIGAMI_FIRST, ishigami, values_of

SHAPES = {**ISHIGAMI, "x.idle": Uniform(0.0, 1.0)}


def estimates(points: int, seed: int) -> dict[str, tuple[float, float]]:
    """Each input's share of the variance of the Ishigami function, with 1.96 standard errors."""
    draws = Draws(values_of(SHAPES), Plan(points, seed), 0, points)
    column = ishigami(draws)[None]
    found = {name: moved(bins_of(draws.stratum(name), bins_for(points)), column) for name in SHAPES}
    return {
        name: (one.variance[0] / column.var(), 1.96 * one.se[0] / column.var())
        for name, one in found.items()
    }


def test_ishigami_from_one_ordinary_run() -> None:
    """The hump of the second input is found, where a rank correlation finds nothing."""
    got = estimates(10_000, 1)
    for name, (share, reach) in got.items():
        assert share == pytest.approx(ISHIGAMI_FIRST.get(name, 0.0), abs=0.02), name
        assert reach < 0.03
    draws = Draws(values_of(SHAPES), Plan(10_000, 1), 0, 10_000)
    assert np.corrcoef(draws.stratum("x.two"), ishigami(draws))[0, 1] ** 2 < 0.002


def test_intervals_hold_nothing_about_as_often_as_they_say() -> None:
    """What does nothing is within its interval of nothing in at least 90 % of 100 runs."""
    inside = [
        abs(share) <= reach
        for seed in range(100)
        for share, reach in [estimates(512, seed)["x.idle"]]
    ]
    assert np.mean(inside) >= 0.9


def test_bins_are_of_equal_size_and_follow_the_values() -> None:
    """Strata in any order; few points make few bins, and one bin tells nothing."""
    stratum = np.random.default_rng(1).permutation(160).astype(float)
    bins = bins_of(stratum, bins_for(160))
    assert np.bincount(bins).tolist() == [20] * 8
    assert (np.diff(bins[np.argsort(stratum)]) >= 0).all()
    assert (bins_for(10), bins_for(20), bins_for(10_000)) == (1, 2, 32)
    nothing = moved(np.zeros(10, dtype=np.int64), np.ones((2, 10)))
    assert nothing.variance.tolist() == [0.0, 0.0]
