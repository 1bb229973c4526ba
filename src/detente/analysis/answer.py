"""The whole answer of a run: one record a scenario, everything reported computed from it."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace

import numpy as np

from detente.analysis.blockers import Blockers
from detente.analysis.digest import FIRST, Digest, Zone, digest
from detente.analysis.happenings import Happened
from detente.analysis.landscape import Landscape, landscape
from detente.analysis.packages import LikelyPackage, OptionShare
from detente.analysis.probabilities import Estimate, probabilities
from detente.analysis.road import Road, road
from detente.analysis.support import Rest, what_it_rests_on
from detente.analysis.tree import Branch, tree
from detente.analysis.uncertainty import POINTS, REPEATS, Spread, input_spread, point_counts
from detente.arrays import Floats
from detente.bargaining.protocols import NASH
from detente.ensemble.chunk import Outcomes, is_tangible, space_for
from detente.ensemble.run import CHUNK, Progress, run
from detente.ensemble.scouting import scout
from detente.model.gains import Mood
from detente.model.runup import Scout
from detente.model.structure import Structure, structure_of
from detente.sampling.draws import Plan
from detente.situation.believing import own_claims
from detente.situation.scenarios import Scenario
from detente.situation.schema import Situation
from detente.sources.claims import Claims
from detente.sources.support import counted


@dataclass(frozen=True, slots=True)
class Answer:
    """What one scenario implies.

    ``spread`` is input uncertainty: how far the stated ranges leave P(tangible) open, or
    P(tangible given held) without a run-up. The Monte Carlo error stands with each
    probability.
    """

    round: str | None
    reading: str | None
    probabilities: dict[str, Estimate]
    spread: Spread
    zone: Zone
    packages: tuple[LikelyPackage, ...]
    options: tuple[OptionShare, ...]
    blockers: Blockers
    rests: tuple[Rest, ...]
    landscape: Landscape
    tree: tuple[Branch, ...]
    road: Road | None


@dataclass(frozen=True, slots=True)
class Run:
    """Answers and what they were computed from, scenario by scenario.

    Attributes:
        situation, claims, plan, scenarios, protocol: what was run.
        outcomes: the outcome tables; empty where they are too long for memory and on disk.
        happened: what came of each draw.
        answers: one a scenario.
    """

    situation: Situation
    claims: Claims | None
    plan: Plan
    scenarios: tuple[Scenario, ...]
    outcomes: tuple[Outcomes, ...]
    happened: tuple[Happened, ...]
    answers: tuple[Answer, ...]
    protocol: str = NASH

    @property
    def first(self) -> int:
        """How many draws, the first ones, say what moves the answer; the rest uses all."""
        return min(self.plan.draws, FIRST)


def answer(
    situation: Situation,
    claims: Claims | None,
    scenarios: Sequence[Scenario],
    plan: Plan,
    *,
    executor: Executor | None = None,
    chunk: int = CHUNK,
    progress: Progress | None = None,
    protocol: str = NASH,
) -> Run:
    """Run every scenario and answer the questions every run answers.

    ``protocol`` says which package of the zone is agreed on. Raises SpaceTooLarge for more
    packages than it takes, UsageError for a protocol that cannot be used.
    """
    structure = structure_of(situation)
    every = (plan.draws + POINTS * REPEATS) * len(scenarios)

    def told(before: int) -> Progress | None:
        if progress is None:
            return None
        tell = progress
        return lambda done, _: tell(before + done, every)

    scouts = [
        scout(structure, scenario, seed=plan.seed, protocol=protocol) for scenario in scenarios
    ]
    outcomes = run(
        structure, scenarios, plan,
        executor=executor, chunk=chunk, progress=told(0), scouts=scouts, protocol=protocol,
    )  # fmt: skip
    spreads = spread_of(
        structure, scenarios, plan.seed, scouts, protocol,
        executor=executor, chunk=chunk, progress=told(plan.draws * len(scenarios)),
    )  # fmt: skip
    digests = [
        digest(
            structure, lambda one=one: [one], lambda one=one: [(one.package, one.deal, one.gain)]
        )
        for one in outcomes
    ]
    answers = answers_from(situation, claims, scenarios, scouts, plan, digests, spreads)
    return Run(
        situation, claims, plan, tuple(scenarios), tuple(outcomes),
        tuple(one.happened for one in digests), answers, protocol,
    )  # fmt: skip


def spread_of(
    structure: Structure,
    scenarios: Sequence[Scenario],
    seed: int,
    scouts: Sequence[Scout],
    protocol: str,
    *,
    executor: Executor | None = None,
    chunk: int = CHUNK,
    progress: Progress | None = None,
) -> list[Spread]:
    """How far the inputs leave each scenario's chance open, from draws of its own."""
    found = run(
        structure, scenarios, Plan(POINTS * REPEATS, seed, REPEATS),
        executor=executor, chunk=chunk, progress=progress, why=False, scouts=scouts,
        protocol=protocol,
    )  # fmt: skip
    space = space_for(structure)
    return [
        replace(
            input_spread(
                one, is_tangible(structure, space, one.package).astype(np.float64), REPEATS
            ),
            counts=point_counts(one, REPEATS),
        )
        for one in found
    ]


def answers_from(
    situation: Situation,
    claims: Claims | None,
    scenarios: Sequence[Scenario],
    scouts: Sequence[Scout],
    plan: Plan,
    digests: Sequence[Digest],
    spreads: Sequence[Spread],
) -> tuple[Answer, ...]:
    """The answers, from digests of the outcomes; all sequences have one element a scenario."""
    structure = structure_of(situation)
    ranks: dict[str, Floats] = {}
    return tuple(
        _answer(situation, structure, claims, scenario, expects, plan, found, wide, ranks)
        for scenario, expects, found, wide in zip(scenarios, scouts, digests, spreads, strict=True)
    )


def _answer(
    situation: Situation,
    structure: Structure,
    claims: Claims | None,
    scenario: Scenario,
    expects: Scout,
    plan: Plan,
    found: Digest,
    spread: Spread,
    ranks: dict[str, Floats],
) -> Answer:
    counting = counted(claims, own_claims(situation), scenario.reading) if claims else ()
    own = own_claims(situation).get(scenario.reading or "", ())
    eve = Mood(found.tension, found.fear)
    return Answer(
        round=scenario.round,
        reading=scenario.reading,
        probabilities=probabilities(found.happened),
        spread=spread,
        zone=found.zone,
        packages=found.packages,
        options=found.options,
        blockers=found.blockers,
        rests=what_it_rests_on(scenario.values, plan, found.chance, claims, counting, own, ranks),
        landscape=landscape(structure, scenario.values, plan, eve, found.packages),
        tree=tree(found.happened),
        road=road(
            situation, structure, scenario, expects, plan, found.happened.cause, found.incidents
        ),
    )
