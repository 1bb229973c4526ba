"""What one scenario of a run says of an event, as the value of a forecast.

Draws in which the event is not defined are left out: those without the condition it names,
and for days those in which what is dated does not come. Without a deal an issue keeps its
status quo, whose option it then gets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

from detente.analysis.answer import Run
from detente.analysis.per_draw import issues_changed, last_days, options_got, places_got
from detente.analysis.probabilities import Estimate, share
from detente.arrays import Bools, Ints
from detente.ensemble.chunk import Outcomes
from detente.errors import UsageError
from detente.ledger.events import (
    CALLED_OFF,
    CONDITIONED,
    ENDING,
    ENDINGS,
    MONTHS,
    OPTION,
    OUTCOME_DAY,
    PROBABILITIES,
    WAR_DAY,
    Event,
)
from detente.ledger.records import Probability, Sample, Shares, Value
from detente.model.causes import CAUSES, IN_TENSION, NO_RESULT, WAR
from detente.model.structure import structure_of

MOST_VALUES = 1_000  # of a sample: what thinning costs is small beside the Monte Carlo error
MOST_MONTHS = 1_200.0  # a lifetime beyond a century counts as one
DATED = {
    CALLED_OFF: (IN_TENSION, NO_RESULT), WAR_DAY: (WAR,), OUTCOME_DAY: tuple(CAUSES),
}  # fmt: skip

Numbers = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class ReadOff:
    """A value, how many draws it rests on, and its Monte Carlo error where it is a share.

    ``counted`` is None for a probability that a run prints, whose error says how many. Of several
    shares ``mc_se`` is the largest; None for a sample.
    """

    value: Value
    counted: int | None
    mc_se: float | None = None


def read_off(run: Run, index: int, event: Event) -> ReadOff | None:
    """What scenario ``index`` of a run says; None where it does not have the event.

    Raises UsageError where the outcomes were too many to keep in memory.
    """
    if event.what in PROBABILITIES:
        return _probability(run, index, event.what.replace("-", "_"))
    if not run.outcomes:
        raise UsageError(
            f"--event {event.text}: {run.plan.draws:,} draws are too many to keep in memory, and "
            "this is read off each of them; 10,000 are plenty; lower --draws"
        )
    outcomes = run.outcomes[index]
    if event.what in DATED:
        return _dates(run, index, event.what)
    if event.what == ENDING:
        return None if outcomes.cause is None else _endings(outcomes.cause, event.answers)
    rows = _rows(outcomes, event)
    if rows is None or not rows.any():
        return None
    if event.what == OPTION:
        return _options(run, outcomes, event, rows)
    numbers = _numbers(run, outcomes, event)
    return None if numbers is None else _sample(numbers[rows])


def _probability(run: Run, index: int, key: str) -> ReadOff | None:
    estimate = run.answers[index].probabilities.get(key)
    return None if estimate is None else ReadOff(Probability(p=estimate.p), None, estimate.mc_se)


def _endings(cause: Ints, answers: Mapping[str, str]) -> ReadOff:
    found = {answers[name]: share(cause == code) for code, name in ENDINGS.items()}
    return _shares(found, len(cause))


def _shares(found: Mapping[str, Estimate], counted: int) -> ReadOff:
    shares = {name: estimate.p for name, estimate in found.items()}
    return ReadOff(Shares(shares=shares), counted, max(e.mc_se for e in found.values()))


def _rows(outcomes: Outcomes, event: Event) -> Bools | None:
    """The draws that an event is about; None where the scenario does not model what it needs."""
    if event.what == MONTHS or event.given == "deal":
        return outcomes.deal
    if event.given == "held":
        return outcomes.held
    if event.what in CONDITIONED and outcomes.cause is None:
        return None  # without dates the meeting is taken as held
    return np.ones(len(outcomes), dtype=np.bool_)


def _options(run: Run, outcomes: Outcomes, event: Event, rows: Bools) -> ReadOff:
    """The shares of an issue's options, or that of one of them."""
    structure = structure_of(run.situation)
    got = options_got(structure, outcomes)[rows, structure.issues.index(event.issue)]
    names = list(run.situation.issues[event.issue].options)
    if event.option:
        estimate = share(got == names.index(event.option))
        return ReadOff(Probability(p=estimate.p), len(got), estimate.mc_se)
    return _shares({event.answers[n]: share(got == at) for at, n in enumerate(names)}, len(got))


def _numbers(run: Run, outcomes: Outcomes, event: Event) -> Numbers | None:
    """A number for each draw; None where the scenario does not model it."""
    structure = structure_of(run.situation)
    match event.what:
        case "position":
            options = run.situation.issues[event.issue].options.values()
            places = np.array([np.nan if body.at is None else body.at for body in options])
            return places_got(structure, outcomes, event.issue, places)
        case "changes":
            return issues_changed(structure, outcomes)
        case "zone":
            return outcomes.zone
        case "incidents":
            return outcomes.incidents
        case _:
            return None if outcomes.months is None else np.minimum(outcomes.months, MOST_MONTHS)


def _dates(run: Run, index: int, what: str) -> ReadOff | None:
    """The days on which run-ups end, of those that end so; None where there are none."""
    outcomes, scenario = run.outcomes[index], run.scenarios[index]
    announced = _announced(run, index)
    if outcomes.cause is None or scenario.calendar is None or announced is None:
        return None
    rows = np.isin(outcomes.cause, DATED[what])
    if not rows.any():
        return None
    days = last_days(outcomes, scenario.calendar.ahead)[rows]
    kept = thinned(days).tolist()
    points = tuple((announced + timedelta(days=day)).isoformat() for day in kept)
    return ReadOff(Sample(values=points), len(days))


def _announced(run: Run, index: int) -> date | None:
    round_ = run.scenarios[index].round
    return None if round_ is None else run.situation.rounds[round_].announced


def _sample(column: Numbers) -> ReadOff:
    return ReadOff(Sample(values=tuple(thinned(column).tolist())), len(column))


def thinned(column: Numbers) -> Numbers:
    """Values in order, at most MOST_VALUES of them evenly spaced by rank: shape (value,)."""
    rising, n = np.sort(column), len(column)
    if n <= MOST_VALUES:
        return rising
    return rising[(2 * np.arange(MOST_VALUES) + 1) * n // (2 * MOST_VALUES)]
