"""Minimal blocking sets of a space of any size, and under a quorum.

What must be asked is only whether anything passes once some constraints are taken away;
branch and bound answers that without enumerating. ``hitting_sets`` says which questions.
"""

from __future__ import annotations

import numpy as np

from detente.arrays import Bools, Floats, Ints
from detente.bargaining.branch.domain import make_domain
from detente.bargaining.hitting_sets import search_draws
from detente.bargaining.rows import bonus_links, line_arrays, link_masks, votes_of
from detente.bargaining.space import Rules, Space
from detente.model.structure import LinePlace
from detente.model.table import Table

BUDGET = 100_000  # nodes a question may take
MOST_VOTERS = 20  # principals whose coalitions are looked through
MOST_COALITIONS = 1024


def search_blocking_sets(
    space: Space, table: Table, lines: tuple[LinePlace, ...], draws: Ints,
    sets: Ints, count: Ints, cut: Bools, *, budget: int = BUDGET,
) -> None:  # fmt: skip
    """Fill ``sets``, ``count`` and ``cut`` as ``blocking.BlockingSets`` describes them.

    A draw is cut where it has more sets than are kept, where a question takes more than
    ``budget`` nodes, or where there are more coalitions than are looked at: the sets given
    are minimal, others may be missing. So is a draw whose zone is not empty; it gets no set.
    """
    coalitions = carrying(space.rules, table.weight.shape[1])
    if coalitions is None:
        cut[:] = True
        return
    search_draws(
        make_domain(space.rules, space.barred), draws, table.gain, table.demand, table.bonus,
        bonus_links(space.rules), table.line_cost, table.absolute,
        link_masks(space.rules, table),
        *line_arrays(lines), table.weight.shape[1], coalitions, budget, sets, count, cut,
    )  # fmt: skip


def carrying(rules: Rules, principals: int) -> Ints | None:
    """Bit masks of the smallest coalitions of principals that carry a package.

    Veto holders are in each of them. None where there are too many to look at.
    """
    votes, needed = votes_of(rules, principals)
    voters = np.flatnonzero(votes >= 0.0)
    always = sum(1 << p for p in range(principals) if p not in voters)
    if len(voters) > MOST_VOTERS:
        return None
    members = 1 << voters.astype(np.int64)
    smallest = _smallest(votes[voters], needed)
    if len(smallest) > MOST_COALITIONS:
        return None
    masks = ((smallest[:, None] >> np.arange(len(voters))) & 1) @ members
    return np.sort(masks.astype(np.int64) | always)


def _smallest(votes: Floats, needed: float) -> Ints:
    """Subsets of ``votes``, as bit masks, that win and no part of which does."""
    subsets = np.arange(1 << len(votes), dtype=np.int64)
    total = np.zeros(len(subsets))
    least = np.full(len(subsets), np.inf)
    for place, vote in enumerate(votes):
        inside = (subsets >> place & 1).astype(np.bool_)
        total[inside] += vote
        least[inside] = np.minimum(least[inside], vote)
    return subsets[(total >= needed) & (total - least < needed)]
