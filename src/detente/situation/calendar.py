"""When things happen in a round, counted back from the day of the meeting."""

from __future__ import annotations

from dataclasses import dataclass

from detente.situation.schema import Situation


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of one round's run-up.

    Attributes:
        step: days a step.
        ahead: days from the announcement to the meeting.
        lookback: days before the announcement from which recorded incidents count.
        recorded: incidents that have happened, each with its days before the meeting.
    """

    step: int
    ahead: int
    lookback: int
    recorded: tuple[tuple[str, int], ...]

    @property
    def days(self) -> int:
        """Days in all, from the start of the look back to the meeting."""
        return self.lookback + self.ahead


def calendar_of(situation: Situation, round_: str | None) -> Calendar | None:
    """The calendar of a round, or None where its dates are not given.

    A meeting counts from the day it was planned for, or else the day it was held.
    Incidents on or after the day of the meeting are none of its run-up.
    """
    if round_ is None:
        return None
    body, runup = situation.rounds[round_], situation.runup
    meeting = body.planned or body.met
    if body.announced is None or meeting is None:
        return None
    ahead = (meeting - body.announced).days
    recorded = [(incident.id, (meeting - incident.date).days) for incident in runup.recorded]
    days = ahead + runup.lookback
    within = tuple((name, before) for name, before in recorded if 0 < before <= days)
    return Calendar(runup.step, ahead, runup.lookback, within)
