"""Which principals carry a package between them, as a chain of yes-or-no questions.

The question "do the votes of who agrees reach the quorum?" is asked one principal at a
time; questions that can only be answered alike are one (a reduced ordered decision diagram,
Bryant 1986). So a kernel can answer it for 64 packages at once, with words of bits.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from detente.arrays import Ints
from detente.bargaining.rows import votes_of
from detente.bargaining.space import Rules
from detente.errors import SpaceTooLarge

NO, YES = 0, 1  # the two answers; questions are numbered from 2
MOST_QUESTIONS = 4096


@lru_cache(maxsize=32)
def questions_of(rules: Rules, parties: int) -> Ints:
    """The questions, each after those it leads to: shape (question, 3).

    Columns are the party asked, and where its yes and its no lead: NO, YES or a question's
    number. The last row is the first question. No rows where everybody must agree.

    Raises:
        SpaceTooLarge: more than MOST_QUESTIONS questions.
    """
    votes, needed = votes_of(rules, parties)
    asked = [(party, float(vote)) for party, vote in enumerate(votes) if vote >= 0.0]
    diagram = _Diagram(asked, needed)
    if diagram.ask(0, 0.0) == NO:  # no coalition carries anything
        return np.array([[0, NO, NO]], dtype=np.int64)
    return np.array(diagram.rows, dtype=np.int64).reshape(len(diagram.rows), 3)


class _Diagram:
    """The questions found so far, by what they lead to and by the votes they start from."""

    def __init__(self, asked: list[tuple[int, float]], needed: float) -> None:
        self.asked, self.needed = asked, needed
        self.rows: list[tuple[int, int, int]] = []
        self.known: dict[tuple[int, int, int], int] = {}
        self.found: dict[tuple[int, float], int] = {}

    def ask(self, at: int, so_far: float) -> int:
        """The question to ask the ``at``-th voter, ``so_far`` votes being in favour."""
        if so_far >= self.needed:
            return YES
        most = so_far
        for _, vote in self.asked[at:]:
            most += vote
        if most < self.needed:
            return NO
        if (at, so_far) not in self.found:
            party, vote = self.asked[at]
            yes, no = self.ask(at + 1, so_far + vote), self.ask(at + 1, so_far)
            self.found[at, so_far] = yes if yes == no else self.number(party, yes, no)
        return self.found[at, so_far]

    def number(self, party: int, yes: int, no: int) -> int:
        """The number of a question, new or known."""
        row = (party, yes, no)
        if row not in self.known:
            if len(self.rows) >= MOST_QUESTIONS:
                raise SpaceTooLarge("votes of too many different sizes to be counted exactly")
            self.rows.append(row)
            self.known[row] = len(self.rows) + 1
        return self.known[row]
