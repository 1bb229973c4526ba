"""Draws a second by branch and bound, which enumerates nothing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from measuring import WORKERS, in_threads, seconds
from problems import Size, some_draws

from detente.bargaining.branch.solving import LEAST, NASH, branch_and_bound

DRAWS = 10_000
SCORES = {"Nash": (NASH, False), "Kalai-Smorodinsky": (LEAST, True), "egalitarian": (LEAST, False)}


@dataclass(frozen=True, slots=True)
class Case:
    """One row: a size, a score, a share of DRAWS."""

    size: Size
    score: str = "Nash"
    share: float = 1.0
    note: str = ""


CASES: tuple[Case, ...] = (
    *(Case(Size(m, consents=k)) for m in (6, 8, 10, 15, 20) for k in range(4)),
    Case(Size(20, consents=2), "Kalai-Smorodinsky", 0.2),
    Case(Size(20, consents=2), "egalitarian", 0.2),
    Case(Size(12, consents=3, demand=1.25, grid=4), share=0.02, note="quarter points"),
    Case(Size(13, 5, principals=15, demand=-0.2), share=0.02, note="multilateral"),
)


def row(case: Case, draws: int | None = None) -> str:
    """One row of the table."""
    count = max(WORKERS, round((DRAWS if draws is None else draws) * case.share))
    question = case.size.question(count)
    how, by_ideal = SCORES[case.score]

    def work() -> tuple[int, float]:
        parts = in_threads(
            lambda start, stop: branch_and_bound(
                some_draws(question, start, stop), how, by_ideal=by_ideal
            ),
            count,
        )
        package = np.concatenate([part.package for part in parts])
        return sum(int((part.gap > 0.0).sum()) for part in parts), float((package >= 0).mean())

    taken, (unresolved, deals) = seconds(work)
    return (
        f"| {case.size.name}{', ' if case.note else ''}{case.note} | {case.size.principals} | "
        f"{case.size.consents} | {case.score} | {count:,} | {deals:.0%} | {count / taken:,.0f} | "
        f"{WORKERS * taken / count * 1e6:,.1f} | {unresolved} |"
    )


def search_lines() -> list[str]:
    """The table."""
    lines = [
        f"Branch and bound on {WORKERS} threads. Consents: parties that every package needs beside the",
        "principals. Unresolved draws are those whose answer is not proven within the budget.",
        "",
        "| packages | principals | consents | score | draws | with a deal | draws a second | µs a draw and thread | unresolved |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    print("\n".join(lines))
    for case in CASES:
        lines.append(row(case))
        print(lines[-1], flush=True)
    return lines
