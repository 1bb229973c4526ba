"""The utilitarian solution: the largest sum of surpluses over the principals.

It compares stakes between parties, so it hangs on how the file scales them
(Harsanyi 1955; Myerson 1981).
"""

from __future__ import annotations

from detente.bargaining.scoring import scored
from detente.bargaining.solution import Question, Solution
from detente.bargaining.walking import SUM


def utilitarian(question: Question) -> Solution:
    """The package with the largest sum of the principals' surpluses, in every draw."""
    return scored(question, SUM)
