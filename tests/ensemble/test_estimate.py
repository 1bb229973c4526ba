"""What a run will take, measured on itself."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import pytest

from detente.ensemble import estimate
from detente.ensemble.checkpoint import FIELDS
from detente.ensemble.chunk import Outcomes
from detente.ensemble.estimate import draw_cost, measured, physical_memory
from detente.ensemble.executors import threads
from detente.ensemble.streaming import Task, run_block
from detente.sampling.draws import Plan


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """Every draw takes three milliseconds; which draws were made."""
    made: list[tuple[int, int]] = []

    def block(task: Task, start: int, stop: int) -> list[Outcomes]:
        made.append((start, stop))
        time.sleep(0.003 * (stop - start) * len(task.scenarios))
        return run_block(task, start, stop)

    monkeypatch.setattr(estimate, "run_block", block)
    monkeypatch.setattr(estimate, "SAMPLE", 0.06)
    return made


def test_a_short_run_is_looked_at_once(task: Task, slow: list[tuple[int, int]]) -> None:
    """A few draws of one scenario in this process."""
    with threads(2) as force:
        cost = measured(task, force)
    assert slow == [(0, 1), (0, estimate.FIRST_LOOK)]
    assert cost.seconds >= 0.003 / 2
    assert cost.seconds_alone >= 0.003


def test_a_long_run_is_measured_where_it_will_go(task: Task, slow: list[tuple[int, int]]) -> None:
    """On all workers at once, on draws within the run: never faster than they can be."""
    long = replace(task, plan=Plan(1_000_000, 7))
    with threads(2) as force:
        cost = measured(long, force)
    assert cost.seconds >= 0.003 / 2
    assert cost.seconds_alone == pytest.approx(2 * cost.seconds)
    assert len(slow) > 3
    assert all(0 <= start < stop <= 1_000_000 for start, stop in slow)


def test_bytes_are_those_of_a_row(
    task: Task, at_once: list[Outcomes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In memory exactly; on disk, packed, no more than twice that; of few rows as in memory."""
    one = replace(task, scenarios=task.scenarios[:1])
    with threads(1) as force:
        few = measured(one, force)
        monkeypatch.setattr(estimate, "SMALL", 0)
        cost = measured(one, force)
    assert few.disk == few.memory
    columns: list[Any] = [getattr(at_once[0], name) for name in FIELDS]
    row = sum(c.nbytes for c in columns if c is not None) / len(at_once[0])
    assert cost.memory == pytest.approx(row, abs=8 * 64)  # sets are as wide as draws need
    assert 0 < cost.disk < 2 * row


def test_the_table_of_draws_has_a_cost(task: Task) -> None:
    """A positive one, and at least some bytes a row."""
    cost = draw_cost(task)
    assert cost.seconds > 0
    assert cost.disk > 8


def test_memory_of_this_machine_is_known_or_not() -> None:
    """Never a nonsense number."""
    found = physical_memory()
    assert found is None or found > 2**28
