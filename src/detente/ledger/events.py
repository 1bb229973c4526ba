"""Which event of a run answers a question: the names there are, and whether one fits.

A name may say of which issue and option it is, after dots, and of which draws: ``option`` takes
all of them, ``option-given-held`` those in which they meet, ``option-given-deal`` those with a
deal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from detente.addresses import suggestion
from detente.analysis.probabilities import NAMES
from detente.errors import UsageError
from detente.ledger.counterparts import counterparts
from detente.ledger.records import Kind, Question
from detente.model.causes import CAUSES
from detente.situation.schema import Situation

Given = Literal["all", "held", "deal"]

PROBABILITIES = tuple(name.replace("_", "-") for name in NAMES)
OPTION, POSITION, CHANGES = "option", "position", "changes"
ENDING, ZONE, INCIDENTS, MONTHS = "ending", "zone", "incidents", "months-given-deal"
CALLED_OFF, WAR_DAY, OUTCOME_DAY = "called-off-day", "war-day", "outcome-day"
ENDINGS = dict(zip(CAUSES, ("held", "tension", "no-result", "war"), strict=True))
DATES = (CALLED_OFF, WAR_DAY, OUTCOME_DAY)
EVENTS: dict[Kind, tuple[str, ...]] = {
    "yes-no": (*PROBABILITIES, f"{OPTION}.ISSUE.OPTION"),
    "one-of": (f"{OPTION}.ISSUE", ENDING),
    "number": (f"{POSITION}.ISSUE", CHANGES, ZONE, INCIDENTS, MONTHS),
    "date": DATES,
}
CONDITIONED = (OPTION, POSITION, CHANGES)  # what may be asked of some draws only
ANSWERS: dict[tuple[str, int], Kind] = {  # by how many names stand after the dots
    (OPTION, 1): "one-of", (OPTION, 2): "yes-no", (POSITION, 1): "number", (CHANGES, 0): "number",
}  # fmt: skip
GIVEN: dict[str, Given] = {"": "all", "-given-held": "held", "-given-deal": "deal"}
USUAL = "tangible"  # of a yes-no question


@dataclass(frozen=True, slots=True)
class Event:
    """What of a run answers a question.

    Attributes:
        text: as typed.
        what: the name, without the draws meant and without issue and option.
        given: of which draws: all, those in which they meet, or those with a deal.
        issue, option: of which, where the name says so.
        answers: the question's option by the run's, for a question with options.
    """

    text: str
    what: str
    given: Given = "all"
    issue: str = ""
    option: str = ""
    answers: Mapping[str, str] = field(default_factory=dict[str, str])


def event_for(question: Question, text: str | None, situation: Situation) -> Event:
    """The event named, fit for the question; without a name the usual one of a yes-no question.

    Raises UsageError naming everything that does not fit.
    """
    if text is None and question.kind == "yes-no":
        text = USUAL
    if text is None:
        raise UsageError(f"--event: none given; {_allowed(question)}; name one")
    event, kind = _read(text)
    if kind is None:
        raise UsageError(f"--event {text}: no event of a run; {_allowed(question)}; choose one")
    if kind != question.kind:
        raise UsageError(
            f"--event {text}: answers a {kind} question, {question.id} is a {question.kind} "
            f"question; {_allowed(question)}; choose one"
        )
    if event.issue:
        _check_issue(event, situation)
    if question.kind != "one-of":
        return event
    return _matched(question, event, situation)


def _allowed(question: Question) -> str:
    """What may be named for a question of this kind."""
    several = " (with -given-held or -given-deal before the dot for those draws alone)"
    names = EVENTS[question.kind]
    told = f"for a {question.kind} question {', '.join(names)} are allowed"
    return told + (several if any(_base(name) in CONDITIONED for name in names) else "")


def _base(name: str) -> str:
    return name.partition(".")[0]


def _read(text: str) -> tuple[Event, Kind | None]:
    """An event as typed, and the kind of question it answers; None where it is no event."""
    head, *parts = text.split(".")
    what, _, _ = head.partition("-given-")
    given = GIVEN.get(head.removeprefix(what))
    if what in CONDITIONED and given is not None and all(parts):
        issue, option = (*parts, "", "")[:2]
        return Event(text, what, given, issue, option), ANSWERS.get((what, len(parts)))
    for kind, names in EVENTS.items():
        if text in names:
            return Event(text, text), kind
    return Event(text, text), None


def _check_issue(event: Event, situation: Situation) -> None:
    """Whether the situation has what the event names. Raises UsageError."""
    issues = situation.issues
    if event.issue not in issues:
        raise UsageError(
            f"--event {event.text}: {event.issue} is no issue of the situation; its issues are "
            f"allowed; {suggestion(event.issue, issues)}"
        )
    options = issues[event.issue].options
    if event.option and event.option not in options:
        raise UsageError(
            f"--event {event.text}: {event.option} is no option of {event.issue}; its options are "
            f"allowed; {suggestion(event.option, options)}"
        )
    nowhere = [name for name, body in options.items() if body.at is None]
    if event.what == POSITION and nowhere:
        raise UsageError(
            f"--event {event.text}: {', '.join(nowhere)} of {event.issue} "
            f"{'has' if len(nowhere) == 1 else 'have'} no place on a scale; an issue whose options "
            "all have one is allowed; write at: with 0 to 100 beside them in the file"
        )


def _matched(question: Question, event: Event, situation: Situation) -> Event:
    """The event with the question's options found among the run's. Raises UsageError."""
    if event.what == OPTION:
        options = situation.issues[event.issue].options
        names = {name: body.name for name, body in options.items()}
    else:
        names = {name: CAUSES[code] for code, name in ENDINGS.items()}
    answers, problems = counterparts(question, names)
    if problems:
        listed = ", ".join(f"{name} ({label})" if label else name for name, label in names.items())
        told = [f"--event {event.text}: {question.id}: {problem}" for problem in problems]
        raise UsageError(
            "\n".join([*told, f"one option for each of {listed} is allowed; ask such a question"])
        )
    return Event(event.text, event.what, event.given, event.issue, event.option, answers)
