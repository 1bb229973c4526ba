"""The balanced bootstrap, and shares of one mean in another."""

from __future__ import annotations

import numpy as np
import pytest

from detente.analysis.resampling import Resampling, shares


def test_every_row_is_drawn_equally_often() -> None:
    """Over all replicates the mean of means is the mean, exactly (it is balanced)."""
    columns = np.random.default_rng(1).normal(size=(37, 3))
    means = Resampling(5, replicates=200).means(columns)
    assert means.shape == (200, 3)
    assert means.mean(axis=0) == pytest.approx(columns.mean(axis=0), abs=1e-12)


def test_its_spread_is_the_error_of_a_mean() -> None:
    """The standard deviation of replicates is that of the column over the root of its rows."""
    column = np.random.default_rng(2).normal(size=(900, 1))
    spread = Resampling(5).means(column).std()
    assert spread == pytest.approx(column.std() / 30, rel=0.08)


def test_the_same_seed_gives_the_same_interval() -> None:
    """Other seeds draw other rows."""
    rng = np.random.default_rng(3)
    parts, whole = rng.normal(1.0, 1.0, (2, 1, 100)), rng.normal(3.0, 1.0, (1, 100))
    one, same, other = (shares(parts, whole, Resampling(seed)) for seed in (1, 1, 2))
    assert one == same
    assert one[0][0].value == other[0][0].value
    assert one[0][0].low != other[0][0].low


def test_an_estimate_below_nothing_is_not_cut_off() -> None:
    """A negative mean stays negative; a whole of nothing has shares of nothing."""
    rng = np.random.default_rng(4)
    parts = rng.normal(-0.1, 1.0, (1, 2, 400))
    whole = np.stack([rng.normal(3.0, 1.0, 400), np.zeros(400)])
    ((some, none),) = shares(parts, whole, Resampling(1))
    assert some.value < 0.0
    assert some.blurred
    assert (none.value, none.low, none.high) == (0.0, 0.0, 0.0)
