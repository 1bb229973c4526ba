"""What becomes of the chances when values slide: many trials of one scenario.

A trial slides some values by the same share of the way, in steps of 1/64. Exact
trials are runs as any other, on the same draws as the scenario they are compared
with. Quick ones use 256 draws and say where to look: a quick chance is the scenario's
own plus the paired difference on those draws.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace

from detente.analysis.blockers import BlockingSet, blockers
from detente.analysis.pooling import FEW
from detente.analysis.probabilities import Estimate, events, share
from detente.analysis.sliding import slid
from detente.ensemble.chunk import Outcomes
from detente.ensemble.run import run
from detente.ensemble.scouting import scout
from detente.model.runup import Scout
from detente.model.structure import Structure
from detente.sampling.draws import Plan
from detente.situation.scenarios import Scenario

STEPS = 64  # of the way to the end of a scale
QUICK = 256  # draws of a quick trial
ZONE = "zone"  # some package suits everybody: the zone of possible agreement is not empty
BATCH = 32  # trials run together; bounds memory
FELT = 0.004  # a change of P(deal) that those who decide whether to go would act on


@dataclass(frozen=True, slots=True)
class Slide:
    """One address on its way from its mean, ``start``, to ``end``; all of it slides."""

    address: str
    start: float
    end: float

    @property
    def length(self) -> float:
        """How far the mean moves over the whole way."""
        return abs(self.end - self.start)


Move = tuple[Slide, ...]  # one or several, sliding by the same share of the way
Trial = tuple[Move, int]  # a move and how many of the 64 steps it goes
Chances = dict[str, Estimate]  # by name; what its condition seldom allows is absent


class Bench:
    """Trials of one scenario, each run once."""

    def __init__(
        self, structure: Structure, scenario: Scenario, plan: Plan, *,
        executor: Executor | None = None, chunk: int = 2000,
        told: Callable[[int], None] | None = None,
    ) -> None:  # fmt: skip
        """``told`` hears after each batch how many trials it held."""
        self._structure, self.scenario, self._plan = structure, scenario, plan
        self._executor, self._chunk, self._told = executor, chunk, told
        self._exact: dict[Trial, Chances] = {}
        self._quick: dict[Trial, Chances] = {}
        self._expects = scout(structure, scenario, seed=plan.seed)
        (self.base,) = (chances(found) for found in self._run([scenario], plan))
        (quick,) = self._run([scenario], self._small, [self._expects])
        self._quick_base, self._closing = chances(quick), float(quick.closing.mean())

    def blocking(self) -> tuple[BlockingSet, ...]:
        """What blocks a deal as things stand, most frequent first, on few draws."""
        (found,) = run(
            self._structure, [self.scenario], self._small, executor=self._executor,
            chunk=self._small.draws, scouts=[self._expects],
        )  # fmt: skip
        return blockers(self._structure, found).sets

    @property
    def _small(self) -> Plan:
        return Plan(min(QUICK, self._plan.draws), self._plan.seed)

    def moved(self, trial: Trial) -> Scenario:
        """The scenario with the trial's values in place."""
        move, steps = trial
        values = dict(self.scenario.values)
        for one in move:
            value = values[one.address]
            quantity = slid(value.quantity, steps / STEPS, one.end)
            values[one.address] = replace(value, quantity=quantity)
        return replace(self.scenario, values=values)

    def exact(self, trials: Sequence[Trial]) -> list[Chances]:
        """The chances of each trial: those of a run with its values set."""

        def find(batch: list[Scenario]) -> list[Chances]:
            return [chances(one) for one in self._run(batch, self._plan)]

        return self._asked(trials, self._exact, find)

    def quick(self, trials: Sequence[Trial]) -> list[Chances]:
        """About the same on few draws, to tell where exact trials are worth their time."""
        return self._asked(trials, self._quick, self._guessed)

    def _asked(
        self, trials: Sequence[Trial], known: dict[Trial, Chances],
        find: Callable[[list[Scenario]], list[Chances]],
    ) -> list[Chances]:  # fmt: skip
        missing = list(dict.fromkeys(trial for trial in trials if trial not in known))
        for start in range(0, len(missing), BATCH):
            batch = missing[start : start + BATCH]
            known.update(zip(batch, find([self.moved(trial) for trial in batch]), strict=True))
            if self._told is not None:
                self._told(len(batch))
        return [known[trial] for trial in trials]

    def _guessed(self, batch: list[Scenario]) -> list[Chances]:
        """Quick chances: what others expect is run again only where a deal got likelier or less."""
        found = self._run(batch, self._small, [self._expects] * len(batch))
        shift = [float(one.closing.mean()) - self._closing for one in found]
        again = [i for i, by in enumerate(shift) if abs(by) > FELT and batch[i].calendar]
        if again:
            expecting = [
                Scout(min(max(self._expects.deal + shift[i], 0.0), 1.0), self._expects.stake)
                for i in again
            ]
            redone = self._run([batch[i] for i in again], self._small, expecting)
            for i, one in zip(again, redone, strict=True):
                found[i] = one
        return [self._shifted(chances(one)) for one in found]

    def _shifted(self, quick: Chances) -> Chances:
        """The scenario's own chances plus the difference on few draws."""
        told: Chances = {}
        for name, now in quick.items():
            if name in self.base and name in self._quick_base:
                p = self.base[name].p + now.p - self._quick_base[name].p
                told[name] = Estimate(min(max(p, 0.0), 1.0), now.mc_se)
        return told

    def _run(
        self, batch: list[Scenario], plan: Plan, scouts: list[Scout] | None = None
    ) -> list[Outcomes]:
        return run(
            self._structure, batch, plan, executor=self._executor,
            chunk=min(self._chunk, plan.draws), why=False, scouts=scouts,
        )  # fmt: skip


def chances(outcomes: Outcomes) -> Chances:
    """Every probability, and how often there is a zone; none whose condition is too rare."""
    found = {ZONE: share(outcomes.zone > 0)}
    for name, (happened, given) in events(outcomes).items():
        if outcomes.cause is None and name in {"held", "tangible"}:
            continue  # meeting is taken as given
        if given is None:
            found[name] = share(happened)
        elif int(given.sum()) >= FEW:
            found[name] = share(happened[given])
    return found
