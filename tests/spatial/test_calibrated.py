"""The shipped distribution: it is one, it knows its focal points, and it turns with the scale."""

from __future__ import annotations

import numpy as np

from detente.spatial.calibrated import EU_DECISIONS, calibrated
from detente.spatial.focal import FEATURES
from detente.spatial.table import Table

POSITION = np.array([[0.0, 37.0, 100.0], [20.0, np.nan, 63.0]])
TABLE = Table(POSITION, np.ones((2, 3)), np.ones((2, 3)), np.array([13.0, np.nan]))
FORECAST = np.array([37.0, 41.0])


def test_focal_points_stand_out() -> None:
    """A position or a reference point holds more than the point beside it; rows sum to 1."""
    mass = calibrated(FORECAST, TABLE)
    np.testing.assert_allclose(mass.sum(axis=1), 1.0)
    assert mass[0, 37] > 5 * mass[0, 38]
    assert mass[0, 13] > 1.5 * mass[0, 14]
    assert mass[1, 63] > 5 * mass[1, 62]


def test_an_agenda_setter_draws_outcomes_to_its_position() -> None:
    """More mass where one stands, less everywhere else."""
    without = calibrated(FORECAST, TABLE)
    mass = calibrated(FORECAST, TABLE, POSITION[:, :1])
    assert mass[0, 0] > without[0, 0]
    assert (np.delete(mass[0], 0) < np.delete(without[0], 0)).all()


def test_a_scale_turned_round_turns_it() -> None:
    """No end of the scale is known from the other."""
    table = Table(100.0 - POSITION, TABLE.salience, TABLE.power, 100.0 - TABLE.reference)
    np.testing.assert_allclose(
        calibrated(FORECAST, TABLE), calibrated(100.0 - FORECAST, table)[:, ::-1], rtol=1e-10
    )


def test_what_ships_has_a_weight_a_feature() -> None:
    """In the order of FEATURES."""
    assert len(EU_DECISIONS.weights) == len(FEATURES)
