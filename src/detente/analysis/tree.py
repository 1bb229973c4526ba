"""The conditional tree: held, then a deal, then a tangible one, then one that lasts.

Each branch carries the chance of taking it and the chance of getting there at all,
so that P(tangible given held) is never mistaken for P(tangible).
"""

from __future__ import annotations

from dataclasses import dataclass

from detente.analysis.happenings import Happenings
from detente.analysis.probabilities import Estimate, share, share_among
from detente.arrays import Bools


@dataclass(frozen=True, slots=True)
class Branch:
    """One fork of the road.

    Attributes:
        step: ``held``, ``deal``, ``tangible`` or ``lasts``.
        happens: whether this is the branch on which it does.
        given: chance of it where the step before came true; None if that never did.
        reached: chance of the whole way to here.
    """

    step: str
    happens: bool
    given: Estimate | None
    reached: Estimate


def tree(outcomes: Happenings) -> tuple[Branch, ...]:
    """Both branches of every step the situation models, in order."""
    steps: list[tuple[str, Bools]] = [("held", outcomes.held)] if outcomes.cause is not None else []
    steps += [("deal", outcomes.deal), ("tangible", outcomes.tangible)]
    if outcomes.lasts is not None:
        steps.append(("lasts", outcomes.lasts & outcomes.tangible))
    found: list[Branch] = []
    before = outcomes.held | ~outcomes.held  # everything
    for name, came_true in steps:
        for happens, way in ((True, before & came_true), (False, before & ~came_true)):
            found.append(Branch(name, happens, share_among(way, before), share(way)))
        before = before & came_true
    return tuple(found)
