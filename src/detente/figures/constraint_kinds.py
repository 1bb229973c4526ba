"""The kinds of constraint that block: how each looks, and what giving way is called."""

from __future__ import annotations

from collections.abc import Sequence

from detente.figures.naming import Names, and_list
from detente.figures.theme import PLACEHOLDER, PartMark

LINK, LINE, RESERVATION, CONSENT = "links", "red_lines", "reservation", "consent"
KINDS: dict[str, PartMark] = {
    LINK: PartMark("L", "circle", PLACEHOLDER["blue"], "link"),
    LINE: PartMark("R", "square", PLACEHOLDER["vermilion"], "red line"),
    RESERVATION: PartMark("P", "triangle-up", PLACEHOLDER["green"], "principal\u2019s reservation"),
    CONSENT: PartMark("C", "diamond", PLACEHOLDER["purple"], "consent"),
}
KEY = (
    "L link, R red line, P a principal\u2019s reservation (what it demands before it signs), "
    "C a consenter\u2019s consent"
)


def kind(constraint: str) -> PartMark:
    """The mark of a constraint's kind, by its name: ``links.ID``, ``reservation.ACTOR``."""
    return KINDS[constraint.partition(".")[0]]


def letters(constraints: Sequence[str]) -> str:
    """The kinds in a set, a letter each: ``L+P``."""
    return "+".join(kind(name).letter for name in constraints)


def in_a_sentence(names: Names, constraint: str) -> str:
    """A constraint within a sentence: ``the link “x after y”``."""
    text, head = names.constraint(constraint), constraint.partition(".")[0]
    if head == LINK:
        return f"the link “{text.partition(': ')[2]}”"
    if head == LINE:
        _, actor, ref = constraint.split(".", 2)
        return f"{names.owner(actor)} red line on “{names.option(ref)}”"
    return text


def giving_way(names: Names, constraints: Sequence[str]) -> str:
    """``the link “x” gives way``, or several ``give way together``."""
    listed = and_list(in_a_sentence(names, name) for name in constraints)
    return f"{listed} {'gives way' if len(constraints) == 1 else 'give way together'}"
