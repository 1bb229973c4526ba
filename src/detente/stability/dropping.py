"""What else falls when somebody drops an option.

A link says that one option needs another, or cannot stand beside it. Whoever drops an option
brings down with it what cannot stand without it; each thing that falls leaves behind what its
file says is left if it is not delivered. A move that takes something up brings down nothing: if
links forbid where it leads, it cannot be made.
"""

from __future__ import annotations

import numpy as np

from detente.arrays import Bools, Ints
from detente.stability.packages import Packages

MOST_ROUNDS = 60


def settle(
    packages: Packages, held: Ints, issue: int, final: Bools, *, dropped: bool
) -> tuple[Ints, Bools]:
    """Where a move on ``issue`` leads once everything that falls has fallen.

    Args:
        packages: the packages and links in force.
        held: shape (package, issue), option positions right after the move.
        issue: the issue that was moved on: its option stays.
        final: shape (option,), what never falls.
        dropped: whether the move dropped something.

    Returns:
        Positions (package, issue), and whether the move can be made, (package,).
    """
    held, possible = held.copy(), np.ones(len(held), dtype=np.bool_)
    if dropped:
        for _ in range(MOST_ROUNDS):
            if not _fall(packages, held, issue, final, possible):
                break
    return held, possible & packages.allowed(held)


def _fall(packages: Packages, held: Ints, issue: int, final: Bools, possible: Bools) -> bool:
    """Let fall what breaks a link, once for each link; whether anything fell."""
    fell = False
    for link in packages.links:
        rows = np.flatnonzero(packages.broken(link, held) & possible)
        for side, some in _sides(packages, link, held, issue, rows):
            gone = _lower(packages, held, issue, final, possible, some, side)
            fell = fell or gone
    return fell


def _sides(
    packages: Packages, link: int, held: Ints, issue: int, rows: Ints
) -> list[tuple[tuple[int, ...], Ints]]:
    """Which side of a broken link falls in which rows: never the one just moved to."""
    place = packages.structure.links[link]
    if place.form == "requires":
        return [(place.when, rows)]
    moved = np.isin(held[rows, issue], place.when)
    other = place.refs[:1] if place.match_all else place.refs
    return [(other, rows[moved]), (place.when, rows[~moved])]


def _lower(
    packages: Packages, held: Ints, issue: int, final: Bools, possible: Bools, rows: Ints,
    side: tuple[int, ...],
) -> bool:  # fmt: skip
    """Lower the options of ``side`` that stand in ``rows``; whether any did."""
    fell, issue_of = False, packages.space.rules.issue_of
    for option in side:
        place = packages.structure.options[option]
        some = rows[held[rows, issue_of[option]] == option]
        if issue_of[option] == issue or final[option] or option == place.status_quo:
            possible[some] = False
            continue
        held[some, issue_of[option]] = place.undelivered
        fell = fell or bool(some.size)
    return fell
