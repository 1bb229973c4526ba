"""Nash bargaining on a scale against a fine grid."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.spatial.nash import nash_failure, nash_reference
from detente.spatial.table import Table

GRID = np.linspace(0.0, 100.0, 20_001)


@settings(max_examples=40)
@given(st.integers(0, 10_000), st.booleans())
def test_no_point_of_a_grid_does_better(seed: int, one_sided: bool) -> None:
    """The weighted sum of log gains is largest there, over failure and over the reference point."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 6))
    x, weight = rng.uniform(0, 100, n), rng.uniform(0.1, 3, n)
    reference = float(x.min() / 2) if one_sided else float(rng.uniform(0, 100))
    table = Table(x[None], np.ones((1, n)), weight[None], np.array([reference]))
    for model, loss in ((nash_failure, np.full(n, 100.0)), (nash_reference, np.abs(x - reference))):
        gain = loss - np.abs(GRID[:, None] - x)
        allowed = (gain > 0).all(axis=1)
        found = model(table)[0]
        if not allowed.any():
            assert found == reference
            continue
        worth = np.where(
            allowed, (weight * np.log(np.where(gain > 0, gain, 1.0))).sum(axis=1), -np.inf
        )
        mine = loss - np.abs(found - x)
        assert (mine > 0).all()
        assert (weight * np.log(mine)).sum() >= worth.max() - 1e-9


def test_without_a_reference_point_there_is_no_forecast_over_it() -> None:
    """NaN, and the reference point itself where actors pull both ways from it."""
    x, one = np.array([[20.0, 60.0]]), np.ones((1, 2))
    assert np.isnan(nash_reference(Table(x, one, one, np.array([np.nan])))[0])
    assert nash_reference(Table(x, one, one, np.array([40.0])))[0] == 40.0
