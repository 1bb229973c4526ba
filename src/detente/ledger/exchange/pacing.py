"""Telling how far a long exchange is, without slowing it down."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
Told = Callable[[int, int], None]  # how much is done, of how much
Steps = Callable[[str], Told]  # begins a step of that name
EVERY = 1_000  # of a long list


def quietly(_name: str) -> Told:
    """Steps that nobody hears of."""

    def told(_done: int, _every: int) -> None:
        pass

    return told


def paced(items: Sequence[T], told: Told) -> Iterator[T]:
    """Each item in turn, telling now and then how many are done."""
    for done, item in enumerate(items):
        if done % EVERY == 0:
            told(done, len(items))
        yield item
    told(len(items), len(items))
