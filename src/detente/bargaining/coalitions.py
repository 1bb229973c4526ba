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
    rows: list[tuple[int, int, int]] = []
    known: dict[tuple[int, int, int], int] = {}
    found: dict[tuple[int, float], int] = {}

    def most(at: int, sum_so_far: float) -> float:
        for _, vote in asked[at:]:
            sum_so_far += vote
        return sum_so_far

    def ask(at: int, so_far: float) -> int:
        if so_far >= needed:
            return YES
        if most(at, so_far) < needed:
            return NO
        if (at, so_far) not in found:
            party, vote = asked[at]
            yes, no = ask(at + 1, so_far + vote), ask(at + 1, so_far)
            found[at, so_far] = yes if yes == no else number(party, yes, no)
        return found[at, so_far]

    def number(party: int, yes: int, no: int) -> int:
        row = (party, yes, no)
        if row not in known:
            if len(rows) >= MOST_QUESTIONS:
                raise SpaceTooLarge("votes of too many different sizes to be counted exactly")
            rows.append(row)
            known[row] = len(rows) + 1
        return known[row]

    if ask(0, 0.0) == NO:  # no coalition carries anything
        return np.array([[0, NO, NO]], dtype=np.int64)
    return np.array(rows, dtype=np.int64).reshape(len(rows), 3)
