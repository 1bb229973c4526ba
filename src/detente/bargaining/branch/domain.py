"""A package space laid out for branch and bound: groups of issues, and the choices in each.

Gains add up over issues but for links. So issues that links tie together are merged into
one *group* whose *choices* are the combinations of their options, as long as there are few
enough; what the links of a group do is then known choice by choice. A link between groups
is kept as bits that a search carries along: whether its first side is met, whether one of
its second side is chosen (``hit``), whether one of it can no longer be (``miss``).
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from detente.arrays import Bools, Ints
from detente.bargaining.space import Rules
from detente.model.structure import LinkPlace

MOST_CHOICES = 1024  # of one group; links beyond that are left between groups


# Columns of what is known of a choice, and of a node that several choices lead to. The
# first three are bits of links between groups, then bits of consenters touched, whether
# nothing is changed, how many options are, the part of a package's number.
WHEN, HIT, MISS, TOUCH, QUO, CHANGES, NUMBER = 0, 1, 2, 3, 4, 5, 6
FACTS = 7
# Bits of links between groups by form; those whose second side must be met whole; the
# consenters that every package touches; the number of the package that is no deal, or -1.
REQUIRES, EXCLUDES, WITHS, ALLS, ALWAYS, BARRED = 0, 1, 2, 3, 4, 5


class Domain(NamedTuple):
    """Groups of issues and their choices, numbered end to end.

    Attributes:
        start: shape (group + 1,), where each group's choices begin.
        options: shape (choice, issue in group), option positions, -1 beyond the last.
        facts: shape (choice, FACTS).
        broken, active: shape (choice,), bit masks: links inside the group that the choice
            breaks; ``with`` links inside it that apply.
        may: shape (group, 2), bits of links between groups whose first, whose second side a
            choice of the group can meet.
        forms: shape (6,), see REQUIRES and the following.
    """

    start: Ints
    options: Ints
    facts: Ints
    broken: Ints
    active: Ints
    may: Ints
    forms: Ints


@lru_cache(maxsize=8)
def make_domain(rules: Rules, barred: int) -> Domain:
    """Group the issues of a space and lay out the choices."""
    groups = grouped(rules)
    inside = [_inside(rules, link, groups) for link in rules.links]
    parts = [_Choices.of(rules, group) for group in groups]
    width = max(len(group) for group in groups)
    starts = np.cumsum([0, *(len(part.number) for part in parts)]).astype(np.int64)

    def bits(name: str, *, local: bool) -> Ints:
        kept = [b for b, own in enumerate(inside) if own == local]
        return np.concatenate([part.bits(name, rules, kept) for part in parts])

    def form(wanted: str) -> int:
        return sum(
            1 << b for b, link in enumerate(rules.links) if link.form == wanted and not inside[b]
        )

    alls = sum(1 << b for b, link in enumerate(rules.links) if link.match_all and not inside[b])
    changes = np.concatenate([part.changes for part in parts])
    touch = np.concatenate([part.touch(rules) for part in parts])
    columns = [bits(name, local=False) for name in ("when", "hit", "miss")]
    columns += [touch, (changes == 0).astype(np.int64), changes]
    columns += [np.concatenate([part.number for part in parts])]
    return Domain(
        start=starts,
        options=np.concatenate([part.padded(width) for part in parts]),
        facts=np.ascontiguousarray(np.stack(columns, axis=1)),
        broken=bits("broken", local=True),
        active=bits("active", local=True),
        may=np.stack([_may(rules, groups, inside, first=one) for one in (True, False)], axis=1),
        forms=np.array(
            [form("requires"), form("excludes"), form("with"), alls, _always(rules), barred],
            dtype=np.int64,
        ),
    )


def grouped(rules: Rules) -> list[tuple[int, ...]]:
    """Issues that share a group, first of all those that the smallest merges bring together."""
    owner = rules.issue_of
    group = {issue: (issue,) for issue in range(len(rules.sizes))}
    touching = [
        sorted({owner[option] for option in (*link.when, *link.refs)}) for link in rules.links
    ]
    for issues in sorted(touching, key=lambda them: math.prod(rules.sizes[i] for i in them)):
        merged = tuple(sorted({member for issue in issues for member in group[issue]}))
        if math.prod(rules.sizes[issue] for issue in merged) <= MOST_CHOICES:
            group |= dict.fromkeys(merged, merged)
    return sorted(set(group.values()))


def _inside(rules: Rules, link: LinkPlace, groups: list[tuple[int, ...]]) -> bool:
    issues = {rules.issue_of[option] for option in (*link.when, *link.refs)}
    return any(issues <= set(group) for group in groups)


def _may(rules: Rules, groups: list[tuple[int, ...]], inside: list[bool], *, first: bool) -> Ints:
    masks = np.zeros(len(groups), dtype=np.int64)
    for bit, link in enumerate(rules.links):
        if inside[bit]:
            continue
        issues = {rules.issue_of[option] for option in (link.when if first else link.refs)}
        for place, group in enumerate(groups):
            if issues & set(group):
                masks[place] |= 1 << bit
    return masks


def _always(rules: Rules) -> int:
    """Consenters that no package but the one that changes nothing leaves alone."""
    found = 0
    for index, options in enumerate(rules.consent_to):
        left = [
            {start + o for o in range(size)} - set(options)
            for start, size in zip(rules.starts, rules.sizes, strict=True)
        ]
        untouched = math.prod(len(free) for free in left)
        nothing = rules.status_quo is not None and all(
            option in free for option, free in zip(rules.status_quo, left, strict=True)
        )
        if untouched == 0 or (untouched == 1 and nothing):
            found |= 1 << index
    return found


class _Choices(NamedTuple):
    """The choices of one group: combinations of its issues' options."""

    issues: tuple[int, ...]
    options: Ints  # (choice, issue)
    number: Ints
    changes: Ints

    @classmethod
    def of(cls, rules: Rules, issues: tuple[int, ...]) -> _Choices:
        sizes = [rules.sizes[issue] for issue in issues]
        each = np.unravel_index(np.arange(math.prod(sizes)), sizes)
        options = np.stack(
            [rules.starts[issue] + each[place] for place, issue in enumerate(issues)], axis=1
        )
        number = sum(
            (each[place] * rules.worth[issue] for place, issue in enumerate(issues)),
            start=np.zeros(len(options), dtype=np.int64),
        )
        changes = np.zeros(len(options), dtype=np.int64)
        if rules.status_quo is not None:
            quo = np.array([rules.status_quo[issue] for issue in issues])
            changes = (options != quo).sum(axis=1)
        return cls(issues, options.astype(np.int64), number, changes.astype(np.int64))

    def padded(self, width: int) -> Ints:
        missing = width - len(self.issues)
        return np.pad(self.options, ((0, 0), (0, missing)), constant_values=-1)

    def touch(self, rules: Rules) -> Ints:
        mask = np.zeros(len(self.number), dtype=np.int64)
        for index, options in enumerate(rules.consent_to):
            mask |= self._any(options).astype(np.int64) << index
        return mask

    def bits(self, name: str, rules: Rules, kept: list[int]) -> Ints:
        """One kind of fact about every choice as a bit mask over the links ``kept``."""
        mask = np.zeros(len(self.number), dtype=np.int64)
        for bit in kept:
            link = rules.links[bit]
            if any(rules.issue_of[o] in self.issues for o in (*link.when, *link.refs)):
                mask |= self._fact(name, rules, link).astype(np.int64) << bit
        return mask

    def _fact(self, name: str, rules: Rules, link: LinkPlace) -> Bools:
        if name == "when":
            return self._any(link.when)
        if name == "hit":
            return self._any(link.refs)
        own = [ref for ref in link.refs if rules.issue_of[ref] in self.issues]
        whole = np.ones(len(self.number), dtype=np.bool_)
        for ref in own:
            whole &= self._any((ref,))
        if name == "miss":
            return ~whole
        met = whole if link.match_all else self._any(link.refs)
        if name == "active":
            return np.full(len(met), link.form == "with") & self._any(link.when) & met
        spoilt = {"requires": ~met, "excludes": met}.get(link.form, np.zeros_like(met))
        return self._any(link.when) & spoilt

    def _any(self, options: tuple[int, ...]) -> Bools:
        return np.asarray(np.isin(self.options, options).any(axis=1))
