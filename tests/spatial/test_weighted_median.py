"""The weighted median and its tie rule."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.spatial.table import Table
from detente.spatial.weighted_median import median, median_of, weighted_median


def test_the_published_table(emission: Table) -> None:
    """7, as Scholz, Calbert & Smith (2011) have it at the start; unweighted 7 as well."""
    assert weighted_median(emission)[0] == 7.0
    assert median(emission)[0] == 7.0


def test_a_tie_is_the_middle_of_the_gap() -> None:
    """Half the weight on each side, even where the halves differ by rounding."""
    position = np.array([[10.0, 30.0, 80.0, np.nan], [10.0, 30.0, 80.0, 0.0]])
    weight = np.array([[0.1, 0.2, 0.3, 0.0], [0.0, 1.0, 0.0, 0.0]])
    np.testing.assert_allclose(median_of(position, weight), [55.0, 30.0])


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 6)), min_size=1, max_size=8))
def test_it_is_the_median_of_as_many_copies(rows: list[tuple[int, int]]) -> None:
    """Whole weights: numpy's median of a list in which each position stands weight times."""
    position, weight = (np.array([column], dtype=float) for column in zip(*rows, strict=True))
    copies = np.repeat(position[0], weight[0].astype(int))
    assert median_of(position, weight)[0] == np.median(copies)
