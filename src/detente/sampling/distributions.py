"""Quantile functions: from stratified uniforms to values, one function a shape.

A new distribution is a shape in ``situation.quantities`` and a function here.
"""

from __future__ import annotations

import numpy as np
import scipy  # its parts load when first named: most situations use none

from detente.arrays import Floats
from detente.situation.quantities import (
    Beta,
    Normal,
    Point,
    Quantiles,
    Shape,
    Triangle,
    Uniform,
)

# Library quantile functions may differ in their last bits between machines.
DECIMALS = 12


def quantile(shape: Shape, u: Floats) -> Floats:
    """Values at chances ``u`` (any shape, strictly between 0 and 1) of a distribution."""
    match shape:
        case Point(value):
            return np.full(u.shape, value)
        case Uniform(low, high):
            return np.minimum(low + (high - low) * u, high)  # a sum may round up
        case Triangle():
            return _triangle(shape, u)
        case Beta(a, b):
            return np.round(np.asarray(scipy.special.betaincinv(a, b, u)), DECIMALS)
        case Normal():
            return _normal(shape, u)
        case Quantiles(chances, values):
            return np.interp(u, np.asarray(chances), np.asarray(values))


def _triangle(shape: Triangle, u: Floats) -> Floats:
    width = shape.high - shape.low
    rise = (shape.mode - shape.low) / width
    left = shape.low + np.sqrt(u * width * (shape.mode - shape.low))
    right = shape.high - np.sqrt((1.0 - u) * width * (shape.high - shape.mode))
    return np.clip(np.where(u < rise, left, right), shape.low, shape.high)


def _normal(shape: Normal, u: Floats) -> Floats:
    """The normal distribution cut off at its bounds, by its inverse."""
    below, above = scipy.special.ndtr(
        np.array([(shape.low - shape.mean) / shape.sd, (shape.high - shape.mean) / shape.sd])
    )
    z = np.asarray(scipy.special.ndtri(below + (above - below) * u), dtype=np.float64)
    return np.clip(np.round(shape.mean + shape.sd * z, DECIMALS), shape.low, shape.high)
