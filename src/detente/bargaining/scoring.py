"""Protocols that score every package of the zone by weighted surpluses, in every draw."""

from __future__ import annotations

import numpy as np

from detente.arrays import Ints
from detente.bargaining.rows import TOLERANCE, lay_out, least_counted
from detente.bargaining.solution import Arrays, Question, Solution
from detente.bargaining.walking import SUM, best_package
from detente.kernels import kernel


def scored(question: Question, how: int, *, by_ideal: bool = False) -> Solution:
    """The package of the zone with the best score in every draw.

    Args:
        question: the problems.
        how: SUM or LEAST of the surpluses.
        by_ideal: whether surpluses count as shares of the most each principal could get
            in the zone (its ideal point).
    """
    problem, layout = question.arrays()
    filled = question.blank()
    _solve(problem, layout, how, by_ideal, *filled)
    return question.answer(*filled)


@kernel
def _solve(
    problem: Arrays, layout: Arrays, how: int, by_ideal: bool, chosen: Ints, zone: Ints, ties: Ints
) -> None:
    gain, demand, weight, bonus, with_links, absolute, may_break, line_party, line_option = problem
    (high_options, high_number, high_changes, class_of, low_options, low_number, low_changes,
     code, start, rows, barred, votes, needed) = layout  # fmt: skip
    parties, principals = gain.shape[1], weight.shape[1]
    own = np.empty((parties, gain.shape[2]))
    high = np.empty((parties, class_of.size))
    low = np.empty((parties, low_number.size))
    lists = np.empty((parties, rows.size))
    best_of = np.empty((parties, start.size - 1))
    ok = np.empty(low_number.size, dtype=np.uint8)
    value, total = np.empty(low_number.size), np.empty(low_number.size)
    need, row_best = np.empty(parties), np.empty(class_of.size)
    scale, surplus = np.empty(principals), np.empty(principals)
    for d in range(gain.shape[0]):
        lay_out(
            gain[d], bonus[d], with_links, absolute[d], may_break[d], line_party, line_option,
            principals, high_options, low_options, code, start, rows, own, high, low, lists, best_of,
        )  # fmt: skip
        ideal = np.ones(principals)
        if by_ideal:
            for p in range(principals):
                scale[:] = 0.0
                scale[p] = 1.0
                _, _, _, most = best_package(
                    high, lists, best_of, demand[d], scale, SUM, class_of, start, rows,
                    high_number, high_changes, low_number, low_changes, barred, votes, needed, ok,
                    value, total, need, row_best, surplus,
                )  # fmt: skip
                ideal[p] = max(most, TOLERANCE)
                if most <= TOLERANCE and least_counted(votes) < 0.0:
                    ideal[p] = np.inf  # outvoted whatever happens: it has no share to equalise
        for p in range(principals):
            scale[p] = 1.0 / ideal[p]
        chosen[d], zone[d], ties[d], _ = best_package(
            high, lists, best_of, demand[d], scale, how, class_of, start, rows, high_number,
            high_changes, low_number, low_changes, barred, votes, needed, ok, value, total, need,
            row_best, surplus,
        )  # fmt: skip
