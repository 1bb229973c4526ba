"""How cost grows with the size of a problem: slopes of log time over log size."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from frontiers import frontier_time
from measuring import seconds
from problems import Size

from detente.bargaining.branch.solving import NASH, branch_and_bound
from detente.bargaining.solve import solve

DRAWS = 1_000


def search_time(size: Size, draws: int | None = None) -> float:
    """Seconds a draw of branch and bound, one thread."""
    question = size.question(DRAWS if draws is None else draws)
    return seconds(lambda: branch_and_bound(question, NASH), 3)[0] / question.draws


def listing_time(size: Size) -> float:
    """Seconds a draw of enumeration, one thread."""
    question = size.question(max(2, DRAWS // 50))
    return seconds(lambda: solve(question.space, question.table), 3)[0] / question.draws


def slope(xs: Sequence[int], times: Sequence[float]) -> float:
    """Of the line through log time over log size: 1 means in proportion."""
    return float(np.polyfit(np.log(xs), np.log(times), 1)[0])


GROWTH: dict[str, tuple[Sequence[int], Callable[[int], float]]] = {
    "enumeration, issues (4 options, 2 principals)": (
        (6, 7, 8, 9, 10), lambda n: listing_time(Size(n))
    ),
    "branch and bound, issues (4 options, 2 principals, 1 consent)": (
        (5, 10, 20, 30), lambda n: search_time(Size(n, consents=1))
    ),
    "branch and bound, options (10 issues, 2 principals, 1 consent)": (
        (2, 4, 8, 16), lambda n: search_time(Size(10, n, consents=1))
    ),
    "branch and bound, principals (10 issues, 4 options)": (
        (2, 4, 8, 16), lambda n: search_time(Size(10, principals=n, demand=-0.1))
    ),
    "branch and bound, all draws (4^10, 1 consent)": (
        (500, 2_000, 8_000), lambda n: n * search_time(Size(10, consents=1), n)
    ),
    "frontier, issues (4 options, 2 principals)": (
        (10, 15, 20, 30), lambda n: frontier_time(Size(n))[0]
    ),
    "frontier, issues (4 options, 3 principals)": (
        (8, 11, 15), lambda n: frontier_time(Size(n, principals=3))[0]
    ),
    "frontier, principals (8 issues, 4 options)": (
        (2, 3, 4, 5, 6), lambda n: frontier_time(Size(8, principals=n, demand=-0.1))[0]
    ),
}  # fmt: skip


def growth_lines() -> list[str]:
    """Times at each size, and the slope."""
    lines = [
        "Growth: microseconds (one draw, or all where it says so), one thread, and the slope of log time",
        "over log size. A slope of 1 is in proportion; enumeration grows as a power of the options.",
        "",
        "| what grows | size: µs | slope |",
        "| --- | --- | --- |",
    ]
    for name, (xs, cost) in GROWTH.items():
        times = [cost(n) for n in xs]
        told = ", ".join(f"{n:,}: {t * 1e6:,.0f}" for n, t in zip(xs, times, strict=True))
        lines.append(f"| {name} | {told} | {slope(xs, times):.1f} |")
        print(lines[-1], flush=True)
    return lines
