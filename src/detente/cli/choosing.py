"""Rounds and weights as a user names them, and what it takes to get the same again."""

from __future__ import annotations

from collections.abc import Sequence

from detente import __version__
from detente.addresses import suggestion
from detente.cases.opening import Opened
from detente.cli.running import Request
from detente.errors import UsageError
from detente.situation.calendar import calendar_of
from detente.situation.schema import Situation

NO_ROUND = "none"


def one_round(situation: Situation, rounds: Sequence[str]) -> str | None:
    """The round asked for, or the last: what lies ahead. Raises UsageError."""
    if len(rounds) > 1:
        raise UsageError(f"--round {','.join(rounds)}: {len(rounds)} rounds; one; name one")
    if rounds:
        return rounds[0]
    return next(reversed(situation.rounds), None)


def against_round(situation: Situation, round_: str | None, asked: str | None) -> str | None:
    """The round to compare with: the one asked for, else the one before, else none.

    By itself it takes only a round that is like this one in having dates or none, so that
    the two chances mean the same. Raises UsageError for a round that cannot be compared.
    """
    rounds = list(situation.rounds)
    if asked == NO_ROUND and NO_ROUND not in rounds:
        return None
    if asked is not None:
        others = [name for name in rounds if name != round_]
        if asked not in others:
            known = (*others, NO_ROUND)
            raise UsageError(
                f"--against {asked}: not another round of this situation; {', '.join(known)} "
                f"{'are' if others else 'is'} allowed; {suggestion(asked, known)}"
            )
        return asked
    if round_ is None or len(rounds) < 2:
        return None
    place = rounds.index(round_)
    other = rounds[place - 1] if place else rounds[1]
    return other if dated(situation, other) == dated(situation, round_) else None


def dated(situation: Situation, name: str | None) -> bool:
    """Whether a round has the dates that a run-up needs."""
    return calendar_of(situation, name) is not None


def read_priors(situation: Situation, given: Sequence[str]) -> dict[str, float]:
    """``reading=weight`` texts. Raises UsageError naming every mistake."""
    found: dict[str, float] = {}
    mistakes: list[str] = []
    for text in given:
        name, _, number = text.partition("=")
        try:
            weight = float(number)
        except ValueError:
            weight = -1.0
        if name not in situation.readings:
            known = ", ".join(situation.readings) or "none"
            mistakes.append(f"--prior {text}: no such reading; {known}; write READING=WEIGHT")
        elif not 0.0 <= weight < float("inf"):
            mistakes.append(f"--prior {text}: found {number!r}; a number from 0; write {name}=0.3")
        found[name] = weight
    if not mistakes and found and set(found) == set(situation.readings) and not sum(found.values()):
        mistakes.append("--prior: every weight is 0; weights that can be normalised; raise one")
    if mistakes:
        raise UsageError("\n".join(mistakes))
    return found


def tail(opened: Opened, request: Request) -> str:
    """What it takes to get the same again."""
    laid = "".join(f", --set {setting}" for setting in request.settings)
    return (
        f"{opened.name}, seed {request.seed}, {request.draws:,} draws a scenario{laid}, "
        f"detente {__version__}"
    )
