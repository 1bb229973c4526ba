"""Voting power over an issue: among those who take part, alike where all must agree."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from detente.interchange.deu import read_deu
from detente.interchange.deu_power import UNANIMITY, with_shapley
from detente.spatial.compromise import compromise


def test_power_is_shared_among_states_that_take_part(made_up_deu: Path) -> None:
    """Indices sum to 1 over states; institutions have the largest; under unanimity all alike."""
    found = read_deu(made_up_deu / "tidy")
    table = with_shapley(found)
    states = table.present()[:, 2:] & (found.table.power[:, 2:] > 0)
    np.testing.assert_allclose(table.power[:, 2:].sum(axis=1), 1.0)
    np.testing.assert_array_equal(table.power[:, 2:] > 0, states & (table.power[:, 2:] > 0))
    np.testing.assert_array_equal(table.power[:, 0], table.power[:, 2:].max(axis=1))
    for case, rule in enumerate(found.rule):
        if rule == UNANIMITY:
            assert table.power[case, 2:][states[case]] == pytest.approx(1 / states[case].sum())


def test_the_published_mean_error_comes_out(shared_deu: Path) -> None:
    """23.00, as salience times the index gives."""
    found = read_deu(shared_deu).scored()
    assert round(float(np.abs(compromise(with_shapley(found)) - found.outcome).mean()), 2) == 23.0
