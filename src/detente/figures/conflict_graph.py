"""A conflict drawn: states as nodes on a circle, moves as arrows, what holds filled."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from detente.analysis.holding import Holding, Told
from detente.figures.lanes import drawn, lane, rows_of, words
from detente.figures.naming import and_list, lines_of
from detente.figures.record import Column, Figure
from detente.figures.theme import BLUE, GRID, INK, MUTED, PAPER, PLACEHOLDER, VERMILION, WIDTH
from detente.stability.concepts import CONCEPTS, equilibria
from detente.stability.graph import Group

MOST_NODES, ALL_MOVES = 40, 16  # states drawn; states up to which every move is
NODE, TOP, KEY = 11.0, 8.0, 18
LEAVES, DETERRED, TOGETHER, OTHER = "leaves", "deterred", "together", "other"
LOOKS: tuple[tuple[str, list[int]], ...] = (
    (BLUE, []), (VERMILION, [6, 3]), (PLACEHOLDER["green"], [2, 2]), (PLACEHOLDER["purple"], [9, 3, 2, 3]),
    (PLACEHOLDER["orange"], [12, 3]), (PLACEHOLDER["olive"], [4, 4]), (PLACEHOLDER["sky"], [1, 3]),
)  # fmt: skip
THICK = {LEAVES: 2.4, DETERRED: 1.0, OTHER: 0.6}
SORTS = {
    LEAVES: "prefers it, and nothing deters it",
    DETERRED: "prefers it, but an answer deters it",
    TOGETHER: "a coalition would leave for it",
    OTHER: "can move there, but does not prefer it",
}
COLUMNS = (
    Column("From"), Column("To"), Column("Who"), Column("What it is"), Column("From holds"),
    Column("To holds"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Arrow:
    """A move as drawn: between which states, whose, and of which sort."""

    start: int
    end: int
    members: Group
    sort: str


def conflict_figure(
    makers: Sequence[str], found: Holding, title: str, name: str = "graph"
) -> Figure | None:
    """The graph, or the part that is told; None where nothing moves."""
    nodes, arrows = drawn_part(found)
    if not arrows:
        return None
    stable = equilibria(found.stable[found.concept])
    labels = {state: str(i) for i, state in enumerate(nodes, 1)}
    part = (
        f"All {len(nodes)} outcomes are drawn."
        if len(nodes) == found.graph.states
        else f"{len(nodes)} of {found.graph.states:,} outcomes are drawn: those told above and "
        "where they would be left for."
    )
    held = [labels[s] for s in nodes if stable[s]]
    return Figure(
        name,
        title,
        f"{part} Under {CONCEPTS[found.concept].title} stability "
        + (f"{and_list(held)} hold." if held else "none of them holds."),
        "Each circle is an outcome, numbered as in the table; the square is where things stand. "
        "Filled: nobody would leave it on its own. An arrow is a move, coloured and dashed by who makes it: "
        "thick where nothing deters it, thin where an answer does"
        + (", faint where it is possible but not preferred" if _whole(found) else "")
        + f". Grey double arrows: a coalition would go together. {part}",
        COLUMNS,
        tuple(
            (labels[a.start], labels[a.end], and_list(makers[m] for m in a.members),
             SORTS[a.sort], "yes" if stable[a.start] else "no", "yes" if stable[a.end] else "no")
            for a in arrows
        ),
        _spec(makers, found, nodes, arrows),
    )  # fmt: skip


def _whole(found: Holding) -> bool:
    return found.graph.states <= ALL_MOVES


def numbered(found: Holding) -> dict[int, int]:
    """The number of each state that is drawn, from 1; those told come first."""
    return {state: i for i, state in enumerate(drawn_part(found)[0], 1)}


def drawn_part(found: Holding) -> tuple[list[int], list[Arrow]]:
    """States and moves that are drawn: all of a small graph, else what is told."""
    arrows = [arrow for told in found.told for arrow in _told_arrows(told)]
    if found.graph.states <= MOST_NODES:
        nodes = sorted(range(found.graph.states))
    else:
        ends = [s for told in found.told for s in (told.state,)]
        nodes = list(dict.fromkeys([*ends, *(a.end for a in arrows)]))[:MOST_NODES]
    if _whole(found):
        known = {(a.start, a.end, a.members) for a in arrows}
        arrows = [
            *(a for a in _every_move(found) if (a.start, a.end, a.members) not in known),
            *arrows,
        ]
    inside = set(nodes)
    return nodes, [a for a in arrows if a.start in inside and a.end in inside]


def _told_arrows(told: Told) -> list[Arrow]:
    alone = [
        Arrow(told.state, one.state, (one.maker,), DETERRED if one.deterred else LEAVES)
        for one in told.tempted
    ]
    together = [Arrow(told.state, one.state, one.members, TOGETHER) for one in told.groups[:1]]
    return [*together, *alone]


def _every_move(found: Holding) -> list[Arrow]:
    """Every move of single makers, sorted by whether it is preferred and whether it is deterred."""
    graph, arrows = found.graph, list[Arrow]()
    for g, group in enumerate(graph.groups):
        if len(group) != 1:
            continue
        (maker,) = group
        for start in range(graph.states):
            stays = found.stable[found.concept][maker, start]
            for end in graph.moves(g, start).tolist():
                prefers = graph.rank[maker, end] > graph.rank[maker, start]
                sort = OTHER if not prefers else DETERRED if stays else LEAVES
                arrows.append(Arrow(start, end, group, sort))
    return arrows


def _spec(
    makers: Sequence[str], found: Holding, nodes: Sequence[int], arrows: Sequence[Arrow]
) -> dict[str, Any]:
    shown = sorted({a.members[0] for a in arrows if a.sort != TOGETHER})
    joint = any(a.sort == TOGETHER for a in arrows)
    top = TOP + KEY * (len(shown) + joint)
    radius = (WIDTH - 60) / 2
    middle = top + radius + 24
    height = middle + radius + 24
    where = {
        state: (
            WIDTH / 2 + radius * math.sin(2 * math.pi * i / len(nodes)),
            middle - radius * math.cos(2 * math.pi * i / len(nodes)),
        )
        for i, state in enumerate(nodes)
    }
    marks = [_line(where, a) for a in arrows]
    return drawn(
        [*_key(makers, shown, joint, height), *_lines(marks, height),
         *_dots(found, nodes, where, height)],
        height,
    )  # fmt: skip


def _line(where: dict[int, tuple[float, float]], arrow: Arrow) -> dict[str, Any]:
    """An arrow from rim to rim, shifted sideways so that others beside it can be seen."""
    (x1, y1), (x2, y2) = where[arrow.start], where[arrow.end]
    length = math.hypot(x2 - x1, y2 - y1) or 1.0
    dx, dy = (x2 - x1) / length, (y2 - y1) / length
    shift = 2.0 + 2.5 * (arrow.members[0] if arrow.sort != TOGETHER else -3)
    return {
        "x": x1 + dx * NODE - dy * shift, "y": y1 + dy * NODE + dx * shift,
        "x2": x2 - dx * (NODE + 5) - dy * shift, "y2": y2 - dy * (NODE + 5) + dx * shift,
        "angle": math.degrees(math.atan2(dx, -dy)) % 360.0,
        "who": arrow.members[0], "sort": arrow.sort,
    }  # fmt: skip


def _across(field: str) -> alt.X:
    scale = alt.Scale(domain=[0, WIDTH], range=[0, WIDTH], nice=False, zero=False)
    return alt.X(field=field, type="quantitative", scale=scale, axis=None)


def _look(who: int) -> tuple[str, list[int]]:
    return LOOKS[who % len(LOOKS)]


def _lines(marks: list[dict[str, Any]], height: float) -> list[alt.Chart]:
    """Faint moves first, then coalitions, then what is deterred, then what is not."""
    layers: list[alt.Chart] = []
    for sort in (OTHER, TOGETHER, DETERRED, LEAVES):
        of_sort = [m for m in marks if m["sort"] == sort]
        for who in sorted({m["who"] for m in of_sort}) if sort != TOGETHER else [0]:
            some = [m for m in of_sort if sort == TOGETHER or m["who"] == who]
            if not some:
                continue
            colour, dash = (MUTED, []) if sort == TOGETHER else _look(who)
            faint = 0.4 if sort == OTHER else 1.0
            if sort == TOGETHER:
                layers += [_rule(some, height, GRID, 6.0, [], 1.0)]
            layers.append(_rule(some, height, colour, THICK.get(sort, 1.0), dash, faint))
            layers.append(_heads(some, height, colour, 40 if sort == OTHER else 75, faint))
    return layers


def _rule(
    marks: list[dict[str, Any]], height: float, colour: str, width: float, dash: list[int],
    faint: float,
) -> alt.Chart:  # fmt: skip
    chart = rows_of(marks).mark_rule(
        color=colour, strokeWidth=width, strokeDash=dash or [1, 0], opacity=faint
    )
    return chart.encode(
        x=_across("x"), x2=alt.X2(field="x2"), y=lane(height), y2=alt.Y2(field="y2")
    )


def _heads(
    marks: list[dict[str, Any]], height: float, colour: str, size: float, faint: float
) -> alt.Chart:
    chart = rows_of(marks).mark_point(
        shape="triangle-up", size=size, filled=True, color=colour, opacity=faint
    )
    return chart.encode(
        x=_across("x2"), y=lane(height, "y2"),
        angle=alt.Angle(field="angle", type="quantitative", scale=None),
    )  # fmt: skip


def _dots(
    found: Holding, nodes: Sequence[int], where: dict[int, tuple[float, float]], height: float
) -> list[alt.Chart]:
    stable = equilibria(found.stable[found.concept])
    rows = [
        {"x": where[s][0], "y": where[s][1], "label": str(i), "holds": bool(stable[s]),
         "shape": "square" if s == found.start else "circle"}
        for i, s in enumerate(nodes, 1)
    ]  # fmt: skip
    layers: list[alt.Chart] = []
    for holds in (False, True):
        some = [row for row in rows if row["holds"] == holds]
        dots = rows_of(some).mark_point(
            size=430, opacity=1, filled=True, fill=BLUE if holds else PAPER,
            stroke=BLUE if holds else INK, strokeWidth=1.5,
        )  # fmt: skip
        shape = alt.Shape(field="shape", type="nominal", scale=None)
        layers.append(dots.encode(x=_across("x"), y=lane(height), shape=shape))
        text = rows_of(some).mark_text(
            baseline="middle", color=PAPER if holds else INK, fontWeight="bold"
        )
        layers.append(
            text.encode(
                x=_across("x"), y=lane(height), text=alt.Text(field="label", type="nominal")
            )
        )
    return layers


def _key(
    makers: Sequence[str], shown: Sequence[int], joint: bool, height: float
) -> list[alt.Chart]:
    """How each maker's arrows look, a line each."""
    layers: list[alt.Chart] = []
    entries = [(_look(m), makers[m]) for m in shown]
    entries += [((MUTED, list[int]()), "several together")] if joint else []
    for index, ((colour, dash), name) in enumerate(entries):
        at = [{"x": 4, "x2": 44, "y": TOP + KEY * index, "y2": TOP + KEY * index}]
        if joint and index == len(shown):
            layers.append(_rule(at, height, GRID, 6.0, [], 1.0))
        layers.append(_rule(at, height, colour, 2.4 if index < len(shown) else 1.0, dash, 1.0))
        (label,) = lines_of(name, 42, 1)
        layers.append(words([{"y": TOP + KEY * index, "label": label}], height, x=54))
    return layers
