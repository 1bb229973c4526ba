"""Where a value stands on its scale, in a word and a number."""

from __future__ import annotations

from detente.situation.kinds import Kind
from detente.words import DEGREE, MAGNITUDE, PROBABILITY, Scale

MINUS = "\u2212"
_ENDS = {
    (MAGNITUDE.name, 0.0): "none",
    (DEGREE.name, 0.0): "none",
    (DEGREE.name, 1.0): "full",
    (PROBABILITY.name, 0.0): "never",
    (PROBABILITY.name, 1.0): "always",
}


def word_at(kind: Kind, value: float) -> str | None:
    """The word of the kind's first scale for ``value``; None where it has no words.

    Nothing and everything have words of their own. What lies beyond the last word, or
    short of the first, is said to.
    """
    if not kind.scales:
        return None
    if value < 0.0:
        return f"minus {_of(kind.scales[0], -value)}"
    return _of(kind.scales[0], value)


def _of(scale: Scale, value: float) -> str:
    exact = _ENDS.get((scale.name, value))
    if exact is not None:
        return exact
    words = list(scale.ranges)
    top = max(high for _, high in scale.ranges.values())
    beyond = next(word for word in words if scale.ranges[word][1] == top)
    return scale.word_for(value) or (f"beyond {beyond}" if value > top else f"below {words[0]}")


def number(value: float, digits: int = 2) -> str:
    """A value with a true minus sign, never minus nought."""
    rounded = round(value, digits) + 0.0
    return f"{rounded:.{digits}f}".replace("-", MINUS)


def size_words(size: float) -> str:
    """How far something moves; what is small keeps a third digit."""
    return number(size, 2 if size >= 0.0995 else 3)


def way(kind: Kind, start: float, stop: float) -> str:
    """``from resists (0.25) to indifferent (0.41)``; one word where it does not change."""
    digits = 2 if abs(stop - start) >= 0.02 else 3
    first, second = number(start, digits), number(stop, digits)
    before, after = word_at(kind, start), word_at(kind, stop)
    if before is None or after is None:
        return f"from {first} to {second}"
    if before == after:
        return f"from {first} to {second}, both {before}"
    return f"from {before} ({first}) to {after} ({second})"
