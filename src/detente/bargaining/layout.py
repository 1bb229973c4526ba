"""A package space laid out so that a kernel can walk all of it fast.

The issues are split into two halves. A package is a *high* row (options of the
first half) and a *low* row (options of the second); its gains are the sum of the
two rows' gains. What is not a sum, links and consents, is settled beforehand:
high rows that meet all links and consents alike form a *class*, and each class
has its own list of low rows that its links allow.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from detente.arrays import Bools, Ints
from detente.bargaining.space import Rules
from detente.errors import SpaceTooLarge
from detente.model.structure import LinkPlace

MOST_ENUMERATED = 2**22
LOW_ROWS = 512  # the low rows of all parties should stay in the nearest cache
MAX_HIGH_ROWS = 2**17
# Measured: a high row costs about as much as 40 packages, a table entry as 4.
ROW_COST, TABLE_COST = 40.0, 4.0
# Halves that meet in the middle: what is kept in memory at most.
MAX_MET_HIGH, MAX_MET_LOW, MAX_CODES = 2**20, 2**14, 2**24
# Measured, in nanoseconds a party: a high row looked up; each 64 low rows beside it; a low
# row sorted; a low row put into the sets of one class.
MET_ROW_COST, MET_WORD_COST, SORT_COST, MASK_COST = 25.0, 0.5, 70.0, 2.0


@dataclass(frozen=True, slots=True)
class Half:
    """The rows of one half: all combinations of the options of its issues.

    Attributes:
        issues: positions of the issues.
        options: shape (row, issue in half), option positions.
        number: shape (row,), the row's part of a package's number.
        changes: shape (row,), how many of its options are not the status quo.
    """

    issues: tuple[int, ...]
    options: Ints
    number: Ints
    changes: Ints


@dataclass(frozen=True, slots=True)
class Layout:
    """A package space ready for the kernels that walk it.

    Attributes:
        high, low: the two halves.
        class_of: shape (high row,), the class of each high row.
        code: shape (class, low row), a bit mask of the package: bit l, link l is
            broken (requires, excludes) or active (with); bit links + c, consenter c
            is not touched.
    """

    high: Half
    low: Half
    class_of: Ints
    code: Ints


@lru_cache(maxsize=8)
def lay_out_space(rules: Rules) -> Layout:
    """Lay out the space for a walk over every package. Raises SpaceTooLarge."""
    if rules.packages > MOST_ENUMERATED:
        raise SpaceTooLarge(
            f"{rules.packages:,} packages; at most {MOST_ENUMERATED:,} can be looked at one "
            "by one; use a protocol that need not (nash, kalai-smorodinsky, egalitarian or "
            "utilitarian), or merge issues or drop options that nobody disputes"
        )
    return _laid_out(rules, *_halves(rules))


@lru_cache(maxsize=4)
def lay_out_halves(rules: Rules) -> Layout:
    """Lay out the space in two halves to be met in the middle. Raises SpaceTooLarge.

    The low rows are sorted and made sets of for every draw, the high rows are looked up.
    """
    order = _hubs_first(rules)
    candidates: list[tuple[float, int]] = []
    for at in range(1, len(order) + 1):
        high_rows = math.prod(rules.sizes[issue] for issue in order[:at])
        low_rows = math.prod(rules.sizes[issue] for issue in order[at:])
        if high_rows <= MAX_MET_HIGH and low_rows <= MAX_MET_LOW:
            candidates.append((meeting_cost(high_rows, low_rows, 1), at))
    met: list[tuple[float, Half, Half]] = []
    for _, at in sorted(candidates)[:3]:
        high, low = _half(rules, tuple(order[:at])), _half(rules, tuple(order[at:]))
        classes = len(np.unique(_signature(rules, high), axis=0))
        if classes * len(low.number) <= MAX_CODES:
            cost = meeting_cost(len(high.number), len(low.number), classes)
            met.append((cost, high, low))
    if not met:
        raise SpaceTooLarge(
            f"{rules.packages:,} packages do not split into two halves that can be met in the "
            "middle; ask for an estimate"
        )
    _, high, low = min(met, key=lambda one: one[0])
    return _laid_out(rules, high, low)


def meeting_cost(high_rows: int, low_rows: int, classes: int) -> float:
    """What one draw of one party costs when halves meet in the middle, in nanoseconds."""
    return (
        high_rows * (MET_ROW_COST + MET_WORD_COST * low_rows / 64)
        + low_rows * (SORT_COST + MASK_COST * classes)
    )  # fmt: skip


def _laid_out(rules: Rules, high: Half, low: Half) -> Layout:
    _, first, class_of = np.unique(
        _signature(rules, high), axis=0, return_index=True, return_inverse=True
    )
    code = np.stack([_code(rules, _rows(high, slice(row, row + 1)), low) for row in first])
    return Layout(high, low, class_of.reshape(-1).astype(np.int64), code)


def _halves(rules: Rules) -> tuple[Half, Half]:
    """Split the issues where walking the space costs least."""
    order = _hubs_first(rules)
    candidates: list[tuple[float, int]] = []
    for at in range(1, len(order) + 1):
        high_rows = math.prod(rules.sizes[issue] for issue in order[:at])
        low_rows = math.prod(rules.sizes[issue] for issue in order[at:])
        if low_rows > 4 * LOW_ROWS and at < len(order):
            continue
        if high_rows > MAX_HIGH_ROWS and candidates:
            break
        classes = len(np.unique(_signature(rules, _half(rules, tuple(order[:at]))), axis=0))
        candidates.append((ROW_COST * high_rows + TABLE_COST * classes * low_rows, at))
    _, at = min(candidates)
    return _half(rules, tuple(order[:at])), _half(rules, tuple(order[at:]))


def _hubs_first(rules: Rules) -> list[int]:
    """Issues by how many links name them.

    Hubs belong high: a row without the precondition is out at once, with all its list.
    Measured on the shipped case, this beats the split with the fewest classes by a half.
    """
    issue_of = rules.issue_of
    named = [0] * len(rules.sizes)
    for link in rules.links:
        for issue in {issue_of[option] for option in (*link.when, *link.refs)}:
            named[issue] += 1
    return sorted(range(len(rules.sizes)), key=lambda issue: (-named[issue], issue))


def _half(rules: Rules, issues: tuple[int, ...]) -> Half:
    rows = math.prod(rules.sizes[issue] for issue in issues)
    options = np.zeros((rows, len(issues)), dtype=np.int64)
    each = np.unravel_index(np.arange(rows), [rules.sizes[issue] for issue in issues] or [1])
    for column, issue in enumerate(issues):
        options[:, column] = rules.starts[issue] + each[column]
    return half_of_rows(rules, issues, options)


def half_of_rows(rules: Rules, issues: tuple[int, ...], options: Ints) -> Half:
    """Some rows of a half, given by their option positions, (row, issue)."""
    number = np.zeros(len(options), dtype=np.int64)
    changes = np.zeros(len(options), dtype=np.int64)
    for column, issue in enumerate(issues):
        number += (options[:, column] - rules.starts[issue]) * rules.worth[issue]
        if rules.status_quo is not None:
            changes += options[:, column] != rules.status_quo[issue]
    return Half(issues, options, number, changes)


def pair_codes(rules: Rules, high: Half, low: Half, left: Ints, right: Ints) -> Ints:
    """Bits of the packages made of high rows ``left`` and low rows ``right``, in their shape."""
    if not rules.links and not rules.consent_to:
        return np.zeros(left.shape, dtype=np.int64)
    return np.stack(
        [
            _code(rules, _rows(high, one), _rows(low, two))
            for one, two in zip(left, right, strict=True)
        ]
    )


def _rows(half: Half, rows: Ints | slice) -> Half:
    """Some rows as a half of their own."""
    return Half(half.issues, half.options[rows], half.number[rows], half.changes[rows])


def _signature(rules: Rules, high: Half) -> Bools:
    """All that low rows need to know of a high row: shape (high row, fact).

    A fact that can no longer change whether a link is broken is left out, so that
    rows that differ in nothing else share a class.
    """
    issue_of = rules.issue_of
    facts = [np.zeros(len(high.number), dtype=np.bool_)]
    for link in rules.links:
        when, match = _any(high, link.when), _match(rules, high, link)
        open_when = any(issue_of[option] not in high.issues for option in link.when)
        open_match = any(issue_of[option] not in high.issues for option in link.refs)
        spoils = ~match if link.form == "requires" else match
        if not open_when:
            match = match & when
        if not open_match:
            when = when & spoils
        facts += [when, match] if open_when or open_match else [when & spoils]
    facts += [_any(high, options) for options in rules.consent_to]
    return np.stack(facts, axis=1)


def _code(rules: Rules, high: Half, low: Half) -> Ints:
    """Bits of every package made of the one row of ``high`` and a row of ``low``."""
    code = np.zeros(len(low.number), dtype=np.int64)
    for bit, link in enumerate(rules.links):
        when = _any(high, link.when) | _any(low, link.when)
        first, second = _match(rules, high, link), _match(rules, low, link)
        match = first & second if link.match_all else first | second
        code |= (when & (~match if link.form == "requires" else match)).astype(np.int64) << bit
    for index, options in enumerate(rules.consent_to):
        untouched = ~(_any(high, options) | _any(low, options))
        code |= untouched.astype(np.int64) << (len(rules.links) + index)
    return code


def _any(half: Half, options: tuple[int, ...]) -> Bools:
    """Whether a row holds any of ``options``: shape (row,)."""
    return np.asarray(np.isin(half.options, options).any(axis=1))


def _match(rules: Rules, half: Half, link: LinkPlace) -> Bools:
    """Whether a row does its part for the link's second side: shape (row,)."""
    if not link.match_all:
        return _any(half, link.refs)
    issue_of = rules.issue_of
    match = np.ones(len(half.number), dtype=np.bool_)
    for ref in link.refs:
        if issue_of[ref] in half.issues:
            match &= _any(half, (ref,))
    return match
