"""The packages that are the states of a situation's graph, and which of them links allow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from detente.arrays import Bools, Ints
from detente.bargaining.solution import active
from detente.bargaining.space import Space
from detente.model.structure import Structure

MOST_LOOKED_AT = 2**22
BATCH = 2**16


@dataclass(frozen=True, slots=True)
class Packages:
    """Packages with the links between them.

    Attributes:
        structure: what they are made of.
        space: their numbering.
        links: positions of the links in force that forbid packages.
    """

    structure: Structure
    space: Space
    links: tuple[int, ...]

    def broken(self, link: int, held: Ints) -> Bools:
        """Which packages break a link: shape (package,); ``held``: positions, (package, issue)."""
        place = self.space.rules.links[link]
        if place.form == "with":
            return np.zeros(len(held), dtype=np.bool_)
        both = active(self.space, link, held)
        if place.form == "excludes":
            return both
        return np.asarray(np.isin(held, place.when).any(axis=1)) & ~both

    def allowed(self, held: Ints) -> Bools:
        """Which packages break no link in force: shape (package,)."""
        ok = np.ones(len(held), dtype=np.bool_)
        for link in self.links:
            ok &= ~self.broken(link, held)
        return ok

    def numbers_of(self, held: Ints) -> Ints:
        """Package numbers: shape (package,)."""
        chosen = held - np.asarray(self.space.rules.starts)
        return np.asarray(chosen @ np.asarray(self.space.rules.worth, dtype=np.int64))

    @property
    def tied(self) -> frozenset[frozenset[int]]:
        """Pairs of issues that some link in force has on its two sides, or on one."""
        issue_of = self.space.rules.issue_of
        found: set[frozenset[int]] = set()
        for link in self.links:
            place = self.structure.links[link]
            issues = sorted({issue_of[option] for option in (*place.when, *place.refs)})
            found |= {frozenset(pair) for pair in combinations(issues, 2)}
        return frozenset(found)

    @property
    def status_quo(self) -> int:
        """The number of the package that changes nothing."""
        return int(self.numbers_of(np.array([self.structure.status_quo]))[0])

    def every(self) -> Ints | None:
        """Numbers of all packages that links allow; None where there are too many to look at."""
        if self.space.packages > MOST_LOOKED_AT:
            return None
        return np.concatenate(list(self._kept()))

    def _kept(self) -> Iterable[Ints]:
        for start in range(0, self.space.packages, BATCH):
            numbers = np.arange(start, min(start + BATCH, self.space.packages), dtype=np.int64)
            yield numbers[self.allowed(self.space.positions_of(numbers))]
