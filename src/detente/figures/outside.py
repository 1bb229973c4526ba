"""Inside, outside and pooled, an event a block: dots with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from detente.analysis.outside_view import OutsideView, Together
from detente.analysis.probabilities import MEANINGS
from detente.figures.lanes import drawn, lane, rows_of, words
from detente.figures.naming import Names, lines_of, percent, tidy
from detente.figures.record import Cell, Column, Figure
from detente.figures.theme import BLUE, INK, MUTED, VERMILION, WIDTH
from detente.outside.base_rates import Interval

LEFT, RIGHT = 72, WIDTH - 48
LANE, LINE, GAP, KEY = 24, 17, 12, 40
VIEWS = (("inside", BLUE, "circle"), ("outside", VERMILION, "square"), ("pooled", INK, "diamond"))
COLUMNS = (
    Column("Event"),
    Column("View"),
    Column("Chance", "share"),
    Column("50 %, low", "share"),
    Column("50 %, high", "share"),
    Column("90 %, low", "share"),
    Column("90 %, high", "share"),
    Column("Weight", "share"),
)


def outside_figure(names: Names, view: OutsideView, name: str = "outside") -> Figure:
    """The three views of every event that has classes."""
    return Figure(
        name,
        f"Inside and outside: {names.round(view.round)}",
        " ".join(_told(event, found) for event, found in view.events.items()),
        "Dot: the chance. Thick line: 50 %, thin line: 90 %; inside they tell where the chance "
        "lies at points within the stated ranges, outside how sure the counts are, pooled both "
        "together. Upright strokes on the outside line: each class by itself.",
        COLUMNS,
        tuple(row for event, found in view.events.items() for row in _rows(view, event, found)),
        _spec(view),
    )


def _told(event: str, found: Together) -> str:
    return (
        f"{MEANINGS[event].capitalize()}: inside {percent(found.inside.estimate.p)}, outside "
        f"{percent(found.outside.mean)}, pooled {percent(found.linear)}."
    )


def _three(found: Together) -> list[tuple[float, Interval, Interval]]:
    """Chance, 50 % and 90 % of each view, in the order of VIEWS."""
    inside, outside = found.inside, found.outside
    return [
        (inside.estimate.p, inside.half, inside.most),
        (outside.mean, outside.half, outside.most),
        (found.linear, found.half, found.most),
    ]


def _rows(view: OutsideView, event: str, found: Together) -> list[tuple[Cell, ...]]:
    weights = (1.0 - view.weight, view.weight, None)
    rows: list[tuple[Cell, ...]] = [
        (MEANINGS[event], title, p, *half, *most, weight)
        for (title, _, _), (p, half, most), weight in zip(
            VIEWS, _three(found), weights, strict=True
        )
    ]
    rows += [
        (
            MEANINGS[event], f"class: {tidy(share.found.id)}", share.share.mean, *share.half,
            *share.most, share.weight,
        )
        for share in found.outside.shares
    ]  # fmt: skip
    return rows


def _marks(view: OutsideView) -> tuple[list[dict[str, Any]], list[dict[str, Any]], float]:
    """Headings, marks and the height of it all; places in pixels from the top."""
    headings: list[dict[str, Any]] = []
    marks: list[dict[str, Any]] = []
    y = float(KEY)
    for event, found in view.events.items():
        title = lines_of(MEANINGS[event].capitalize(), 50)
        headings.append({"y": y + LINE / 2, "label": title})
        y += LINE * len(title)
        for (name, colour, shape), (p, half, most) in zip(VIEWS, _three(found), strict=True):
            classes = [s.share.mean for s in found.outside.shares] if name == "outside" else []
            marks.append(
                {"y": y + LANE / 2, "view": name, "colour": colour, "shape": shape, "p": p,
                 "low": half[0], "high": half[1], "from": most[0], "to": most[1],
                 "chance": percent(p), "classes": classes if len(classes) > 1 else []}
            )  # fmt: skip
            y += LANE
        y += GAP
    return headings, marks, y


def _spec(view: OutsideView) -> dict[str, Any]:
    headings, marks, height = _marks(view)
    scale = alt.Scale(domain=[0, 1], range=[LEFT, RIGHT], nice=False)
    axis = alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1], title=None, domain=False)

    def x(field: str) -> alt.X:
        return alt.X(field=field, type="quantitative", scale=scale, axis=axis)

    layers: list[alt.Chart] = []
    for name, colour, shape in VIEWS:
        some = rows_of([mark for mark in marks if mark["view"] == name])
        for start, end, width in (("from", "to", 1.5), ("low", "high", 5)):
            line = some.mark_rule(strokeWidth=width, color=colour, opacity=1)
            layers.append(line.encode(x=x(start), x2=alt.X2(field=end), y=lane(height)))
        point = some.mark_point(filled=True, size=90, opacity=1, color=colour, shape=shape)
        layers.append(point.encode(x=x("p"), y=lane(height)))
    single = [{"y": m["y"], "p": p} for m in marks for p in m["classes"]]
    if single:
        tick = rows_of(single).mark_tick(orient="vertical", thickness=2, size=18, color=INK)
        layers.append(tick.encode(x=x("p"), y=lane(height)))
    labels = [{"y": m["y"], "label": m["view"]} for m in marks]
    chances = [{"y": m["y"], "label": m["chance"]} for m in marks]
    layers += [
        words(headings, height, bold=True),
        words(labels, height, limit=LEFT - 10, colour=MUTED),
        words(chances, height, x=WIDTH, align="right", bold=True),
        *_key(height),
    ]
    return drawn(layers, height)


def _key(height: float) -> Sequence[alt.Chart]:
    """What thick, thin and upright lines are, above the blocks."""
    at = [{"y": 10}]
    thin = rows_of(at).mark_rule(strokeWidth=1.5, color=MUTED)
    thick = rows_of(at).mark_rule(strokeWidth=5, color=MUTED)
    tick = rows_of(at).mark_tick(orient="vertical", thickness=2, size=18, color=INK)
    return [
        thin.encode(x=alt.XValue(2), x2=alt.X2Value(42), y=lane(height)),
        thick.encode(x=alt.XValue(12), x2=alt.X2Value(32), y=lane(height)),
        words([{"y": 10, "label": "50 % and 90 %"}], height, x=50),
        tick.encode(x=alt.XValue(170), y=lane(height)),
        words([{"y": 10, "label": "one class"}], height, x=182),
    ]
