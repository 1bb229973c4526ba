"""What presses whom, and which options would relieve it: two columns with lines between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import altair as alt

from detente.figures.lanes import drawn, lane, rows_of, words
from detente.figures.naming import Names, lines_of
from detente.figures.record import Cell, Column, Figure
from detente.figures.theme import BLUE, INK, PAPER, VERMILION, WIDTH
from detente.situation.quantities import Quantity
from detente.situation.values import Values

LEFT, RIGHT = 168, 232  # x of the dots of pressures and of options
LEFT_CHARS, RIGHT_CHARS, LINES = 24, 20, 4
LINE, GAP, TOP = 17, 14, 40  # px of a line of text, between two rows, above the first
THIN, THICK = 1.0, 7.0  # px of a line: no relief, all of it
SMALL, LARGE = 30.0, 230.0  # px² of a dot: no severity, the whole

COLUMNS = (
    Column("Who is pressed"),
    Column("What presses"),
    Column("Severity, from", "number"),
    Column("Severity, to", "number"),
    Column("Which option relieves it"),
    Column("Share relieved, from", "share"),
    Column("Share relieved, to", "share"),
)


@dataclass(frozen=True, slots=True)
class _Pressure:
    """A pressure: on whom, what, how severe, and the options that relieve it with their shares."""

    on: str
    what: str
    severity: Quantity
    relief: tuple[tuple[str, Quantity], ...]


def pressures(names: Names, values: Values, name: str = "pressures") -> Figure | None:
    """Every pressure with who is pressed and what would relieve it; None where nobody is."""
    found = [
        _Pressure(
            names.actor(one.on), names.pressure(one.id),
            values[f"pressures.{one.id}.severity"].quantity,
            tuple(
                (names.option(ref), values[f"pressures.{one.id}.relieved_by.{ref}"].quantity)
                for ref in one.relieved_by
            ),
        )
        for one in names.situation.pressures
    ]  # fmt: skip
    if not found:
        return None
    order = [one.on for one in found]
    found.sort(key=lambda one: order.index(one.on))
    return Figure(
        name,
        "What presses whom, and what would relieve it",
        _alt(found),
        "Left: pressures, by the party that feels them; the larger the dot, the more severe. Right: "
        "options on the table. A line leads from a pressure to an option that would relieve it; the "
        "thicker, the more of it. A hollow square: no option relieves it. Middles of the stated "
        "ranges.",
        COLUMNS,
        tuple(row for one in found for row in _rows(one)),
        _spec(found),
    )


def _rows(one: _Pressure) -> list[tuple[Cell, ...]]:
    head = (one.on, one.what, *one.severity.span)
    return [(*head, option, *share.span) for option, share in one.relief] or [
        (*head, None, None, None)
    ]


def _alt(found: Sequence[_Pressure]) -> str:
    by_actor = {one.on: sum(other.on == one.on for other in found) for one in found}
    told = ", ".join(f"{count} on {actor}" for actor, count in by_actor.items())
    text = f"{len(found)} pressure{'s' if len(found) > 1 else ''}: {told}."
    none = [one.what for one in found if not one.relief]
    if none:
        text += f" No option relieves: {'; '.join(none)}."
    helps = [option for one in found for option, _ in one.relief]
    if helps:
        most = max(dict.fromkeys(helps), key=helps.count)
        text += f" {most} relieves {helps.count(most)} of them, as many as any option."
    return text


def _middle(quantity: Quantity) -> float:
    return sum(quantity.span) / 2


def _spec(found: Sequence[_Pressure]) -> dict[str, Any]:
    marks, heads, left = _left(found)
    options, right = _right(found, marks)
    height = max(left, right)
    start = {mark["what"]: mark["y"] for mark in marks}
    end = {mark["what"]: mark["y"] for mark in options}
    edges = [
        {
            "y": start[one.what], "to": end[option], "left": LEFT, "right": RIGHT,
            "width": THIN + (THICK - THIN) * _middle(share),
        }
        for one in found
        for option, share in one.relief
    ]  # fmt: skip
    titles = [("Pressure", 0), ("Would be relieved by", RIGHT - 22)]
    layers = [
        *_edges(edges, height),
        _dots(marks, height),
        _squares([mark for mark in marks if not mark["relieved"]], height),
        _ends(options, height),
        words(heads, height, bold=True, limit=LEFT),
        words(_tops(marks), height, x=LEFT - 14, align="right", limit=LEFT),
        words(_tops(options), height, x=RIGHT + 10, limit=WIDTH - RIGHT),
        *(words([{"y": 8, "label": text}], height, x=x, bold=True) for text, x in titles),
    ]
    return drawn([layer for layer in layers if layer is not None], height)


def _left(
    found: Sequence[_Pressure],
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], float]:
    """Pressures under the heading of whom they press, and how far down they reach."""
    marks, heads, y, before = list[dict[str, Any]](), list[dict[str, Any]](), float(TOP), None
    for one in found:
        if one.on != before:
            heads.append({"y": y, "label": lines_of(one.on, LEFT_CHARS, 1)})
            y += LINE + GAP / 2
            before = one.on
        label = lines_of(one.what, LEFT_CHARS, LINES)
        marks.append(
            {
                "what": one.what, "y": y + (len(label) - 1) * LINE / 2,
                "label": label, "relieved": bool(one.relief),
                "size": SMALL + (LARGE - SMALL) * min(_middle(one.severity), 1.0),
            }
        )  # fmt: skip
        y += len(label) * LINE + GAP
    return marks, heads, y


def _right(
    found: Sequence[_Pressure], marks: Sequence[dict[str, Any]]
) -> tuple[list[dict[str, Any]], float]:
    """Options in the order in which they meet the fewest other lines, spread over the height."""
    height = {mark["what"]: mark["y"] for mark in marks}
    meets: dict[str, list[float]] = {}
    for one in found:
        for option, _ in one.relief:
            meets.setdefault(option, []).append(height[one.what])
    order = sorted(meets, key=lambda option: sum(meets[option]) / len(meets[option]))
    labels = [lines_of(option, RIGHT_CHARS, LINES) for option in order]
    tall = [len(label) * LINE for label in labels]
    low = max(height.values(), default=float(TOP))
    spare = max(low - TOP - sum(tall), 0.0) / max(len(order) - 1, 1)
    tops = accumulate([t + max(spare, GAP) for t in tall[:-1]], initial=float(TOP)) if tall else ()
    placed: list[dict[str, Any]] = [
        {"what": option, "y": y + (len(label) - 1) * LINE / 2, "label": label}
        for option, label, y in zip(order, labels, tops, strict=True)
    ]
    return placed, (placed[-1]["y"] + tall[-1] if placed else 0.0)


def _tops(marks: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Marks with their texts' first lines so far up that each text is about its dot."""
    return [{**mark, "y": mark["y"] - (len(mark["label"]) - 1) * LINE / 2} for mark in marks]


