"""Package-draws a second of the Nash kernel, beside a NumPy brute force of the same answers.

Writes benchmarks/results.md. Times are medians of several runs in one process; the
ratio is the figure to quote, for it survives a slow machine.
"""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path

import numpy as np

from detente.arrays import Ints
from detente.bargaining.rows import TOLERANCE
from detente.bargaining.solution import Solution
from detente.bargaining.solve import solve
from detente.bargaining.space import Rules, Space, make_space
from detente.ensemble.warming import warm_kernels
from detente.model.runup import walk_paths
from detente.model.table import Table
from detente.sampling.streams import keyed

RUNS = 5
PATHS = 1_000_000
WORKERS = 2
RESULTS = Path(__file__).with_name("results.md")


def random_table(
    sizes: tuple[int, ...], parties: int, principals: int, draws: int, demand: float
) -> Table:
    """Independent normal gains; ``demand`` sets how large the zone is."""
    rng = np.random.default_rng(1)
    nothing = np.zeros((draws, 0))
    return Table(
        gain=rng.normal(size=(draws, parties, sum(sizes))),
        demand=np.full((draws, parties), demand),
        weight=np.ones((draws, principals)),
        misreading=np.zeros((draws, principals)),
        line_cost=nothing,
        absolute=nothing.astype(bool),
        holds=nothing.astype(bool),
        bonus=np.zeros((draws, 0, parties)),
    )


def rows(table: Table, start: int, stop: int) -> Table:
    """Some draws of a table."""
    return Table(**{name: getattr(table, name)[start:stop] for name in Table.__slots__})


def in_threads(space: Space, table: Table) -> Ints:
    """Solve on two threads, half the draws each."""
    half = len(table.demand) // WORKERS

    def part(index: int) -> Solution:
        return solve(space, rows(table, index * half, (index + 1) * half))

    with ThreadPoolExecutor(WORKERS) as pool:
        parts = list(pool.map(part, range(WORKERS)))
    return np.concatenate([part.package for part in parts])


def brute_force(sizes: tuple[int, ...], table: Table) -> Ints:
    """The same choice by NumPy: every package's gains, masked, argmax of the log product."""
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    packages = np.stack(np.unravel_index(np.arange(int(np.prod(sizes))), sizes), axis=1) + starts
    chosen = np.empty(len(table.demand), dtype=np.int64)
    principals = table.weight.shape[1]
    for d, gain in enumerate(table.gain):
        total = np.zeros((gain.shape[0], len(packages)))
        for column in packages.T:
            total += gain[:, column]
        surplus = total - table.demand[d][:, None]
        ok = (surplus >= -TOLERANCE).all(axis=0)
        score = np.log(np.maximum(surplus[:principals], TOLERANCE)).sum(axis=0)
        score[~ok] = -np.inf
        chosen[d] = int(score.argmax()) if ok.any() else -1
    return chosen


def seconds(work: Callable[[], Ints], runs: int = RUNS) -> tuple[float, Ints]:
    """Median time of ``work`` and its result."""
    times: list[float] = []
    result = work()
    for _ in range(runs):
        start = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - start)
    return statistics.median(times), result


def compare(issues: int, parties: int, principals: int, demand: float, draws: int) -> str:
    """One row of the table."""
    sizes = (4,) * issues
    table = random_table(sizes, parties, principals, draws, demand)
    space = make_space(Rules(sizes))
    ours, chosen = seconds(lambda: in_threads(space, table))
    few = rows(table, 0, max(2, draws // 50))
    theirs, expected = seconds(lambda: brute_force(sizes, few), runs=3)
    assert np.array_equal(chosen[: len(expected)], expected), "the two disagree"
    share = solve(space, few).zone.mean() / space.packages
    fast = space.packages * draws / ours
    slow = space.packages * len(expected) / theirs
    return (
        f"| 4^{issues} | {parties} | {principals} | {share:.1%} | {fast / 1e6:,.0f} | "
        f"{slow / 1e6:,.0f} | {fast / slow:,.0f} |"
    )


def runup_lines() -> list[str]:
    """Time of a million run-up paths of 60 steps and three kinds of incident, on two threads."""
    rng = np.random.default_rng(1)
    kinds, steps = 3, 60
    keys = np.stack([keyed(1, f"bench {kind}") for kind in range(kinds)])

    def part(start: int) -> Ints:
        rows = PATHS // WORKERS
        incidents, cause = np.zeros(rows, dtype=np.int64), np.zeros(rows, dtype=np.int64)
        walk_paths(
            keys, start * rows, steps, 0, 1.0,
            np.full((rows, 2), 0.3), np.full((rows, 2), 0.98),
            np.zeros(0, dtype=np.int64), np.zeros((0, rows, 2)),
            np.full((rows, kinds), 0.03), np.full((rows, kinds, 2), 0.1),
            np.tile([0.005, 0.0001, 3.0], (rows, 1)), uniform[start * rows : (start + 1) * rows],
            np.empty((rows, 2)), incidents, cause, np.empty(rows), np.empty((0, steps, 2)),
        )  # fmt: skip
        return cause

    def both() -> Ints:
        with ThreadPoolExecutor(WORKERS) as pool:
            return np.concatenate(list(pool.map(part, range(WORKERS))))

    uniform = rng.random((PATHS, 2))
    time_taken, _ = seconds(both)
    told = f"Run-up paths: {PATHS:,} of {steps} steps with {kinds} kinds of incident"
    return [f"{told}, {WORKERS} threads: {time_taken:.2f} s."]


def main() -> None:
    """Measure, print and write the table."""
    warm_kernels()
    lines = [
        "# Measured",
        "",
        f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}, "
        + ", ".join(f"{name} {version(name)}" for name in ("numba", "numpy")),
        "",
        f"Enumeration kernel, {WORKERS} threads, against NumPy on one thread; the same packages chosen.",
        "Million package-draws a second.",
        "",
        "| packages | parties | principals | in the zone | Detente | NumPy | ratio |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    print("\n".join(lines))
    for issues, parties, principals, demand, draws in [
        (8, 4, 2, 3.0, 1000), (8, 4, 2, 0.0, 1000), (8, 4, 4, 0.0, 1000), (8, 2, 2, 0.0, 1000),
        (10, 4, 2, 0.0, 100),
    ]:  # fmt: skip
        lines.append(compare(issues, parties, principals, demand, draws))
        print(lines[-1], flush=True)
    lines += ["", *runup_lines()]
    print("\n".join(lines[-4:]))
    RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
