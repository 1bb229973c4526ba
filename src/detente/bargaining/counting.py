"""The size of the zone of possible agreement: exact where it can be, else an estimate.

Up to MOST_COUNTED packages the zone is counted exactly, two halves of the issues meeting in
the middle (``counting_kernel``). Beyond, it is estimated from a sample of packages
(``estimating``), with its standard error.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.arrays import Bools, Floats, Ints
from detente.bargaining.allowed import allowed_packages
from detente.bargaining.coalitions import questions_of
from detente.bargaining.counting_kernel import count_draws
from detente.bargaining.estimating import (
    SAMPLES,
    SEED,
    estimate_draws,
    sample_packages,
)
from detente.bargaining.layout import Half, Layout, lay_out_halves
from detente.bargaining.rows import bonus_links, line_arrays, link_masks, votes_of
from detente.bargaining.solution import Question
from detente.bargaining.space import NO_PACKAGE, Rules
from detente.errors import SpaceTooLarge, UsageError

MOST_COUNTED = 300_000_000
WAYS = ("auto", "exact", "estimate")
RULE_OF_THREE = 3.0 / 1.96  # the 95 % bound on what never occurred, as a standard error


@dataclass(frozen=True, slots=True)
class Counted:
    """How many packages are in the zone of possible agreement.

    Attributes:
        size: shape (draw,), packages; whole numbers where exact.
        error: shape (draw,), standard error; 0 where exact.
        bound: shape (draw,), whether no sampled package passed, so that ``error`` is the 95 %
            upper bound on the size divided by 1.96, not a standard error.
        exact: whether every package was counted.
    """

    size: Floats
    error: Floats
    bound: Bools
    exact: bool


def count_zone(
    question: Question, *, how: str = "auto", samples: int = SAMPLES, seed: int = SEED,
    package: Ints | None = None,
) -> Counted:  # fmt: skip
    """The size of the zone in every draw.

    Args:
        question: the problems.
        how: ``exact``; ``estimate``; or ``auto``, exact up to MOST_COUNTED packages.
        samples: packages an estimate looks at, rounded up to whole blocks.
        seed: of the sample, which is the same for all draws.
        package: shape (draw,), a package known to be in the zone, or -1: an estimate is then
            at least 1.

    Raises:
        UsageError: an unknown ``how``, or fewer than one sample.
        SpaceTooLarge: ``exact`` asked of more packages than can be counted.
    """
    if how not in WAYS:
        raise UsageError(f"how: {how!r}; {', '.join(WAYS)} are allowed")
    if samples < 1:
        raise UsageError(f"samples: {samples}; at least 1 is allowed")
    packages = question.space.packages
    if how == "exact" and packages > MOST_COUNTED:
        raise SpaceTooLarge(
            f"{packages:,} packages; at most {MOST_COUNTED:,} can be counted; ask for an estimate"
        )
    if how == "estimate" or packages > MOST_COUNTED:
        return _estimated(question, samples, seed, package)
    try:
        return _exact(question)
    except SpaceTooLarge:
        if how == "exact":
            raise
        return _estimated(question, samples, seed, package)


def _exact(question: Question) -> Counted:
    rules, table = question.space.rules, question.table
    layout = lay_out_halves(rules)
    parties = table.gain.shape[1]
    votes, _ = votes_of(rules, parties)
    within_low, across = _bonus_bits(rules, layout)
    start, pattern = _patterns(layout, across)
    quo_high, quo_low = _quo_rows(layout, question.space.barred)
    zone = np.empty(question.draws, dtype=np.int64)
    count_draws(
        table.gain, table.demand, table.bonus, bonus_links(rules), table.absolute,
        link_masks(rules, table), *line_arrays(question.lines), table.weight.shape[1], votes,
        questions_of(rules, parties), *_issues(rules, layout.high), layout.class_of,
        *_issues(rules, layout.low), layout.code, within_low, start, pattern,
        quo_high, quo_low, zone,
    )  # fmt: skip
    nothing = np.zeros(question.draws)
    return Counted(zone.astype(np.float64), nothing, nothing > 0.0, exact=True)


def _estimated(question: Question, samples: int, seed: int, package: Ints | None) -> Counted:
    rules, table = question.space.rules, question.table
    sample = sample_packages(rules, question.space.barred, samples, seed)
    votes, needed = votes_of(rules, table.gain.shape[1])
    share, spread = np.empty(question.draws), np.empty(question.draws)
    estimate_draws(
        table.gain, table.demand, table.bonus, bonus_links(rules), table.absolute,
        link_masks(rules, table), *line_arrays(question.lines), table.weight.shape[1], votes, needed,
        *sample, share, spread,
    )  # fmt: skip
    size, error, bound = share * rules.packages, spread * rules.packages, share == 0.0
    apart = sample.high.shape[1]  # pairs that share neither row: as good as drawn singly
    error[bound] = rules.packages * min(RULE_OF_THREE / apart, 1.0)
    if package is not None:
        size = np.where(package == NO_PACKAGE, size, np.maximum(size, 1.0))
    return Counted(size, error, bound, exact=False)


def _issues(rules: Rules, half: Half) -> tuple[Ints, Ints]:
    """First option and number of options of each issue of a half."""
    starts = np.array([rules.starts[issue] for issue in half.issues], dtype=np.int64)
    return starts, np.array([rules.sizes[issue] for issue in half.issues], dtype=np.int64)


def _bonus_bits(rules: Rules, layout: Layout) -> tuple[int, int]:
    """Bits of the ``with`` links that low rows decide alone, and of all others."""
    within_low, across = 0, 0
    for bit, link in enumerate(rules.links):
        if link.form == "with":
            issues = {rules.issue_of[option] for option in (*link.when, *link.refs)}
            inside = issues <= set(layout.low.issues)
            within_low |= int(inside) << bit
            across |= int(not inside) << bit
    return within_low, across


def _patterns(layout: Layout, across: int) -> tuple[Ints, Ints]:
    """Which bonuses apply together in each class: where each begins, and the bits."""
    each = [np.unique(codes & across) for codes in layout.code]
    start = np.cumsum([0, *(len(one) for one in each)]).astype(np.int64)
    return start, np.concatenate(each)


def _quo_rows(layout: Layout, barred: int) -> tuple[int, int]:
    """The high and the low row of the package that is no deal, or -1."""
    if barred == NO_PACKAGE:
        return -1, -1
    high = np.nonzero(layout.high.changes == 0)[0]
    low = np.nonzero(layout.low.changes == 0)[0]
    return int(high[0]), int(low[0])


__all__ = ["MOST_COUNTED", "Counted", "allowed_packages", "count_zone"]
