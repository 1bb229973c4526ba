"""A forecast beyond doubt under every reading is usually a gap in the situation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.ensemble.run import run
from detente.model.structure import structure_of
from detente.sampling.draws import Plan
from detente.situation.scenarios import Scenario
from detente.situation.schema import Situation

QUICK_DRAWS = 400
SURE = 0.95


@dataclass(frozen=True, slots=True)
class Saturated:
    """A round whose forecast is beyond doubt whichever reading is taken."""

    round: str | None
    least: float
    most: float


def saturated(situation: Situation, found: Sequence[Scenario], seed: int) -> list[Saturated]:
    """Rounds where P(tangible) is above 95 % or below 5 % under every reading."""
    plan = Plan(QUICK_DRAWS, seed)
    outcomes = run(structure_of(situation), found, plan, chunk=QUICK_DRAWS // 2, why=False)
    rounds: dict[str | None, list[float]] = {}
    for scenario, outcome in zip(found, outcomes, strict=True):
        rounds.setdefault(scenario.round, []).append(float(outcome.tangible.mean()))
    return [
        Saturated(name, min(shares), max(shares))
        for name, shares in rounds.items()
        if min(shares) > SURE or max(shares) < 1.0 - SURE
    ]
