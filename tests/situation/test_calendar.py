"""The days of a round's run-up, counted back from the meeting."""

from __future__ import annotations

import pytest

from detente.situation.calendar import Calendar, calendar_of
from detente.situation.load import loads
from detente.situation.schema import Situation

FILE = """detente: 1
title: T
actors:
  a: {name: A, role: principal}
  b: {name: B, role: principal}
issues:
  i: {status_quo: n, options: {n: "", x: ""}, salience: {a: low, b: low}}
runup:
  step: STEP
  lookback: 20
  recorded:
    - {id: too-early, date: 2024-02-09, severity: low}
    - {id: first-day, date: 2024-02-10, severity: low}
    - {id: announcement, date: 2024-03-01, severity: low}
    - {id: eve, date: 2024-03-10, severity: low}
    - {id: day-itself, date: 2024-03-11, severity: low}
    - {id: later, date: 2024-04-01, severity: low}
rounds:
  planned: {title: P, announced: 2024-03-01, planned: 2024-03-11}
  met: {title: M, announced: 2024-03-01, met: 2024-03-11}
  moved: {title: V, announced: 2024-03-01, planned: 2024-03-11, met: 2024-03-20}
  unannounced: {title: U, planned: 2024-03-11}
  undated: {title: D, announced: 2024-03-01}
  same-day: {title: S, announced: 2024-03-11, planned: 2024-03-11}
"""


def situation(step: int = 1) -> Situation:
    """Six incidents around three dates of one meeting."""
    return loads(FILE.replace("STEP", str(step)).encode()).situation


def test_incidents_count_from_the_look_back_to_the_eve() -> None:
    """Both ends are days of the run-up; the day of the meeting is not. 2024 is a leap year."""
    found = calendar_of(situation(), "planned")
    assert found == Calendar(
        1, 10, 20, (("first-day", 30), ("announcement", 10), ("eve", 1))
    )  # fmt: skip
    assert found is not None
    assert found.days == 30


def test_a_meeting_counts_from_the_day_it_was_planned_for_or_else_was_held() -> None:
    """A meeting that was moved has the run-up that everybody expected."""
    given = situation()
    assert calendar_of(given, "met") == calendar_of(given, "planned")
    assert calendar_of(given, "moved") == calendar_of(given, "planned")


@pytest.mark.parametrize("round_", ["unannounced", "undated", None])
def test_without_both_dates_there_is_no_run_up(round_: str | None) -> None:
    """The meeting is then taken as held."""
    assert calendar_of(situation(), round_) is None


def test_a_meeting_on_the_day_of_its_announcement_still_looks_back() -> None:
    """Nothing lies ahead, but what came before counts."""
    found = calendar_of(situation(), "same-day")
    assert found is not None
    assert (found.ahead, found.days) == (0, 20)
    assert [name for name, _ in found.recorded] == ["announcement", "eve"]


def test_the_step_is_the_situation_s() -> None:
    """Days are the same, however long the steps."""
    daily, weekly = (calendar_of(situation(step), "planned") for step in (1, 7))
    assert daily is not None
    assert weekly is not None
    assert (daily.step, weekly.step) == (1, 7)
    assert daily.recorded == weekly.recorded
