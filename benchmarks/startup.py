"""How long Detente takes to start: a fresh interpreter each time.

Wall time is what a user waits; processor time (user and system, threads added up) is
what to compare on a machine that others use too. The first run of each command is not
counted: it may compile kernels, and it brings the files into memory.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

RUNS = 9
WARM_RUN = (
    "run", "budapest-2025", "--round", "budapest", "--reading", "article", "--draws", "1000",
)  # fmt: skip
COMMANDS: tuple[tuple[tuple[str, ...], float | None], ...] = (
    (("--help",), 0.5),
    (("words",), None),
    (("cases",), None),
    (("case", "show", "budapest-2025"), None),
    (("check", "budapest-2025", "--no-forecast"), None),
    (("check", "budapest-2025"), None),
    (WARM_RUN, 3.0),
)


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of each run: on the clock, and of the processors."""

    wall: tuple[float, ...]
    processor: tuple[float, ...]


def once(arguments: Sequence[str]) -> tuple[float, float]:
    """Seconds that a fresh interpreter takes for ``arguments``: wall and processor."""
    before, start = os.times(), time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    wall, after = time.perf_counter() - start, os.times()
    user = after.children_user - before.children_user
    return wall, user + after.children_system - before.children_system


def measured(arguments: Sequence[str], runs: int) -> Times:
    """Times of ``runs`` runs after one that is not counted."""
    once(arguments)
    wall, processor = zip(*(once(arguments) for _ in range(runs)), strict=True)
    return Times(wall, processor)


def row(label: str, goal: float | None, arguments: Sequence[str], runs: int) -> str:
    """One row of the table: least, median and most seconds, and the goal for the median."""
    times = measured(arguments, runs)
    spread = " | ".join(
        f"{least(found):.2f}"
        for found in (times.wall, times.processor)
        for least in (min, statistics.median, max)
    )
    return f"| {label} | {spread} | {'' if goal is None else f'{goal:g}'} |"


def startup_lines(runs: int | None = None) -> list[str]:
    """Markdown: seconds to start, command by command. ``runs`` is RUNS unless given."""
    count = RUNS if runs is None else runs
    lines = [
        f"Seconds from a fresh interpreter to its end, {count} runs each: on the clock, then of the",
        "processors with threads added up. The goal is for the median on the clock.",
        "",
        "| what | least | median | most | processors, least | median | most | goal |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
        row("Python itself", None, ["-c", "pass"], count),
        row("`import detente`", 0.3, ["-c", "import detente"], count),
    ]
    for command, goal in COMMANDS:
        lines.append(
            row(f"`detente {' '.join(command)}`", goal, ["-m", "detente", *command], count)
        )
    return lines


def main() -> None:
    """Measure everything and print it."""
    print("\n".join(startup_lines()))


if __name__ == "__main__":
    main()
