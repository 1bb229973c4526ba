"""What can go wrong, and how it is said.

DetenteError
├── SituationError   the analyst's file cannot be used: one Problem per mistake
├── UsageError       a command or a function was asked for something impossible
├── SpaceTooLarge    more packages than the exact methods take
├── NotInstalled     an optional library is missing
├── WorkerLost       those who did the work are gone
└── Interrupted      the user stopped it

Every message names what was found, what is allowed and what to do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in a file something stands; line and column count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake in a file, with its remedy."""

    place: Place
    address: str
    found: str
    allowed: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.place}: {self.address}" if self.address else f"{self.place}"
        return f"{where}: {self.found}; {self.allowed}; {self.remedy}"


class DetenteError(Exception):
    """Base of every error that is shown to a user without a traceback."""


class UsageError(DetenteError):
    """A request that cannot be met: the message says what would be."""


class SpaceTooLarge(UsageError):
    """The package space is beyond what the exact methods take."""


class NotInstalled(UsageError):
    """An optional library is missing: the message says how to get it."""


class WorkerLost(DetenteError):
    """Processes or machines that ran chunks died and nobody is left to go on."""


class Interrupted(DetenteError):
    """The user stopped it: the message says what was written, if anything."""


class SituationError(DetenteError):
    """A file that cannot be used. ``problems`` holds every mistake, in file order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))
