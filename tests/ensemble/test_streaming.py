"""A run in blocks: the same table however it is cut, by whomever, interrupted anywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.ensemble.checkpoint import Parts, begin, go_on, identity
from detente.ensemble.chunk import Outcomes
from detente.ensemble.executors import Workforce, processes, threads
from detente.ensemble.streaming import BLOCKS, SECONDS, Task, block_for, run_block, stream
from detente.errors import UsageError

Same = Callable[[Sequence[Outcomes], Sequence[Outcomes]], None]
Read = Callable[[Parts], list[Outcomes]]


def started(task: Task, folder: Path, block: int) -> Parts:
    """A run about to begin."""
    run = identity(task.structure, task.scenarios, task.plan)
    return begin(folder, run, task.plan, len(task.scenarios), block)


@pytest.mark.parametrize("block", [7, 100, 300, 5000])
def test_the_size_of_blocks_leaves_the_table_unchanged(
    task: Task, at_once: list[Outcomes], same: Same, from_parts: Read, tmp_path: Path, block: int
) -> None:
    """From a few rows to more than there are."""
    parts = started(task, tmp_path / "parts", block)
    with threads(2) as force:
        stream(task, parts, force)
    same(from_parts(parts), at_once)


def test_processes_make_the_same_parts(
    task: Task, at_once: list[Outcomes], same: Same, from_parts: Read, tmp_path: Path
) -> None:
    """Byte for byte, file for file."""
    parts, others = started(task, tmp_path / "a", 60), started(task, tmp_path / "b", 60)
    with processes(2) as force:
        stream(task, parts, force)
    with threads(1) as force:
        stream(task, others, force)
    same(from_parts(parts), at_once)
    for start in parts.starts:
        assert parts.path(start).read_bytes() == others.path(start).read_bytes()


class Stop(Exception):
    """The run ends here."""


@pytest.mark.parametrize("after", [1, 5, 14])
def test_an_interrupted_run_goes_on_from_its_parts(
    task: Task, at_once: list[Outcomes], same: Same, from_parts: Read, tmp_path: Path, after: int
) -> None:
    """What is there is neither made again nor touched; the table is the uninterrupted one."""
    parts = started(task, tmp_path / "parts", 20)
    calls: list[int] = []

    def stop(done: int, _: int) -> None:
        calls.append(done)
        if len(calls) > after:
            raise Stop

    with threads(2) as force, pytest.raises(Stop):
        stream(task, parts, force, stop)
    there = {start: parts.path(start).stat().st_mtime_ns for start in parts.done()}
    assert len(there) == after
    run = identity(task.structure, task.scenarios, task.plan)
    parts = go_on(tmp_path / "parts", run, task.plan, len(task.scenarios))
    seen: list[tuple[int, int]] = []
    with threads(2) as force:
        stream(task, parts, force, lambda done, every: seen.append((done, every)))
    assert seen[0] == (after * 20 * 4, 1200)
    assert seen[-1] == (1200, 1200)
    assert [done for done, _ in seen] == sorted({done for done, _ in seen})
    assert {start: parts.path(start).stat().st_mtime_ns for start in there} == there
    same(from_parts(parts), at_once)


def test_few_blocks_are_in_flight(task: Task, tmp_path: Path) -> None:
    """Ten thousand blocks are not handed out at once: no more than the workforce asks for."""
    in_flight: list[int] = []
    parts = started(task, tmp_path / "parts", 3)
    with ThreadPoolExecutor(1) as pool:
        submit = pool.submit

        def counting(call: Callable[[], Any]) -> Future[Any]:
            future = submit(call)
            waiting.append(future)
            in_flight.append(sum(not one.done() for one in waiting))
            return future

        waiting: list[Future[Any]] = []
        pool.submit = counting  # type: ignore[method-assign]
        force = Workforce(pool, 1, "one thread")
        stream(task, parts, force)
    assert len(parts.starts) == 100
    assert len(in_flight) == 100
    assert 1 < max(in_flight) <= force.ahead == 8


def test_a_worker_of_another_version_refuses(task: Task) -> None:
    """It would give other numbers."""
    with pytest.raises(UsageError, match=r"a worker has Detente .*; 0\.0\.1 is allowed"):
        run_block(replace(task, version="0.0.1"), 0, 10)


@given(st.floats(1e-7, 10.0), st.integers(1, 200))
def test_a_block_takes_no_longer_than_a_user_would_wait(seconds: float, count: int) -> None:
    """As large as a part may be and as SECONDS allow; where nothing does, the smallest."""
    size = block_for(seconds, count)
    assert size in BLOCKS
    fits = size * count * seconds <= SECONDS and size * count <= 4 * BLOCKS[0]
    assert fits or size == BLOCKS[-1]
    larger = [other for other in BLOCKS if other > size]
    if larger:
        other = min(larger)
        assert other * count * seconds > SECONDS or other * count > 4 * BLOCKS[0]
