"""A forecast as it was typed: by whom, and the value or the run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """Who says something of which question, and why."""

    question: str
    by: str | None
    why: str
    lens: str | None
    at: str | None


@dataclass(frozen=True, slots=True)
class ByHand:
    """A value as typed."""

    probability: str | None
    shares: tuple[str, ...]
    quantiles: tuple[str, ...]
    normal: str | None
    readings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfRun:
    """A run as typed; ``both`` says that a value was typed as well."""

    what: str
    event: str | None
    rounds: tuple[str, ...]
    readings: tuple[str, ...]
    draws: int
    seed: int
    settings: tuple[str, ...]
    protocol: str
    executor: str
    both: bool
