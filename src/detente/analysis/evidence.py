"""What happened, as columns: in which draws did a recorded event come true?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from detente.addresses import suggestion
from detente.arrays import Bools
from detente.ensemble.chunk import Outcomes
from detente.errors import UsageError
from detente.model.causes import HELD, IN_TENSION, NO_RESULT, WAR
from detente.situation.schema import Event, Situation

OTHER = "other"  # an event that no column of the outcomes tells of
_CAUSES = {
    "called-off-in-tension": IN_TENSION,
    "called-off-without-prospect": NO_RESULT,
    "war": WAR,
}


def chosen_events(
    situation: Situation, names: Sequence[str] = (), *, every: bool = False
) -> tuple[Event, ...]:
    """The events that may weigh readings, in order of their dates.

    Those named; or all, with ``every``; or else those after ``as_of``: what a reading
    was written in knowledge of is in it already, and would count twice.

    Raises UsageError for an unknown name, or one whose outcome the model does not tell.
    """
    known = {event.id: event for event in situation.events}
    for name in names:
        if name not in known:
            raise UsageError(
                f"--event {name}: not in this situation; an event of it; {suggestion(name, known)}"
            )
        if known[name].outcome == OTHER:
            raise UsageError(
                f"--event {name}: its outcome is {OTHER}, which no draw has; an event whose "
                "outcome is held, not-held, deal, no-deal …; give it such an outcome if one fits"
            )
    wanted = [
        event
        for event in situation.events
        if (event.id in names if names else every or _is_new(situation, event))
        and event.outcome != OTHER
    ]
    return tuple(sorted(wanted, key=lambda event: (event.date, situation.events.index(event))))


def _is_new(situation: Situation, event: Event) -> bool:
    return situation.as_of is None or event.date > situation.as_of


def came_true(event: Event, outcomes: Outcomes) -> Bools:
    """In which draws the event happened: shape (draw,)."""
    if event.outcome in _CAUSES:
        return caused(outcomes, _CAUSES[event.outcome])
    held = outcomes.held
    table = {
        "held": held,
        "not-held": ~held,
        "deal": outcomes.deal,
        "no-deal": ~outcomes.deal,
        "tangible": outcomes.tangible,
        "not-tangible": ~outcomes.tangible,
    }
    return table[event.outcome]


def caused(outcomes: Outcomes, cause: int) -> Bools:
    """In which draws the run-up ended so: shape (draw,); a round without one is held."""
    if outcomes.cause is None:
        return np.full(len(outcomes), cause == HELD)
    return outcomes.cause == cause