def _across(field: str) -> alt.X:
    scale = alt.Scale(domain=[0, WIDTH], range=[0, WIDTH], nice=False, zero=False)
    return alt.X(field=field, type="quantitative", scale=scale, axis=None)


def _edges(edges: Sequence[dict[str, Any]], height: float) -> list[alt.Chart]:
    """Lines on a rim of paper, so that crossings can be told apart."""
    return [
        rows_of([edge]).mark_rule(color=colour, opacity=opacity, strokeWidth=edge["width"] + more)
        .encode(x=_across("left"), x2="right:Q", y=lane(height), y2="to:Q")
        for edge in edges
        for colour, opacity, more in ((PAPER, 1.0, 2.5), (BLUE, 0.75, 0.0))
    ]  # fmt: skip


def _dots(marks: Sequence[dict[str, Any]], height: float) -> alt.Chart | None:
    few = [mark for mark in marks if mark["relieved"]]
    if not few:
        return None
    return (
        rows_of(few).mark_point(filled=True, color=INK, opacity=1)
        .encode(x=alt.XValue(LEFT), y=lane(height), size=_size())
    )  # fmt: skip


def _squares(marks: Sequence[dict[str, Any]], height: float) -> alt.Chart | None:
    if not marks:
        return None
    return (
        rows_of(marks).mark_point(shape="square", filled=False, color=VERMILION, opacity=1)
        .encode(x=alt.XValue(LEFT), y=lane(height), size=_size())
    )  # fmt: skip


def _ends(options: Sequence[dict[str, Any]], height: float) -> alt.Chart | None:
    if not options:
        return None
    return (
        rows_of(options).mark_point(filled=True, color=BLUE, opacity=1, size=45)
        .encode(x=alt.XValue(RIGHT), y=lane(height))
    )  # fmt: skip


def _size() -> alt.Size:
    return alt.Size(field="size", type="quantitative", scale=None)
