"""Orders of states as amounts: what gains and one pair imply is found again."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from detente.interchange.fitting import fit_of


@given(
    gain=st.lists(st.integers(-5, 5), min_size=2, max_size=4),
    pair=st.integers(-5, 5),
)
def test_orders_that_are_additive_with_a_pair_are_found(gain: list[int], pair: int) -> None:
    """Any order that gains of changes and one pair imply is reproduced without a miss."""
    count = len(gain)
    states = np.array([[n >> k & 1 for k in range(count)] for n in range(2**count)], dtype=np.bool_)
    value = states @ np.array(gain, dtype=float) + pair * (states[:, 0] & states[:, 1])
    fit = fit_of(states, value.astype(np.float64))
    assert fit.agreeing == fit.pairs


def test_an_order_that_no_gains_imply_is_fitted_as_far_as_it_goes() -> None:
    """A tie everywhere but at one state of three changes: the count says what is missed."""
    states = np.array([[n >> k & 1 for k in range(3)] for n in range(8)], dtype=np.bool_)
    rank = np.array([0, 0, 0, 0, 0, 0, 0, 1.0])
    fit = fit_of(states, rank)
    assert fit.pairs == 7
    assert 0 < fit.agreeing <= fit.pairs
    assert len(fit.together) <= 4
