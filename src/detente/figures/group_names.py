"""What the groups of ``drivers`` are called in a sentence, a table or a picture."""

from __future__ import annotations

from detente.analysis.bases import ANALYST, ASKED, NOT_BELIEVED, SILENT
from detente.analysis.driver_scopes import DRAW, TOGETHER
from detente.analysis.groupings import (
    ACTOR,
    DRIVER,
    INPUTS,
    ISSUE,
    NO_ISSUE,
    NOBODY,
    REST,
    SEVERAL,
    SOURCE,
    UNSPOKEN,
    VALUE,
)
from detente.analysis.outputs import ZONE
from detente.analysis.probabilities import MEANINGS
from detente.analysis.shapley_effects import CHANCE, READING
from detente.figures.naming import Names, tidy
from detente.figures.removal_names import inside
from detente.figures.sides import driver_name
from detente.sources.claims import Claims

PART_TITLES = {
    DRIVER: "By driver",
    ACTOR: "By whose value it is",
    ISSUE: "By issue",
    SOURCE: "By whose word it rests on",
    VALUE: "Value by value",
    DRAW: "What decides a single draw",
    TOGETHER: "Drivers and chance",
}
WITH_READINGS = "Readings, drivers and chance"
_SPECIAL = {
    REST: "all others together",
    NOBODY: "nobody\u2019s in particular",
    NO_ISSUE: "values of no single issue",
    SEVERAL: "several speakers",
    UNSPOKEN[SILENT]: "defaults nobody stated",
    UNSPOKEN[ANALYST]: "the analyst, without a claim",
    UNSPOKEN[NOT_BELIEVED]: "values left open: claims not believed",
    UNSPOKEN[ASKED]: "values set on the command line",
    INPUTS: "all uncertain values",
    READING: "which reading holds",
    CHANCE: "chance",
}
_EVENTS = {
    "pressures": "whether pressures are felt",
    "red-lines": "whether red lines are absolute",
    "links": "whether links are in force",
    "road": "what happens on the road to the meeting",
    "table": "who proposes, and whether a deal closes",
    "afterwards": "how long a deal lasts, and whether war comes",
}


def part_title(part: str, *, several: bool) -> str:
    """What a grouping is called; ``several``: whether there are several readings."""
    return WITH_READINGS if part == TOGETHER and several else PART_TITLES[part]


def group_name(names: Names, claims: Claims | None, part: str, group: str) -> str:
    """A group in words, to stand in a table or after a colon."""
    if group in _SPECIAL:
        return _SPECIAL[group]
    match part:
        case "actor":
            return names.actor(group)
        case "issue":
            return names.issue(group)
        case "source" if claims is not None:
            return inside(tidy(claims.speakers[group].name))
        case "value":
            return names.address(group)
        case "draw":
            return _EVENTS[group]
        case _:
            return driver_name(group)


def what_is_driven(output: str) -> str:
    """An output in words: a chance, or the size of the zone."""
    if output == ZONE:
        return "the size of the zone of possible agreement"
    return f"the chance that {MEANINGS[output]}"


def letter(place: int) -> str:
    """A mark for a row, the same in a table and in a picture."""
    return "abcdefghijklmnopqrstuvwxyz"[place % 26]
