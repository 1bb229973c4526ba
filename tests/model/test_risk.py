"""Risk of escalation: its closed form and its limits."""

from __future__ import annotations

import math

import numpy as np
import pytest

from detente.model.risk import risk_as_seen, risk_without_deal
from detente.sampling.draws import Draws, Plan
from detente.situation.load import Loaded
from detente.situation.quantities import Point, Quantity
from detente.situation.values import base_values, patched


def _draws(loaded: Loaded, **points: float) -> Draws:
    values = base_values(loaded.situation)
    patch = {
        name.replace("__", "."): Quantity(Point(value), str(value))
        for name, value in points.items()
    }
    return Draws(patched(values, patch, "test"), Plan(3, 1), 0, 3)


def test_risk_is_that_of_a_constant_hazard_raised_by_tension(every_term: Loaded) -> None:
    """R = 1 - exp(-rate e^(effect T) horizon), to 14 decimals."""
    draws = _draws(
        every_term, escalation__rate=0.02, escalation__tension_effect=1.5, escalation__horizon=9.0
    )
    tension = np.array([0.0, 0.5, 1.0])
    expected = [1 - math.exp(-0.02 * math.exp(1.5 * t) * 9) for t in tension]
    assert risk_without_deal(draws, tension) == pytest.approx(expected, abs=1e-14)


def test_no_rate_or_no_horizon_is_no_risk(every_term: Loaded) -> None:
    """A situation that states neither runs no risk, whatever the tension."""
    full = np.ones(3)
    assert risk_without_deal(_draws(every_term, escalation__rate=0.0), full).tolist() == [0.0] * 3
    assert (
        risk_without_deal(_draws(every_term, escalation__horizon=0.0), full).tolist() == [0.0] * 3
    )


def test_fear_adds_to_the_risk_seen_and_never_beyond_certainty(every_term: Loaded) -> None:
    """R_i = R + f F (1 - R): R itself without suspicion, 1 where both are full."""
    risk, fear = np.array([0.0, 0.25, 1.0]), np.array([0.5, 0.5, 0.5])
    none = _draws(every_term, escalation__suspicion__north=0.0)
    half = _draws(every_term, escalation__suspicion__north=0.5)
    full = _draws(every_term, escalation__suspicion__north=1.0)
    assert risk_as_seen(none, "north", risk, fear).tolist() == risk.tolist()
    assert risk_as_seen(half, "north", risk, fear).tolist() == [0.25, 0.4375, 1.0]
    assert risk_as_seen(full, "north", risk, np.ones(3)).tolist() == [1.0] * 3
