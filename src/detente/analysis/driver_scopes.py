"""What ``drivers`` finds: one record a reading, one over all, and how they hang together."""

from __future__ import annotations

from dataclasses import dataclass, field

from detente.analysis.groupings import GROUPINGS, Members
from detente.analysis.probabilities import Estimate
from detente.analysis.resampling import Share
from detente.analysis.shapley_effects import Shapley
from detente.analysis.sobol import Effect
from detente.analysis.weights import Weights
from detente.sampling.draws import Plan

Reading = str | None
DRAW, TOGETHER = "draw", "together"
PARTS = (*GROUPINGS, DRAW, TOGETHER)
MOST_DRAWS = 100_000  # of a page: about a gigabyte
Effects = dict[str, dict[str, Effect]]  # by output, by group


@dataclass(frozen=True, slots=True)
class Scope:
    """What drives the answer under one reading, or over all.

    Attributes:
        chances: each output on average, with its Monte Carlo error.
        inputs: by output, the share of the variance of a draw that is not due to chance
            alone; every effect but those under DRAW is a share of this part.
        skipped: outputs that cannot be told, and why.
        effects: by part, output and group.
        addresses: by output and address, given-data estimates of first-order effects.
    """

    chances: dict[str, Estimate]
    inputs: dict[str, Share]
    skipped: dict[str, str]
    effects: dict[str, Effects] = field(default_factory=dict[str, Effects])
    addresses: dict[str, dict[str, Share]] = field(default_factory=dict[str, dict[str, Share]])

    def faint(self, output: str) -> bool:
        """Whether so little is due to the inputs that these draws cannot divide it."""
        share = self.inputs.get(output)
        return share is None or share.low <= share.value / 2.0


@dataclass(frozen=True, slots=True)
class Drivers:
    """What drives the answers of one round.

    Attributes:
        round: the round, None where the situation has none.
        target: the output told first.
        plan: of sample a: draws of a page, seed, and draws of chance at one point.
        weights: of the readings, summing to 1.
        members: by part, the addresses (or events) of each group, under any reading.
        over: over readings, the only one where there is but one.
        readings: reading by reading.
        players: the groups of ``together``, the reading and chance among them.
        together: by output, the variance divided among the players; empty if not asked for.
        settings: what the command line set, as written, by address.
    """

    round: str | None
    target: str
    plan: Plan
    weights: Weights
    members: dict[str, Members]
    over: Scope
    readings: dict[Reading, Scope]
    players: Members
    together: dict[str, Shapley]
    settings: dict[str, str]

    @property
    def outputs(self) -> tuple[str, ...]:
        """Every output told over readings."""
        return tuple(self.over.chances)
