"""The road to the meeting in sentences: whether they meet, and why not."""

from __future__ import annotations

from collections.abc import Sequence

from detente.analysis.answer import Answer, Run
from detente.figures.causes import why_not
from detente.figures.naming import Names, and_list, percent
from detente.report.sentences import between, margin, quoted

HELD, TANGIBLE = "held", "tangible"


def on_the_road(run: Run, round_: str | None) -> list[Answer]:
    """The answers of a round that has a run-up, reading by reading."""
    return [a for a in run.answers if a.round == round_ and HELD in a.probabilities]


def meets_at_all(run: Run, round_: str | None) -> str | None:
    """How likely the meeting is, over the readings; None without a run-up."""
    return _over_readings(run, round_, HELD, "the chance that they meet at all")


def tangible_at_all(run: Run, round_: str | None) -> str | None:
    """How likely something tangible is, whether or not they meet; None without a run-up."""
    what = "the chance of something tangible at all, meeting or no meeting,"
    return _over_readings(run, round_, TANGIBLE, what)


def _over_readings(run: Run, round_: str | None, name: str, what: str) -> str | None:
    names, answers = Names(run.situation), on_the_road(run, round_)
    if not answers:
        return None
    if len(answers) == 1:
        found = answers[0].probabilities[name]
        error = margin(found, run.plan.draws)
        return f"{names.round(round_)}: {what} is {percent(found.p)} ({error})."
    text = between(names, answers, lambda answer: answer.probabilities[name].p)
    return f"{names.round(round_)}: {what} {text}."


def falls_through(run: Run, round_: str | None) -> str | None:
    """The most frequent cause for which the meeting falls through, by readings."""
    names = Names(run.situation)
    leading: dict[str, list[Answer]] = {}
    for answer in on_the_road(run, round_):
        causes = why_not(answer)
        if causes:
            leading.setdefault(causes[0][0], []).append(answer)
    if not leading:
        return None
    parts = [_under(names, cause, found, leading) for cause, found in leading.items()]
    return (
        f"{names.round(round_)}: where the meeting falls through, the most frequent outcome is: "
        f"{'; '.join(parts)}."
    )


def _under(
    names: Names, cause: str, found: Sequence[Answer], leading: dict[str, list[Answer]]
) -> str:
    count = sum(map(len, leading.values()))
    if count == 1:
        return cause
    if len(leading) == 1:
        return f"{cause}, under every reading"
    return f"{cause} (under {quoted(names, found)})"


def road_sentence(answer: Answer) -> str | None:
    """Why the meeting of one scenario falls through, and how often; None without a run-up."""
    if answer.road is None:
        return None
    causes, held = why_not(answer), answer.probabilities[HELD]
    expected = f"On average, {answer.road.incidents:.1f} incidents come after the announcement."
    if not causes:
        return f"The meeting is held in every draw. {expected}"
    listed = and_list(f"{cause} ({percent(share)} of all draws)" for cause, share in causes)
    return f"The meeting falls through in {percent(1.0 - held.p)} of draws: {listed}. {expected}"
