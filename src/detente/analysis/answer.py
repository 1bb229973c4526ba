"""The whole answer of a run: one record a scenario, everything reported computed from it."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from detente.analysis.blockers import Blockers, blockers
from detente.analysis.landscape import Landscape, landscape
from detente.analysis.packages import LikelyPackage, OptionShare, likely_packages, option_shares
from detente.analysis.probabilities import Estimate, probabilities
from detente.analysis.road import Road, road
from detente.analysis.support import Rest, what_it_rests_on
from detente.analysis.tree import Branch, tree
from detente.analysis.uncertainty import POINTS, REPEATS, Spread, input_spread, tangible_chance
from detente.arrays import Floats
from detente.bargaining.protocols import NASH
from detente.ensemble.chunk import Outcomes, is_tangible, space_for
from detente.ensemble.run import CHUNK, Progress, run
from detente.ensemble.scouting import scout
from detente.model.runup import Scout
from detente.model.structure import Structure, structure_of
from detente.sampling.draws import Plan
from detente.situation.believing import own_claims
from detente.situation.scenarios import Scenario
from detente.situation.schema import Situation
from detente.sources.claims import Claims
from detente.sources.support import counted


@dataclass(frozen=True, slots=True)
class Zone:
    """The zone of possible agreement over all draws.

    Attributes:
        exists: share of draws in which some package suits everybody.
        median: median number of packages in it, over those draws; 0 if there are none.
        allowed: median number of packages that the links allow.
        tied: share of draws in which several packages score alike.
    """

    exists: float
    median: float
    allowed: float
    tied: float


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
    """Answers and the outcome tables they were computed from, scenario by scenario."""

    situation: Situation
    claims: Claims | None
    plan: Plan
    scenarios: tuple[Scenario, ...]
    outcomes: tuple[Outcomes, ...]
    answers: tuple[Answer, ...]
    protocol: str = NASH


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
    packages than can be enumerated, UsageError for a protocol that cannot be used.
    """
    structure = structure_of(situation)
    spread_plan = Plan(POINTS * REPEATS, plan.seed, REPEATS)
    every = plan.draws + spread_plan.draws

    def told(before: int) -> Progress | None:
        if progress is None:
            return None
        tell = progress
        return lambda done, _: tell(before + done, every * len(scenarios))

    scouts = [
        scout(structure, scenario, seed=plan.seed, protocol=protocol) for scenario in scenarios
    ]
    outcomes = run(
        structure, scenarios, plan,
        executor=executor, chunk=chunk, progress=told(0), scouts=scouts, protocol=protocol,
    )  # fmt: skip
    spreads = run(
        structure, scenarios, spread_plan,
        executor=executor, chunk=chunk, progress=told(plan.draws * len(scenarios)),
        why=False,
        scouts=scouts, protocol=protocol,
    )  # fmt: skip
    ranks: dict[str, Floats] = {}
    answers = [
        _answer(situation, structure, claims, scenario, expects, plan, found, wide, ranks)
        for scenario, expects, found, wide in zip(scenarios, scouts, outcomes, spreads, strict=True)
    ]
    return Run(situation, claims, plan, tuple(scenarios), tuple(outcomes), tuple(answers), protocol)


def _answer(
    situation: Situation,
    structure: Structure,
    claims: Claims | None,
    scenario: Scenario,
    expects: Scout,
    plan: Plan,
    outcomes: Outcomes,
    wide: Outcomes,
    ranks: dict[str, Floats],
) -> Answer:
    counting = counted(claims, own_claims(situation), scenario.reading) if claims else ()
    likely = likely_packages(structure, outcomes)
    return Answer(
        round=scenario.round,
        reading=scenario.reading,
        probabilities=probabilities(outcomes),
        spread=input_spread(wide, _tangible(structure, wide), REPEATS),
        zone=_zone(outcomes),
        packages=likely,
        options=option_shares(structure, outcomes),
        blockers=blockers(structure, outcomes),
        rests=what_it_rests_on(
            scenario.values,
            plan,
            tangible_chance(outcomes, _tangible(structure, outcomes)),
            claims,
            counting,
            own_claims(situation).get(scenario.reading or "", ()),
            ranks,
        ),
        landscape=landscape(structure, scenario.values, plan, outcomes, likely),
        tree=tree(outcomes),
        road=road(
            situation,
            structure,
            scenario,
            expects,
            plan,
            outcomes,
        ),
    )


def _tangible(structure: Structure, outcomes: Outcomes) -> Floats:
    return is_tangible(structure, space_for(structure), outcomes.package).astype(np.float64)


def _zone(outcomes: Outcomes) -> Zone:
    open_ = outcomes.zone > 0
    return Zone(
        float(open_.mean()),
        float(np.median(outcomes.zone[open_])) if open_.any() else 0.0,
        float(np.median(outcomes.allowed)),
        float((outcomes.ties > 1).mean()),
    )
