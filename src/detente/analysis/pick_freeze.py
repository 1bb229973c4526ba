"""Pages of a pick-freeze design: some inputs drawn anew while all else stays as it was.

Sample a is an ordinary run; sample b draws every input, and chance, from second streams.
The page of a group is a with what is in the group taken from b (Sobol' 1993; Saltelli et
al. 2010). A group may hold many addresses, or events. Each point of the inputs is run
LUCKS times with independent chance, so that what chance does can be told from what the
inputs do.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

from detente.arrays import Floats
from detente.sampling.draws import SECOND, Plan

LUCKS = 4  # measured: with three quarters of all variance due to chance, the least error
Groups = Mapping[str, frozenset[str]]
Evaluate = Callable[[Plan], Floats]  # columns, shape (output, draw)


@dataclass(frozen=True, slots=True)
class Pages:
    """Outputs of every page, each of shape (output, point, luck).

    ``groups`` holds the page of each group. Page b shares nothing with the others.
    """

    a: Floats
    b: Floats
    groups: dict[str, Floats]


def plan_of(points: int, seed: int, lucks: int = LUCKS) -> Plan:
    """The plan of sample a: ``points`` of the inputs, each under ``lucks`` draws of chance."""
    return Plan(points * lucks, seed, lucks)


def second_of(plan: Plan, uncertain: Collection[str]) -> Plan:
    """The plan of sample b. ``uncertain`` are all addresses that are drawn."""
    return replace(plan, luck=SECOND, other=frozenset(uncertain))


def both_samples(
    evaluate: Evaluate, plan: Plan, uncertain: Collection[str]
) -> tuple[Floats, Floats]:
    """Samples a and b, each of shape (output, point, luck)."""
    return _page(evaluate, plan), _page(evaluate, second_of(plan, uncertain))


def pages_of(evaluate: Evaluate, plan: Plan, groups: Groups, a: Floats, b: Floats) -> Pages:
    """A page for each group; a group that is empty changes nothing and costs nothing."""
    return Pages(
        a,
        b,
        {
            name: _page(evaluate, replace(plan, other=found)) if found else a
            for name, found in groups.items()
        },
    )


def _page(evaluate: Evaluate, plan: Plan) -> Floats:
    found = evaluate(plan)
    return found.reshape(len(found), -1, plan.repeats)
