"""Before and after: what becomes of the answer when some values are others.

Each what-if is a scenario like any other, run on the random numbers of the scenario it
is compared with: its numbers are those of a run with the same values set, and the error
of a difference is far below the errors of the two sides. Where a what-if changes several
values, the difference is split over them by Shapley value (Shapley 1953), exactly over
every subset; where these would be too many, each value is put back by itself instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace

import numpy as np

from detente.analysis.compare import influence, shapley, subsets
from detente.analysis.knockout import changed
from detente.analysis.outcome_changes import OutcomeChanges, outcome_changes, shift
from detente.analysis.pooling import FEW, Difference, standard_error
from detente.analysis.probabilities import events, probabilities
from detente.analysis.targets import must_be_modelled
from detente.arrays import Floats
from detente.ensemble.chunk import Outcomes
from detente.ensemble.run import Progress, run
from detente.model.structure import Structure, structure_of
from detente.sampling.draws import Plan
from detente.situation.scenarios import Scenario
from detente.situation.schema import Situation
from detente.situation.what_ifs import WhatIf

MOST_EXACT = 6  # values of one what-if whose every subset is run
MOST_RUNS = 400  # subsets run in all; beyond, the largest what-ifs are not split exactly
BATCH, FULL = 16, 4  # scenarios run together, without and with blocking sets; bounds memory
TASK = 2500  # draws a task
Asked = tuple[WhatIf, Scenario]  # a what-if and the scenario with its values laid on


@dataclass(frozen=True, slots=True)
class Carried:
    """What one changed value carries of a difference; ``se`` is one standard error."""

    address: str
    points: float
    se: float


@dataclass(frozen=True, slots=True)
class Effect:
    """One what-if under one reading.

    Attributes:
        what_if: what was set.
        before, after: the scenarios.
        changed: addresses that stand otherwise, in order.
        differences: each probability before and after.
        untold: probabilities that one of the sides has too few draws to tell.
        how: what else changes: the zone, why meetings fall through, what deals contain.
        shares: what each changed value carries of the target's difference, if there are
            several and it can be told.
        exact: whether the shares are Shapley values and sum to the difference; otherwise
            each is what is lost by putting that value back alone.
    """

    what_if: WhatIf
    before: Scenario
    after: Scenario
    changed: tuple[str, ...]
    differences: dict[str, Difference]
    untold: tuple[str, ...]
    how: OutcomeChanges
    shares: tuple[Carried, ...]
    exact: bool


@dataclass(frozen=True, slots=True)
class WhatIfs:
    """Every what-if under every reading of one round, what-if by what-if.

    ``target`` is the probability whose differences are split and explained.
    """

    round: str | None
    target: str
    effects: tuple[Effect, ...]

    def of(self, what_if: WhatIf) -> tuple[Effect, ...]:
        """The effects of one what-if, reading by reading."""
        return tuple(effect for effect in self.effects if effect.what_if.name == what_if.name)

    @property
    def what_ifs(self) -> tuple[WhatIf, ...]:
        """The what-ifs in their order."""
        return tuple({effect.what_if.name: effect.what_if for effect in self.effects}.values())


def ask(
    situation: Situation,
    wanted: Sequence[tuple[Scenario, Sequence[Asked]]],
    plan: Plan,
    target: str,
    *,
    executor: Executor | None = None,
    chunk: int = TASK,
    progress: Progress | None = None,
) -> WhatIfs:
    """Run every what-if beside what it is compared with.

    Args:
        situation: what is run.
        wanted: each scenario as it stands, and its what-ifs with their values laid on.
        plan: draws and seed.
        target: the probability to split and explain.
        executor: where chunks go.
        chunk: draws a task; results do not depend on it.
        progress: told how many scenarios are done, of how many.
    """
    structure = structure_of(situation)
    must_be_modelled(structure, [before for before, _ in wanted], target)
    asking = _Asking(structure, plan, target, executor, chunk)
    exact = _exact_for(wanted)
    asking.expect(runs_of(wanted), progress)
    effects: list[Effect] = []
    for before, afters in wanted:
        effects += asking.effects(before, afters, exact)
    order = {what_if.name: i for i, (what_if, _) in enumerate(wanted[0][1])} if wanted else {}
    effects.sort(key=lambda effect: order[effect.what_if.name])
    return WhatIfs(wanted[0][0].round if wanted else None, target, tuple(effects))


def _exactly(found: Sequence[tuple[str, ...]]) -> int:
    """Up to how many changed values a what-if is split exactly, so that runs stay few."""
    for most in range(MOST_EXACT, 1, -1):
        if sum(2 ** len(one) - 2 for one in found if 1 < len(one) <= most) <= MOST_RUNS:
            return most
    return 1


def _exact_for(wanted: Sequence[tuple[Scenario, Sequence[Asked]]]) -> int:
    return _exactly([changed(before, after) for before, afters in wanted for _, after in afters])


def runs_of(wanted: Sequence[tuple[Scenario, Sequence[Asked]]]) -> int:
    """How many scenarios ``ask`` will run in all."""
    exact, total = _exact_for(wanted), 0
    for before, afters in wanted:
        total += 1 + len(afters)
        sizes = (len(changed(before, after)) for _, after in afters)
        total += sum(2**n - 2 if n <= exact else n for n in sizes if n > 1)
    return total


class _Asking:
    """Runs scenarios and tells how far it is."""

    def __init__(
        self, structure: Structure, plan: Plan, target: str, executor: Executor | None, chunk: int
    ) -> None:
        self._structure, self._plan, self._target = structure, plan, target
        self._executor, self._chunk = executor, min(chunk, plan.draws)
        self._progress: Progress | None = None
        self._done, self._total = 0, 0

    def expect(self, total: int, progress: Progress | None) -> None:
        """How many scenarios there will be, and whom to tell."""
        self._total, self._progress = total, progress

    def effects(self, before: Scenario, afters: Sequence[Asked], exact: int) -> list[Effect]:
        """Every what-if of one scenario."""
        (base,) = self._run([before], why=True)
        found: list[Effect] = []
        for start in range(0, len(afters), FULL):
            block = afters[start : start + FULL]
            outcomes = self._run([after for _, after in block], why=True)
            found += [
                self._effect(what_if, (before, after), (base, one), exact)
                for (what_if, after), one in zip(block, outcomes, strict=True)
            ]
        return found

    def _effect(
        self, what_if: WhatIf, scenarios: tuple[Scenario, Scenario],
        sides: tuple[Outcomes, Outcomes], exact: int,
    ) -> Effect:  # fmt: skip
        moved = changed(*scenarios)
        shares = self._shares(*scenarios, moved, sides, exact)
        how = outcome_changes(self._structure, *sides)
        split = 1 < len(moved) <= exact
        told, untold = _differences(*sides)
        return Effect(what_if, *scenarios, moved, told, untold, how, shares, split)

    def _shares(
        self, before: Scenario, after: Scenario, moved: tuple[str, ...],
        sides: tuple[Outcomes, Outcomes], exact: int,
    ) -> tuple[Carried, ...]:  # fmt: skip
        """What each changed value carries; empty for one value, or where it cannot be told."""
        if len(moved) < 2:
            return ()
        sets = subsets(moved) if len(moved) <= exact else [frozenset(moved) - {a} for a in moved]
        ends = {frozenset[str](): sides[0], frozenset(moved): sides[1]}
        inner = [taken for taken in sets if taken not in ends]
        columns = self._columns([_mixed(before, after, taken) for taken in inner])
        columns += [self._column(one) for one in ends.values()]
        value = dict(zip([*inner, *ends], columns, strict=True))
        told = {taken: column for taken, column in value.items() if column is not None}
        if len(told) < len(value):
            return ()
        if len(moved) <= exact:
            split = shapley(moved, told)
        else:
            whole = frozenset(moved)
            split = {a: told[whole] - told[whole - {a}] for a in moved}
        return tuple(
            Carried(address, float(column.mean()), standard_error(column))
            for address, column in split.items()
        )

    def _columns(self, scenarios: Sequence[Scenario]) -> list[Floats | None]:
        """The target's column of influences in each scenario, shape (draw,)."""
        found: list[Floats | None] = []
        for start in range(0, len(scenarios), BATCH):
            batch = scenarios[start : start + BATCH]
            found += [self._column(outcomes) for outcomes in self._run(batch, why=False)]
        return found

    def _column(self, outcomes: Outcomes) -> Floats | None:
        """None where the target's condition holds too seldom to tell it."""
        event = events(outcomes).get(self._target)
        if event is None or (event[1] is not None and np.count_nonzero(event[1]) < FEW):
            return None
        return influence(outcomes, self._target)

    def _run(self, scenarios: Sequence[Scenario], *, why: bool) -> list[Outcomes]:
        outcomes = run(
            self._structure, scenarios, self._plan,
            executor=self._executor, chunk=self._chunk, why=why,
        )  # fmt: skip
        self._done += len(scenarios)
        if self._progress is not None:
            self._progress(self._done, self._total)
        return outcomes


def _mixed(before: Scenario, after: Scenario, taken: frozenset[str]) -> Scenario:
    """``before`` with the values at ``taken`` as they are in ``after``."""
    values: Mapping[str, object] = {address: after.values[address] for address in taken}
    return replace(before, values={**before.values, **values})


def _differences(
    before: Outcomes, after: Outcomes
) -> tuple[dict[str, Difference], tuple[str, ...]]:
    """Each probability that is modelled: told, or untold for want of draws."""
    first, second = events(before), events(after)
    modelled = {*probabilities(before), *probabilities(after)}
    found = {name: shift(first[name], second[name]) for name in first if name in modelled}
    told = {name: one for name, one in found.items() if one is not None}
    return told, tuple(name for name, one in found.items() if one is None)
