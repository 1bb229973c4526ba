"""Where a curve that is known at some steps, each with an error, crosses nought.

The curve is joined by straight lines, and so are the edges of its error band. A crossing is
told where the curve is clearly on one side at one step and clearly on the other at a later
one. Its bracket runs from where the band first touches nought to where it leaves it: every
place in it could be the crossing as far as Monte Carlo error goes (the inversion of pointwise
intervals; Fieller 1954 for the straight line).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from detente.arrays import Floats

ABOVE, BELOW, EVEN, UNKNOWN = 1, -1, 0, 2


@dataclass(frozen=True, slots=True)
class Crossing:
    """A change of side: where, in units of the steps, and between which two places."""

    at: float
    low: float
    high: float
    rising: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring steps on the same side: ABOVE, BELOW, EVEN (not told apart) or UNKNOWN."""

    side: int
    first: float
    last: float


def side_of(y: float | None, half: float) -> int:
    """On which side of nought a value with an error lies; UNKNOWN without one."""
    if y is None:
        return UNKNOWN
    if abs(y) <= half or y == 0.0:
        return EVEN
    return ABOVE if y > 0.0 else BELOW


def stretches(
    x: Sequence[float], y: Sequence[float | None], half: Sequence[float]
) -> tuple[Stretch, ...]:
    """The steps, each on its side, neighbours on the same side together.

    Args:
        x: steps, rising.
        y: the curve, None where it is not known.
        half: half the width of its error interval, at least 0.
    """
    found: list[Stretch] = []
    for at, value, width in zip(x, y, half, strict=True):
        side = side_of(value, width)
        if found and found[-1].side == side:
            found[-1] = Stretch(side, found[-1].first, at)
        else:
            found.append(Stretch(side, at, at))
    return tuple(found)


def crossings(
    x: Sequence[float], y: Sequence[float | None], half: Sequence[float]
) -> tuple[Crossing, ...]:
    """Every clear change of side, in order; arguments as for ``stretches``.

    Where the curve is not known between two steps, none is told between them.
    """
    found: list[Crossing] = []
    since: int | None = None  # the last step that was clearly on one side
    for i, (value, width) in enumerate(zip(y, half, strict=True)):
        side = side_of(value, width)
        if side == UNKNOWN:
            since = None
        elif side != EVEN:
            if since is not None and side != side_of(y[since], half[since]):
                found.append(_crossing(x, y, half, since, i))
            since = i
    return tuple(found)


def _crossing(
    x: Sequence[float], y: Sequence[float | None], half: Sequence[float], start: int, stop: int
) -> Crossing:
    part = slice(start, stop + 1)
    places = np.array(x[part], dtype=np.float64)
    curve = np.array(y[part], dtype=np.float64)
    width = np.array(half[part], dtype=np.float64)
    rising = bool(curve[-1] > 0.0)
    sign = 1.0 if rising else -1.0
    zeros = _zeros(places, curve)
    return Crossing(
        zeros[len(zeros) // 2],
        _zeros(places, sign * curve + width)[0],
        _zeros(places, sign * curve - width)[-1],
        rising,
    )


def _zeros(x: Floats, y: Floats) -> list[float]:
    """Where straight lines through the points change sign, in order; at least once."""
    return [
        float(x[i] + (x[i + 1] - x[i]) * y[i] / (y[i] - y[i + 1]))
        for i in range(len(x) - 1)
        if (y[i] < 0.0) != (y[i + 1] < 0.0)
    ]
