"""In which order groups are told: the largest first."""

from __future__ import annotations

from collections.abc import Mapping

from detente.analysis.groupings import REST
from detente.analysis.ranking import order_of
from detente.analysis.shapley_effects import Shapley
from detente.analysis.sobol import Effect


def ranked(effects: Mapping[str, Effect]) -> tuple[str, ...]:
    """Groups by what they do in all, the largest first, what is left over last."""
    order = order_of({name: effect.total for name, effect in effects.items()}).names
    return (*(name for name in order if name != REST), *(REST,) * (REST in effects))


def players_of(shapley: Shapley) -> tuple[str, ...]:
    """Groups by their share, the largest first."""
    return order_of(shapley.parts).names
