"""What drives an answer: how much of each chance, and of the zone, goes with which inputs.

Under every reading a pick-freeze design is run on the same random numbers, for addresses
grouped in several ways. Over readings means the mean of the variances within readings, by
their weights; how much the choice of reading adds to these is told by Shapley effects.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor

from detente.analysis.driver_pages import Runs
from detente.analysis.driver_scopes import DRAW, PARTS, TOGETHER, Drivers
from detente.analysis.driver_study import MOST_TOGETHER, Study
from detente.analysis.groupings import MOST
from detente.analysis.pick_freeze import LUCKS, plan_of
from detente.analysis.shapley_effects import MOST_PLAYERS
from detente.analysis.weights import prior_weights
from detente.ensemble.run import Progress
from detente.model.structure import structure_of
from detente.sampling.draws import Plan
from detente.situation.quantities import Quantity
from detente.situation.scenarios import scenarios
from detente.situation.schema import Situation
from detente.situation.values import set_here
from detente.sources.claims import Claims
from detente.sources.removal import Removal

TASK = 2048  # draws a task: with many short runs, smaller ones waste more


def drivers(
    situation: Situation,
    claims: Claims | None,
    round_: str | None,
    plan: Plan,
    *,
    parts: Sequence[str] = PARTS,
    target: str | None = None,
    readings: Sequence[str] = (),
    weights: Mapping[str, float] | None = None,
    patch: Mapping[str, Quantity] | None = None,
    left_out: Removal | None = None,
    executor: Executor | None = None,
    chunk: int = TASK,
    progress: Progress | None = None,
) -> Drivers:
    """Find what drives one round under every reading asked for, all if none is named.

    Args:
        situation: what to run.
        claims: who says what; None where nobody does.
        round_: the round, None where the situation has none.
        plan: draws of a page and seed; draws are rounded down to whole points.
        parts: names of PARTS.
        target: the output told first; by default ``tangible``, where meeting is modelled.
        readings: names; by default all.
        weights: of readings, in place of their priors.
        patch: what the command line lays over every scenario.
        left_out: whose word is taken away from every scenario.
        executor: where chunks go.
        chunk: draws a task.
        progress: told after each page how many draws are done, of how many.

    Raises:
        UsageError: for a reading or a round that the situation does not have, and for a
            target that the round does not model.
    """
    found = scenarios(
        situation, claims, patch=patch, readings=readings, left_out=left_out,
        rounds=(round_,) if round_ is not None else (),
    )  # fmt: skip
    weighed = prior_weights(situation, [one.reading for one in found], weights)
    whole = plan_of(max(plan.draws // LUCKS, 2), plan.seed)
    runs = Runs(structure_of(situation), executor, chunk, progress)
    runs.expect(about_draws(plan, parts, len(found)))
    bases = {one.reading: runs.base(one, whole) for one in found}
    study = Study(situation, claims, whole, weighed, bases, target)
    members = {p: study.split(p) for p in PARTS if p in parts and p != TOGETHER}
    players, together = study.together() if TOGETHER in parts else ({}, {})
    return Drivers(
        round_, study.target, whole, weighed, members, study.over, study.each, players, together,
        set_here(found[0].values),
    )  # fmt: skip


def about_draws(plan: Plan, parts: Sequence[str], readings: int) -> int:
    """About how many draws all readings take together."""
    return readings * _about(plan_of(max(plan.draws // LUCKS, 2), plan.seed), parts, readings)


def _about(plan: Plan, parts: Sequence[str], readings: int) -> int:
    split = sum(6 if part == DRAW else MOST - 2 for part in parts if part != TOGETHER)
    subsets = 2 ** (MOST_PLAYERS - (readings > 1)) if TOGETHER in parts else 0
    return (2 + split) * plan.draws + subsets * min(plan.draws // LUCKS, MOST_TOGETHER)
