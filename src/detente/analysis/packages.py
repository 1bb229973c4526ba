"""What they would agree on: the packages deals consist of, most frequent first."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from detente.arrays import Ints
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
    numbers, times = np.unique(outcomes.package[outcomes.deal], return_counts=True)
    listed = most_frequent(numbers, times, most)
    gains = {number: _gain(outcomes, number) for number, _ in listed}
    return packages_of(structure, listed, int(times.sum()), gains)


def most_frequent(numbers: Ints, times: Ints, most: int = 10) -> list[tuple[int, int]]:
    """Packages with how often each is the deal, most often first: both of shape (package,)."""
    order = np.lexsort((numbers, -times))[:most]
    return [(int(numbers[i]), int(times[i])) for i in order]


def packages_of(
    structure: Structure, listed: Sequence[tuple[int, int]], deals: int,
    gains: Mapping[int, Sequence[float]],
) -> tuple[LikelyPackage, ...]:  # fmt: skip
    """Records of packages: number and how often, of ``deals``; mean gains by number."""
    return tuple(_package(structure, n, times / deals, gains[n]) for n, times in listed)


def _gain(outcomes: Outcomes, number: int) -> list[float]:
    """Mean gains where a package is the deal, each sum correctly rounded."""
    rows = outcomes.gain[outcomes.deal & (outcomes.package == number)]
    return [math.fsum(column.tolist()) / len(rows) for column in rows.T]


def _package(
    structure: Structure, number: int, part: float, gain: Sequence[float]
) -> LikelyPackage:
    options = package_options(structure, number)
    refs = [structure.options[place].ref for place in structure.status_quo]
    changes = [f"{issue}.{option}" for issue, option in options.items()]
    return LikelyPackage(
        number,
        options,
        tuple(change for change in changes if change not in refs),
        part,
        dict(zip(structure.parties, gain, strict=False)),
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
    return shares_of(structure, *np.unique(outcomes.package[outcomes.deal], return_counts=True))


def shares_of(structure: Structure, numbers: Ints, times: Ints) -> tuple[OptionShare, ...]:
    """The same from packages and how often each is the deal: both of shape (package,)."""
    if not len(numbers):
        return ()
    chosen = space_for(structure).options_of(numbers)
    return tuple(
        OptionShare(
            option.issue,
            option.name,
            float(times[chosen[:, issue] + start == place].sum()) / float(times.sum()),
        )
        for issue, start in enumerate(structure.starts)
        for place, option in enumerate(structure.options)
        if option.issue == structure.issues[issue]
    )
