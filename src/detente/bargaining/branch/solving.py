"""Every draw of a table by branch and bound, whatever the size of the space."""

from __future__ import annotations

import numpy as np

from detente.arrays import Bools, Floats, Ints
from detente.bargaining.branch.domain import Domain, make_domain
from detente.bargaining.branch.search import BUDGET, ideal_point, search, search_least
from detente.bargaining.branch.task import LEAST, NASH, NOTHING, Task, fill_task, make_room
from detente.bargaining.rows import TOLERANCE, bonus_links, line_arrays, link_masks, votes_of
from detente.bargaining.solution import Question, Solution
from detente.kernels import kernel


def branch_and_bound(
    question: Question, how: int, *, by_ideal: bool = False, budget: int = BUDGET
) -> Solution:
    """The package of the zone with the best score in every draw; the zone is not counted.

    Args:
        question: the problems.
        how: NASH, SUM or LEAST.
        by_ideal: whether surpluses count as shares of the most each principal could get.
        budget: nodes a draw's search may look at before it is given up as unresolved.
    """
    space, table = question.space, question.table
    domain = make_domain(space.rules, space.barred)
    package, zone, ties = question.blank()
    gap = np.zeros(question.draws)
    votes, needed = votes_of(space.rules, table.gain.shape[1])
    solve_draws(
        domain, table.gain, table.demand, table.weight, table.bonus, bonus_links(space.rules),
        table.absolute, link_masks(space.rules, table),
        *line_arrays(question.lines),
        votes, needed, how, by_ideal, budget, package, ties, gap,
    )  # fmt: skip
    return question.answer(package, zone, ties, gap=gap)


@kernel
def solve_draws(
    domain: Domain, gain: Floats, demand: Floats, weight: Floats, bonus: Floats, with_links: Ints,
    absolute: Bools, in_force: Ints, line_party: Ints, line_option: Ints, votes: Floats,
    needed: float, how: int, by_ideal: bool, budget: int, chosen: Ints, ties: Ints, gap: Floats,
) -> None:  # fmt: skip
    """Solve every draw: fills the number chosen (-1: none), how many tie, the gap.

    Args:
        domain: groups and choices.
        gain: shape (draw, party, option). demand: (draw, party). weight: (draw,
            principal). bonus: (draw, link, party). with_links: links with a bonus.
            absolute: (draw, line). in_force: (draw,), bit mask of forbidding links.
        line_party, line_option: shape (line,).
        votes, needed: who must agree, as ``rows.votes_of`` says.
        how, by_ideal, budget: as in ``branch_and_bound``.
        chosen, ties, gap: shape (draw,), filled.
    """
    draws, parties, options = gain.shape
    principals, choices = weight.shape[1], domain.broken.size
    room = make_room(parties, bonus.shape[1], domain.start.size - 1, choices)
    value, allowed = np.empty((parties, choices)), np.empty(choices, dtype=np.uint8)
    own, spread = np.empty((parties, options)), np.empty(parties)
    share, floor = np.empty(principals), np.empty(principals)
    open_ = False
    for p in range(principals):
        open_ |= votes[p] >= 0.0
    for d in range(draws):
        task = Task(
            value, allowed, bonus[d], demand[d], floor, votes, share, spread, needed,
            in_force[d], how, open_, open_, 1.0,
        )  # fmt: skip
        fill_task(domain, gain[d], with_links, absolute[d], line_party, line_option, own, task)
        total = 0.0
        for p in range(principals):
            total += weight[d, p]
        for p in range(principals):
            share[p] = weight[d, p] / total if how == NASH else 1.0
            floor[p] = demand[d, p] - TOLERANCE if votes[p] < 0.0 else -np.inf
        gap[d] = ideal_point(domain, task, room, budget) if by_ideal else 0.0
        if how == LEAST:
            chosen[d], ties[d], last = search_least(domain, task, room, budget)
        else:
            chosen[d], ties[d], last = search(domain, task, room, NOTHING, TOLERANCE, budget)
        gap[d] = max(gap[d], last)
