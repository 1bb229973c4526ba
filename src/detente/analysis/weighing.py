"""Rival readings weighed by what happened, by Bayes' rule on simulated likelihoods.

The likelihood of an event under a reading is the share of that reading's draws in which
it comes true. Draws carry the reading's inputs from round to round, while chance works
on each round independently; so several events are weighed jointly, and what they say of
the inputs is kept. The next observation worth having is the one that would tell most.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace

from detente.analysis.evidence import chosen_events
from detente.analysis.indicators import Indicator, indicators
from detente.analysis.pooling import pooled
from detente.analysis.probabilities import Estimate, events, probabilities
from detente.analysis.updating import Known, Step, counting, known_event, weights_by_event
from detente.analysis.weights import prior_weights
from detente.arrays import Bools
from detente.ensemble.chunk import Outcomes
from detente.ensemble.run import CHUNK, Progress, run
from detente.errors import UsageError
from detente.model.structure import structure_of
from detente.sampling.draws import Plan
from detente.situation.quantities import Quantity
from detente.situation.scenarios import AS_WRITTEN, scenarios
from detente.situation.schema import Event, Situation
from detente.sources.claims import Claims

AGAIN = "(again)"  # no round can be called that


@dataclass(frozen=True, slots=True)
class Weighing:
    """Readings side by side, weighed.

    Attributes:
        round: the meeting that the forecasts are of.
        resolved: whether a counted event tells of that meeting, so that ``after`` and the
            indicators are of a further one on the same terms.
        steps: prior weights first, then event by event.
        known: events that do not count, since readings were written knowing them.
        by_reading: each reading's probabilities of the meeting.
        before, after: the probabilities over readings, by prior and by last weights.
        if_known_counted: the last weights if the known events counted as well; empty where
            there are none, or where all together come true in no draw.
        indicators: what could be seen next, most telling first.
    """

    round: str | None
    resolved: bool
    steps: tuple[Step, ...]
    known: tuple[Known, ...]
    by_reading: dict[str, dict[str, Estimate]]
    before: dict[str, Estimate]
    after: dict[str, Estimate]
    if_known_counted: dict[str, Estimate]
    indicators: tuple[Indicator, ...]

    @property
    def readings(self) -> tuple[str, ...]:
        """The readings, in order."""
        return tuple(self.steps[0].weights)

    @property
    def events(self) -> tuple[Event, ...]:
        """The events that counted."""
        return tuple(step.event for step in self.steps if step.event is not None)


def weigh(
    situation: Situation,
    claims: Claims | None,
    round_: str | None,
    plan: Plan,
    *,
    readings: Sequence[str] = (),
    event_names: Sequence[str] = (),
    every_event: bool = False,
    weights: Mapping[str, float] | None = None,
    patch: Mapping[str, Quantity] | None = None,
    executor: Executor | None = None,
    chunk: int = CHUNK,
    progress: Progress | None = None,
) -> Weighing:
    """Weigh the readings by what happened, and forecast ``round_`` with the new weights.

    Args:
        situation: at least two readings.
        claims: what some readings do not believe.
        round_: the meeting to forecast, None where the situation has no rounds.
        plan: draws and seed.
        readings: names; by default all.
        event_names: the events that count; by default those after ``as_of``.
        every_event: count all, known beforehand or not.
        weights: of readings, in place of their priors.
        patch: what the command line lays over every scenario.
        executor: where chunks go.
        chunk: draws a task.
        progress: called after each chunk.

    Raises:
        UsageError: fewer than two readings; an unknown reading, round or event; events
            that come true in no draw of any reading.
    """
    names = tuple(dict.fromkeys(readings)) or tuple(situation.readings)
    if AS_WRITTEN in names:
        raise UsageError(
            f"--reading {AS_WRITTEN}: the file under no reading has no weight; readings of the "
            f"file; {', '.join(situation.readings) or 'none is defined yet'}"
        )
    if len(names) < 2:
        raise UsageError(
            f"{len(names)} {'reading' if len(names) == 1 else 'readings'}; at least two can be "
            "weighed against each other; name another, or add one under readings: in the file"
        )
    counted = chosen_events(situation, event_names, every=every_event)
    others = tuple(e for e in chosen_events(situation, every=True) if e not in counted)
    resolved = any(event.round == round_ for event in counted)
    wanted = [round_, *(event.round for event in (*counted, *others))]
    runs = _Runs(situation, claims, names, plan, patch, executor, chunk)
    table = runs.of(dict.fromkeys(wanted), round_, again=resolved, progress=progress)
    prior = prior_weights(situation, names, weights)
    pi = [prior[name] for name in names]
    steps, evidence = weights_by_event(names, pi, counted, table)
    target = table[AGAIN] if resolved else table[round_]
    structure = structure_of(situation)
    return Weighing(
        round_,
        resolved,
        steps,
        tuple(known_event(names, event, table[event.round]) for event in others),
        {n: probabilities(o) for n, o in zip(names, table[round_], strict=True)},
        _forecast(pi, table[round_]),
        _forecast(pi, target, evidence),
        counting(names, pi, (*others, *counted), table) if others else {},
        indicators(structure, names, pi, round_, counted, table, target, evidence, again=resolved),
    )


@dataclass(frozen=True, slots=True)
class _Runs:
    """How every round is run under every reading."""

    situation: Situation
    claims: Claims | None
    readings: tuple[str, ...]
    plan: Plan
    patch: Mapping[str, Quantity] | None
    executor: Executor | None
    chunk: int

    def of(
        self, rounds: Iterable[str | None], target: str | None, *, again: bool,
        progress: Progress | None,
    ) -> dict[str | None, list[Outcomes]]:  # fmt: skip
        """Outcomes by round, one a reading; under AGAIN, of a further meeting like the target.

        The target's are those that ``run`` gives; chance works on others independently.
        """
        lucks = [(r, r, "" if r == target else f"round {r}") for r in rounds]
        lucks += [(AGAIN, target, AGAIN)] if again else []
        structure, found = structure_of(self.situation), dict[str | None, list[Outcomes]]()
        for index, (key, name, luck) in enumerate(lucks):
            wanted = scenarios(
                self.situation, self.claims, readings=self.readings, patch=self.patch,
                rounds=(name,) if name is not None else (),
            )  # fmt: skip
            found[key] = run(
                structure, wanted, replace(self.plan, luck=luck),
                executor=self.executor, chunk=self.chunk, why=False,
                progress=_shifted(progress, index, len(lucks)),
            )  # fmt: skip
        return found


def _shifted(progress: Progress | None, index: int, of: int) -> Progress | None:
    """Progress of one run among several of equal length."""
    if progress is None:
        return None
    return lambda done, every: progress(index * every + done, of * every)


def _forecast(
    prior: Sequence[float], outcomes: Sequence[Outcomes], evidence: Sequence[Bools] | None = None
) -> dict[str, Estimate]:
    """Every probability over readings that all of them carry."""
    each = [events(one) for one in outcomes]
    carried = [probabilities(one) for one in outcomes]
    names = [n for n in each[0] if all(n in e for e in each) and any(n in c for c in carried)]
    found = {name: pooled(prior, [one[name] for one in each], evidence) for name in names}
    return {name: one.estimate for name, one in found.items() if one is not None}
