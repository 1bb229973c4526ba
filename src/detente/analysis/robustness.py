"""Does the answer survive another theory of bargaining?

The same scenarios are run under every protocol on the same random numbers. A conclusion
is something a reader would take away: likelier than not, likelier than the meeting
before, held by most deals. It counts under a protocol only where it is clear of Monte
Carlo error there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Literal

import numpy as np

from detente.analysis.pooling import FEW, Difference, change, pooled
from detente.analysis.probabilities import Estimate, Event, events, probabilities
from detente.analysis.targets import must_be_modelled, usual
from detente.bargaining.layout import MOST_ENUMERATED
from detente.bargaining.protocols import NASH, PROTOCOLS
from detente.bargaining.space import NO_PACKAGE
from detente.ensemble.chunk import Outcomes, space_for
from detente.ensemble.run import CHUNK, Progress, run
from detente.model.structure import Structure, structure_of
from detente.sampling.draws import Plan
from detente.situation.quantities import Quantity
from detente.situation.scenarios import Scenario, scenarios
from detente.situation.schema import Situation
from detente.sources.claims import Claims

Sort = Literal["likely", "rises", "option"]
Verdict = bool | None  # None: too close, or too few draws, to tell
EVEN, CLEAR = 0.5, 1.96


@dataclass(frozen=True, slots=True)
class Conclusion:
    """Something to take away, and under which protocols it holds.

    Attributes:
        sort: ``likely``, the target is likelier than not; ``rises``, it is likelier than
            in the meeting before; ``option``, most deals hold the option.
        reading: under which reading.
        detail: the option, or the meeting before; else empty.
        holds: by protocol; None where it cannot be told.
    """

    sort: Sort
    reading: str | None
    detail: str
    holds: dict[str, Verdict]

    @property
    def settled(self) -> bool:
        """Whether every protocol says the same, and says it clearly."""
        return len(set(self.holds.values())) == 1 and None not in self.holds.values()

    @property
    def odd(self) -> tuple[str, bool] | None:
        """The one protocol that differs from all others, and what it says; None if none does."""
        for verdict in (True, False):
            lone = [name for name, held in self.holds.items() if held is verdict]
            rest = {held for name, held in self.holds.items() if name not in lone}
            if len(lone) == 1 and len(self.holds) > 2 and rest == {not verdict}:
                return lone[0], verdict
        return None


@dataclass(frozen=True, slots=True)
class Under:
    """One reading under one protocol.

    Attributes:
        probabilities: of the meeting.
        change: the target here less that under asymmetric Nash.
        options: share of deals that hold each option which changes something.
    """

    probabilities: dict[str, Estimate]
    change: Difference | None
    options: dict[str, float]


@dataclass(frozen=True, slots=True)
class Robustness:
    """One meeting under every protocol.

    Attributes:
        round: the meeting; ``before``: the one it is compared with, None if none is.
        target: the probability that conclusions are about.
        protocols: names, asymmetric Nash first.
        left_out: protocols that do not take so many principals.
        found: by reading, then by protocol.
        conclusions: of chances, all; of options, those that most deals hold under some protocol.
    """

    round: str | None
    before: str | None
    target: str
    protocols: tuple[str, ...]
    left_out: tuple[str, ...]
    found: dict[str | None, dict[str, Under]]
    conclusions: tuple[Conclusion, ...]


def robustness(
    situation: Situation,
    claims: Claims | None,
    round_: str | None,
    plan: Plan,
    *,
    before: str | None = None,
    protocols: Sequence[str] = (),
    readings: Sequence[str] = (),
    target: str | None = None,
    patch: Mapping[str, Quantity] | None = None,
    executor: Executor | None = None,
    chunk: int = CHUNK,
    progress: Progress | None = None,
) -> Robustness:
    """Run one meeting, and the one ``before`` if given, under every protocol.

    Args:
        situation: what is bargained over.
        claims: what some readings do not believe.
        round_: the meeting, None where the situation has no rounds.
        plan: draws and seed.
        before: an earlier meeting to compare with.
        protocols: names; by default all. Asymmetric Nash is always among them.
        readings: names; by default all.
        target: the probability that conclusions are about.
        patch: what the command line lays over every scenario.
        executor: where chunks go.
        chunk: draws a task.
        progress: called after each chunk.

    Raises:
        UsageError: an unknown reading, round or protocol, or a target that is not modelled.
    """
    structure = structure_of(situation)
    names, left_out = _usable(structure, protocols)
    wanted = _wanted(situation, claims, round_, readings, patch)
    earlier = _wanted(situation, claims, before, readings, patch) if before is not None else []
    if target is not None:
        must_be_modelled(structure, wanted, target)
    columns: dict[str, list[_Kept]] = {}
    for index, name in enumerate(names):
        outcomes = run(
            structure, [*wanted, *earlier], plan, executor=executor, chunk=chunk, why=False,
            protocol=name, progress=_shifted(progress, index, len(names)),
        )  # fmt: skip
        columns[name] = [_kept(structure, one) for one in outcomes]
    goal = target or _usual(columns[NASH][0])
    readings_ = [scenario.reading for scenario in wanted]
    found = {
        reading: {
            name: Under(
                columns[name][i].probabilities,
                _change(columns[NASH][i], columns[name][i], goal),
                columns[name][i].options,
            )
            for name in names
        }
        for i, reading in enumerate(readings_)
    }
    told = _conclusions(readings_, names, columns, goal, before)
    return Robustness(round_, before, goal, names, left_out, found, tuple(told))


def _usable(structure: Structure, wanted: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Protocols to run, asymmetric Nash first, and those that cannot be."""
    from_all = tuple(wanted) or tuple(PROTOCOLS)
    names = tuple(dict.fromkeys((NASH, *from_all)))
    out = tuple(name for name in names if name in PROTOCOLS and not _takes(structure, name))
    return tuple(name for name in names if name not in out), out


