"""Package-draws a second of the Nash kernel, beside a NumPy brute force of the same answers."""

from __future__ import annotations

import numpy as np
from measuring import WORKERS, in_threads, seconds

from detente.arrays import Ints
from detente.bargaining.rows import TOLERANCE
from detente.bargaining.solve import solve
from detente.bargaining.space import Rules, Space, make_space
from detente.model.runup import walk_paths
from detente.model.table import Table
from detente.sampling.streams import keyed

PATHS = 1_000_000
# issues, parties, principals, demand, draws
SIZES = (
    (8, 4, 2, 3.0, 1000), (8, 4, 2, 0.0, 1000), (8, 4, 4, 0.0, 1000), (8, 2, 2, 0.0, 1000),
    (10, 4, 2, 0.0, 100),
)  # fmt: skip


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


def chosen_in_threads(space: Space, table: Table) -> Ints:
    """Packages chosen, draws shared by threads."""
    parts = in_threads(
        lambda start, stop: solve(space, rows(table, start, stop)), len(table.demand)
    )
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


def compare(issues: int, parties: int, principals: int, demand: float, draws: int) -> str:
    """One row of the table."""
    sizes = (4,) * issues
    table = random_table(sizes, parties, principals, draws, demand)
    space = make_space(Rules(sizes))
    ours, chosen = seconds(lambda: chosen_in_threads(space, table))
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
    uniform = np.random.default_rng(1).random((PATHS, 2))
    kinds, steps = 3, 60
    keys = np.stack([keyed(1, f"bench {kind}") for kind in range(kinds)])

    def part(start: int, stop: int) -> Ints:
        rows = stop - start
        incidents, cause = np.zeros(rows, dtype=np.int64), np.zeros(rows, dtype=np.int64)
        walk_paths(
            keys, start, steps, 0, 1.0,
            np.full((rows, 2), 0.3), np.full((rows, 2), 0.98),
            np.zeros(0, dtype=np.int64), np.zeros((0, rows, 2)),
            np.full((rows, kinds), 0.03), np.full((rows, kinds, 2), 0.1),
            np.tile([0.005, 0.0001, 3.0], (rows, 1)), uniform[start:stop],
            np.empty((rows, 2)), incidents, cause, np.empty(rows), np.empty((0, steps, 2)),
        )  # fmt: skip
        return cause

    time_taken, _ = seconds(lambda: in_threads(part, PATHS))
    told = f"Run-up paths: {PATHS:,} of {steps} steps with {kinds} kinds of incident"
    return [f"{told}, {WORKERS} threads: {time_taken:.2f} s."]


def kernel_lines() -> list[str]:
    """The table of enumeration against NumPy."""
    lines = [
        f"Enumeration kernel, {WORKERS} threads, against NumPy on one thread; the same packages chosen.",
        "Million package-draws a second.",
        "",
        "| packages | parties | principals | in the zone | Detente | NumPy | ratio |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    print("\n".join(lines))
    for issues, parties, principals, demand, draws in SIZES:
        lines.append(compare(issues, parties, principals, demand, draws))
        print(lines[-1], flush=True)
    return lines
