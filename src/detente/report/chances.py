"""Probabilities as the subject of a sentence."""

from __future__ import annotations

from detente.analysis.probabilities import MEANINGS


def the_chance(name: str) -> str:
    """``the chance that they meet``; a condition within it is closed with a comma."""
    meaning = MEANINGS[name]
    return f"the chance that {meaning}{',' if ', if' in meaning else ''}"
