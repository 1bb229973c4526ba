"""Two sides of a comparison: what they are called, and what may be said of their difference."""

from __future__ import annotations

from detente.analysis.compare import Comparison, DriverShare
from detente.analysis.driving import DRIVER_WORDS
from detente.analysis.pooling import Difference
from detente.analysis.probabilities import Estimate
from detente.figures.naming import Names
from detente.figures.spans import FEW, Z

CONDITION = {"tangible_given_held": "held", "lasts_given_deal": "deal"}


def by_rounds(one: Comparison) -> bool:
    """Whether two rounds are compared, under one reading."""
    return one.first.round != one.second.round


def sides(names: Names, one: Comparison) -> tuple[str, str]:
    """What the two sides are called: rounds, or readings where the round is the same."""
    if by_rounds(one):
        return names.round(one.first.round), names.round(one.second.round)
    return names.reading(one.first.reading), names.reading(one.second.reading)


def shared(names: Names, one: Comparison) -> str:
    """What the two sides share: the reading, or the round."""
    return names.reading(one.first.reading) if by_rounds(one) else names.round(one.first.round)


def driver_name(driver: str) -> str:
    """A driver in words."""
    return DRIVER_WORDS.get(driver, driver.replace("-", " "))


def points(value: float) -> str:
    """A difference in points of probability, signed."""
    rounded = round(100 * value, 1) + 0.0  # never minus nought
    return f"{rounded:+.1f}".replace("-", "\u2212")


def is_clear(difference: Difference | DriverShare) -> bool:
    """Whether a difference is more than Monte Carlo error."""
    return difference.points != 0.0 and abs(difference.points) > Z * difference.se


def too_few(one: Comparison, name: str) -> bool:
    """Whether a conditional chance rests on too few draws on one side, or on none."""
    condition = CONDITION.get(name)
    if condition is None:
        return False
    found = one.differences.get(condition)
    if found is None:  # taken as given: every draw counts
        return name not in one.differences
    return name not in one.differences or any(
        _draws(side) < FEW for side in (found.first, found.second)
    )


def _draws(found: Estimate) -> float:
    """How many draws a share p came true in, from its error sqrt(p (1 - p) / n)."""
    if found.mc_se == 0.0:
        return 0.0 if found.p == 0.0 else float("inf")
    return found.p**2 * (1.0 - found.p) / found.mc_se**2
