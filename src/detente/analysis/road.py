"""The road to the meeting: how tension and fear move, and why meetings fall through."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.analysis.probabilities import Estimate, share
from detente.arrays import Floats, Ints
from detente.model.causes import CAUSES
from detente.model.runup import Scout, walk
from detente.model.structure import Structure
from detente.sampling.draws import Draws, Plan
from detente.situation.scenarios import Scenario
from detente.situation.schema import Situation

SAMPLE = 1000  # paths the fan is drawn from
BANDS = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True, slots=True)
class FanDay:
    """Where tension or fear lies on one day: the quantiles of BANDS, each 0..1.

    ``day`` counts from the announcement; before it, days are negative.
    """

    day: int
    quantiles: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A recorded incident on the fan."""

    day: int
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Road:
    """The run-up of one scenario.

    Attributes:
        causes: how runs of it end, by cause in words; they sum to 1.
        incidents: mean number of incidents after the announcement.
        tension, fear: fans over the days.
        marks: recorded incidents, in order of their days.
        meeting: day of the meeting, counted from the announcement.
    """

    causes: dict[str, Estimate]
    incidents: float
    tension: tuple[FanDay, ...]
    fear: tuple[FanDay, ...]
    marks: tuple[Mark, ...]
    meeting: int


def road(
    situation: Situation,
    structure: Structure,
    scenario: Scenario,
    scout: Scout,
    plan: Plan,
    cause: Ints | None,
    incidents: float | None,
) -> Road | None:
    """The run-up of a scenario; None where its round has no dates.

    ``cause`` is that of every draw, ``incidents`` their mean number.
    """
    calendar = scenario.calendar
    if calendar is None or cause is None or incidents is None:
        return None
    draws = Draws(scenario.values, plan, 0, min(SAMPLE, plan.draws))
    track = walk(draws, calendar, structure.incident_kinds, scout, track=True).track
    assert track is not None
    # the last day of each step; that of the last is the eve
    days = [calendar.ahead - 1 - after * calendar.step for after in range(track.shape[1])][::-1]
    names = {incident.id: incident.name or incident.id for incident in situation.runup.recorded}
    marks = [Mark(calendar.ahead - before, name, names[name]) for name, before in calendar.recorded]
    return Road(
        {text: share(cause == code) for code, text in CAUSES.items()},
        incidents,
        _fan(days, track[:, :, 0]),
        _fan(days, track[:, :, 1]),
        tuple(sorted(marks, key=lambda mark: (mark.day, mark.id))),
        calendar.ahead,
    )


def _fan(days: list[int], level: Floats) -> tuple[FanDay, ...]:
    """Quantiles over draws, day by day. ``level`` has shape (draw, step)."""
    quantiles = np.quantile(level, BANDS, axis=0).T
    return tuple(
        FanDay(day, tuple(float(q) for q in row)) for day, row in zip(days, quantiles, strict=True)
    )
