"""Whose lever a value is: in words, and by a letter and a shape in pictures."""

from __future__ import annotations

from collections.abc import Iterable
from string import ascii_uppercase

from detente.analysis.moving import Lever
from detente.figures.naming import Names, and_list
from detente.figures.theme import ROUND_SHAPES
from detente.situation.schema import Situation

Sort = tuple[tuple[str, ...], bool]  # owners, and whether they move it only together


def owners_words(names: Names, lever: Lever) -> str:
    """``North``; ``North or South``; ``North and South together``."""
    actors = [names.actor(name) for name in lever.owners]
    if len(actors) == 1:
        return actors[0]
    return f"{and_list(actors)} together" if lever.together else and_list(actors, "or")


def letters(situation: Situation) -> dict[str, str]:
    """A capital for each actor, of its name as far as it is free."""
    taken: dict[str, str] = {}
    for name, actor in situation.actors.items():
        wanted = [char for char in actor.name.upper() if char in ascii_uppercase]
        free = (c for c in (*wanted, *ascii_uppercase) if c not in taken.values())
        taken[name] = next(free, "?")
    return taken


def sort_of(lever: Lever) -> Sort:
    """What levers of the same owners have in common."""
    return lever.owners, lever.together and len(lever.owners) > 1


def code(marks: dict[str, str], sort: Sort) -> str:
    """``N``, ``N/S`` for either of them, ``N+S`` for both together."""
    owners, together = sort
    return ("+" if together else "/").join(marks[name] for name in owners)


def shapes(levers: Iterable[Lever]) -> dict[Sort, str]:
    """A shape for each sort of owners, in the order they come; what is left shares the last."""
    sorts = dict.fromkeys(map(sort_of, levers))
    last = len(ROUND_SHAPES) - 1
    return {sort: ROUND_SHAPES[min(i, last)] for i, sort in enumerate(sorts)}
