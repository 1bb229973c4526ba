"""What blocks a deal, and the deal that was there but for it.

For each of the most frequent minimal blocking sets of a scenario: in the draws in which it is
one, the set gives way and the table is solved again (``bargaining.without``). The packages
agreed on then are what the set keeps out. The one that comes up in most draws stands first: in
each draw it is already the best by the Nash product, so what counts over draws is how often it
is best; a product of mean surpluses would put flukes of single draws on top.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from detente.analysis.blockers import Blockers, BlockingSet, blockers
from detente.analysis.packages import package_options
from detente.analysis.probabilities import Estimate, share
from detente.arrays import Floats, Ints
from detente.bargaining.blocking import constraint_names
from detente.bargaining.solution import Solution
from detente.bargaining.space import NO_PACKAGE
from detente.bargaining.without import deals_without, lifted, some_draws
from detente.ensemble.chunk import Outcomes, space_for
from detente.ensemble.run import CHUNK, Progress, run
from detente.ensemble.scouting import scout
from detente.ensemble.seating import seated_draws
from detente.model.runup import Scout
from detente.model.structure import Structure, structure_of
from detente.model.table import Table
from detente.sampling.draws import Plan
from detente.situation.scenarios import Scenario
from detente.situation.schema import Situation

SETS = 12  # blocking sets a scenario that are opened
CAP = 2000  # draws a set: ±2 points at worst
PACKAGES = 5  # packages a set that are listed


@dataclass(frozen=True, slots=True)
class KeptOut:
    """A package that would be agreed on but for a blocking set.

    Attributes:
        number: of the package.
        changes: its options off the status quo, as ``issue.option``.
        share: of the draws looked at, in which it is the one agreed on.
        gain: mean gain over the status quo by party at the table, in stakes, over these
            draws; what the set took from it is given back.
        surplus: the same by principal, less what it still demands.
    """

    number: int
    changes: tuple[str, ...]
    share: Estimate
    gain: dict[str, float]
    surplus: dict[str, float]


@dataclass(frozen=True, slots=True)
class Barrier:
    """A minimal blocking set and what it keeps out.

    Attributes:
        constraints: names, all of which have to give way.
        share: of the draws whose zone is empty; a draw may have several sets.
        draws: in how many it is a minimal set.
        looked_at: how many of these were solved again, the first CAP.
        nothing: share of those in which no package is then preferred to no deal.
        packages: what is agreed on in the others, most frequent first.
        kinds: how many different packages are.
    """

    constraints: tuple[str, ...]
    share: Estimate
    draws: int
    looked_at: int
    nothing: Estimate
    packages: tuple[KeptOut, ...]
    kinds: int


@dataclass(frozen=True, slots=True)
class Blocked:
    """What stands in the way in one scenario.

    ``no_zone`` is the share of all draws in which nothing suits everybody; ``empty`` is how
    many draws that is.
    """

    round: str | None
    reading: str | None
    no_zone: Estimate
    empty: int
    found: Blockers
    barriers: tuple[Barrier, ...]


def kept_out(
    situation: Situation,
    scenarios: Sequence[Scenario],
    plan: Plan,
    *,
    executor: Executor | None = None,
    chunk: int = CHUNK,
    progress: Progress | None = None,
) -> tuple[Blocked, ...]:
    """Find the blocking sets of every scenario and what each keeps out.

    The result does not depend on ``chunk`` or ``executor``. Scenarios run one after the
    other, so that no more than one's outcomes are kept.

    Raises:
        SpaceTooLarge: more packages than the protocol takes.
        UsageError: more constraints than a bit mask holds.
    """
    structure = structure_of(situation)
    results: list[Blocked] = []
    for index, scenario in enumerate(scenarios):

        def told(done: int, _: int, before: int = index * plan.draws) -> None:
            if progress is not None:
                progress(before + done, len(scenarios) * plan.draws)

        expects = scout(structure, scenario, seed=plan.seed)
        outcomes = run(
            structure, [scenario], plan,
            executor=executor, chunk=chunk, progress=told, scouts=[expects],
        )[0]  # fmt: skip
        results.append(_blocked(structure, scenario, expects, plan, outcomes, chunk))
    return tuple(results)


def _blocked(
    structure: Structure, scenario: Scenario, expects: Scout, plan: Plan, outcomes: Outcomes,
    chunk: int,
) -> Blocked:  # fmt: skip
    empty = np.asarray(outcomes.package == NO_PACKAGE)
    found = blockers(structure, outcomes, SETS)
    barriers: tuple[Barrier, ...] = ()
    if found.sets:
        numbers = [_numbers(structure, one) for one in found.sets]
        rows = [minimal_in(outcomes, of) for of in numbers]
        wanted = np.unique(np.concatenate([some[:CAP] for some in rows]))
        table = seated_draws(structure, scenario, expects, plan, wanted, chunk)
        count = int(empty.sum())
        barriers = tuple(
            _barrier(structure, one, of, some, count,
                     some_draws(table, np.searchsorted(wanted, some[:CAP])))
            for one, of, some in zip(found.sets, numbers, rows, strict=True)
        )  # fmt: skip
    return Blocked(
        scenario.round, scenario.reading, share(empty), int(empty.sum()), found, barriers
    )


def _numbers(structure: Structure, one: BlockingSet) -> tuple[int, ...]:
    names = constraint_names(structure)
    return tuple(names.index(name) for name in one.constraints)


def minimal_in(outcomes: Outcomes, constraints: Sequence[int]) -> Ints:
    """The draws in which these constraints, by number, are a minimal blocking set, rising."""
    mask = sum(1 << number for number in constraints)
    rows: Ints = np.nonzero((outcomes.sets == mask).any(axis=1))[0]
    return rows


def _barrier(
    structure: Structure, one: BlockingSet, constraints: tuple[int, ...], rows: Ints, empty: int,
    table: Table,
) -> Barrier:  # fmt: skip
    space = space_for(structure)
    solution = deals_without(space, table, structure.lines, constraints)
    demand = lifted(table, structure.lines, constraints).demand
    numbers, counts = np.unique(
        solution.package[solution.package != NO_PACKAGE], return_counts=True
    )
    order = np.lexsort((numbers, -counts))[:PACKAGES]
    return Barrier(
        one.constraints,
        share(np.arange(empty) < len(rows)),
        len(rows),
        len(table.demand),
        share(np.asarray(solution.package == NO_PACKAGE)),
        tuple(_package(structure, solution, demand, int(numbers[i])) for i in order),
        len(numbers),
    )


def _package(structure: Structure, solution: Solution, demand: Floats, number: int) -> KeptOut:
    chosen = np.asarray(solution.package == number)
    gain = solution.gain[chosen].mean(axis=0)
    surplus = (solution.gain - demand)[chosen].mean(axis=0)
    names = structure.parties
    quo = {structure.options[place].ref for place in structure.status_quo}
    options = package_options(structure, number)
    changes = (f"{issue}.{option}" for issue, option in options.items())
    return KeptOut(
        number,
        tuple(change for change in changes if change not in quo),
        share(chosen),
        {name: float(g) for name, g in zip(names, gain, strict=False)},
        {names[p]: float(surplus[p]) for p in range(structure.principals)},
    )
