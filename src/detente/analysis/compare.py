"""Two scenarios side by side, and their difference split over named drivers.

Both use the same random numbers, so the error of the difference is far below the
errors of the two. The split is by Shapley value (Shapley 1953): the average over
all orders of what taking a driver over from the second scenario adds; it is exact,
over every subset, and sums to the difference.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from detente.analysis.driving import Differences, differences, hybrid
from detente.analysis.happenings import Happenings
from detente.analysis.pooling import FEW, Difference, pooled, standard_error
from detente.analysis.probabilities import NAMES, Event, events, probabilities
from detente.arrays import Floats
from detente.ensemble.chunk import Outcomes
from detente.ensemble.run import CHUNK, Progress, run
from detente.model.structure import structure_of
from detente.sampling.draws import Plan
from detente.situation.scenarios import Scenario
from detente.situation.schema import Situation


@dataclass(frozen=True, slots=True)
class DriverShare:
    """What one driver carries of a difference; ``se`` is one Monte Carlo standard error."""

    driver: str
    points: float
    se: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two scenarios compared.

    ``shares`` splits the difference of ``target`` over the drivers that differ; drivers
    that do not differ carry nothing and are left out. It is empty too where the target
    is conditional and its condition holds in fewer than FEW draws of some mix.
    """

    first: Scenario
    second: Scenario
    target: str
    differences: dict[str, Difference]
    what: Differences
    shares: tuple[DriverShare, ...]


def compare(
    situation: Situation,
    pairs: Sequence[tuple[Scenario, Scenario]],
    plan: Plan,
    target: str,
    *,
    executor: Executor | None = None,
    chunk: int = CHUNK,
    progress: Progress | None = None,
) -> list[Comparison]:
    """Compare each pair and split the difference of ``target`` over its drivers.

    Every subset of the n drivers that differ is run: 2^n scenarios a pair, n at most 8.
    Raises UsageError beyond.
    """
    structure = structure_of(situation)
    found = [differences(situation, first, second) for first, second in pairs]
    sizes = [2 ** len(one.drivers) for one in found]
    results: list[Comparison] = []
    for index, ((first, second), what) in enumerate(zip(pairs, found, strict=True)):
        sets = subsets(what.drivers)
        mixed = [hybrid(situation, first, second, taken) for taken in sets]
        before = sum(sizes[:index]) * plan.draws

        def told(done: int, _: int, before: int = before) -> None:
            if progress is not None:
                progress(before + done, sum(sizes) * plan.draws)

        outcomes = run(
            structure, mixed, plan, executor=executor, chunk=chunk, progress=told, why=False
        )
        by_set = dict(zip(sets, outcomes, strict=True))
        results.append(_comparison(first, second, target, what, by_set))
    return results


def subsets(names: Sequence[str]) -> list[frozenset[str]]:
    """Every subset, the empty one first, the whole one last."""
    return [frozenset(c) for size in range(len(names) + 1) for c in combinations(names, size)]


def _comparison(
    first: Scenario,
    second: Scenario,
    target: str,
    what: Differences,
    by_set: dict[frozenset[str], Outcomes],
) -> Comparison:
    every = frozenset(what.drivers)
    start, end = by_set[frozenset()], by_set[every]
    sides = probabilities(start), probabilities(end)
    split: dict[str, Floats] = {}
    if all(_often_enough(outcomes, target) for outcomes in by_set.values()):
        split = shapley(what.drivers, {taken: influence(o, target) for taken, o in by_set.items()})
    return Comparison(
        first,
        second,
        target,
        {
            name: Difference(sides[0][name], sides[1][name], *difference(start, end, name))
            for name in NAMES
            if name in sides[0] and name in sides[1]
        },
        what,
        tuple(DriverShare(driver, *_mean(column)) for driver, column in split.items()),
    )


def shapley(drivers: Sequence[str], value: dict[frozenset[str], Floats]) -> dict[str, Floats]:
    """Shapley values, element by element, of a game given by the value of every subset.

    They sum to value[all] - value[none]; a driver that never changes anything gets 0.
    """
    n = len(drivers)
    result: dict[str, Floats] = {}
    for driver in drivers:
        total = np.zeros_like(value[frozenset()])
        for taken in subsets([other for other in drivers if other != driver]):
            weight = math.factorial(len(taken)) * math.factorial(n - len(taken) - 1)
            total += weight / math.factorial(n) * (value[taken | {driver}] - value[taken])
        result[driver] = total
    return result


def influence(outcomes: Happenings, name: str) -> Floats:
    """A column whose mean is the probability and whose spread gives its error: (draw,).

    All 0 where the condition of a conditional probability never holds.
    """
    found = pooled([1.0], [_event(outcomes, name)])
    return np.zeros(len(outcomes)) if found is None else found.column


def difference(first: Happenings, second: Happenings, name: str) -> tuple[float, float]:
    """Second less first, with its Monte Carlo standard error on common random numbers."""
    return _mean(influence(second, name) - influence(first, name))


def _event(outcomes: Happenings, name: str) -> Event:
    """What a name counts; nothing, where the situation does not model it."""
    nothing = np.zeros(len(outcomes), dtype=np.bool_)
    return events(outcomes).get(name, (nothing, None))


def _often_enough(outcomes: Outcomes, name: str) -> bool:
    """Whether the condition of a probability holds in enough draws to tell it."""
    _, given = _event(outcomes, name)
    return len(outcomes) >= FEW if given is None else int(given.sum()) >= FEW


def _mean(column: Floats) -> tuple[float, float]:
    return float(column.mean()), standard_error(column)
