"""How long a run will take and how much it needs, measured on a few of its own draws."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from typing import Any

from detente.ensemble.checkpoint import FIELDS, part_table
from detente.ensemble.chunk import Outcomes
from detente.ensemble.executors import Workforce
from detente.ensemble.handing_out import as_done
from detente.ensemble.run import CHUNK
from detente.ensemble.streaming import Task, run_block
from detente.ensemble.tables import draw_table

# pyarrow carries no types, so it is brought in as Any
pa: Any = import_module("pyarrow")
parquet: Any = import_module("pyarrow.parquet")

FIRST_LOOK = 50  # draws that show roughly how fast it goes
CLEAR = 20.0  # seconds: a run that is shorter by a first look needs no second
SAMPLE = 1.0  # seconds that a second look should take a worker
TURNS = 12  # chunks a worker makes in it at the most
SMALL = 20_000_000  # bytes of outcomes whose size on disk no one asks about
TABLE_ROWS = 2000


@dataclass(frozen=True, slots=True)
class Measured:
    """What one draw of one scenario costs.

    Attributes:
        seconds: of all workers together, so that rows times this is the time it takes.
        seconds_alone: of one worker.
        memory: bytes of its outcomes in memory.
        disk: bytes of its outcomes on disk.
    """

    seconds: float
    seconds_alone: float
    memory: float
    disk: float


@dataclass(frozen=True, slots=True)
class DrawCost:
    """What one row of the table of draws costs: seconds to make and write, bytes on disk."""

    seconds: float
    disk: float


def measured(task: Task, force: Workforce, rows_in_all: int | None = None) -> Measured:
    """Run a few draws of ``task`` where its chunks will go.

    ``rows_in_all`` is how many rows there will be, if more than those of ``task``.

    A first look takes one scenario in this process. If it does not make clear that the run
    is short, every worker is given some draws at once, different scenarios in turn.
    """
    rows = min(FIRST_LOOK, task.plan.draws)
    run_block(_alone(task, 0), 0, 1)  # lays out the space of packages
    began = time.perf_counter()
    found = run_block(_alone(task, 0), 0, rows)[0]
    alone = (time.perf_counter() - began) / rows
    overall = alone / force.workers
    if overall * (rows_in_all or task.rows) > CLEAR:
        rows = min(max(int(SAMPLE / alone), 1), CHUNK, task.plan.draws)
        turns = min(max(int(SAMPLE / (alone * rows)), 1), TURNS) * force.workers
        tasks = [_alone(task, turn % len(task.scenarios)) for turn in range(turns)]
        list(as_done(force.pool, _calls(tasks, 1)))  # whoever is new to it loads the kernels
        began = time.perf_counter()
        found = next(result[0] for _, result in list(as_done(force.pool, _calls(tasks, rows))))
        overall = (time.perf_counter() - began) / (rows * len(tasks))
        alone = overall * force.workers
    memory = _bytes(found) / len(found)
    # a small table is hardly larger packed: to find out takes longer than to write it
    small = memory * (rows_in_all or task.rows) < SMALL
    return Measured(overall, alone, memory, memory if small else _on_disk(found) / len(found))


def draw_cost(task: Task) -> DrawCost:
    """Make and write the first rows of the table of draws."""
    rows = min(TABLE_ROWS, task.plan.draws)
    _file_size(draw_table(task.scenarios, task.plan, 0, 1))  # the first of all is slow
    began = time.perf_counter()
    size = _file_size(draw_table(task.scenarios, task.plan, 0, rows))
    return DrawCost((time.perf_counter() - began) / rows, size / rows)


def physical_memory() -> int | None:
    """Bytes of memory this machine has; None where it does not say."""
    names = getattr(os, "sysconf_names", {})
    if "SC_PHYS_PAGES" not in names or "SC_PAGE_SIZE" not in names:
        return None
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")


def _alone(task: Task, index: int) -> Task:
    """The same task for one of its scenarios."""
    return replace(task, scenarios=(task.scenarios[index],), scouts=(task.scouts[index],))


def _calls(tasks: list[Task], rows: int) -> Iterable[tuple[int, partial[list[Outcomes]]]]:
    """Draws from the middle of the run, others for each task."""
    middle = tasks[0].plan.draws // 2
    for turn, task in enumerate(tasks):
        start = min(middle + turn * rows, task.plan.draws - rows)
        yield turn, partial(run_block, task, start, start + rows)


def _bytes(outcomes: Outcomes) -> int:
    columns = (getattr(outcomes, name) for name in FIELDS)
    return sum(column.nbytes for column in columns if column is not None)


def _on_disk(outcomes: Outcomes) -> int:
    return _file_size(part_table([outcomes]))


def _file_size(table: Any) -> int:
    sink = pa.BufferOutputStream()
    parquet.write_table(table, sink, compression="zstd")
    return int(sink.getvalue().size)
