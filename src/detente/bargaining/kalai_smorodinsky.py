"""The solution of Kalai and Smorodinsky: everybody gets the same share of the most it could get.

On a finite zone, the package whose least share is greatest; shares are surpluses over
the ideal point, the most each principal could get anywhere in the zone (Kalai &
Smorodinsky 1975). Ties go to the larger sum of shares.
"""

from __future__ import annotations

from detente.bargaining.scoring import scored
from detente.bargaining.solution import Question, Solution
from detente.bargaining.walking import LEAST


def kalai_smorodinsky(question: Question) -> Solution:
    """The package whose least share of the ideal point is greatest, in every draw."""
    return scored(question, LEAST, by_ideal=True)
