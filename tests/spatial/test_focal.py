"""Features of the points: worked by hand, and a scale turned round turns them round."""

from __future__ import annotations

import numpy as np

from detente.arrays import Floats
from detente.spatial.focal import FEATURES, POINTS, focal, standing
from detente.spatial.table import Table

NAN = np.nan
TABLE = Table(
    np.array([[0.0, 35.0, 80.0, NAN], [50.0, 50.0, NAN, 20.4]]),
    np.array([[0.5, 1.0, 0.2, 0.9], [1.0, 0.0, 0.4, 0.3]]),
    np.ones((2, 4)),
    np.array([10.0, NAN]),
)
FORECAST = np.array([40.0, 45.0])
SETTERS = np.array([[35.0, 35.0], [NAN, 20.4]])


def turned(position: Floats) -> Floats:
    """The scale the other way round."""
    return 100.0 - position


def test_features_are_those_worked_by_hand() -> None:
    """Of the first case: points 10, 35 and 90; distance from the forecast of 40."""
    found = focal(FORECAST, TABLE, SETTERS)
    named = {name: found.features[0, :, i] for i, name in enumerate(FEATURES)}
    expected = {
        "ten": [1, 0, 1], "five": [1, 1, 1], "middle": [0, 0, 0], "end": [0, 0, 0],
        "position": [0, 1, 0], "reference": [1, 0, 0], "setter": [0, 2, 0], "within": [1, 1, 0],
    }  # fmt: skip
    for name, values in expected.items():
        assert named[name][[10, 35, 90]].tolist() == values, name
    np.testing.assert_allclose(
        named["distance"][[10, 35, 90]], np.sqrt(np.array([1.2, 0.2, 2.0]) ** 2 + 0.01)
    )
    assert found.pull.shape == (2, 0)


def test_pulls_are_leans_of_those_present() -> None:
    """Salience times distance from the forecast in 25 points, a tenth of it; 0 for the absent."""
    found = focal(FORECAST, TABLE, SETTERS, pulls=True)
    np.testing.assert_allclose(found.pull[0], [0.1 * 0.5 * -1.6, 0.1 * -0.2, 0.1 * 0.2 * 1.6, 0.0])
    np.testing.assert_allclose(found.lean[0, [40, 65]], [0.0, 1.0])


def test_a_scale_turned_round_turns_the_features() -> None:
    """What stands at x stands at 100 - x, leans and pulls the other way."""
    table = Table(turned(TABLE.position), TABLE.salience, TABLE.power, turned(TABLE.reference))
    there = focal(FORECAST, TABLE, SETTERS, pulls=True)
    back = focal(turned(FORECAST), table, turned(SETTERS), pulls=True)
    np.testing.assert_allclose(there.features, back.features[:, ::-1])
    np.testing.assert_allclose(there.lean, -back.lean[:, ::-1])
    np.testing.assert_allclose(there.pull, -back.pull)


def test_everybody_stands_once() -> None:
    """As many as take a position, each at the nearest point."""
    count = standing(TABLE.position)
    assert count.shape == (2, POINTS)
    assert count.sum(axis=1).tolist() == [3.0, 3.0]
    assert count[1, [20, 50]].tolist() == [1.0, 2.0]
