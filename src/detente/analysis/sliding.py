"""An uncertain value slid towards an end of its scale, all of it at once.

Sliding by t takes a value X to (1 - t) X + t b, where b is the end: nothing moves at
t = 0, and at t = 1 only b is left. Quantiles slide with the value, so in every draw
the slid value is the same mixture of what was drawn and the end: moves share their
random numbers with what they are compared with.
"""

from __future__ import annotations

import numpy as np

from detente.sampling.distributions import quantile
from detente.situation.kinds import Bounds
from detente.situation.quantities import (
    Beta,
    Normal,
    Point,
    Quantiles,
    Quantity,
    Shape,
    Triangle,
    Uniform,
    from_span,
)
from detente.situation.values import Values

KNOTS = 33  # quantiles that stand for a curved distribution once it slides
_MONTHLY = 1.0  # a rate slides up to one event a month, or to where it is already
_SHARES = ("relieved_by", "removed_by")


def slid(quantity: Quantity, t: float, end: float) -> Quantity:
    """``quantity`` slid by ``t`` (0..1) towards ``end``, which its kind allows.

    Exact for numbers, ranges, triangles and stated quantiles. A beta or normal
    distribution is first replaced by straight lines between 33 of its quantiles.
    """
    if t <= 0.0:
        return quantity
    if t >= 1.0:
        return Quantity(Point(end), f"{end:g}")
    shape = quantity.shape
    if isinstance(shape, Beta | Normal):
        shape = _knotted(quantity)
    return _mixed(shape, t, end)


def _mixed(shape: Shape, t: float, end: float) -> Quantity:
    """A shape of straight lines, slid."""

    def to(value: float) -> float:
        mixed = (1.0 - t) * value + t * end
        return min(max(mixed, min(value, end)), max(value, end))  # sums round

    match shape:
        case Point(value):
            return Quantity(Point(to(value)), f"{to(value):g}")
        case Uniform(low, high):
            return from_span((to(low), to(high)), f"{to(low):.3g}..{to(high):.3g}")
        case Triangle(low, mode, high):
            low, mode, high = to(low), to(mode), to(high)
            written = f"{low:.3g}..{high:.3g}, mode {mode:.3g}"
            return Quantity(Triangle(low, mode, high) if low < high else Point(low), written)
        case Quantiles(chances, values):
            return Quantity(
                Quantiles(chances, tuple(map(to, values))), f"quantiles({len(chances)})"
            )
        case _:
            raise TypeError(f"{shape}: a curved shape; straight lines; take its quantiles first")


def _knotted(quantity: Quantity) -> Quantiles:
    """Straight lines between quantiles, closer together in the tails; the span's ends are kept."""
    chances = (1.0 - np.cos(np.linspace(0.0, np.pi, KNOTS))) / 2.0
    values = np.empty(KNOTS)
    values[0], values[-1] = quantity.span
    values[1:-1] = quantile(quantity.shape, chances[1:-1])
    return Quantiles((0.0, *map(float, chances[1:-1]), 1.0), tuple(map(float, values)))


def ends(values: Values, address: str) -> Bounds:
    """Where ``address`` may slide to, downwards and upwards, while all else stays.

    The bounds of its kind, but: a rate goes up to one a month or to where it already
    is; shares of one whole, and weights of influence on one actor, go no further than
    the others leave room.
    """
    value = values[address]
    low, high = value.kind.bounds
    top = value.quantity.span[1]
    if value.kind.name == "rate":
        return low, max(_MONTHLY, top)
    return low, max(min(high, 1.0 - _others(values, address)), top)


def _others(values: Values, address: str) -> float:
    """What is taken, at the most, of a whole that ``address`` is a part of."""
    parts = address.split(".")
    if parts[0] == "influence":
        return sum(
            value.quantity.span[1]
            for other, value in values.items()
            if other.startswith("influence.") and other.endswith(f".{parts[2]}")
            and other != address
        )  # fmt: skip
    share = next((name for name in _SHARES if name in parts), None)
    if share is None:
        return 0.0
    cut = parts.index(share) + 1
    stem, issue = ".".join(parts[:cut]) + ".", parts[cut]
    return _taken(values, stem, issue)


def _taken(values: Values, stem: str, besides: str) -> float:
    """The most that one package takes of the shares below ``stem``, one issue left out."""
    best: dict[str, float] = {}
    for address, value in values.items():
        if address.startswith(stem):
            issue = address.removeprefix(stem).split(".")[0]
            best[issue] = max(best.get(issue, 0.0), value.quantity.span[1])
    best.pop(besides, None)
    return sum(best.values())
