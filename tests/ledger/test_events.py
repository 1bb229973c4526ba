"""Events of a run: each fits one kind of question, and what does not fit is told at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from detente.errors import UsageError
from detente.ledger.events import EVENTS, event_for
from detente.ledger.records import Question
from detente.situation.schema import Situation

Ask = Callable[..., Question]
OPTIONS: dict[str, dict[str, Any]] = {"one-of": {"options": ("shut", "open")}}


def test_every_event_fits_its_kind_alone(three_acts: Situation, a_question: Ask) -> None:
    """Of another kind it is refused, with the events that are allowed."""
    events = {
        kind: [name.replace("ISSUE", "bridge").replace("OPTION", "open") for name in names]
        for kind, names in EVENTS.items()
    }
    for kind in EVENTS:
        question = a_question(kind=kind, **OPTIONS.get(kind, {}))
        for of, names in events.items():
            for name in names:
                if of == kind and name not in {"ending", "position.bridge"}:
                    assert event_for(question, name, three_acts).text == name
                if of != kind:
                    with pytest.raises(UsageError, match=f"answers a {of} question") as told:
                        event_for(question, name, three_acts)
                    assert EVENTS[kind][0] in str(told.value)


@pytest.mark.parametrize(
    ("kind", "event", "told"),
    [
        ("yes-no", "peace", "no event of a run; for a yes-no question held, deal"),
        ("yes-no", "option.bridge.opne", "did you mean open"),
        ("one-of", "option.brigde", "did you mean bridge"),
        ("one-of", "option.", "no event"),
        ("one-of", "option", "no event"),
        ("one-of", "option-given-peace.bridge", "no event"),
        ("one-of", "option-given-.bridge", "no event"),
        ("one-of", "ending-given-held", "no event"),
        ("number", "position.bridge", "shut, open of bridge have no place on a scale"),
        ("number", "changes.bridge", "no event"),
        ("number", None, "position.ISSUE, changes, zone, incidents, months-given-deal are allowed"),
        ("date", None, "called-off-day, war-day, outcome-day are allowed"),
    ],
)
def test_what_does_not_fit_says_what_does(
    kind: str, event: str | None, told: str, three_acts: Situation, a_question: Ask
) -> None:
    """Found, allowed, and the nearest name."""
    with pytest.raises(UsageError, match=told):
        event_for(a_question(kind=kind, **OPTIONS.get(kind, {})), event, three_acts)


def test_a_yes_no_question_has_a_usual_event(three_acts: Situation, a_question: Ask) -> None:
    """Without a name it is tangible, as ever."""
    assert event_for(a_question(), None, three_acts).what == "tangible"


def test_every_mismatch_of_options_is_told(three_acts: Situation, a_question: Ask) -> None:
    """Unknown, doubled and missing options, all in one message."""
    options = ("Nobody  crosses", "shut", "half open", "ajar")
    with pytest.raises(UsageError) as told:
        event_for(a_question(kind="one-of", options=options), "option.bridge", three_acts)
    lines = str(told.value).splitlines()
    assert [line.split("bridge: ")[-1] for line in lines[:4]] == [
        "its options 'Nobody  crosses' and 'shut' are both shut",
        "its option 'half open' is none of the run's",
        "its option 'ajar' is none of the run's",
        "it has no option for open (everybody crosses)",
    ]
    assert "one option for each of shut (nobody crosses), open (everybody crosses)" in lines[-1]
