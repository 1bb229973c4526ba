"""Probabilities: shares of draws with their Monte Carlo error."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from detente.analysis.probabilities import MEANINGS, NAMES, probabilities, share
from detente.ensemble.chunk import Outcomes


def test_standard_error_is_that_of_a_share() -> None:
    """sqrt(p (1 - p) / n), and nothing where all draws agree."""
    estimate = share(np.array([True] * 30 + [False] * 70))
    assert estimate.p == 0.3
    assert estimate.mc_se == pytest.approx((0.3 * 0.7 / 100) ** 0.5, rel=1e-15)
    assert (share(np.ones(5, dtype=np.bool_)).p, share(np.ones(5, dtype=np.bool_)).mc_se) == (1, 0)


def test_the_stated_error_is_how_far_independent_runs_scatter() -> None:
    """Over 400 runs of 200 coins the shares scatter by the error that each states."""
    rng = np.random.default_rng(1)
    estimates = [share(rng.random(200) < 0.2) for _ in range(400)]
    scatter = np.std([estimate.p for estimate in estimates])
    stated = np.mean([estimate.mc_se for estimate in estimates])
    assert scatter == pytest.approx(stated, rel=0.1)


def test_what_is_not_modelled_is_absent(make_outcomes: Callable[..., Outcomes]) -> None:
    """Deal and tangible given held are there; the acts that do not exist yet are not zero."""
    found = probabilities(make_outcomes([1, -1, 4, -1], tangible=[True, False, False, False]))
    assert {name: estimate.p for name, estimate in found.items()} == {
        "deal": 0.5,
        "tangible_given_held": 0.25,
    }
    assert set(found) < set(NAMES) == set(MEANINGS)
