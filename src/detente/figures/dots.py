"""Numbers with intervals as dots on lines, a row each, its name above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from detente.figures.lanes import drawn, haloed, lane, rows_of
from detente.figures.naming import lines_of
from detente.figures.theme import BLUE, GRID, INK, MUTED, PAPER, VERMILION, WIDTH

LEFT, RIGHT = 10, WIDTH - 14
LINE, MARK, GAP = 17, 16, 9


@dataclass(frozen=True, slots=True)
class Dot:
    """One row: a number with its interval, how it is told, and what it is compared with.

    ``hollow`` sets rows of another kind apart; ``cross`` is drawn as a cross on the same line.
    """

    name: str
    told: str
    value: float
    low: float
    high: float
    hollow: bool = False
    cross: float | None = None


def dots_spec(
    dots: Sequence[Dot], title: str, *, upright: float | None = None, form: str = "d"
) -> dict[str, Any]:
    """The picture: ``title`` under the axis, a line at ``upright``, axis labels in ``form``."""
    marks, y = list[dict[str, Any]](), 4.0
    for dot in dots:
        at = y + LINE + MARK / 2
        marks.append(
            {"label": lines_of(dot.name, 40, 1), "told": dot.told, "line": y + LINE / 2, "y": at,
             "value": dot.value, "low": dot.low, "high": dot.high, "hollow": dot.hollow,
             "cross": dot.cross}
        )  # fmt: skip
        y = at + MARK / 2 + GAP
    return _drawn(marks, y, title, upright, form)


def _drawn(
    marks: list[dict[str, Any]], height: float, title: str, upright: float | None, form: str
) -> dict[str, Any]:
    reach = [m[end] for m in marks for end in ("low", "high")]
    reach += [m["cross"] for m in marks if m["cross"] is not None]
    reach += [] if upright is None else [upright]
    scale = alt.Scale(domain=[min(reach), max(reach)], range=[LEFT, RIGHT], nice=False, zero=False)
    axis = alt.Axis(tickCount=6, title=title, grid=False, domain=False, format=form)

    def x(field: str) -> alt.X:
        return alt.X(field=field, type="quantitative", scale=scale, axis=axis)

    def points(chosen: list[dict[str, Any]], field: str, **look: Any) -> alt.Chart:
        return rows_of(chosen).mark_point(opacity=1, **look).encode(x=x(field), y=lane(height))

    wide = [m for m in marks if m["high"] > m["low"]]
    across = rows_of(wide).mark_rule(color=INK, strokeWidth=1.5)
    layers: list[alt.Chart] = []
    if upright is not None:
        line = rows_of([{"at": upright, "top": 0.0, "bottom": height}]).mark_rule(color=GRID)
        layers.append(line.encode(x=x("at"), y=lane(height, "top"), y2=alt.Y2(field="bottom")))
    layers += [
        across.encode(x=x("low"), x2=alt.X2(field="high"), y=lane(height)),
        points([m for m in marks if not m["hollow"]], "value", size=70, filled=True, color=BLUE),
        points([m for m in marks if m["hollow"]], "value", size=60, filled=True, fill=PAPER,
               stroke=MUTED, strokeWidth=2),
        points([m for m in marks if m["cross"] is not None], "cross", size=90, shape="cross",
               filled=True, color=VERMILION),
        *haloed([{"y": m["line"], "label": m["label"]} for m in marks], height),
        *haloed([{"y": m["line"], "label": m["told"]} for m in marks], height, x=WIDTH,
                align="right", bold=True),
    ]  # fmt: skip
    return drawn(layers, height)
