"""What a run says draw by draw, besides what happened: what each issue gets, counts, and days."""

from __future__ import annotations

import numpy as np

from detente.arrays import Floats, Ints
from detente.ensemble.chunk import Outcomes, space_for
from detente.model.structure import Structure


def options_got(structure: Structure, outcomes: Outcomes) -> Ints:
    """The option that each issue gets, within its issue: shape (draw, issue).

    Where there is no deal every issue keeps its status quo.
    """
    starts = np.asarray(structure.starts)
    kept = np.asarray(structure.status_quo) - starts
    agreed = space_for(structure).positions_of(outcomes.package) - starts
    return np.where(outcomes.deal[:, None], agreed, kept)


def issues_changed(structure: Structure, outcomes: Outcomes) -> Ints:
    """How many issues leave their status quo: shape (draw,), 0 without a deal."""
    kept = np.asarray(structure.status_quo) - np.asarray(structure.starts)
    return (options_got(structure, outcomes) != kept).sum(axis=1)


def places_got(structure: Structure, outcomes: Outcomes, issue: str, places: Floats) -> Floats:
    """Where on its scale the option stands that an issue gets: shape (draw,).

    ``places`` has shape (option,), those of the issue in the file's order.
    """
    return places[options_got(structure, outcomes)[:, structure.issues.index(issue)]]


def last_days(outcomes: Outcomes, ahead: int) -> Ints:
    """The day on which each run-up ends, counted from the announcement: shape (draw,).

    It is the last day of the step in which the meeting was called off or war came, the eve where
    that is judged, and the day of the meeting, ``ahead``, where it is held.
    """
    assert outcomes.days is not None
    return np.where(outcomes.held, ahead, np.rint(outcomes.days).astype(np.int64) - 1)
