"""Published linear-additive scenarios as bargaining problems."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from detente.bargaining.space import Rules
from detente.testing.brute_force import Problem
from detente.testing.problems import plain_table

Published = Callable[[dict[str, Any]], Problem]


@pytest.fixture(scope="session")
def published() -> Published:
    """From a scenario of the verification file to a problem of one draw."""
    return _problem


def _problem(case: dict[str, Any]) -> Problem:
    sizes = tuple(len(issue["values"]) for issue in case["issues"])
    rows: list[list[float]] = []
    for actor in range(case["n_actors"]):
        weights, values = case["weights"][actor], case["values"][actor]
        row: list[float] = []
        for issue, (weight, by_option) in enumerate(zip(weights, values, strict=True)):
            bias = case["bias"][actor] if issue == 0 else 0.0
            row += [weight * value + bias for value in _in_order(case, issue, by_option)]
        rows.append(row)
    demand = np.array([case["reserved_used"]], dtype=np.float64)
    return Problem(Rules(sizes), plain_table(np.array([rows]), demand, np.ones_like(demand)))


def _in_order(case: dict[str, Any], issue: int, values: Any) -> list[float]:
    names = case["issues"][issue]["values"]
    return [values[name] for name in names] if isinstance(values, dict) else list(values)
