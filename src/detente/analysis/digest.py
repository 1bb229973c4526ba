"""All that a run reports of its outcomes, gathered in one pass over pieces of any size.

A table in memory is one piece; a long one comes back from disk part after part. Counts and
exact sums make both give the same numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from detente.analysis.blockers import BlockerCount, Blockers
from detente.analysis.counting import Counts, Sum, median_of
from detente.analysis.happenings import Happened, all_happened, happened
from detente.analysis.packages import (
    LikelyPackage,
    OptionShare,
    most_frequent,
    packages_of,
    shares_of,
)
from detente.analysis.uncertainty import tangible_chance
from detente.arrays import Bools, Floats, Ints
from detente.bargaining.space import Space
from detente.ensemble.chunk import Outcomes, is_tangible, space_for
from detente.model.structure import Structure

FIRST = 100_000  # draws that costly questions are put to; the first so many

Pieces = Callable[[], Iterable[Outcomes]]
Deals = tuple[Ints, Bools, Floats]  # package, deal, gain
DealPieces = Callable[[], Iterable[Deals]]


@dataclass(frozen=True, slots=True)
class Zone:
    """The zone of possible agreement over all draws.

    Attributes:
        exists: share of draws in which some package suits everybody.
        median: median number of packages in it, over those draws; 0 if there are none.
        allowed: median number of packages that the links allow.
        tied: share of draws in which several packages score alike.
        error: median standard error of the number of packages, over the same draws; 0 where
            they were counted.
        unresolved: share of draws whose solution is not known to be the best.
        unknown: share of draws in which it is not known whether any package suits everybody.
    """

    exists: float
    median: float
    allowed: float
    tied: float
    error: float = 0.0
    unresolved: float = 0.0
    unknown: float = 0.0


@dataclass(frozen=True, slots=True)
class Digest:
    """What is reported of one scenario's outcomes.

    Attributes:
        happened: what came of each draw.
        zone, packages, options, blockers: over all draws.
        incidents: mean number that came by chance; None without a run-up.
        tension, fear, chance: of the first FIRST draws, shape (draw,): levels on the eve,
            and the chance that they meet and close a tangible deal.
    """

    happened: Happened
    zone: Zone
    packages: tuple[LikelyPackage, ...]
    options: tuple[OptionShare, ...]
    blockers: Blockers
    incidents: float | None
    tension: Floats
    fear: Floats
    chance: Floats


def digest(structure: Structure, pieces: Pieces, deals: DealPieces) -> Digest:
    """Go over the pieces of one scenario's outcomes, in the order of draws.

    Args:
        structure: the fixed part of the situation.
        pieces: makes an iterator over all columns.
        deals: makes one over package, deal and gain alone, for a second pass.
    """
    gathering = _Gathering(structure)
    for piece in pieces():
        gathering.add(piece)
    numbers, times = gathering.deals.counted()
    listed = most_frequent(numbers, times)
    gains = _mean_gains(deals, [number for number, _ in listed])
    start = [np.concatenate(columns) for columns in zip(*gathering.first, strict=True)]
    together = all_happened(gathering.happened)
    return Digest(
        together,
        gathering.zone(len(together)),
        packages_of(structure, listed, int(times.sum()), gains),
        shares_of(structure, numbers, times),
        gathering.blockers.result(),
        None if gathering.incidents is None else gathering.incidents / len(together),
        *start,
    )


class _Gathering:
    """Counts over the pieces so far."""

    def __init__(self, structure: Structure) -> None:
        self._structure = structure
        self._space: Space = space_for(structure)
        self._rows = self._tied = self._unresolved = self._unknown = 0
        self._zone, self._allowed, self._error = Counts(), Counts(), Counts()
        self.deals = Counts()
        self.blockers = BlockerCount(structure)
        self.happened: list[Happened] = []
        self.incidents: int | None = None
        self.first: list[tuple[Floats, Floats, Floats]] = []

    def add(self, piece: Outcomes) -> None:
        """Count one more piece."""
        self._zone.add(piece.zone[piece.zone > 0])
        self._allowed.add(piece.allowed)
        if piece.zone_error is not None:
            self._error.add(np.rint(piece.zone_error[piece.zone > 0]))
        if piece.gap is not None:
            self._unresolved += int((piece.gap > 0.0).sum())
            self._unknown += int(np.isinf(piece.gap).sum())
        self._tied += int((piece.ties > 1).sum())
        self.deals.add(piece.package[piece.deal])
        self.blockers.add(piece)
        self.happened.append(happened(piece))
        if piece.incidents is not None:
            self.incidents = (self.incidents or 0) + int(piece.incidents.sum())
        left = FIRST - self._rows
        self._rows += len(piece)
        if left > 0:
            tangible = is_tangible(self._structure, self._space, piece.package)
            chance = tangible_chance(piece, tangible.astype(np.float64))
            self.first.append((piece.tension[:left], piece.fear[:left], chance[:left]))

    def zone(self, draws: int) -> Zone:
        """The zone over ``draws`` draws."""
        values, times = self._zone.counted()
        errors = self._error.counted()
        return Zone(
            float(times.sum()) / draws,
            median_of(values, times) if len(values) else 0.0,
            median_of(*self._allowed.counted()),
            self._tied / draws,
            median_of(*errors) if len(errors[0]) else 0.0,
            self._unresolved / draws,
            self._unknown / draws,
        )


def _mean_gains(deals: DealPieces, numbers: Collection[int]) -> Mapping[int, tuple[float, ...]]:
    """The mean gain of every party where a package is the deal, by its number."""
    sums: dict[int, list[Sum]] = {number: [] for number in numbers}
    counts = dict.fromkeys(numbers, 0)
    if not numbers:
        return {}
    for package, deal, gain in deals():
        for number in numbers:
            rows = gain[deal & (package == number)]
            counts[number] += len(rows)
            if not sums[number]:
                sums[number] = [Sum() for _ in range(gain.shape[1])]
            for party, total in enumerate(sums[number]):
                total.add(rows[:, party])
    return {n: tuple(total.value() / counts[n] for total in sums[n]) for n in numbers}
