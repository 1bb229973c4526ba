"""Lines of one value over a table: against surfaces whose lines are known."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from detente.analysis.contour import contour
from detente.arrays import Floats

X, Y = (0.0, 1.0, 2.5, 3.0), (-1.0, 0.0, 2.0)


def test_a_plane_has_a_straight_line() -> None:
    """On z = x + 2 y the line of 1.3 is one chain from edge to edge, all its places on it."""
    z = np.array([[x + 2 * y for x in X] for y in Y])
    (chain,) = contour(X, Y, z, 1.3)
    assert all(x + 2 * y == pytest.approx(1.3) for x, y in chain)
    on_edge = [x in {X[0], X[-1]} or y in {Y[0], Y[-1]} for x, y in chain]
    assert on_edge[0]
    assert on_edge[-1]
    assert not any(on_edge[1:-1])


def test_a_hill_has_a_closed_line_round_it() -> None:
    """Points lie near the circle, the chain ends where it began."""
    places = np.linspace(-1.0, 1.0, 21)
    z = np.array([[-(x * x + y * y) for x in places] for y in places])
    (chain,) = contour(places.tolist(), places.tolist(), z, -0.3731)
    assert chain[0] == chain[-1]
    assert len(set(chain)) == len(chain) - 1
    assert all(math.hypot(x, y) == pytest.approx(math.sqrt(0.3731), abs=0.01) for x, y in chain)
    length = sum(math.dist(a, b) for a, b in pairwise(chain))
    assert length == pytest.approx(2 * math.pi * math.sqrt(0.3731), rel=0.01)


@pytest.mark.parametrize(("corners", "joined"), [((1.0, 0.4), True), ((0.6, 0.0), False)])
def test_at_a_saddle_the_middle_decides(corners: tuple[float, float], joined: bool) -> None:
    """High corners hang together where the middle is high, low ones where it is low."""
    high, low = corners
    z = np.array([[high, low], [low, high]])
    chains = contour((0.0, 1.0), (0.0, 1.0), z, 0.5)
    assert len(chains) == 2
    middles = [tuple(np.mean(chain, axis=0)) for chain in chains]
    cut_off = {(round(x), round(y)) for x, y in middles}
    assert cut_off == ({(1, 0), (0, 1)} if joined else {(0, 0), (1, 1)})


@given(
    z=arrays.arrays(
        np.float64,
        st.tuples(st.integers(2, 6), st.integers(2, 6)),
        elements=st.one_of(st.floats(-1.0, 1.0).map(lambda v: round(v, 3)), st.just(math.nan)),
    ),
    level=st.sampled_from([-0.2505, 0.0005, 0.5005]),
)
def test_every_cut_between_known_neighbours_is_on_a_line_once(z: Floats, level: float) -> None:
    """Each place lies on an edge, where the straight line between its ends takes the level."""
    rows, columns = z.shape
    x, y = [float(i) for i in range(columns)], [float(j) for j in range(rows)]
    chains = contour(x, y, z, level)
    places = [p for chain in chains for p in (chain[1:] if chain[0] == chain[-1] else chain)]
    assert len(places) == len(set(places))
    for px, py in places:
        i, j = math.floor(px), math.floor(py)
        assert px == i or py == j
        a, b = z[j, i], z[j, min(i + 1, columns - 1)] if px != i else z[min(j + 1, rows - 1), i]
        part = (px - i) + (py - j)
        assert (a + part * (b - a) if part else a) == pytest.approx(level, abs=1e-9)
    if not np.isnan(z).any():
        above = z >= level
        cuts = (above[:, 1:] != above[:, :-1]).sum() + (above[1:] != above[:-1]).sum()
        assert len(places) == cuts


def test_where_no_value_is_on_either_side_there_is_no_line() -> None:
    assert contour(X, Y, np.ones((3, 4)), 0.5) == ()
    assert contour(X, Y, np.full((3, 4), math.nan), 0.5) == ()
