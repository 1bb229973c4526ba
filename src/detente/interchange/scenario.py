"""A negotiation as the libraries for automated negotiation hold it.

Each party has a linear-additive utility over packages and a reservation value: what
it has without an agreement. No package is marked as what holds today.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

Worths = tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers an issue runs over, both ends included."""

    low: float
    high: float
    whole: bool

    def points(self, most: int) -> tuple[float, ...]:
        """Every whole number if there are at most ``most``, else so many, evenly spread."""
        if self.low == self.high:
            return (self.low,)
        if self.whole and self.high - self.low < most:
            return tuple(float(n) for n in range(int(self.low), int(self.high) + 1))
        spread = np.linspace(self.low, self.high, most)
        numbers = np.rint(spread) if self.whole else spread
        return tuple(float(f"{number:.12g}") for number in numbers)


@dataclass(frozen=True, slots=True)
class ScenarioIssue:
    """An issue and its values as text; ``numbers`` where they are numbers."""

    name: str
    values: tuple[str, ...]
    numbers: tuple[float, ...] | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """A party's utility: the sum of ``worth[issue][value]``, weights included, and ``bias``.

    ``reserved`` is its utility without an agreement, None where the source gives none.
    """

    name: str
    worth: Worths
    bias: float
    reserved: float | None


@dataclass(frozen=True, slots=True)
class Scenario:
    """Issues and one profile a party."""

    name: str
    issues: tuple[ScenarioIssue, ...]
    profiles: tuple[Profile, ...]

    @property
    def packages(self) -> int:
        """How many there are."""
        return math.prod(len(issue.values) for issue in self.issues)


def number_text(number: float) -> str:
    """A number as a name: without a needless point."""
    return f"{number:.12g}"
