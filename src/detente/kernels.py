"""Compiled loops, and elementary functions that give the same bits on every machine.

Library versions of exp, log and the normal distribution differ in the last bit
between processors. These use only additions, multiplications, divisions and
exact scalings, in a fixed order, so a table does not depend on where it was made.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np

from detente.arrays import Floats

F = TypeVar("F", bound=Callable[..., Any])


def kernel(function: F) -> F:
    """Compile ``function`` once, keep it on disk, and run it outside the interpreter lock."""
    compiler = cast(Any, numba).njit(cache=True, nogil=True, error_model="numpy")
    return cast(F, compiler(function))


def part(function: F) -> F:
    """Like ``kernel``, for short functions: copied into each kernel that calls them."""
    compiler = cast(Any, numba).njit(
        cache=True, nogil=True, error_model="numpy", forceinline=True, _nrt=False
    )
    return cast(F, compiler(function))


def lean(function: F) -> F:
    """Like ``kernel``, for functions that allocate nothing and take no slices.

    References to arrays are not counted, which a short function would spend its time on.
    Whatever it calls is compiled the same way, so that must neither allocate nor slice.
    """
    compiler = cast(Any, numba).njit(cache=True, nogil=True, error_model="numpy", _nrt=False)
    return cast(F, compiler(function))


LN2_HIGH = 6.93147180369123816490e-01
LN2_LOW = 1.90821492927058770002e-10
INVERSE_LN2 = 1.44269504088896338700
SQRT_HALF = 0.70710678118654752440
# 1 / n! for even n from 0 and for odd n from 1
EVEN_TERMS = tuple(1.0 / math.factorial(2 * n) for n in range(7))
ODD_TERMS = tuple(1.0 / math.factorial(2 * n + 1) for n in range(7))
INVERSE_SQRT_2PI = 0.39894228040143267794


@kernel
def exp(x: float) -> float:
    """Raise e to the ``x``, relative error below 5e-16; 0 below -745, infinite above 709.7."""
    if x < -745.0:
        return 0.0
    if x > 709.7:
        return math.inf
    power = math.floor(x * INVERSE_LN2 + 0.5)
    rest = (x - power * LN2_HIGH) - power * LN2_LOW
    # Taylor series to the 13th power, even and odd terms apart so that they run side by side
    square = rest * rest
    even = EVEN_TERMS[6]
    odd = ODD_TERMS[6]
    for term in range(5, -1, -1):
        even = even * square + EVEN_TERMS[term]
        odd = odd * square + ODD_TERMS[term]
    total = even + rest * odd
    return math.ldexp(total, int(power))


@kernel
def log(x: float) -> float:
    """Natural logarithm of ``x`` > 0, error below 4e-16 relative to max(1, |log x|)."""
    mantissa, exponent = math.frexp(x)
    if mantissa < SQRT_HALF:
        mantissa *= 2.0
        exponent -= 1
    ratio = (mantissa - 1.0) / (mantissa + 1.0)
    square = ratio * ratio
    series = 0.0
    for term in range(25, 0, -2):  # 2 artanh(ratio), |ratio| <= 0.172
        series = series * square + 1.0 / term
    return exponent * LN2_HIGH + (2.0 * ratio * series + exponent * LN2_LOW)


@kernel
def normal_cdf(z: float) -> float:
    """The standard normal distribution function, absolute error below 1e-14.

    Series of Marsaglia (2004), "Evaluating the normal distribution".
    """
    if z < -8.5:
        return 0.0
    if z > 8.5:
        return 1.0
    term = z
    total = z
    odd = 1.0
    while abs(term) > 1e-18 * abs(total):
        odd += 2.0
        term *= z * z / odd
        total += term
    return min(max(0.5 + total * INVERSE_SQRT_2PI * exp(-0.5 * z * z), 0.0), 1.0)


def exp_each(x: Floats) -> Floats:
    """``exp`` of every element; the shape is kept."""
    return _exp_each(np.ascontiguousarray(x).ravel()).reshape(x.shape)


@kernel
def _exp_each(x: Floats) -> Floats:
    out = np.empty_like(x)
    for i in range(x.size):
        out[i] = exp(x[i])
    return out


@kernel
def normal_cdf_each(z: Floats) -> Floats:
    """``normal_cdf`` of every element: shape (n,)."""
    out = np.empty_like(z)
    for i in range(z.size):
        out[i] = normal_cdf(z[i])
    return out
