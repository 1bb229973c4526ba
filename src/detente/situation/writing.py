"""Quantities back to what a person would write."""

from __future__ import annotations

from detente.situation.quantities import (
    Beta,
    Normal,
    Point,
    Quantiles,
    Quantity,
    Triangle,
    Uniform,
)
from detente.words import SCALES

_WORDS = frozenset(word for scale in SCALES for word in scale.ranges)

Plain = str | float | dict[str, object] | None


def plain(quantity: Quantity | None) -> Plain:
    """The YAML value that reads back as ``quantity``: words stay words."""
    if quantity is None:
        return None
    if quantity.written.removeprefix("minus ") in _WORDS:
        return quantity.written
    match quantity.shape:
        case Point(value):
            return value
        case Uniform(low, high):
            return f"{low!r}..{high!r}"
        case Triangle(low, mode, high):
            return {"low": low, "mode": mode, "high": high}
        case Beta(a, b):
            return {"beta": [a, b]}
        case Normal(mean, sd):
            return {"normal": {"mean": mean, "sd": sd}}
        case Quantiles(chances, values):
            return {"quantiles": dict(zip(chances, values, strict=True))}


def in_words(quantity: Quantity) -> str:
    """The value for a reader: the word with its range, or the numbers."""
    low, high = quantity.span
    if (
        quantity.written in {"default", "neutral"}
        or quantity.written.removeprefix("minus ") in _WORDS
    ):
        numbers = f"{low:g}" if low == high else f"{low:g}..{high:g}"
        return f"{quantity.written} ({numbers})"
    return quantity.written
