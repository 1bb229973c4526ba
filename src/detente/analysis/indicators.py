"""What could be seen next, and how far it would tell the readings apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from detente.analysis.candidates import Candidate, ahead, eventful, why_not
from detente.analysis.information import information_gain
from detente.analysis.pooling import pooled
from detente.analysis.updating import Table
from detente.analysis.weights import posterior
from detente.arrays import Bools
from detente.ensemble.chunk import Outcomes
from detente.model.structure import Structure
from detente.situation.schema import Event


@dataclass(frozen=True, slots=True)
class Indicator:
    """Something that could be seen next, and how far it would tell the readings apart.

    Attributes:
        round: of which meeting.
        again: whether it is of a further meeting on the same terms.
        candidate: what would be seen.
        bits, se: expected information gain, with its Monte Carlo error.
        p: its chance, over readings by their weights.
        by_reading: its chance under each reading; None where what is known never came true.
        if_seen, if_not: the weights after it is seen, or is seen not to happen.
    """

    round: str | None
    again: bool
    candidate: Candidate
    bits: float
    se: float
    p: float
    by_reading: dict[str, float | None]
    if_seen: dict[str, float]
    if_not: dict[str, float]


def indicators(
    structure: Structure,
    names: Sequence[str],
    prior: Sequence[float],
    round_: str | None,
    counted: Sequence[Event],
    table: Table,
    target: Sequence[Outcomes],
    evidence: Sequence[Bools],
    *,
    again: bool,
) -> tuple[Indicator, ...]:
    """What could be seen next: of meetings that events tell of, and of the one to come."""
    found: list[Indicator] = []
    for name in dict.fromkeys(event.round for event in counted):
        usual = usual_count(table[name])
        columns = [why_not(one) | eventful(one, usual) for one in table[name]]
        found += _ranked(names, prior, evidence, columns, name, again=False)
    usual = usual_count(target)
    columns = [ahead(structure, one, usual) for one in target]
    found += _ranked(names, prior, evidence, columns, round_, again=again)
    return tuple(sorted(found, key=lambda one: -one.bits))


def usual_count(outcomes: Sequence[Outcomes]) -> int:
    """The median number of incidents over all readings' draws."""
    counts = [one.incidents for one in outcomes if one.incidents is not None]
    return int(np.median(np.concatenate(counts))) if counts else 0


def _ranked(
    names: Sequence[str],
    prior: Sequence[float],
    evidence: Sequence[Bools],
    columns: Sequence[Mapping[Candidate, Bools]],
    round_: str | None,
    *,
    again: bool,
) -> list[Indicator]:
    found: list[Indicator] = []
    for candidate in columns[0]:
        happened = [one[candidate] for one in columns]
        whole = pooled(prior, [(one, None) for one in happened], evidence)
        if whole is None or not 0.0 < whole.p < 1.0:
            continue  # it is settled already
        bits, se = information_gain(prior, happened, evidence)
        each = [
            pooled([1.0], [(one, known)]) for one, known in zip(happened, evidence, strict=True)
        ]
        found.append(
            Indicator(
                round_, again, candidate, bits, se, whole.p,
                {n: None if one is None else one.p for n, one in zip(names, each, strict=True)},
                _weights_if(names, prior, evidence, happened),
                _weights_if(names, prior, evidence, [~one for one in happened]),
            )
        )  # fmt: skip
    return found


def _weights_if(
    names: Sequence[str], prior: Sequence[float], evidence: Sequence[Bools], seen: Sequence[Bools]
) -> dict[str, float]:
    shares = [float((known & one).mean()) for known, one in zip(evidence, seen, strict=True)]
    weights: dict[str, float] = dict(zip(names, prior, strict=True))
    likelihood: dict[str, float] = dict(zip(names, shares, strict=True))
    return posterior(weights, likelihood)
