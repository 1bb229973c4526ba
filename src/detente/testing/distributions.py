"""What every distribution must do: its quantile function rises, keeps its bounds, is pure.

A new shape's test calls ``conforms`` with the shape and, if a library knows the
distribution, that library's quantile function.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from detente.arrays import Floats
from detente.sampling.distributions import quantile
from detente.situation.quantities import Quantity, Shape

POINTS = 2001
STEP = 67  # every so many points are also computed one at a time


def conforms(
    shape: Shape, reference: Callable[[Floats], Floats] | None = None, tolerance: float = 1e-9
) -> None:
    """Raise AssertionError naming the first property that ``shape`` breaks."""
    u = (np.arange(POINTS) + 0.5) / POINTS
    x = quantile(shape, u)
    low, high = Quantity(shape, "as tested").span
    assert x.shape == u.shape, f"{shape}: one value a chance"
    assert np.isfinite(x).all(), f"{shape}: every value is finite"
    assert (np.diff(x) >= 0.0).all(), f"{shape}: values rise with their chance"
    assert x.min() >= low, f"{shape}: {x.min()} is below the least value {low}"
    assert x.max() <= high, f"{shape}: {x.max()} is above the greatest value {high}"
    ends = quantile(shape, np.array([2.0**-54, 1.0 - 2.0**-53]))
    assert ((ends >= low) & (ends <= high)).all(), f"{shape}: the extremes keep the bounds"
    alone = np.concatenate([quantile(shape, u[i : i + 1]) for i in range(0, POINTS, STEP)])
    assert (alone == x[::STEP]).all(), f"{shape}: a value depends on its own chance alone"
    if reference is not None:
        worst = float(np.abs(x - reference(u)).max())
        assert worst <= tolerance, f"{shape}: off the reference by {worst}"
