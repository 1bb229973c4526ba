"""The road to the meeting in sentences: whether they meet, and why not."""

from __future__ import annotations

from collections.abc import Sequence

from detente.analysis.answer import Answer, Run
from detente.figures.endings import why_not
from detente.figures.naming import Names, and_list, percent
from detente.figures.spans import IF_THEY_MEET, meets_enough, met
from detente.report.sentences import between, margin, quoted

HELD = "held"


def on_the_road(run: Run, round_: str | None) -> list[Answer]:
    """The answers of a round that has a run-up, reading by reading."""
    return [a for a in run.answers if a.round == round_ and HELD in a.probabilities]


def meets_at_all(run: Run, round_: str | None) -> str | None:
    """How likely the meeting is, over the readings; None without a run-up."""
    names, answers = Names(run.situation), on_the_road(run, round_)
    if not answers:
        return None
    what = f"{names.round(round_)}: the chance that they meet at all"
    if len(answers) == 1:
        found = answers[0].probabilities[HELD]
        return f"{what} is {percent(found.p)} ({margin(found, run.plan.draws)})."
    return f"{what} {between(names, answers, lambda answer: answer.probabilities[HELD].p)}."


def tangible_if_they_meet(run: Run, round_: str | None) -> str | None:
    """How likely something tangible is once they meet; None without a run-up."""
    names, answers = Names(run.situation), on_the_road(run, round_)
    told = [a for a in answers if meets_enough(run, a)]
    silent = [a for a in answers if a not in told]
    if not answers:
        return None
    where = f"{names.round(round_)}: once they meet"
    if not told:
        return f"{where}, the chance cannot be told: they meet too seldom."
    but = f"; too seldom to tell under {quoted(names, silent)}" if silent else ""
    if len(told) == 1:
        found = told[0].probabilities[IF_THEY_MEET]
        under = f" under {quoted(names, told)}" if silent else ""
        error = margin(found, met(run, told[0]))
        return f"{where}, the chance of something tangible is {percent(found.p)}{under} ({error}){but}."
    text = between(names, told, lambda answer: answer.probabilities[IF_THEY_MEET].p)
    return (
        f"{where}, the chance of something tangible {text}{but}. Whoever sees no result stays away, "
        "so this says little without the chance that they meet."
    )


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
