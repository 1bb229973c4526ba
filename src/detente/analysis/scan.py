"""A probability as a function of one or two addresses, under each reading.

At each step the address is fixed as ``--set`` would fix it: laid over the round and the
reading, whatever claims it rests on. All steps, readings and rounds share their random
numbers, so that curves are smooth and differences have little noise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import product
from typing import TypeVar

from detente.analysis.pooling import FEW, Difference, Pooled, change, pooled
from detente.analysis.probabilities import Estimate, events, probabilities
from detente.analysis.targets import must_be_modelled
from detente.ensemble.chunk import Outcomes
from detente.ensemble.run import Progress, run
from detente.errors import UsageError
from detente.model.structure import Structure, structure_of
from detente.sampling.draws import Plan
from detente.situation.quantities import Quantity
from detente.situation.scenarios import AS_WRITTEN, Scenario, scenarios
from detente.situation.schema import Situation
from detente.situation.sweeping import Sweep, fixed
from detente.sources.claims import Claims
from detente.sources.removal import Removal

CELLS = 1000  # steps of all addresses and readings together
BLOCK = 12  # scenarios run together
TASK = 2500  # draws a task: many short runs, so whole ones

Cell = tuple[float, ...]  # a value for each address
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Step:
    """The probability at one cell.

    Attributes:
        cell: the values of the addresses.
        chance: the probability; None where its condition held in fewer than FEW draws.
        draws: in how many draws its condition held; all, if it has none.
        difference: the same less that of the other round; None without one, or where either
            side is not known.
    """

    cell: Cell
    chance: Estimate | None
    draws: int
    difference: Difference | None


@dataclass(frozen=True, slots=True)
class Track:
    """One reading: what it states at each address, and every step, the first address slowest."""

    reading: str | None
    stated: tuple[Quantity, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Scan:
    """A scan of one round; ``against`` names the round it is compared with, None if with none."""

    round: str | None
    against: str | None
    target: str
    sweeps: tuple[Sweep, ...]
    tracks: tuple[Track, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """What a scan will run: every cell under every reading, in the round and the one beside it.

    ``wanted`` has, reading by reading and cell by cell, the scenario, and with it that of the
    other round if there is one.
    """

    structure: Structure
    round: str | None
    against: str | None
    target: str
    sweeps: tuple[Sweep, ...]
    cells: tuple[Cell, ...]
    stated: tuple[Scenario, ...]
    wanted: tuple[tuple[Scenario, ...], ...]


def lay_out(
    situation: Situation,
    claims: Claims | None,
    sweeps: Sequence[Sweep],
    target: str,
    *,
    round_: str | None,
    against: str | None = None,
    readings: Sequence[str] = (),
    patch: Mapping[str, Quantity] | None = None,
    left_out: Removal | None = None,
) -> Layout:
    """Every cell under every reading asked for, all if none is named.

    Args:
        situation: what is run.
        claims: what is said of it.
        sweeps: one or two addresses with their values.
        target: a name of ``NAMES``.
        round_: the round, None where the situation has none.
        against: a round to take the difference from.
        readings: names; by default all.
        patch: what the command line lays over every scenario.
        left_out: whose word is taken away from every scenario.

    Raises:
        UsageError: a name that the situation does not have, more than CELLS cells, a target
            that is not modelled, or values that do not go together.
    """
    rounds = [round_] if against is None else [round_, against]
    stated = scenarios(
        situation, claims, rounds=_named(round_), readings=readings, patch=patch, left_out=left_out
    )
    every = tuple(product(*(sweep.values for sweep in sweeps)))  # the first address slowest
    if len(every) * len(stated) > CELLS:
        under = f" under each of {len(stated)} readings" if len(stated) > 1 else ""
        raise UsageError(
            f"--over: {len(every):,} cells{under}; {CELLS:,} in all are allowed; take fewer "
            f"steps{', or one reading' if under else ''}"
        )
    wanted = tuple(
        tuple(
            _laid(situation, claims, sweeps, cell, name, base.reading, patch or {}, left_out)
            for name in rounds
        )
        for base in stated
        for cell in every
    )
    structure = structure_of(situation)
    must_be_modelled(structure, wanted[-1], target)
    return Layout(structure, round_, against, target, tuple(sweeps), every, tuple(stated), wanted)


def scan(
    layout: Layout,
    plan: Plan,
    *,
    executor: Executor | None = None,
    chunk: int = TASK,
    progress: Progress | None = None,
) -> Scan:
    """Run every cell; the result does not depend on ``chunk`` or ``executor``.

    Args:
        layout: what to run.
        plan: draws and seed.
        executor: where chunks go.
        chunk: draws a task.
        progress: told after each block how many cells are done, of how many.
    """
    rounds = len(layout.wanted[0])
    steps: list[Step] = []
    for some in batched(layout.wanted, BLOCK // rounds):
        outcomes = run(
            layout.structure, [one for pair in some for one in pair], plan,
            executor=executor, chunk=chunk, why=False,
        )  # fmt: skip
        for pair in batched(outcomes, rounds):
            cell = layout.cells[len(steps) % len(layout.cells)]
            steps.append(_step(cell, pair, layout.target))
        if progress is not None:
            progress(len(steps), len(layout.wanted))
    tracks = tuple(
        Track(base.reading, tuple(base.values[s.address].quantity for s in layout.sweeps), own)
        for base, own in zip(layout.stated, batched(steps, len(layout.cells)), strict=True)
    )
    return Scan(layout.round, layout.against, layout.target, layout.sweeps, tracks)


def batched(every: Sequence[T], size: int) -> Iterator[tuple[T, ...]]:
    """Parts of ``size``, the last what is left; ``itertools.batched`` needs Python 3.12."""
    for start in range(0, len(every), size):
        yield tuple(every[start : start + size])


def _named(name: str | None) -> tuple[str, ...]:
    return () if name is None else (name,)


def _laid(
    situation: Situation, claims: Claims | None, sweeps: Sequence[Sweep], cell: Cell,
    round_: str | None, reading: str | None, patch: Mapping[str, Quantity],
    left_out: Removal | None,
) -> Scenario:  # fmt: skip
    """One cell as ``--set`` would lay it. Raises UsageError where values do not go together."""
    laid = {sweep.address: fixed(value) for sweep, value in zip(sweeps, cell, strict=True)}
    try:
        return scenarios(
            situation, claims, rounds=_named(round_), readings=[reading or AS_WRITTEN],
            patch={**patch, **laid}, left_out=left_out,
        )[0]  # fmt: skip
    except UsageError as error:
        where = ", ".join(f"{address}={one.written}" for address, one in laid.items())
        raise UsageError(f"--over, at {where}: {error}") from None


def _step(cell: Cell, sides: Sequence[Outcomes], target: str) -> Step:
    """What a run tells at a cell, and how far the other round is from it."""
    here, draws = _pooled(sides[0], target)
    there = _pooled(sides[1], target)[0] if len(sides) > 1 else None
    chance = probabilities(sides[0]).get(target) if here is not None else None
    difference = None if here is None or there is None else change(there, here)
    return Step(cell, chance, draws, difference)


def _pooled(outcomes: Outcomes, target: str) -> tuple[Pooled | None, int]:
    """The probability draw by draw, and in how many draws it could come true; None with few."""
    event = events(outcomes).get(target)
    if event is None:
        return None, 0
    draws = len(outcomes) if event[1] is None else int(event[1].sum())
    if event[1] is not None and draws < FEW:
        return None, draws
    return pooled([1.0], [event]), draws
