"""Elementary functions: documented error bounds against exact decimal arithmetic."""

from __future__ import annotations

import math
from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy import special

from detente.kernels import exp, exp_each, log, normal_cdf

BOUND = Decimal("4e-16")
LEAST_NORMAL = 2.2250738585072014e-308


def _off(found: float, exact: Decimal, scale: Decimal) -> Decimal:
    return abs(Decimal(found) - exact) / scale


@settings(max_examples=400)
@given(x=st.floats(-708.0, 709.7))
@example(x=0.0)
@example(x=709.7)
@example(x=math.log(2) / 2)
@example(x=-1e-300)
def test_exp_is_within_its_bound(x: float) -> None:
    """Relative error below 4e-16 wherever the result is a normal number."""
    with localcontext(prec=40):
        exact = Decimal(x).exp()
        assert _off(exp(x), exact, exact) < BOUND


@given(x=st.floats(-745.0, -708.0))
def test_exp_of_very_negative_numbers_is_the_nearest_subnormal(x: float) -> None:
    """Below the least normal number the error is at most one step of the subnormals."""
    with localcontext(prec=40):
        assert abs(Decimal(exp(x)) - Decimal(x).exp()) <= Decimal(math.ulp(0.0))


def test_exp_saturates_beyond_its_range() -> None:
    """0 below -745 and infinite above 709.7, without a warning; 1 at 0."""
    assert exp(-745.1) == exp(-1e300) == exp(-math.inf) == 0.0
    assert exp(709.8) == exp(math.inf) == math.inf
    assert exp(0.0) == 1.0


@settings(max_examples=400)
@given(x=st.floats(5e-324, 1.7e308, allow_subnormal=True))
@example(x=1.0)
@example(x=math.nextafter(1.0, 2.0))
@example(x=math.nextafter(1.0, 0.0))
@example(x=math.sqrt(0.5))
def test_log_is_within_its_bound(x: float) -> None:
    """Error below 4e-16 of the larger of 1 and |log x|."""
    with localcontext(prec=40):
        exact = Decimal(x).ln()
        assert _off(log(x), exact, max(Decimal(1), abs(exact))) < BOUND


@settings(max_examples=400)
@given(z=st.floats(-40.0, 40.0))
@example(z=0.0)
@example(z=8.5)
@example(z=-8.5)
@example(z=8.4999)
@example(z=1e-320)
def test_normal_cdf_is_within_its_bound(z: float) -> None:
    """Absolute error below 1e-14 against SciPy's ndtr, and within 0 and 1."""
    found = normal_cdf(z)
    assert found == pytest.approx(special.ndtr(z), abs=1e-14, rel=0)
    assert 0.0 <= found <= 1.0


def test_normal_cdf_rises_and_is_symmetric() -> None:
    """Over a fine grid: never falls by more than rounding, and Phi(-z) = 1 - Phi(z)."""
    grid = np.linspace(-9, 9, 20_001)
    values = np.array([normal_cdf(z) for z in grid])
    assert (np.diff(values) > -2e-15).all()
    assert np.abs(values + values[::-1] - 1.0).max() < 1e-14
    assert normal_cdf(0.0) == 0.5


def test_exp_each_is_exp_of_each_in_the_same_shape() -> None:
    """Any shape and stride: the same bits as one by one."""
    x = np.linspace(-5, 5, 24).reshape(2, 3, 4)[:, ::-1, ::2]
    assert exp_each(x).tolist() == [[[exp(v) for v in row] for row in block] for block in x]
