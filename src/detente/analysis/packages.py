"""What they would agree on: the packages deals consist of, most frequent first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.analysis.probabilities import share
from detente.arrays import Floats
from detente.ensemble.chunk import Outcomes, space_for
from detente.model.structure import Structure


@dataclass(frozen=True, slots=True)
class LikelyPackage:
    """One package: the options off the status quo, and how often it is the deal.

    ``share`` is of all draws with a deal; ``gain`` the mean gain of each party at the
    table when it is, in stakes.
    """

    number: int
    options: dict[str, str]
    changes: tuple[str, ...]
    share: float
    gain: dict[str, float]


@dataclass(frozen=True, slots=True)
class OptionShare:
    """How often an option is part of the deal, of all draws with a deal."""

    issue: str
    option: str
    share: float


def likely_packages(
    structure: Structure, outcomes: Outcomes, most: int = 10
) -> tuple[LikelyPackage, ...]:
    """The packages that deals consist of, most frequent first, at most ``most``."""
    agreed = outcomes.package[outcomes.deal]
    if not len(agreed):
        return ()
    numbers, counts = np.unique(agreed, return_counts=True)
    order = np.lexsort((numbers, -counts))[:most]
    return tuple(
        _package(
            structure,
            int(numbers[i]),
            int(counts[i]) / len(agreed),
            _gain(outcomes, int(numbers[i])),
        )
        for i in order
    )


def _gain(outcomes: Outcomes, number: int) -> Floats:
    return outcomes.gain[outcomes.deal & (outcomes.package == number)].mean(axis=0)


def _package(structure: Structure, number: int, part: float, gain: Floats) -> LikelyPackage:
    options = package_options(structure, number)
    refs = [structure.options[place].ref for place in structure.status_quo]
    changes = [f"{issue}.{option}" for issue, option in options.items()]
    return LikelyPackage(
        number,
        options,
        tuple(change for change in changes if change not in refs),
        float(part),
        {name: float(g) for name, g in zip(structure.parties, gain, strict=False)},
    )


def package_options(structure: Structure, number: int) -> dict[str, str]:
    """Option by issue of the package with ``number``."""
    chosen = np.unravel_index(number, structure.sizes)
    return {
        issue: structure.options[start + int(option)].name
        for issue, start, option in zip(structure.issues, structure.starts, chosen, strict=True)
    }


def option_shares(structure: Structure, outcomes: Outcomes) -> tuple[OptionShare, ...]:
    """How often each option is part of the deal, in file order; empty without deals."""
    agreed = outcomes.package[outcomes.deal]
    if not len(agreed):
        return ()
    chosen = space_for(structure).options_of(agreed)
    return tuple(
        OptionShare(
            option.issue, option.name, share(np.asarray(chosen[:, issue] + start == place)).p
        )
        for issue, start in enumerate(structure.starts)
        for place, option in enumerate(structure.options)
        if option.issue == structure.issues[issue]
    )
