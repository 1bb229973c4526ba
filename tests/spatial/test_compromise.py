"""The compromise model: a weighted mean, checked against numbers worked by hand."""

from __future__ import annotations

import numpy as np

from detente.spatial.compromise import compromise
from detente.spatial.table import Table


def test_weights_are_salience_times_power_and_absent_actors_count_for_nothing() -> None:
    """(0·1·2 + 100·0.5·2) / 3 with an absent third; equal weights where nobody has any."""
    position = np.array([[0.0, 100.0, np.nan], [20.0, 40.0, 60.0], [np.nan] * 3])
    salience = np.array([[1.0, 0.5, 1.0], [0.0, 0.0, 0.0], [1.0] * 3])
    table = Table(position, salience, np.full((3, 3), 2.0), np.full(3, np.nan))
    np.testing.assert_allclose(compromise(table), [100 / 3, 40.0, np.nan])
