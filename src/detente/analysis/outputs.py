"""What the drivers are drivers of: columns whose variance is split, one a probability.

A probability is the column of 0 and 1 of what it counts. A conditional one, of a given b,
is the column (a b - p b) / P(b), its influence (see ``pooling``): where the inputs are x
its mean is (p(x) - p) P(b | x) / P(b), the change of the chance times how much oftener its
condition holds. The zone is the logarithm to base 10 of one more than its packages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from detente.analysis.pooling import FEW
from detente.analysis.probabilities import NAMES
from detente.arrays import Floats
from detente.ensemble.chunk import Outcomes

ZONE = "zone"
OUTPUTS = (*NAMES, ZONE)
COUNTED: tuple[str, ...] = (
    "held",
    "deal",
    "tangible",
    "lasts",
    "escalated",
    ZONE,
)  # columns of a page
CONDITIONAL = {"tangible_given_held": ("tangible", "held"), "lasts_given_deal": ("lasts", "deal")}
_PLAIN: dict[str, str] = {"escalates": "escalated"}
_AS_GIVEN = ("held", "tangible")  # without a calendar


@dataclass(frozen=True, slots=True)
class Outputs:
    """Which outputs a scenario has, and how they are made from what a page counts.

    Attributes:
        names: in the order of OUTPUTS.
        means: what each output is on average: a probability, or the mean of the logarithm.
        weights: shape (output, counted).
        skipped: outputs that cannot be told, and why.
    """

    names: tuple[str, ...]
    means: dict[str, float]
    weights: Floats
    skipped: dict[str, str]

    def of(self, page: Floats) -> Floats:
        """Outputs of a page: from (counted, ...) to (output, ...)."""
        return np.tensordot(self.weights, page, axes=1)


def counted(outcomes: Outcomes) -> Floats:
    """What a page counts: shape (counted, draw); 0 for what is not modelled."""
    nothing = np.zeros(len(outcomes))
    columns = {
        "held": outcomes.held,
        "deal": outcomes.deal,
        "tangible": outcomes.tangible,
        "lasts": nothing if outcomes.lasts is None else outcomes.lasts,
        "escalated": nothing if outcomes.escalated is None else outcomes.escalated,
        ZONE: np.log10(1.0 + outcomes.zone),
    }
    return np.stack([columns[name].astype(np.float64) for name in COUNTED])


def modelled(outcomes: Outcomes) -> tuple[str, ...]:
    """The outputs a scenario models, in the order of OUTPUTS."""
    absent = {
        *(() if outcomes.cause is not None else _AS_GIVEN),
        *(() if outcomes.lasts is not None else ("lasts_given_deal",)),
        *(() if outcomes.escalated is not None else ("escalates",)),
    }
    return tuple(name for name in OUTPUTS if name not in absent)


def outputs_of(
    names: tuple[str, ...], samples: Sequence[Floats], weights: Sequence[float]
) -> Outputs:
    """How outputs are made, over one or several readings by their weights.

    ``samples``: what samples a and b count under each reading, shape (counted, draw).
    """
    every = [(w, sample) for w, sample in zip(weights, samples, strict=True) if w > 0.0]
    columns = list(zip(*(w * sample.mean(axis=1) for w, sample in every), strict=True))
    average: dict[str, float] = {n: float(sum(c)) for n, c in zip(COUNTED, columns, strict=True)}
    means, rows, skipped = dict[str, float](), list[Floats](), dict[str, str]()
    for name in names:
        if name not in CONDITIONAL:
            means[name] = average[_PLAIN.get(name, name)]
            rows.append(_row({_PLAIN.get(name, name): 1.0}))
            continue
        what, given = CONDITIONAL[name]
        times = sum(int(sample[COUNTED.index(given)].sum()) for _, sample in every)
        if times < FEW:
            of = sum(sample.shape[1] for _, sample in every)
            skipped[name] = f"its condition holds in {times} of {of:,} draws"
            continue
        means[name] = average[what] / average[given]
        rows.append(_row({what: 1.0 / average[given], given: -means[name] / average[given]}))
    return Outputs(tuple(means), means, np.stack(rows), skipped)


def _row(parts: Mapping[str, float]) -> Floats:
    return np.array([parts.get(name, 0.0) for name in COUNTED])
