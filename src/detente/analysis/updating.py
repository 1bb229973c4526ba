"""The weights of readings event by event, by Bayes' rule on shares of draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from detente.analysis.evidence import came_true
from detente.analysis.information import surprise
from detente.analysis.pooling import pooled, standard_error
from detente.analysis.probabilities import Estimate
from detente.arrays import Bools, Floats
from detente.ensemble.chunk import Outcomes
from detente.errors import UsageError
from detente.situation.schema import Event

Table = Mapping[str | None, Sequence[Outcomes]]  # by round, one a reading


@dataclass(frozen=True, slots=True)
class Step:
    """The weights after one event more.

    Attributes:
        event: the event; None for the weights beforehand.
        likelihood: by reading, its chance given the events before it; None where these
            never came true.
        weights: by reading, with the Monte Carlo error of the likelihoods so far.
        draws: by reading, in how many draws everything so far came true.
        bits: how far the event moved the weights (Kullback-Leibler divergence).
    """

    event: Event | None
    likelihood: dict[str, Estimate | None]
    weights: dict[str, Estimate]
    draws: dict[str, int]
    bits: float


@dataclass(frozen=True, slots=True)
class Known:
    """An event that was known when the readings were written, so it weighs nothing here."""

    event: Event
    likelihood: dict[str, Estimate]


def weights_by_event(
    names: Sequence[str], prior: Sequence[float], counted: Sequence[Event], table: Table
) -> tuple[tuple[Step, ...], list[Bools]]:
    """The weights event by event, and in which draws everything came true, by reading."""
    evidence = [np.ones(len(one), dtype=np.bool_) for one in next(iter(table.values()))]
    steps = [_step(names, prior, None, evidence, evidence)]
    for event in counted:
        before = evidence
        evidence = _and(evidence, event, table)
        if not any(
            weight > 0.0 and known.any() for weight, known in zip(prior, evidence, strict=True)
        ):
            raise UsageError(
                f"event {event.id}: it comes true in none of {len(before[0]):,} draws of any "
                "reading, so nothing can be weighed by it; an event that some reading can "
                "bring about; ask for more draws, or leave it out with --event"
            )
        step = _step(names, prior, event, before, evidence)
        moved = surprise(
            [w.p for w in steps[-1].weights.values()], [w.p for w in step.weights.values()]
        )
        steps.append(replace(step, bits=moved))
    return tuple(steps), evidence


def _step(
    names: Sequence[str],
    prior: Sequence[float],
    event: Event | None,
    before: Sequence[Bools],
    evidence: Sequence[Bools],
) -> Step:
    likelihood: dict[str, Estimate | None] = {}
    for name, earlier, known in zip(names, before, evidence, strict=True):
        found = pooled([1.0], [(known, earlier)])
        likelihood[name] = None if found is None else found.estimate
    return Step(
        event,
        likelihood,
        {n: _weight(prior, evidence, i) for i, n in enumerate(names)},
        {name: int(known.sum()) for name, known in zip(names, evidence, strict=True)},
        0.0,
    )


def _weight(prior: Sequence[float], evidence: Sequence[Bools], index: int) -> Estimate:
    """One reading's weight with the error its likelihood and all others' bring."""
    joint: list[Floats] = [w * known for w, known in zip(prior, evidence, strict=True)]  # pyright: ignore[reportAssignmentType] -- a float64 times a bool
    total: Floats = np.sum(joint, axis=0)
    share = float(total.mean())
    weight = float(joint[index].mean()) / share
    return Estimate(weight, standard_error((joint[index] - weight * total) / share))


def counting(
    names: Sequence[str], prior: Sequence[float], every: Sequence[Event], table: Table
) -> dict[str, Estimate]:
    """The weights after all these events; empty where they come true together in no draw."""
    evidence = [np.ones(len(one), dtype=np.bool_) for one in next(iter(table.values()))]
    for event in every:
        evidence = _and(evidence, event, table)
    if not any(w > 0.0 and known.any() for w, known in zip(prior, evidence, strict=True)):
        return {}
    return {name: _weight(prior, evidence, index) for index, name in enumerate(names)}


def _and(evidence: Sequence[Bools], event: Event, table: Table) -> list[Bools]:
    """In which draws the event came true as well, by reading."""
    return [
        known & came_true(event, outcomes)
        for known, outcomes in zip(evidence, table[event.round], strict=True)
    ]


def known_event(names: Sequence[str], event: Event, outcomes: Sequence[Outcomes]) -> Known:
    """What each reading gave an event that does not count."""
    found = {
        name: pooled([1.0], [(came_true(event, one), None)])
        for name, one in zip(names, outcomes, strict=True)
    }
    return Known(event, {name: one.estimate for name, one in found.items() if one is not None})
