"""The package space: one option an issue, and what cannot be added up.

A package's *number* is its place in row-major order over the issues in file order,
the first slowest. Nothing here enumerates: a space may hold 2^62 packages. How it is
laid out for a method that walks it stands in ``layout`` and ``branch``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from detente.arrays import Ints
from detente.errors import SpaceTooLarge, UsageError
from detente.model.structure import LinkPlace, Quorum, Structure

MAX_PACKAGES = 2**62  # numbers are 64 bits wide
MAX_BITS = 62
NO_PACKAGE = -1


@dataclass(frozen=True, slots=True)
class Rules:
    """What a space needs to know of a structure: sizes, links, consents, who must agree.

    Option positions run over all issues end to end. ``links`` are requires and
    excludes first to last as written, ``with`` links included. Without a ``quorum``
    every principal must agree.
    """

    sizes: tuple[int, ...]
    links: tuple[LinkPlace, ...] = ()
    consent_to: tuple[tuple[int, ...], ...] = ()
    status_quo: tuple[int, ...] | None = None  # barred as a package, if given
    quorum: Quorum | None = None

    @classmethod
    def of(cls, structure: Structure) -> Rules:
        """The rules of a situation."""
        return cls(
            structure.sizes, structure.links, structure.consent_to, structure.status_quo,
            structure.quorum,
        )  # fmt: skip

    @property
    def packages(self) -> int:
        """How many packages there are, links aside."""
        return math.prod(self.sizes)

    @property
    def starts(self) -> tuple[int, ...]:
        """Position of each issue's first option."""
        return tuple(sum(self.sizes[:issue]) for issue in range(len(self.sizes)))

    @property
    def issue_of(self) -> tuple[int, ...]:
        """The issue of each option position."""
        return tuple(issue for issue, size in enumerate(self.sizes) for _ in range(size))

    @property
    def worth(self) -> tuple[int, ...]:
        """What a step of one option on each issue adds to a package's number."""
        return tuple(math.prod(self.sizes[issue + 1 :]) for issue in range(len(self.sizes)))


@dataclass(frozen=True, slots=True)
class Space:
    """The packages of some rules.

    Attributes:
        rules: what it was made from.
        barred: number of the package that changes nothing, or -1.
    """

    rules: Rules
    barred: int

    @property
    def packages(self) -> int:
        """How many packages there are, links aside."""
        return self.rules.packages

    @property
    def breaking(self) -> int:
        """Bit mask of the links that forbid packages."""
        return sum(1 << i for i, link in enumerate(self.rules.links) if link.form != "with")

    def options_of(self, numbers: Ints) -> Ints:
        """Option within its issue, by package number: shape (package, issue)."""
        return np.stack(np.unravel_index(numbers, self.rules.sizes), axis=-1).astype(np.int64)

    def positions_of(self, numbers: Ints) -> Ints:
        """Option positions by package number, (package, issue); number -1 is read as 0."""
        known = np.where(numbers == NO_PACKAGE, 0, numbers)
        return self.options_of(known) + np.asarray(self.rules.starts)


def make_space(rules: Rules) -> Space:
    """Number the packages. Raises SpaceTooLarge and UsageError."""
    if rules.packages > MAX_PACKAGES:
        raise SpaceTooLarge(
            f"{len(rules.sizes)} issues make {rules.packages:.1e} packages; at most "
            f"{MAX_PACKAGES:.1e} are allowed; merge issues or drop options that nobody disputes"
        )
    bits = len(rules.links) + len(rules.consent_to)
    if bits > MAX_BITS:
        raise UsageError(
            f"{bits} links and consenters; at most {MAX_BITS} together; merge links that say the same"
        )
    barred = NO_PACKAGE
    if rules.status_quo is not None:
        place = [o - s for o, s in zip(rules.status_quo, rules.starts, strict=True)]
        barred = sum(o * worth for o, worth in zip(place, rules.worth, strict=True))
    return Space(rules, barred)
