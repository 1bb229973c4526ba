"""Quantile functions: the conformance suite, and SciPy's own distributions."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from detente.arrays import Floats
from detente.sampling.distributions import quantile
from detente.situation.quantities import (
    Beta,
    Normal,
    Point,
    Quantiles,
    Shape,
    Triangle,
    Uniform,
)
from detente.testing.distributions import conforms


def _truncated(mean: float, sd: float, low: float, high: float) -> Callable[[Floats], Floats]:
    return stats.truncnorm((low - mean) / sd, (high - mean) / sd, mean, sd).ppf


CASES: list[tuple[Shape, Callable[[Floats], Floats]]] = [
    (Point(0.3), lambda u: np.full(u.shape, 0.3)),
    (Uniform(-0.2, 0.6), stats.uniform(-0.2, 0.8).ppf),
    (Triangle(0.1, 0.4, 0.9), stats.triang(0.3 / 0.8, 0.1, 0.8).ppf),
    (Triangle(0.0, 0.0, 0.5), stats.triang(0.0, 0.0, 0.5).ppf),
    (Triangle(0.2, 1.0, 1.0), stats.triang(1.0, 0.2, 0.8).ppf),
    (Beta(2.0, 5.0), stats.beta(2, 5).ppf),
    (Beta(0.5, 0.5), stats.beta(0.5, 0.5).ppf),
    (Beta(300.0, 2.0), stats.beta(300, 2).ppf),
    (Normal(0.7, 0.2, 0.0, 1.0), _truncated(0.7, 0.2, 0.0, 1.0)),
    (Normal(-1.0, 3.0, -1.0, 1.0), _truncated(-1.0, 3.0, -1.0, 1.0)),
    (Normal(0.5, 1000.0, 0.0, 1.0), _truncated(0.5, 1000.0, 0.0, 1.0)),
    (Quantiles((0.0, 0.5, 1.0), (0.0, 0.1, 0.5)), lambda u: np.interp(u, [0, 0.5, 1], [0, 0.1, 0.5])),
    (Quantiles((0.0, 0.2, 0.8, 1.0), (0.3, 0.3, 0.3, 0.9)), lambda u: np.where(u < 0.8, 0.3, 0.3 + 3 * (u - 0.8))),
]  # fmt: skip


@pytest.mark.parametrize(("shape", "reference"), CASES, ids=lambda case: type(case).__name__)
def test_shape_conforms_and_equals_scipy(
    shape: Shape, reference: Callable[[Floats], Floats]
) -> None:
    """Rises, keeps its bounds, works value by value, and is SciPy's to nine decimals."""
    conforms(shape, reference)


@given(
    ends=st.tuples(st.floats(-1, 1), st.floats(-1, 1), st.floats(-1, 1)),
)
def test_any_triangle_and_range_conforms(ends: tuple[float, float, float]) -> None:
    """Whatever an analyst's three numbers, however close, the suite holds."""
    low, mode, high = sorted(ends)
    if low < high:
        conforms(Triangle(low, mode, high))
        conforms(Uniform(low, high))


@given(a=st.floats(0.01, 1e5), b=st.floats(0.01, 1e5))
def test_any_beta_conforms(a: float, b: float) -> None:
    """Whatever the shapes, values stay within 0 and 1 and rise."""
    conforms(Beta(a, b))


@given(mean=st.floats(0, 1), sd=st.floats(1e-6, 1e5))
def test_any_cut_normal_conforms(mean: float, sd: float) -> None:
    """However narrow or wide, a cut normal stays within its bounds and rises."""
    conforms(Normal(mean, sd, 0.0, 1.0))


def test_stratified_draws_have_the_shapes_mean() -> None:
    """A thousand strata bring the mean of a triangle within a thousandth of it."""
    u = (np.arange(1000) + 0.5) / 1000
    assert quantile(Triangle(0.1, 0.4, 0.9), u).mean() == pytest.approx(1.4 / 3, abs=1e-3)
