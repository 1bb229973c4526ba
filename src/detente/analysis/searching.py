"""The first step of a way at which something holds, searched for many ways at once.

A search is a generator: it yields the step it wants to know about, is sent whether the
step reaches the goal, and returns the first step that does. Nothing is taken to be
monotone: the way is looked at in eighths before halving within the first that reaches.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Hashable, Mapping
from typing import TypeVar

from detente.analysis.probing import STEPS

COARSE = STEPS // 8
Search = Generator[int, bool, int | None]  # yields steps, is sent answers
Key = TypeVar("Key", bound=Hashable)
Ask = Callable[[list[tuple[Key, int]]], list[bool]]


def first_step() -> Search:
    """The first step that reaches the goal, found by eighths, then by halving; or None."""
    for high in range(COARSE, STEPS + 1, COARSE):
        if (yield high):
            return (yield from _between(high - COARSE, high))
    return None


def near(guess: int) -> Search:
    """The step around ``guess`` that reaches the goal while the one before does not; or None.

    Upwards it looks to the end of the way, downwards as far as steps reach the goal.
    """
    stride, at = 1, guess
    if (yield guess):
        while at > 0:
            below = max(at - stride, 0)
            if below == 0 or not (yield below):
                return (yield from _between(below, at))
            at, stride = below, 2 * stride
    while at < STEPS:
        above = min(at + stride, STEPS)
        if (yield above):
            return (yield from _between(at, above))
        at, stride = above, 2 * stride
    return None


def _between(low: int, high: int) -> Generator[int, bool, int]:
    """Halve: ``low`` does not reach the goal (no step at all never does), ``high`` does."""
    while high - low > 1:
        middle = (low + high) // 2
        if (yield middle):
            high = middle
        else:
            low = middle
    return high


def solved(searches: Mapping[Key, Search], ask: Ask[Key]) -> dict[Key, int | None]:
    """Run all searches side by side: each round asks for one step of each that is not done."""
    results: dict[Key, int | None] = {}
    wanted: dict[Key, int] = {}
    for key, search in searches.items():
        wanted[key] = next(search)
    while wanted:
        asked = list(wanted.items())
        for (key, _), reached in zip(asked, ask(asked), strict=True):
            try:
                wanted[key] = searches[key].send(reached)
            except StopIteration as done:
                results[key] = done.value
                del wanted[key]
    return {key: results[key] for key in searches}
