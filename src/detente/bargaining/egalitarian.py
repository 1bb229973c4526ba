"""The egalitarian solution: the principal that gains least above its demand gains most.

On a finite zone, the package whose least surplus is greatest (Kalai 1977b), in stakes
as the file scales them. Ties go to the larger sum.
"""

from __future__ import annotations

from detente.bargaining.scoring import scored
from detente.bargaining.solution import Question, Solution
from detente.bargaining.walking import LEAST


def egalitarian(question: Question) -> Solution:
    """The package whose least surplus is greatest, in every draw."""
    return scored(question, LEAST)
