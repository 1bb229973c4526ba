"""The inside view of each event: the ensemble over readings, its error and what inputs leave open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from detente.analysis.answer import Run, spread_of
from detente.analysis.happenings import Happened, happened
from detente.analysis.pooling import pooled
from detente.analysis.probabilities import NAMES, Estimate, events, probabilities
from detente.analysis.uncertainty import PointCounts
from detente.analysis.weights import Weights
from detente.bargaining.protocols import NASH
from detente.ensemble.run import CHUNK, Progress, run
from detente.ensemble.scouting import scout
from detente.model.structure import structure_of
from detente.outside.base_rates import HALF, MOST, Interval
from detente.outside.pooling import Weighted
from detente.sampling.draws import Plan
from detente.situation.scenarios import Scenario
from detente.situation.schema import Situation


@dataclass(frozen=True, slots=True)
class Drawn:
    """One scenario's draws: what came of each, and of those at each point of the inputs."""

    scenario: Scenario
    happened: Happened
    counts: PointCounts


@dataclass(frozen=True, slots=True)
class Inside:
    """What the ensemble says of an event.

    Attributes:
        estimate: over readings by weight, with its Monte Carlo error.
        count: in how many draws its condition held, under any reading.
        points: the chance at points within the stated ranges, over readings by weight.
        half, most: where it lies at five and at nine of ten of these points.
        by_reading: each reading's chance, None where its condition never held.
    """

    estimate: Estimate
    count: int
    points: Weighted
    half: Interval
    most: Interval
    by_reading: Mapping[str | None, float | None]


def drawn_in(found: Run, round_: str | None) -> list[Drawn]:
    """What a run knows of one round, a reading each."""
    rows = zip(found.scenarios, found.happened, found.answers, strict=True)
    return [
        Drawn(scenario, came, answer.spread.counts)
        for scenario, came, answer in rows
        if scenario.round == round_
    ]


def draw(
    situation: Situation,
    scenarios: Sequence[Scenario],
    plan: Plan,
    *,
    executor: Executor | None = None,
    chunk: int = CHUNK,
    progress: Progress | None = None,
) -> list[Drawn]:
    """Run scenarios for their chances alone: the same draws as ``answer`` makes, in less time."""
    structure = structure_of(situation)
    scouts = [scout(structure, one, seed=plan.seed, protocol=NASH) for one in scenarios]
    outcomes = run(
        structure, scenarios, plan,
        executor=executor, chunk=chunk, progress=progress, why=False, scouts=scouts,
    )  # fmt: skip
    spreads = spread_of(
        structure, scenarios, plan.seed, scouts, NASH, executor=executor, chunk=chunk
    )
    return [
        Drawn(scenario, happened(came), spread.counts)
        for scenario, came, spread in zip(scenarios, outcomes, spreads, strict=True)
    ]


def insides(drawn: Sequence[Drawn], weights: Weights) -> dict[str, Inside]:
    """Every chance over readings that all of them carry, by name, in the order of NAMES."""
    columns = [events(one.happened) for one in drawn]
    carried = [probabilities(one.happened) for one in drawn]
    pi = [weights[one.scenario.reading] for one in drawn]
    found: dict[str, Inside] = {}
    for name in NAMES:
        if not all(name in one for one in columns) or not any(name in one for one in carried):
            continue
        over = pooled(pi, [one[name] for one in columns])
        if over is None:
            continue
        points = point_chances(over.p, pi, [one.counts[name] for one in drawn])
        by_reading = {
            one.scenario.reading: chances[name].p if name in chances else None
            for one, chances in zip(drawn, carried, strict=True)
        }
        found[name] = Inside(
            over.estimate, over.count, points, points.interval(HALF), points.interval(MOST),
            by_reading,
        )  # fmt: skip
    return found


def point_chances(
    centre: float, weights: Sequence[float], counts: Sequence[Sequence[tuple[int, int]]]
) -> Weighted:
    """The chance at each point of the inputs, over readings, freed of Monte Carlo noise.

    A point weighs as much as its reading, and as often as the condition held there. What is
    left of its distance from the mean is the share of variance that draws alone would not
    cause (one-way analysis of variance; Cochran 1977, section 10).

    Args:
        centre: the estimate from all draws, around which the points are laid.
        weights: of readings.
        counts: for each reading and point (came true, condition held).
    """
    table = np.array(
        [
            (weight * given, came / given, given)
            for weight, points in zip(weights, counts, strict=True)
            for came, given in points
            if given > 1 and weight  # one draw says nothing of its own noise
        ]
    ).reshape(-1, 3)
    if not len(table):
        return Weighted(np.array([centre]), np.ones(1))
    share = table[:, 0] / table[:, 0].sum()
    p, given = table[:, 1], table[:, 2]
    mean = float(share @ p)
    spread = float(share @ (p - mean) ** 2)
    noise = float(share @ (p * (1.0 - p) / (given - 1.0)))
    factor = np.sqrt(max(spread - noise, 0.0) / spread) if spread > 0.0 else 0.0
    return Weighted(np.clip(centre + factor * (p - mean), 0.0, 1.0), share)
