"""What a model has to beat, by hand."""

from __future__ import annotations

import numpy as np

from detente.spatial.baselines import largest_actor, mean, middle, reference_point, salience_mean
from detente.spatial.compromise import compromise
from detente.spatial.table import Table


def test_by_hand() -> None:
    """Absent actors count for nothing, however strong; several strongest share."""
    table = Table(
        np.array([[0.0, 40.0, 100.0, np.nan]]), np.array([[0.2, 0.2, 0.6, 1.0]]),
        np.array([[2.0, 1.0, 2.0, 9.0]]), np.array([15.0]),
    )  # fmt: skip
    assert mean(table)[0] == 140.0 / 3.0
    np.testing.assert_allclose(salience_mean(table), [68.0])
    assert largest_actor(table)[0] == 50.0
    assert (reference_point(table)[0], middle(table)[0]) == (15.0, 50.0)


def test_the_published_compromise(emission: Table) -> None:
    """7.39 years (Scholz, Calbert & Smith 2011)."""
    assert round(float(compromise(emission)[0]), 2) == 7.39
