"""Which sentences make up the answer, most important first."""

from __future__ import annotations

import itertools

from detente.analysis.answer import Run
from detente.report.meeting import falls_through, meets_at_all, tangible_at_all
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
    found: list[str | None] = []
    for round_ in reversed(rounds):  # what lies ahead first
        found += [range_of_round(run, round_), meets_at_all(run, round_)]
        found += [tangible_at_all(run, round_), falls_through(run, round_)]
    found.append(sides_of_even(run, rounds[-1]))
    found += [change_between(run, a, b) for a, b in itertools.pairwise(rounds)]
    found += [widest_input(run), blocks_most(run, rounds[-1]), rests_on(run)]
    return tuple(sentence for sentence in found if sentence)
