"""What drives an answer as one HTML file, in the look of the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from altair.utils.schemapi import debug_mode

from detente.analysis.driver_scopes import DRAW, TOGETHER, Reading, Scope
from detente.analysis.groupings import VALUE
from detente.analysis.outputs import ZONE
from detente.figures.drivers import drivers_figure
from detente.figures.group_names import letter, part_title, what_is_driven
from detente.figures.naming import percent
from detente.figures.ranks import players_of, ranked
from detente.figures.shapley import shapley_figure
from detente.figures.shares import about, share_cell, whole_percent
from detente.report.comparing import TITLES
from detente.report.drivers import Telling, readings_told, sentences, top_values
from detente.report.page import Picture, picture
from detente.report.rendering import NOTHING_LAID, printed

MOST_VALUES = 40


@dataclass(frozen=True, slots=True)
class Member:
    """One address in a group: in words and as it is written."""

    what: str
    address: str


@dataclass(frozen=True, slots=True)
class Group:
    """One row of a grouping.

    ``by_reading`` and ``by_output`` are shares in all, in the order of their headings.
    """

    mark: str
    name: str
    members: tuple[Member, ...]
    total: str
    first: str
    by_reading: tuple[str, ...]
    by_output: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One grouping: its picture, None where these draws cannot divide anything, and its rows."""

    key: str
    title: str
    note: str
    picture: Picture | None
    groups: tuple[Group, ...]


_NOTES = {
    DRAW: "Chance counts here as well: shares are of everything that differs from draw to draw.",
    VALUE: "Those are told apart that move most by the estimates at the end of this page.",
}


@debug_mode(False)  # figures are checked by their tests, not on every page
def render_drivers(
    tell: Telling, *, file: str, version: str, laid: Mapping[str, str] = NOTHING_LAID
) -> str:
    """The page of one round's drivers.

    Args:
        tell: what was found, and the names of things.
        file: what was run, as the user named it.
        version: of the program that ran it.
        laid: what the command line laid over the file, by address.
    """
    found, situation = tell.found, tell.names.situation
    each = readings_told(found)
    shapley = found.together.get(found.target)
    return printed(
        "drivers.html.j2", situation, found.plan, file, version, laid,
        round=tell.names.round(found.round),
        driven=what_is_driven(found.target),
        sentences=sentences(tell),
        parts_of=[_part(tell, part) for part in found.members],
        together=picture(shapley_figure(tell.names, tell.claims, found, TOGETHER)),
        together_title=part_title(TOGETHER, several=bool(each)),
        players=[] if shapley is None else [
            (letter(i), tell.group(TOGETHER, name), share_cell(shapley.parts[name]),
             share_cell(shapley.known[name]) if name in shapley.known else "–")
            for i, name in enumerate(players_of(shapley))
        ],
        readings=[tell.names.reading(reading) for reading in each],
        outputs=[_title(output) for output in found.outputs],
        chances=_chances(tell, each),
        values=[
            (tell.names.address(address), address, share_cell(share))
            for address, share in top_values(found, MOST_VALUES)
        ],
        weights=[(tell.names.reading(r), percent(w)) for r, w in found.weights.items()],
    )  # fmt: skip


def _title(output: str) -> str:
    return "size of the zone" if output == ZONE else TITLES[output]


def _part(tell: Telling, part: str) -> Part:
    found = tell.found
    key = f"by-{part}"
    drawn = picture(
        drivers_figure(tell.names, tell.claims, found, found.over, part, f"{key}-figure")
    )
    effects = found.over.effects[part].get(found.target, {})
    return Part(
        key,
        part_title(part, several=False),
        _NOTES.get(part, ""),
        drawn,
        tuple(_group(tell, part, name, i) for i, name in enumerate(ranked(effects))),
    )


def _group(tell: Telling, part: str, name: str, place: int) -> Group:
    found = tell.found
    effect = found.over.effects[part][found.target][name]
    members = found.members[part][name] if part not in {VALUE, DRAW} else ()
    return Group(
        letter(place),
        tell.group(part, name),
        tuple(Member(tell.names.address(address), address) for address in members),
        share_cell(effect.total),
        share_cell(effect.first),
        tuple(_total(found.readings[r], part, found.target, name) for r in readings_told(found)),
        tuple(_total(found.over, part, output, name) for output in found.outputs),
    )


def _total(scope: Scope, part: str, output: str, name: str) -> str:
    """A share in all; a dash where these draws cannot divide what there is."""
    effects = scope.effects[part].get(output)
    if effects is None or (part != DRAW and scope.faint(output)):
        return "–"
    return about(effects[name].total)


def _chances(tell: Telling, each: list[Reading]) -> list[tuple[str, tuple[str, ...]]]:
    """Output by output, how much of the variance of a draw is chance: over readings, then each."""
    scopes = [tell.found.over, *(tell.found.readings[reading] for reading in each)]
    return [
        (_title(output), tuple(_chance(scope, output) for scope in scopes))
        for output in tell.found.outputs
    ]


def _chance(scope: Scope, output: str) -> str:
    share = scope.inputs.get(output)
    return "–" if share is None else whole_percent(min(1.0 - share.value, 1.0))
