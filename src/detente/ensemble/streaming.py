"""A run of any length in bounded memory: blocks of draws go out, parts come back to disk.

A block is a pure function of its arguments and covers every scenario, since scenarios share
their random numbers and whoever makes one has those of the next at hand. How draws are cut
into blocks, who makes them and in which order leaves the outcomes unchanged.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from detente import __version__
from detente.bargaining.protocols import NASH
from detente.ensemble.checkpoint import Parts
from detente.ensemble.chunk import Outcomes, joined, run_chunk, space_for
from detente.ensemble.executors import Workforce
from detente.ensemble.handing_out import as_done
from detente.ensemble.run import CHUNK, Progress
from detente.errors import UsageError
from detente.model.runup import Scout
from detente.model.structure import Structure
from detente.sampling.draws import Plan
from detente.situation.scenarios import Scenario

# Rows of a part. Large enough that a file is worth it, small enough that little is lost.
BLOCKS = (5000, 2000, 1000, 500, 200, 100, 50, 20, 10)
SECONDS = 2.0  # a block should take no longer: so much is lost by whoever stops the run


@dataclass(frozen=True, slots=True)
class Task:
    """What is run: everything a block needs but its rows.

    Attributes:
        structure, scenarios, plan: as ``ensemble.run`` takes them.
        scouts: what spoilers and principals expect, one a scenario.
        why: whether to look for blocking sets.
        protocol: which package of the zone is agreed on.
        version: of Detente; workers with another would give other numbers.
    """

    structure: Structure
    scenarios: tuple[Scenario, ...]
    plan: Plan
    scouts: tuple[Scout, ...]
    why: bool = True
    protocol: str = NASH
    version: str = __version__

    @property
    def rows(self) -> int:
        """Draws times scenarios."""
        return self.plan.draws * len(self.scenarios)


def run_block(task: Task, start: int, stop: int) -> list[Outcomes]:
    """Draws ``start`` to ``stop`` of every scenario, in order.

    Raises UsageError where another version of Detente runs than the one that asked.
    """
    if task.version != __version__:
        raise UsageError(
            f"a worker has Detente {__version__}; {task.version} is allowed; install it there"
        )
    parts: list[list[Outcomes]] = [[] for _ in task.scenarios]
    for first in range(start, stop, CHUNK):  # more rows at once fit no cache
        last = min(first + CHUNK, stop)
        for index, scenario in enumerate(task.scenarios):
            parts[index].append(
                run_chunk(
                    task.structure, scenario, task.scouts[index], task.plan, first, last,
                    task.why, task.protocol,
                )
            )  # fmt: skip
    return [joined(found) for found in parts]


def block_for(seconds_a_row: float, scenarios: int) -> int:
    """Rows of a block that takes about SECONDS, or that is as large as a part may be.

    Args:
        seconds_a_row: what one draw of one scenario costs one worker.
        scenarios: how many a block covers.
    """
    most = SECONDS / max(seconds_a_row * scenarios, 1e-9)
    fitting = [size for size in BLOCKS if size <= most and size * scenarios <= 4 * BLOCKS[0]]
    return max(fitting, default=BLOCKS[-1])


def stream(task: Task, parts: Parts, force: Workforce, progress: Progress | None = None) -> None:
    """Make every part that is missing. What is there already is left alone.

    Raises:
        SpaceTooLarge: more packages than the protocol takes.
        WorkerLost: those who worked are gone; finished parts stay.
        OSError: a part cannot be written.
    """
    space_for(task.structure)
    there = parts.done()
    finished = sum(parts.rows(start) for start in there) * parts.scenarios
    if progress is not None:
        progress(finished, task.rows)
    calls = (
        (start, partial(run_block, task, start, start + parts.rows(start)))
        for start in parts.starts
        if start not in there
    )
    with force.plainly():
        for start, found in as_done(force.pool, calls, ahead=force.ahead, look=force.look):
            parts.write(start, found)
            finished += parts.rows(start) * parts.scenarios
            if progress is not None:
                progress(finished, task.rows)
