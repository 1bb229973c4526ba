"""Which sentences make up the answer, most important first."""

from __future__ import annotations

import itertools

from detente.analysis.answer import Run
from detente.report.meeting import falls_through, meets_at_all, tangible_if_they_meet
from detente.report.sentences import (
    blocks_most,
    change_between,
    range_of_round,
    rests_on,
    rounds_of,
    sides_of_even,
    widest_input,
)


def answer_sentences(run: Run) -> tuple[str, ...]:
    """The answer, most important first."""
    rounds = rounds_of(run)
    if not rounds:
        return ()
    last, earlier = rounds[-1], rounds[-2::-1]  # what lies ahead, or happened last, first
    found: list[str | None] = [
        range_of_round(run, last),
        sides_of_even(run, last),
        meets_at_all(run, last),
        tangible_if_they_meet(run, last),
        falls_through(run, last),
        *(range_of_round(run, round_) for round_ in earlier),
    ]
    found += [change_between(run, a, b) for a, b in itertools.pairwise(rounds)]
    found += [widest_input(run), blocks_most(run, rounds[-1]), rests_on(run)]
    return tuple(sentence for sentence in found if sentence)
