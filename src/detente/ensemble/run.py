"""Run scenarios in chunks on any ``concurrent.futures`` executor."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

from detente.bargaining.protocols import NASH
from detente.ensemble.chunk import Outcomes, joined, run_chunk, space_for
from detente.ensemble.handing_out import as_done
from detente.ensemble.scouting import scout
from detente.model.runup import Scout
from detente.model.structure import Structure
from detente.sampling.draws import Plan
from detente.situation.scenarios import Scenario

CHUNK = 1000
Progress = Callable[[int, int], None]  # draws done, draws in all


def run(
    structure: Structure,
    scenarios: Sequence[Scenario],
    plan: Plan,
    *,
    executor: Executor | None = None,
    chunk: int = CHUNK,
    progress: Progress | None = None,
    why: bool = True,
    scouts: Sequence[Scout] | None = None,
    protocol: str = NASH,
) -> list[Outcomes]:
    """Outcomes of every scenario, in order, one row a draw.

    The result depends on the situation, the seed and the number of draws alone, not
    on ``chunk``, on ``executor`` or on the order in which chunks finish.

    Args:
        structure: the fixed part of the situation.
        scenarios: what to run; all share their random numbers.
        plan: draws and seed.
        executor: where chunks go; by default threads, one a processor.
        chunk: draws a task, at least 1.
        progress: called after each chunk.
        scouts: what spoilers and principals expect, one a scenario; by default found here.
        why: whether to look for blocking sets, the costlier half of the work.
        protocol: which package of the zone is agreed on: a name of ``PROTOCOLS``.

    Raises:
        SpaceTooLarge: more packages than the protocol takes.
        UsageError: a protocol that is unknown or takes another number of principals.
    """
    space_for(structure)  # refuse an impossible size before any work is handed out
    starts = range(0, plan.draws, chunk)
    done: dict[tuple[int, int], Outcomes] = {}
    with _executor(executor) as pool:
        ahead = scouts or list(
            pool.map(partial(scout, structure, seed=plan.seed, protocol=protocol), scenarios)
        )
        # all scenarios of a chunk together: they share their random numbers, which are kept
        calls = (
            (
                (index, start),
                partial(
                    run_chunk, structure, scenario, ahead[index], plan, start,
                    min(start + chunk, plan.draws), why, protocol,
                ),
            )
            for start in starts
            for index, scenario in enumerate(scenarios)
        )  # fmt: skip
        finished = 0
        for key, found in as_done(pool, calls):
            done[key] = found
            finished += len(found)
            if progress is not None:
                progress(finished, plan.draws * len(scenarios))
    return [joined([done[index, start] for start in starts]) for index in range(len(scenarios))]


@contextmanager
def _executor(given: Executor | None) -> Generator[Executor, None, None]:
    """The caller's executor, or threads of our own that stop at the first failure."""
    if given is not None:
        yield given
        return
    pool = ThreadPoolExecutor(max_workers=os.cpu_count() or 1)
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
