"""How much each reading weighs: beforehand, and after what happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

import numpy as np

from detente.sampling.distributions import quantile
from detente.situation.quantities import Point, Quantity
from detente.situation.schema import Situation

Weights = dict[str | None, float]
Name = TypeVar("Name")
_STEPS = 1000


def prior_weights(
    situation: Situation, readings: Sequence[str | None], given: Mapping[str, float] | None = None
) -> Weights:
    """Weights of the readings asked for, from their priors; they sum to 1.

    A prior that is a range counts with its mean. Where some reading states none it
    counts like the average of those that do; where none does, all count alike.
    ``given`` replaces stated ones.
    """
    stated = {
        name: (given or {}).get(name, mean_of(situation.readings[name].prior))
        for name in readings
        if name is not None
    }
    known = [weight for weight in stated.values() if weight is not None]
    usual = sum(known) / len(known) if known else 1.0
    raw = {
        name: usual if name is None or (found := stated[name]) is None else found
        for name in readings
    }
    total = sum(raw.values())
    return {name: weight / total for name, weight in raw.items()}


def mean_of(quantity: Quantity | None) -> float | None:
    """The mean of an uncertain value, None if there is none."""
    if quantity is None:
        return None
    if isinstance(quantity.shape, Point):
        return quantity.shape.value
    return float(quantile(quantity.shape, (np.arange(_STEPS) + 0.5) / _STEPS).mean())


def posterior(weights: Mapping[Name, float], likelihood: Mapping[Name, float]) -> dict[Name, float]:
    """Bayes' rule: weights in proportion to prior times likelihood; {} where all are 0."""
    joint = {name: weight * likelihood[name] for name, weight in weights.items()}
    total = sum(joint.values())
    return {name: part / total for name, part in joint.items()} if total > 0.0 else {}
