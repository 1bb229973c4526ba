"""Tables for the spatial models: a published one, and made-up ones for properties."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import strategies as st

from detente.spatial.table import Table

# Scholz, Calbert & Smith (2011), Table 1, after Bueno de Mesquita (1994, p. 78): years until
# emission standards for medium-sized cars; capability, position, salience.
EMISSION = (
    (0.08, 4.0, 0.8), (0.08, 7.0, 0.4), (0.03, 4.0, 0.2), (0.16, 4.0, 0.8), (0.16, 10.0, 0.6),
    (0.16, 10.0, 0.6), (0.16, 10.0, 0.9), (0.05, 7.0, 0.1), (0.05, 4.0, 1.0), (0.08, 7.0, 0.7),
)  # fmt: skip


def _table(rows: list[tuple[float, float, float]], reference: float = float("nan")) -> Table:
    power, position, salience = (np.array([column]) for column in zip(*rows, strict=True))
    return Table(position, salience, power, np.array([reference]))


@pytest.fixture(scope="session")
def emission() -> Table:
    """The published table of ten member states, one case."""
    return _table(list(EMISSION))


_ROW = st.tuples(
    st.integers(1, 60).map(float),
    st.integers(0, 40).map(lambda n: n * 2.5),
    st.integers(1, 20).map(lambda n: n / 20),
)


@pytest.fixture(scope="session")
def tables() -> st.SearchStrategy[Table]:
    """Tables of one case with two to seven actors, all with a say, and a reference point."""
    return st.builds(_table, st.lists(_ROW, min_size=2, max_size=7), st.integers(0, 100).map(float))
