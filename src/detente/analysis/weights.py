"""How much each reading weighs: beforehand, and after what happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

import numpy as np

from detente.errors import UsageError
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

    A prior that is a range counts with its mean. Where the file states none for some
    reading, it counts like the average of those it states; where it states none at all,
    each counts 1. ``given`` weights replace those of the readings they name.

    Raises UsageError where several readings are asked for and every weight is 0.
    """
    named = [name for name in readings if name is not None]
    stated = {name: mean_of(situation.readings[name].prior) for name in named}
    known = [weight for weight in stated.values() if weight is not None]
    usual = sum(known) / len(known) if known else 1.0
    raw: Weights = dict.fromkeys(readings, usual)
    raw |= {name: weight for name, weight in stated.items() if weight is not None}
    raw |= {name: weight for name, weight in (given or {}).items() if name in named}
    if len(raw) == 1:
        return dict.fromkeys(raw, 1.0)
    total = sum(raw.values())
    if total <= 0.0:
        raise UsageError(
            "every reading asked for has the weight 0; weights that can be normalised; raise one "
            "with --prior READING=WEIGHT, or ask for another reading"
        )
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
