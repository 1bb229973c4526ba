"""How many packages are in the zone of possible agreement, where they are too many to walk.

Up to 300 million, exactly, by meeting in the middle: the issues are split into two halves,
and a package is a row of each. For every high row and every party, the low rows that bring
the party enough are a prefix of the low rows in order of gain; kept as bit sets, prefixes
of all parties are intersected a word at a time.

Beyond, from a sample: rows of both halves are drawn, and every pair is looked at the same
way. The share of pairs that pass, times all packages, is an unbiased estimate, since each
pair is as likely as any other. Pairs share rows, so its variance is that of a two-way
design: that of the means of high rows over their number, plus that of the means of groups
of low rows over theirs. The same rows serve every draw.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from detente.arrays import Floats, Ints
from detente.bargaining.counting_kernel import WORD, count_pairs
from detente.bargaining.layout import Layout, lay_out_halves, sampled_halves
from detente.bargaining.rows import bonus_links, link_masks, votes_of
from detente.bargaining.solution import Question
from detente.bargaining.space import Rules
from detente.errors import UsageError

MOST_PAIRED = 300_000_000
# With votes every pair is looked at on its own.
MOST_VOTED = 2**24
SAMPLE = 1024  # rows of each half
AUTO, EXACT, ESTIMATE = "auto", "exact", "estimate"


@dataclass(frozen=True, slots=True)
class Counted:
    """The size of the zone in every draw.

    Attributes:
        size: shape (draw,), packages.
        error: shape (draw,), its standard error, 0 where ``exact``. Where no pair of the
            sample passed, the error is such that 1.96 of it are three in as many packages
            as one half's sample has rows (the rule of three): an upper bound.
        exact: whether packages were counted, not estimated.
    """

    size: Floats
    error: Floats
    exact: bool


def count_zone(question: Question, *, package: Ints | None = None, how: str = AUTO) -> Counted:
    """Count or estimate the packages of the zone in every draw.

    Args:
        question: the problems.
        package: shape (draw,), a package known to pass, -1 for none: the zone is then at
            least 1.
        how: AUTO, EXACT or ESTIMATE.

    Raises UsageError where EXACT is asked for and there are too many packages.
    """
    rules = question.space.rules
    exact = how != ESTIMATE and rules.packages <= most_counted(rules)
    if how == EXACT and not exact:
        raise UsageError(
            f"{rules.packages:,} packages; at most {most_counted(rules):,} can be counted; "
            "take an estimate, or merge issues or drop options that nobody disputes"
        )
    layout = lay_out_halves(rules) if exact else _sample(rules)
    size, error = _count(question, layout, rules.packages)
    if exact:
        error[:] = 0.0
    if package is not None:
        size = np.maximum(size, (package >= 0).astype(np.float64))
    return Counted(size, error, exact)


def most_counted(rules: Rules) -> int:
    """How many packages are counted exactly."""
    return MOST_PAIRED if rules.quorum is None else MOST_VOTED


@lru_cache(maxsize=4)
def _sample(rules: Rules) -> Layout:
    """Rows drawn from both halves, each row as likely as any other; always the same ones."""
    return sampled_halves(rules, np.random.Generator(np.random.Philox(key=1)), SAMPLE)


def _count(question: Question, layout: Layout, packages: int) -> tuple[Floats, Floats]:
    """Sizes and standard errors, (draw,) each, from the pairs of a layout."""
    space, table = question.space, question.table
    draws, highs, lows = question.draws, len(layout.high.number), len(layout.low.number)
    rows = np.zeros((draws, 2))  # pairs that pass; squares of the counts by high row
    groups = np.zeros((draws, -(-lows // WORD)))
    votes, needed = votes_of(space.rules, table.gain.shape[1])
    count_pairs(
        table.gain, table.demand, table.bonus, bonus_links(space.rules), table.absolute,
        link_masks(space.rules, table),
        np.array([line.party for line in question.lines], dtype=np.int64),
        np.array([line.option for line in question.lines], dtype=np.int64),
        table.weight.shape[1], len(space.rules.links), votes, needed,
        layout.high.options, layout.high.changes, layout.class_of,
        layout.low.options, layout.low.changes, layout.code, space.barred, rows, groups,
    )  # fmt: skip
    share = rows[:, 0] / (highs * lows)
    by_row = np.maximum(rows[:, 1] / highs - (rows[:, 0] / highs) ** 2, 0.0) / lows**2
    width = np.minimum(WORD, lows - WORD * np.arange(groups.shape[1]))
    by_group = (groups / (highs * width)).var(axis=1, ddof=1) if groups.shape[1] > 1 else 0.0
    error = np.sqrt(by_row / max(highs - 1, 1) + by_group / groups.shape[1])
    error[rows[:, 0] == 0] = 3.0 / min(highs, lows) / 1.96
    return share * packages, error * packages


__all__ = ["AUTO", "ESTIMATE", "EXACT", "Counted", "count_zone", "most_counted"]
