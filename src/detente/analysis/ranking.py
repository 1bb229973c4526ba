"""How far an order is settled: intervals that overlap leave it open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from detente.analysis.resampling import Share


@dataclass(frozen=True, slots=True)
class Order:
    """Names from the largest share to the least.

    Attributes:
        names: in order of the estimates.
        settled: how many places, from the first, no later interval reaches into.
        nothing: how many, at the end, cannot be told from nothing.
        factor: by how much the draws would have to grow to about settle the next place;
            None where nothing is left to settle, or two estimates are the same.
    """

    names: tuple[str, ...]
    settled: int
    nothing: int
    factor: float | None


def order_of(found: Mapping[str, Share]) -> Order:
    """Rank shares; one stands above another only if their intervals do not overlap."""
    names = tuple(sorted(found, key=lambda name: (-found[name].value, name)))
    ranked = [found[name] for name in names]
    nothing = 0
    while nothing < len(ranked) and ranked[-1 - nothing].blurred:
        nothing += 1
    settled = 0
    while settled < len(ranked) and _stands_out(ranked, settled):
        settled += 1
    open_ = settled < len(ranked) - nothing
    return Order(names, settled, nothing, _factor(ranked, settled) if open_ else None)


def _stands_out(ranked: list[Share], place: int) -> bool:
    """Whether no later interval reaches into this one, and it is more than nothing."""
    here = ranked[place]
    return not here.blurred and all(here.low > later.high for later in ranked[place + 1 :])


def _factor(ranked: list[Share], place: int) -> float | None:
    """Intervals shrink with one over the root of the draws until the widest overlap is gone."""
    here, factor = ranked[place], 1.0
    for later in ranked[place + 1 :]:
        gap = here.value - later.value
        reach = (here.value - here.low) + (later.high - later.value)
        if gap <= 0.0:
            return None
        factor = max(factor, (reach / gap) ** 2)
    return factor
