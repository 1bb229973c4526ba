"""Outcomes of other groups: all alike, or by nearness of the forecasts."""

from __future__ import annotations

import numpy as np
import pytest

from detente.spatial.climatology import WIDTH, analogues, climatology

OUTCOME = np.array([0, 10, 10, 100])
GROUP = ("a", "a", "b", "c")


def test_climatology_leaves_the_own_group_out() -> None:
    """Group a sees 10 and 100; b sees 0, 10 and 100."""
    mass = climatology(OUTCOME, GROUP)
    np.testing.assert_allclose(mass[0, [0, 10, 100]], [0.0, 0.5, 0.5])
    np.testing.assert_allclose(mass[2, [0, 10, 100]], [1 / 3] * 3)
    np.testing.assert_allclose(mass.sum(axis=1), 1.0)


def test_nearer_forecasts_weigh_more() -> None:
    """A normal kernel: one width away counts exp(-1/2) of one at the same place."""
    forecast = np.array([50.0, 0.0, 50.0, 50.0 + WIDTH])
    mass = analogues(forecast, OUTCOME, GROUP)
    assert mass[0, 100] / mass[0, 10] == pytest.approx(np.exp(-0.5))
