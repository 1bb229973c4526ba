"""Before and after: a ring, a line and a mark, what-if by what-if and reading by reading."""

from __future__ import annotations

from typing import Any

import altair as alt

from detente.analysis.pooling import Difference
from detente.analysis.probabilities import MEANINGS
from detente.analysis.whatif import Effect, WhatIfs
from detente.figures.lanes import drawn, haloed, lane, rows_of, words
from detente.figures.naming import Names, lines_of, whatif_title
from detente.figures.record import Cell, Column, Figure
from detente.figures.sides import is_clear, points
from detente.figures.theme import BLUE, GRID, INK, PAPER, VERMILION, WIDTH

MOST = 40  # rows drawn; the numbers hold all
LEFT, RIGHT = 12, WIDTH - 12
LINE, DOT, GAP, HEAD = 17, 12, 10, 8
UP, DOWN, STILL = "up", "down", "still"

COLUMNS = (
    Column("What if"),
    Column("Reading"),
    Column("Before", "share"),
    Column("After", "share"),
    Column("Change (share of draws)", "number"),
    Column("Its Monte Carlo error (1 s.e.)", "number"),
)


def whatif_figure(names: Names, found: WhatIfs, name: str = "what-ifs") -> Figure | None:
    """The target before and after; None where it can nowhere be told."""
    told = [(one, d) for one in found.effects if (d := one.differences.get(found.target))]
    if not told:
        return None
    return Figure(
        name,
        f"Before and after: the chance that {MEANINGS[found.target]}",
        _alt(names, told),
        "Ring: as things stand. Mark: with the values of the what-if; a filled triangle where "
        "the chance rises, a hollow one on a dashed line where it falls, a cross where it does "
        "not move beyond Monte Carlo error (\u2248). At the right, the change in points.",
        COLUMNS,
        tuple(_cells(names, one, d) for one, d in told),
        _spec(names, told[:MOST]),
    )


def _cells(names: Names, one: Effect, d: Difference) -> tuple[Cell, ...]:
    title, reading = whatif_title(one.what_if), names.reading(one.before.reading)
    return title, reading, d.first.p, d.second.p, d.points, d.se


def _alt(names: Names, told: list[tuple[Effect, Difference]]) -> str:
    """The largest change, and how many are clear."""
    one, d = max(told, key=lambda pair: abs(pair[1].points))
    clear = sum(is_clear(d) for _, d in told)
    return (
        f"The largest change is that of \u201c{whatif_title(one.what_if)}\u201d under "
        f"\u201c{names.reading(one.before.reading)}\u201d: from {d.first.p:.1%} to "
        f"{d.second.p:.1%}, {points(d.points)} points. Of {len(told)} changes {clear} are more "
        "than Monte Carlo error."
    )


def _spec(names: Names, told: list[tuple[Effect, Difference]]) -> dict[str, Any]:
    marks, heads = list[dict[str, Any]](), list[dict[str, Any]]()
    y, last = 4.0, ""
    for one, d in told:
        title = whatif_title(one.what_if)
        if one.what_if.name != last:
            y += HEAD if last else 0
            heads.append({"y": y + LINE / 2, "label": lines_of(title, 46, 2)})
            y += LINE * len(lines_of(title, 46, 2)) + 4
            last = one.what_if.name
        at = y + LINE + 6
        clear = is_clear(d)
        marks.append(
            {"line": y + LINE / 2, "label": lines_of(names.reading(one.before.reading), 40, 1),
             "told": ("" if clear else "\u2248 ") + points(d.points), "y": at, "before": d.first.p,
             "after": d.second.p, "top": at - 6, "bottom": at + 6,
             "sort": (UP if d.points > 0 else DOWN) if clear else STILL}
        )  # fmt: skip
        y = at + DOT + GAP
    return _layers(heads, marks, y)


def _layers(
    heads: list[dict[str, Any]], marks: list[dict[str, Any]], height: float
) -> dict[str, Any]:
    scale = alt.Scale(domain=[0, 1], range=[LEFT, RIGHT], nice=False)
    axis = alt.Axis(format="%", tickCount=6, title=None, grid=False, domain=False)

    def x(field: str) -> alt.X:
        return alt.X(field=field, type="quantitative", scale=scale, axis=axis)

    def of(sort: str) -> alt.Chart:
        return rows_of([mark for mark in marks if mark["sort"] == sort])

    def line(sort: str, **look: Any) -> alt.Chart:
        return (
            of(sort)
            .mark_rule(strokeWidth=2, **look)
            .encode(x=x("before"), x2=alt.X2(field="after"), y=lane(height))
        )

    def mark(sort: str, shape: str, size: int = 90, **look: Any) -> alt.Chart:
        return (
            of(sort)
            .mark_point(shape=shape, size=size, opacity=1, filled=True, **look)
            .encode(x=x("after"), y=lane(height))
        )

    whole = rows_of([{"at": at, "top": 0.0, "bottom": height} for at in (0.0, 0.5, 1.0)])
    grid = whole.mark_rule(color=GRID).encode(
        x=x("at"), y=lane(height, "top"), y2=alt.Y2(field="bottom")
    )
    ring = rows_of(marks).mark_point(
        shape="circle", size=70, opacity=1, filled=True, fill=PAPER, stroke=INK, strokeWidth=1.5
    )
    labels = [{"y": m["line"], "label": m["label"]} for m in marks]
    told = [{"y": m["line"], "label": m["told"]} for m in marks]
    return drawn(
        [
            grid,
            line(UP, color=BLUE),
            line(DOWN, color=VERMILION, strokeDash=[4, 3]),
            line(STILL, color=INK),
            ring.encode(x=x("before"), y=lane(height)),
            mark(UP, "triangle-right", color=BLUE),
            mark(DOWN, "triangle-left", fill=PAPER, stroke=VERMILION, strokeWidth=2),
            mark(STILL, "cross", 30, color=INK),
            *haloed(heads, height, bold=True),
            *haloed(labels, height),
            words(told, height, x=WIDTH, align="right", bold=True),
        ],
        height,
    )
