"""Streams: stratified, uniform, independent of chunks, of other names and of machines."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from detente.sampling.streams import uniforms

NAMES = [f"preferences.actor-{i}.issue.option" for i in range(12)]
GOLDEN_5 = [
    0.8447084208897108,
    0.298443861000043,
    0.7027338341809315,
    0.470432159258851,
    0.13291576665220184,
]
GOLDEN_TAIL = [0.1583441317140444, 0.16876173309170572]


@given(
    seed=st.integers(-(2**70), 2**70),
    name=st.text(max_size=20),
    rows=st.integers(1, 700),
)
def test_each_stratum_holds_exactly_one_row(seed: int, name: str, rows: int) -> None:
    """The N rows fall one into each N-th of the unit interval, strictly inside it."""
    u = uniforms(seed, name, rows, 0, rows)
    assert sorted(np.floor(u * rows).astype(int).tolist()) == list(range(rows))
    assert u.min() > 0.0
    assert u.max() < 1.0


@given(
    rows=st.integers(1, 300),
    cuts=st.lists(st.integers(0, 300), max_size=6),
)
def test_any_chunking_gives_the_same_column(rows: int, cuts: list[int]) -> None:
    """Chunks end to end are the whole column, bit for bit."""
    whole = uniforms(5, "outlook.north", rows, 0, rows)
    edges = sorted({0, rows, *(cut for cut in cuts if cut <= rows)})
    parts = [uniforms(5, "outlook.north", rows, a, b) for a, b in pairwise(edges)]
    assert np.concatenate([*parts, np.empty(0)]).tolist() == whole.tolist()


def test_values_are_these_on_every_machine() -> None:
    """Pinned: a change of these numbers changes every table ever made."""
    assert uniforms(1, "outlook.north", 5, 0, 5).tolist() == GOLDEN_5
    assert uniforms(2025, "event table.closes", 10_000, 9_998, 10_000).tolist() == GOLDEN_TAIL


def test_one_row_over_many_seeds_is_uniform() -> None:
    """What row 0 holds is uniform from seed to seed (Kolmogorov-Smirnov)."""
    first = np.array([uniforms(seed, "x", 37, 0, 1)[0] for seed in range(3000)])
    assert stats.kstest(first, "uniform").pvalue > 0.01


def test_place_within_the_stratum_is_uniform() -> None:
    """The place inside a stratum is uniform and goes with no row (Kolmogorov-Smirnov)."""
    u = uniforms(11, "x", 20_000, 0, 20_000) * 20_000
    inside = u - np.floor(u)
    assert stats.kstest(inside, "uniform").pvalue > 0.01
    assert abs(np.corrcoef(inside, np.floor(u))[0, 1]) < 4 / np.sqrt(20_000)


def test_columns_of_different_names_or_seeds_are_unrelated() -> None:
    """No pair of names or of seeds correlates beyond four standard errors."""
    rows = 4000
    columns = [uniforms(3, name, rows, 0, rows) for name in NAMES]
    columns += [uniforms(seed, NAMES[0], rows, 0, rows) for seed in (-3, 4, 5, 2**40)]
    related = np.corrcoef(columns) - np.eye(len(columns))
    assert np.abs(related).max() < 4 / np.sqrt(rows)


def test_successive_rows_are_unrelated() -> None:
    """A column is no sequence: rows next to each other do not go together."""
    u = uniforms(3, "x", 10_000, 0, 10_000)
    for lag in (1, 2, 7, 100):
        assert abs(np.corrcoef(u[:-lag], u[lag:])[0, 1]) < 4 / np.sqrt(10_000)


def test_rows_beyond_the_column_are_refused() -> None:
    """Asking past the end names what is allowed."""
    with pytest.raises(ValueError, match="0 <= start <= stop <= rows is allowed"):
        uniforms(1, "x", 10, 5, 11)
