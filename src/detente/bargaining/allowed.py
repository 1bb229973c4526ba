"""How many packages the links in force allow, exactly, whatever the size of the space.

Issues that no link ties together multiply. Within a component of linked issues, packages
are counted issue by issue, those that links cannot tell apart together.
"""

from __future__ import annotations

import math
from collections import Counter
from functools import lru_cache

import numpy as np

from detente.arrays import Ints
from detente.bargaining.space import Rules
from detente.errors import SpaceTooLarge
from detente.model.structure import LinkPlace

MOST_STATES = 2**20  # of a component's links, between two issues

State = tuple[int, int]  # links whose first side is met; links with a hit, or a miss for "all"


def allowed_packages(rules: Rules, masks: Ints) -> Ints:
    """Packages that break no link in force, the status quo left out: shape (draw,).

    Args:
        rules: the space.
        masks: shape (draw,), bit masks of the forbidding links in force.

    Raises:
        SpaceTooLarge: links tie so many issues together that they cannot be counted.
    """
    found, which = np.unique(masks, return_inverse=True)
    counts = np.array([_allowed(rules, int(mask)) for mask in found], dtype=np.int64)
    return counts[which.reshape(-1)]


@lru_cache(maxsize=4096)
def _allowed(rules: Rules, mask: int) -> int:
    links = [
        link for b, link in enumerate(rules.links) if mask >> b & 1 and link.form != "with"
    ]  # fmt: skip
    tied, total = set[int](), 1
    for issues, own in _components(rules, links):
        tied |= set(issues)
        total *= _component(rules, issues, own)
    total *= math.prod(size for issue, size in enumerate(rules.sizes) if issue not in tied)
    quo = rules.status_quo
    return total - (quo is not None and not any(_breaks(link, quo) for link in links))


def _breaks(link: LinkPlace, package: tuple[int, ...]) -> bool:
    when = any(option in package for option in link.when)
    held = [ref in package for ref in link.refs]
    met = all(held) if link.match_all else any(held)
    return when and met == (link.form == "excludes")


def _issues_of(rules: Rules, link: LinkPlace) -> set[int]:
    return {rules.issue_of[option] for option in (*link.when, *link.refs)}


def _components(
    rules: Rules, links: list[LinkPlace]
) -> list[tuple[tuple[int, ...], tuple[LinkPlace, ...]]]:
    """Issues that links tie together, with those links."""
    parts: list[tuple[set[int], list[LinkPlace]]] = []
    for link in links:
        issues, own = _issues_of(rules, link), [link]
        apart: list[tuple[set[int], list[LinkPlace]]] = []
        for part in parts:
            if part[0] & issues:
                issues, own = issues | part[0], [*part[1], *own]
            else:
                apart.append(part)
        parts = [*apart, (issues, own)]
    return [(tuple(sorted(issues)), tuple(own)) for issues, own in parts]


@lru_cache(maxsize=4096)
def _component(rules: Rules, issues: tuple[int, ...], links: tuple[LinkPlace, ...]) -> int:
    """Packages of the component's issues that break none of its links."""
    touching = [_issues_of(rules, link) for link in links]
    states, left, closed = Counter[State]({(0, 0): 1}), set(issues), 0
    while left:
        issue = _next_issue(left, touching)
        left.remove(issue)
        closing = sum(1 << b for b, own in enumerate(touching) if not own & left) & ~closed
        states = _settled(_stepped(states, _effects(rules, issue, links)), links, closing)
        closed |= closing
        if len(states) > MOST_STATES:
            raise SpaceTooLarge(
                f"{len(links)} links tie {len(issues)} issues together too closely to count the "
                "packages they allow; merge links that say the same"
            )
    return sum(states.values())


def _next_issue(left: set[int], touching: list[set[int]]) -> int:
    """The issue that leaves fewest links half decided."""

    def opened(issue: int) -> tuple[int, int]:
        waiting = [own & left for own in touching if issue in own]
        return sum(len(own) - 1 for own in waiting), issue

    return min(left, key=opened)


def _effects(rules: Rules, issue: int, links: tuple[LinkPlace, ...]) -> Counter[State]:
    """What the options of an issue do to the links: bits as in a state, and how many do."""
    found = Counter[State]()
    start = rules.starts[issue]
    for option in range(start, start + rules.sizes[issue]):
        when, mark = 0, 0
        for bit, link in enumerate(links):
            when |= (option in link.when) << bit
            if link.match_all:
                own = {ref for ref in link.refs if rules.issue_of[ref] == issue}
                mark |= bool(own - {option}) << bit
            else:
                mark |= (option in link.refs) << bit
        found[when, mark] += 1
    return found


def _stepped(states: Counter[State], effects: Counter[State]) -> Counter[State]:
    found = Counter[State]()
    for (when, mark), count in states.items():
        for (more_when, more_mark), times in effects.items():
            found[when | more_when, mark | more_mark] += count * times
    return found


def _settled(states: Counter[State], links: tuple[LinkPlace, ...], closing: int) -> Counter[State]:
    """States that break none of the links just decided, which are then forgotten."""
    spoils = sum(1 << b for b, link in enumerate(links)
                 if (link.form == "excludes") != link.match_all)  # fmt: skip
    found = Counter[State]()
    for (when, mark), count in states.items():
        if not when & ((mark & spoils) | (~mark & ~spoils)) & closing:
            found[when & ~closing, mark & ~closing] += count
    return found