def _takes(structure: Structure, name: str) -> bool:
    """Whether a protocol takes a situation of so many principals and packages, and its rule."""
    one = PROTOCOLS[name]
    return not (
        (one.two_only and structure.principals != 2)
        or (one.unanimity_only and structure.quorum is not None)
        or (one.branch is None and structure.packages > MOST_ENUMERATED)
    )


def _wanted(
    situation: Situation, claims: Claims | None, round_: str | None, readings: Sequence[str],
    patch: Mapping[str, Quantity] | None,
) -> list[Scenario]:  # fmt: skip
    rounds = (round_,) if round_ is not None else ()
    return scenarios(situation, claims, rounds=rounds, readings=readings, patch=patch)


def _shifted(progress: Progress | None, index: int, of: int) -> Progress | None:
    if progress is None:
        return None
    return lambda done, every: progress(index * every + done, of * every)


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is kept of a run."""

    events: dict[str, Event]
    probabilities: dict[str, Estimate]
    options: dict[str, float]
    deals: int


def _kept(structure: Structure, outcomes: Outcomes) -> _Kept:
    known = probabilities(outcomes)
    told = {name: event for name, event in events(outcomes).items() if name in known}
    deals = int(np.count_nonzero(outcomes.deal))
    return _Kept(told, known, _options(structure, outcomes, deals), deals)


def _options(structure: Structure, outcomes: Outcomes, deals: int) -> dict[str, float]:
    """Share of deals that hold each option which changes something; empty without deals."""
    agreed = outcomes.package[outcomes.deal & (outcomes.package != NO_PACKAGE)]
    if not deals:
        return {}
    held = space_for(structure).positions_of(agreed)
    unchanged = set(structure.status_quo)
    return {
        option.ref: float((held == place).any(axis=1).mean())
        for place, option in enumerate(structure.options)
        if place not in unchanged
    }


def _usual(kept: _Kept) -> str:
    return usual(dated="tangible" in kept.probabilities)


def _change(first: _Kept, second: _Kept, target: str) -> Difference | None:
    if target not in first.events or target not in second.events:
        return None
    one, other = (pooled([1.0], [kept.events[target]]) for kept in (first, second))
    return None if one is None or other is None else change(one, other)


def _conclusions(
    readings: Sequence[str | None],
    names: Sequence[str],
    columns: Mapping[str, Sequence[_Kept]],
    target: str,
    before: str | None,
) -> list[Conclusion]:
    found: list[Conclusion] = []
    for index, reading in enumerate(readings):

        def told(sort: Sort, detail: str, judge: Callable[[str], Verdict]) -> None:
            holds = {name: judge(name) for name in names}
            if sort != "option" or any(verdict is not None for verdict in holds.values()):
                found.append(Conclusion(sort, reading, detail, holds))  # noqa: B023 -- called at once

        def likely(name: str, i: int = index) -> Verdict:
            return _above(columns[name][i].probabilities.get(target))

        def rises(name: str, i: int = index) -> Verdict:
            pair = columns[name][i + len(readings)], columns[name][i]
            return _rises(_change(*pair, target))

        told("likely", "", likely)
        if before is not None:
            told("rises", before, rises)
        refs = dict.fromkeys(ref for name in names for ref in columns[name][index].options)
        for ref in refs:

            def most(name: str, i: int = index, ref: str = ref) -> Verdict:
                return _most(columns[name][i], ref)

            told("option", ref, most)
    return [c for c in found if c.sort != "option" or any(c.holds.values())]


def _above(found: Estimate | None) -> Verdict:
    """Whether a chance is above one half, where Monte Carlo error lets it be told."""
    if found is None or abs(found.p - EVEN) <= CLEAR * found.mc_se:
        return None
    return found.p > EVEN


def _rises(found: Difference | None) -> Verdict:
    if found is None or abs(found.points) <= CLEAR * found.se:
        return None
    return found.points > 0.0


def _most(kept: _Kept, ref: str) -> Verdict:
    """Whether most deals hold an option, where there are enough deals to tell."""
    if kept.deals < FEW:
        return None
    share = kept.options.get(ref, 0.0)
    return _above(Estimate(share, float(np.sqrt(share * (1.0 - share) / kept.deals))))
