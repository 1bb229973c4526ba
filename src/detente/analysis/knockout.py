"""What is left of the forecast when a source, a speaker or a claim is taken away.

Each removal is run as a scenario of its own on the same random numbers as the whole,
so that the error of a change is far below the errors of the two chances. Removals that
leave the same values share one run; a removal that changes no value changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

from detente.analysis.pooling import Difference, Pooled, change, pooled
from detente.analysis.probabilities import Estimate, Event, events, probabilities
from detente.analysis.targets import usual
from detente.analysis.weights import Weights, prior_weights
from detente.ensemble.run import Progress, run
from detente.model.structure import Structure, structure_of
from detente.sampling.draws import Plan
from detente.situation.quantities import Quantity, Shape
from detente.situation.scenarios import Scenario, without
from detente.situation.schema import Situation
from detente.sources.claims import Claims
from detente.sources.removal import Removal

Changes = dict[str, Difference]  # by probability
Told = dict[str, Event]  # what each probability counts, in one scenario's draws
Reading = str | None
BLOCK = 8  # removals run together
TASK = 2500  # draws a task: with many short runs, larger ones waste less


@dataclass(frozen=True, slots=True)
class Knockout:
    """One removal and what it does in one round.

    Attributes:
        removal: what was taken away.
        fallen: by reading, the addresses that stand otherwise without it.
        changes: by reading, each probability before and after; only where anything fell.
        overall: the same for the readings together, by their weights; empty where
            nothing fell anywhere.
    """

    removal: Removal
    fallen: dict[Reading, tuple[str, ...]]
    changes: dict[Reading, Changes]
    overall: Changes

    @property
    def values(self) -> tuple[str, ...]:
        """Every address that stands otherwise under some reading, in order."""
        return tuple(dict.fromkeys(a for fallen in self.fallen.values() for a in fallen))

    @property
    def barriers(self) -> tuple[str, ...]:
        """What stood in the way of packages and is gone: links and red lines, as prefixes."""
        return tuple(
            dict.fromkeys(
                a.rpartition(".")[0] for a in self.values if a.startswith(("links.", "red_lines."))
            )
        )

    def most(self, target: str) -> tuple[Reading, Difference] | None:
        """The reading under which the target changes most; None where nothing fell."""
        found = [(r, c[target]) for r, c in self.changes.items() if target in c]
        return max(found, key=lambda pair: abs(pair[1].points), default=None)


@dataclass(frozen=True, slots=True)
class Knockouts:
    """Every removal of one round, the largest change first.

    Attributes:
        round: the round, None where the situation has none.
        target: the probability by which removals are ranked.
        weights: of the readings, summing to 1.
        base: each reading's probabilities with everything in place.
        whole: the same for the readings together.
        found: the removals.
        scenarios: the scenarios with everything in place, by reading.
    """

    round: str | None
    target: str
    weights: Weights
    base: dict[Reading, dict[str, Estimate]]
    whole: dict[str, Estimate]
    found: tuple[Knockout, ...]
    scenarios: dict[Reading, Scenario]


def knockouts(
    situation: Situation,
    claims: Claims,
    removals: Sequence[Removal],
    round_: str | None,
    plan: Plan,
    *,
    readings: Sequence[str] = (),
    weights: Mapping[str, float] | None = None,
    patch: Mapping[str, Quantity] | None = None,
    left_out: Removal | None = None,
    executor: Executor | None = None,
    chunk: int = TASK,
    progress: Progress | None = None,
) -> Knockouts:
    """Run every removal in one round under every reading asked for, all if none is named.

    Args:
        situation: what the claims are about.
        claims: what is said, and what rests on it.
        removals: what to take away, each by itself.
        round_: the round, None where the situation has none.
        plan: draws and seed.
        readings: names; by default all.
        weights: of readings, in place of their priors.
        patch: what the command line lays over every scenario.
        left_out: whose word is taken away from every scenario, before each removal.
        executor: where chunks go.
        chunk: draws a task.
        progress: told after each run how many are done, of how many.

    Raises:
        UsageError: for a reading or a round that the situation does not have.
    """
    rounds = (round_,) if round_ is not None else ()
    found = without(
        situation, claims, removals, rounds=rounds, readings=readings, patch=patch,
        left_out=left_out,
    )  # fmt: skip
    bases = {base.reading: base for base, _ in found}
    weighed = prior_weights(situation, list(bases), weights)
    every = [one for base, left in found for one in (base, *left)]
    runs = _Runs(structure_of(situation), plan, executor, chunk, progress, every)
    whole = runs.told(bases)
    rows: list[Knockout] = []
    for start in range(0, len(removals), BLOCK):
        block = [
            {base.reading: left[i] for base, left in found}
            for i in range(start, min(start + BLOCK, len(removals)))
        ]
        runs.make([one for left in block for one in left.values()])
        rows += [
            _knockout(removal, bases, left, whole, weighed, runs)
            for removal, left in zip(removals[start:], block, strict=False)
        ]
    together = {name: one.estimate for name, one in _pooled(whole, weighed).items()}
    target = usual(dated="tangible" in together)
    return Knockouts(
        round_,
        target,
        weighed,
        {reading: _estimates(told) for reading, told in whole.items()},
        together,
        tuple(sorted(rows, key=lambda row: -size(row, target))),
        bases,
    )


class _Runs:
    """Runs scenarios when they are asked for; equal ones once, kept while still needed."""

    def __init__(
        self, structure: Structure, plan: Plan, executor: Executor | None, chunk: int,
        progress: Progress | None, every: Sequence[Scenario],
    ) -> None:  # fmt: skip
        self._structure, self._plan, self._executor, self._chunk = structure, plan, executor, chunk
        self._progress, self._done = progress, 0
        self._needed = Counter(_key(one) for one in every)
        self._total = len(self._needed)
        self._kept: dict[_Key, Told] = {}

    def told(self, wanted: Mapping[Reading, Scenario]) -> dict[Reading, Told]:
        """What happens in each scenario; each of ``every`` may be asked for once."""
        self.make(list(wanted.values()))
        keys = {reading: _key(one) for reading, one in wanted.items()}
        result = {reading: self._kept[key] for reading, key in keys.items()}
        for key in keys.values():
            self._needed[key] -= 1
            if not self._needed[key]:
                del self._kept[key]
        return result

    def make(self, wanted: Sequence[Scenario]) -> None:
        """Run those not run yet, together: more work at once keeps all processors busy."""
        missing = {_key(one): one for one in wanted if _key(one) not in self._kept}
        if not missing:
            return
        outcomes = run(
            self._structure, list(missing.values()), self._plan,
            executor=self._executor, chunk=self._chunk, why=False,
        )  # fmt: skip
        for key, found in zip(missing, outcomes, strict=True):
            names = probabilities(found)
            self._kept[key] = {n: e for n, e in events(found).items() if n in names}
        self._done += len(missing)
        if self._progress is not None:
            self._progress(self._done, self._total)


_Key = tuple[Reading, tuple[Shape, ...]]


def _key(scenario: Scenario) -> _Key:
    """Scenarios of one round with equal keys have equal outcomes."""
    return scenario.reading, tuple(value.quantity.shape for value in scenario.values.values())


def _knockout(
    removal: Removal,
    bases: Mapping[Reading, Scenario],
    left: Mapping[Reading, Scenario],
    whole: Mapping[Reading, Told],
    weights: Weights,
    runs: _Runs,
) -> Knockout:
    fallen = {reading: changed(bases[reading], one) for reading, one in left.items()}
    after = runs.told(left)
    changes = {
        reading: _changes(_pooled({reading: whole[reading]}), _pooled({reading: after[reading]}))
        for reading in left
        if fallen[reading]
    }
    overall = _changes(_pooled(whole, weights), _pooled(after, weights)) if changes else {}
    return Knockout(removal, fallen, changes, overall)


def changed(base: Scenario, left: Scenario) -> tuple[str, ...]:
    """Addresses whose value is another, in order."""
    return tuple(
        address
        for address, value in base.values.items()
        if value.quantity.shape != left.values[address].quantity.shape
    )


def _pooled(told: Mapping[Reading, Told], weights: Weights | None = None) -> dict[str, Pooled]:
    """Each probability that all of these know, by name."""
    first, *others = told.values()
    names = [name for name in first if all(name in other for other in others)]
    weighed = [1.0 if weights is None else weights[reading] for reading in told]
    found = {name: pooled(weighed, [one[name] for one in told.values()]) for name in names}
    return {name: one for name, one in found.items() if one is not None}


def _changes(first: Mapping[str, Pooled], second: Mapping[str, Pooled]) -> Changes:
    return {name: change(first[name], second[name]) for name in first if name in second}


def _estimates(told: Told) -> dict[str, Estimate]:
    return {name: one.estimate for name, one in _pooled({None: told}).items()}


def size(row: Knockout, target: str) -> float:
    """The largest change of the target under any reading, without its sign."""
    most = row.most(target)
    return 0.0 if most is None else abs(most[1].points)
