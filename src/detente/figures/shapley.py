"""How what varies is divided among the readings, the drivers and chance."""

from __future__ import annotations

from typing import Any

import altair as alt

from detente.analysis.driver_scopes import TOGETHER, Drivers
from detente.analysis.shapley_effects import CHANCE, Shapley
from detente.figures.group_names import group_name, letter, part_title, what_is_driven
from detente.figures.lanes import drawn, lane, rows_of, words
from detente.figures.naming import Names, and_list, lines_of
from detente.figures.ranks import players_of
from detente.figures.record import Cell, Column, Figure
from detente.figures.shares import share_words, whole_percent
from detente.figures.theme import BLUE, INK, PAPER, VERMILION, WIDTH
from detente.sources.claims import Claims

LEFT, RIGHT = 10, WIDTH - 14
LINE, BAR, GAP = 17, 16, 12

COLUMNS = (
    Column("Mark"),
    Column("Group"),
    Column("Share of all that varies", "number"),
    Column("From", "number"),
    Column("To", "number"),
    Column("Share without chance", "number"),
)


def shapley_figure(names: Names, claims: Claims | None, found: Drivers, name: str) -> Figure | None:
    """Shapley effects on the target; None where they were not asked for."""
    shapley = found.together.get(found.target)
    if shapley is None:
        return None
    rows: list[tuple[Cell, ...]] = []
    for place, group in enumerate(players_of(shapley)):
        part, known = shapley.parts[group], shapley.known.get(group)
        rows.append(
            (letter(place), group_name(names, claims, TOGETHER, group), part.value, part.low,
             part.high, None if known is None else known.value)
        )  # fmt: skip
    return Figure(
        name,
        f"{part_title(TOGETHER, several=len(found.readings) > 1)}: {what_is_driven(found.target)}",
        _alt(names, claims, shapley),
        "Shapley effects: shares of all that differs from draw to draw, and from reading to "
        "reading where there are several; what groups do together divided evenly among them; they add up to 100 %. "
        "Filled: readings and drivers; hollow and dashed: chance. Thin lines: 95 % intervals.",
        COLUMNS,
        tuple(rows),
        _spec(names, claims, shapley),
    )


def _alt(names: Names, claims: Claims | None, shapley: Shapley) -> str:
    told = and_list(
        f"{group_name(names, claims, TOGETHER, group)} {share_words(shapley.parts[group])}"
        for group in players_of(shapley)
    )
    return f"Of all that varies: {told}."


def _spec(names: Names, claims: Claims | None, shapley: Shapley) -> dict[str, Any]:
    marks, y = list[dict[str, Any]](), 4.0
    for place, group in enumerate(players_of(shapley)):
        part = shapley.parts[group]
        label = f"{letter(place)}. {group_name(names, claims, TOGETHER, group)}"
        lines = lines_of(label, 44, 2)
        top = y + LINE * len(lines) + 3
        marks.append(
            {"label": lines, "line": y + LINE / 2, "top": top, "bottom": top + BAR,
             "y": top + BAR / 2, "none": 0.0, "part": max(part.value, 0.0), "low": part.low,
             "high": part.high, "chance": group == CHANCE, "told": whole_percent(part.value)}
        )  # fmt: skip
        y = top + BAR + GAP
    return _layers(marks, y)


def _layers(marks: list[dict[str, Any]], height: float) -> dict[str, Any]:
    domain = [min(0.0, *(m["low"] for m in marks)), max(0.05, *(m["high"] for m in marks))]
    scale = alt.Scale(domain=domain, range=[LEFT, RIGHT], nice=False, zero=False)
    axis = alt.Axis(format="%", tickCount=5, title=None, grid=False, domain=False)

    def x(field: str) -> alt.X:
        return alt.X(field=field, type="quantitative", scale=scale, axis=axis)

    def bars(*, chance: bool, **look: Any) -> alt.Chart:
        return (
            rows_of([m for m in marks if m["chance"] is chance])
            .mark_rect(**look)
            .encode(x=x("none"), x2=alt.X2(field="part"), y=lane(height, "top"),
                    y2=alt.Y2(field="bottom"))
        )  # fmt: skip

    error = rows_of(marks).mark_rule(color=INK, strokeWidth=1.5)
    labels = [{"y": m["line"], "label": m["label"]} for m in marks]
    told = [{"y": m["line"], "label": m["told"]} for m in marks]
    return drawn(
        [
            bars(chance=False, fill=BLUE),
            bars(chance=True, fill=PAPER, stroke=VERMILION, strokeWidth=2, strokeDash=[4, 2]),
            error.encode(x=x("low"), x2=alt.X2(field="high"), y=lane(height)),
            words(labels, height),
            words(told, height, x=WIDTH, align="right", bold=True),
        ],
        height,
    )
