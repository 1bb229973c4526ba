"""Verbal scales: every word is a range, and a range is sampled, never its middle.

The tables stand here once, each with a name and a version that situation files
quote, so that an old file keeps its meaning when a scale is revised.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """A versioned table from words to ranges ``(low, high)``, both ends included."""

    name: str
    version: int
    about: str
    source: str
    ranges: Mapping[str, tuple[float, float]]

    @property
    def label(self) -> str:
        """Name and version as a file quotes them, such as ``icd-203/1``."""
        return f"{self.name}/{self.version}"

    def word_for(self, value: float) -> str | None:
        """The word whose range holds ``value``, or None where the scale has none.

        Neighbouring ranges share their endpoint; a value on it takes the word of
        the higher range, except at the top of the scale (the tie rule).
        """
        within = [w for w, (low, high) in self.ranges.items() if low <= value < high]
        at_top = [w for w, (_, high) in self.ranges.items() if value == high]
        return next(iter(within or at_top), None)


PROBABILITY = Scale(
    name="icd-203",
    version=1,
    about="How likely something is.",
    source="US Intelligence Community Directive 203, Analytic Standards (2015), table of terms",
    ranges={
        "almost no chance": (0.01, 0.05),
        "remote": (0.01, 0.05),
        "very unlikely": (0.05, 0.20),
        "highly improbable": (0.05, 0.20),
        "unlikely": (0.20, 0.45),
        "improbable": (0.20, 0.45),
        "roughly even chance": (0.45, 0.55),
        "roughly even odds": (0.45, 0.55),
        "likely": (0.55, 0.80),
        "probable": (0.55, 0.80),
        "very likely": (0.80, 0.95),
        "highly probable": (0.80, 0.95),
        "almost certain": (0.95, 0.99),
        "nearly certain": (0.95, 0.99),
    },
)

MAGNITUDE = Scale(
    name="stake",
    version=1,
    about="How much, where 1 is a party's whole stake: from its worst package to its best.",
    source="Detente's own coding rule",
    ranges={
        "none": (0.0, 0.0),
        "very low": (0.0, 0.05),
        "low": (0.05, 0.10),
        "medium": (0.10, 0.20),
        "high": (0.20, 0.35),
        "very high": (0.35, 0.60),
    },
)

PREFERENCE = Scale(
    name="preference",
    version=1,
    about="What a party thinks of an option, from 0 (rejects) to 1 (seeks), by quarter points.",
    source="Detente's own coding rule: each word covers the values nearest to its quarter point",
    ranges={
        "rejects": (0.0, 0.125),
        "resists": (0.125, 0.375),
        "indifferent": (0.375, 0.625),
        "favours": (0.625, 0.875),
        "seeks": (0.875, 1.0),
    },
)

DEGREE = Scale(
    name="degree",
    version=1,
    about="How far along a scale from nothing (0) to everything (1): trust, tension, fear, shares.",
    source="Detente's own coding rule: five equal bands",
    ranges={
        "none": (0.0, 0.0),
        "very low": (0.0, 0.20),
        "low": (0.20, 0.40),
        "medium": (0.40, 0.60),
        "high": (0.60, 0.80),
        "very high": (0.80, 1.0),
        "full": (1.0, 1.0),
    },
)

SCALES: tuple[Scale, ...] = (PREFERENCE, MAGNITUDE, PROBABILITY, DEGREE)

# The synonyms of a band share its range; output uses the first of each.
TIE_RULE = (
    "Ranges that touch share their endpoint: a number on it takes the word of the higher range."
)
