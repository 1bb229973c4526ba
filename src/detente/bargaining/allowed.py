"""How many packages the links allow, exactly, whatever the size of the space.

Issues that no link ties together multiply. Within a component of linked issues, packages
are counted issue by issue: all that the rest needs to know of the issues so far is which
links' first sides are met, whose second sides are, and whose can no longer be.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

import numpy as np

from detente.arrays import Ints
from detente.bargaining.space import Rules
from detente.model.structure import LinkPlace

State = tuple[int, int, int]  # bit masks of links: first side met, second side hit, missed


def allowed_packages(rules: Rules, masks: Ints) -> Ints:
    """Packages that break no link in force, the status quo left out: shape (draw,).

    Args:
        rules: of the space.
        masks: shape (draw,), bit masks of the forbidding links in force.
    """
    kinds, which = np.unique(masks, return_inverse=True)
    counts = np.array([_allowed(rules, int(mask)) for mask in kinds], dtype=np.int64)
    return counts[which.reshape(-1)]


@lru_cache(maxsize=4096)
def _allowed(rules: Rules, mask: int) -> int:
    links = [link for bit, link in enumerate(rules.links) if mask >> bit & 1]
    total = 1
    for issues in _components(rules, links):
        own = [link for link in links if rules.issue_of[link.when[0]] in issues]
        total *= _count(rules, issues, own)
    if rules.status_quo is None:
        return total
    state = (0, 0, 0)
    for issue, option in enumerate(rules.status_quo):
        facts = _facts(rules, issue, option, links)
        state = (state[0] | facts[0], state[1] | facts[1], state[2] | facts[2])
    return total - (not _broken(state, links))


def _components(rules: Rules, links: list[LinkPlace]) -> list[tuple[int, ...]]:
    """Issues that links tie together, directly or through others."""
    group = {issue: {issue} for issue in range(len(rules.sizes))}
    for link in links:
        merged: set[int] = set()
        for option in (*link.when, *link.refs):
            merged |= group[rules.issue_of[option]]
        group |= dict.fromkeys(merged, merged)
    return sorted({tuple(sorted(issues)) for issues in group.values()})


def _count(rules: Rules, issues: tuple[int, ...], links: list[LinkPlace]) -> int:
    """Packages of some issues that break none of the links between them."""
    states: dict[State, int] = {(0, 0, 0): 1}
    for issue in issues:
        start = rules.starts[issue]
        after: dict[State, int] = defaultdict(int)
        for option in range(start, start + rules.sizes[issue]):
            facts = _facts(rules, issue, option, links)
            for state, count in states.items():
                after[state[0] | facts[0], state[1] | facts[1], state[2] | facts[2]] += count
        states = dict(after)
    return sum(count for state, count in states.items() if not _broken(state, links))


def _facts(rules: Rules, issue: int, option: int, links: list[LinkPlace]) -> State:
    when = hit = miss = 0
    for bit, link in enumerate(links):
        own = [ref for ref in link.refs if rules.issue_of[ref] == issue]
        when |= (option in link.when) << bit
        hit |= (option in link.refs) << bit
        miss |= any(ref != option for ref in own) << bit
    return when, hit, miss


def _broken(state: State, links: list[LinkPlace]) -> bool:
    when, hit, miss = state
    for bit, link in enumerate(links):
        met = (not miss >> bit & 1) if link.match_all else bool(hit >> bit & 1)
        if when >> bit & 1 and met == (link.form == "excludes"):
            return True
    return False
