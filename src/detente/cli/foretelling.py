"""What a run will take, said before it starts: time, memory, disk."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from detente.analysis.digest import FIRST
from detente.cli.telling import Teller, duration
from detente.ensemble.chunk import space_for
from detente.ensemble.estimate import DrawCost, Measured, measured, physical_memory
from detente.ensemble.executors import Workforce
from detente.ensemble.scouting import NOBODY
from detente.ensemble.streaming import Task, block_for
from detente.ensemble.tables import OUTCOME_ROWS
from detente.errors import UsageError
from detente.model.structure import structure_of
from detente.sampling.draws import Plan
from detente.situation.scenarios import Scenario
from detente.situation.schema import Situation

QUICK = 300_000  # draws times scenarios that no machine takes long for
LONG = 60.0  # seconds after which a run is worth a word beforehand
MUCH = 2 * 10**9  # bytes of memory that are
MANY = 500_000  # draws times scenarios that are no longer kept in memory at once

# Measured: the program with its libraries, kernels and kept columns; a process or worker
# of its own; copies of outcomes in memory while they are joined and counted.
PROGRAM, APART, COPIES = 400e6, 300e6, 3.0
SPREAD_AND_SCOUT = 3000  # draws a scenario besides those asked for
FILE_SECONDS = 40e-6  # to bring a row of outcomes from its part to the final table
UNITS = ((1e12, "TB"), (1e9, "GB"), (1e6, "MB"))


@dataclass(frozen=True, slots=True)
class Foretold:
    """What a run will take.

    Attributes:
        seconds: from start to end.
        memory: bytes at the most, on this machine.
        disk: bytes at the most in the folder of results; 0 where nothing is written.
        streams: whether outcomes go to disk while it runs, so that it can be resumed.
        block: draws of a part, where it streams.
    """

    seconds: float
    memory: float
    disk: float
    streams: bool
    block: int

    @property
    def is_much(self) -> bool:
        """Whether it is worth a word beforehand."""
        return self.seconds > LONG or self.memory > MUCH


def foretell(
    task: Task, force: Workforce, cost: Measured, table: DrawCost | None, *, writes: bool
) -> Foretold:
    """What ``task`` will take.

    Args:
        task: what is run.
        force: those who will do it.
        cost: what one row costs them.
        table: what a row of the table of draws costs; None where it is not written.
        writes: whether results are written to a folder.
    """
    rows, draws = task.rows, task.plan.draws
    seconds = (rows + SPREAD_AND_SCOUT * len(task.scenarios)) * cost.seconds
    final = FILE_SECONDS * rows + (table.seconds * draws if table else 0.0)
    streams = rows > MANY or (writes and seconds > LONG)
    block = block_for(cost.seconds_alone, len(task.scenarios))
    held = rows
    disk = rows * cost.disk + (table.disk * draws if table else 0.0) if writes else 0.0
    if streams:  # parts and the final table stand side by side for a while
        held = min(rows, force.ahead * block * len(task.scenarios) + OUTCOME_ROWS)
        disk += rows * cost.disk
    memory = PROGRAM + COPIES * cost.memory * held + (APART * force.workers if force.apart else 0)
    memory += 8.0 * min(draws, FIRST) * _uncertain(task) + draws * (len(task.scenarios) + 40)
    return Foretold(seconds + (final if writes else 0.0), memory, disk, streams, block)


def foretell_in_memory(
    task: Task, force: Workforce, runs: int, at_once: int, cost: Measured
) -> Foretold:
    """What a question takes that runs many scenarios and keeps their outcomes in memory.

    Args:
        task: some of the scenarios it runs.
        force: those who will do it.
        runs: how many scenarios it runs in all.
        at_once: how many of them it keeps at the same time.
        cost: what one row costs.
    """
    seconds = cost.seconds * task.plan.draws * runs
    memory = PROGRAM + COPIES * cost.memory * task.plan.draws * at_once
    memory += APART * force.workers if force.apart else 0.0
    return Foretold(seconds, memory, 0.0, streams=False, block=0)


def warn_of(
    situation: Situation, wanted: Sequence[Scenario], plan: Plan, force: Workforce,
    teller: Teller, *, runs: int, at_once: int, why: bool = False,
) -> None:  # fmt: skip
    """Say what a question takes that keeps outcomes in memory, if that is much.

    Args:
        situation: what is asked about.
        wanted: some of the scenarios that are run.
        plan: draws of each, and the seed.
        force: those who will do it.
        teller: who says it.
        runs: how many scenarios are run in all.
        at_once: how many of them are kept at the same time.
        why: whether what blocks is looked for as well.

    Raises UsageError for what memory cannot hold.
    """
    if plan.draws * runs < QUICK:
        return
    structure = structure_of(situation)
    space_for(structure)
    task = Task(structure, tuple(wanted), plan, (NOBODY,) * len(wanted), why=why)
    cost = measured(task, force, plan.draws * runs)
    told = foretell_in_memory(task, force, runs, at_once, cost)
    must_fit(told, Path())
    if told.is_much:
        teller.say(announcement(task, force, told, None, runs=runs))


def readings_in(stated: Sequence[Scenario]) -> int:
    """Under how many readings scenarios stand; as written counts for one."""
    return len({one.reading for one in stated})


def announcement(
    task: Task, force: Workforce, told: Foretold, out: Path | None, *, done: float = 0.0,
    runs: int | None = None,
) -> str:  # fmt: skip
    """One line on what a run will take, and how it can be stopped.

    ``done`` is the share that is there; ``runs`` how many scenarios, if not those of ``task``.
    """
    count = len(task.scenarios) if runs is None else runs
    what = f"{task.plan.draws:,} draws of {count} scenario{'s' if count > 1 else ''}"
    already = f", {done:.0%} of them there already" if done else ""
    needs = f"about {duration(told.seconds * (1.0 - done))} on {force.words}, {size(told.memory)} of memory"
    if told.disk:
        needs += f", {size(told.disk)} on disk in {out or 'the folder for temporary files'}"
    keeps = told.streams and out is not None
    ends = "Ctrl-C stops it, --resume goes on." if keeps else "Ctrl-C stops it; nothing is kept."
    return f"{what}{already}: {needs}. {ends}"


def must_fit(told: Foretold, folder: Path, already: float = 0.0) -> None:
    """Refuse what the disk or the memory cannot hold; ``already``: bytes of it that are there.

    Raises UsageError.
    """
    free = shutil.disk_usage(folder).free
    if told.disk - already > free:
        raise UsageError(
            f"about {size(told.disk - already)} would be written to {folder}, where {size(free)} "
            "are free; what fits is allowed; ask for fewer draws or scenarios, leave draws.parquet "
            "out with --without-draws, or choose another --out"
        )
    memory = physical_memory()
    if memory is not None and told.memory > memory:
        raise UsageError(
            f"about {size(told.memory)} of memory would be needed, and this machine has "
            f"{size(memory)}; what fits is allowed; ask for fewer draws or scenarios"
        )


def size(bytes_: float) -> str:
    """``850 MB``, ``1.2 GB``, ``31 GB``: two figures are enough."""
    for unit, name in UNITS:
        if bytes_ >= unit:
            number = bytes_ / unit
            return f"{number:.1f} {name}" if number < 10 else f"{number:.0f} {name}"
    return "less than 1 MB"


def _uncertain(task: Task) -> int:
    values = task.scenarios[0].values.values()
    return sum(value.quantity.fixed is None for value in values)
