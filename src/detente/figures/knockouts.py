"""What taking something away does to the chance, largest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from detente.analysis.knockout import Knockout, Knockouts, Reading
from detente.analysis.pooling import Difference
from detente.analysis.probabilities import MEANINGS
from detente.figures.lanes import drawn, haloed, lane, rows_of, words
from detente.figures.naming import Names, lines_of
from detente.figures.record import Column, Figure
from detente.figures.removal_names import removal_name, removal_phrase
from detente.figures.sides import is_clear, points
from detente.figures.spans import Z
from detente.figures.theme import (
    BLUE,
    GRID,
    INK,
    MUTED,
    PAPER,
    ROUND_SHAPES,
    VERMILION,
    WIDTH,
)
from detente.sources.claims import Claims

MOST = 14  # removals drawn; the numbers hold all
LEFT, RIGHT = 10, WIDTH - 14
LINE, BAR, GAP, KEY = 17, 14, 16, 18

COLUMNS = (
    Column("Without"),
    Column("Reading"),
    Column("Chance with it", "share"),
    Column("Chance without it", "share"),
    Column("Change (share of draws)", "number"),
    Column("Its Monte Carlo error (1 s.e.)", "number"),
)
OVER_ALL = "over readings"


def knockout_figure(
    names: Names, claims: Claims, found: Knockouts, rows: Sequence[Knockout], name: str, title: str
) -> Figure | None:
    """Changes of the target by removal; None where none of ``rows`` moves any value."""
    moving = [row for row in rows if found.target in row.overall]
    if not moving:
        return None
    top = moving[0]
    d = top.overall[found.target]
    return Figure(
        name,
        title,
        f"The largest change comes from taking away {removal_phrase(claims, top.removal)}: "
        f"from {d.first.p:.1%} to {d.second.p:.1%} over readings, {points(d.points)} points. "
        f"{len(moving)} of {len(rows)} move any value.",
        f"Change of the chance that {MEANINGS[found.target]}, in points. Bar: over readings, "
        "filled where the chance rises without it, hollow and dashed where it falls; thin line: "
        "95 % Monte Carlo error. Small marks: each reading by itself.",
        COLUMNS,
        tuple(
            (
                removal_name(claims, row.removal),
                label,
                one.first.p,
                one.second.p,
                one.points,
                one.se,
            )
            for row in moving
            for label, one in _told(names, found, row)
        ),
        _spec(names, claims, found, moving[:MOST]),
    )


def _told(names: Names, found: Knockouts, row: Knockout) -> list[tuple[str, Difference]]:
    """Over readings first, then reading by reading."""
    each = [
        (names.reading(reading), changes[found.target])
        for reading, changes in row.changes.items()
        if found.target in changes
    ]
    return [(OVER_ALL, row.overall[found.target]), *each]


def _spec(
    names: Names, claims: Claims, found: Knockouts, rows: Sequence[Knockout]
) -> dict[str, Any]:
    shapes = {
        reading: ROUND_SHAPES[i % len(ROUND_SHAPES)] for i, reading in enumerate(found.weights)
    }
    several = len(shapes) > 1
    y = KEY * len(shapes) + 10.0 if several else 4.0
    bars: list[dict[str, Any]] = []
    dots: list[dict[str, Any]] = []
    for row in rows:
        d = row.overall[found.target]
        lines = lines_of(removal_name(claims, row.removal), 50, 2)
        bar = y + LINE * len(lines) + 5
        bars.append(
            {"from": 0.0, "to": 100 * d.points, "kind": "up" if d.points > 0 else "down",
             "low": 100 * (d.points - Z * d.se), "high": 100 * (d.points + Z * d.se),
             "top": bar, "bottom": bar + BAR, "y": bar + BAR / 2, "line": y + LINE / 2,
             "label": lines, "told": ("" if is_clear(d) else "≈ ") + points(d.points)}
        )  # fmt: skip
        dots += [
            {"at": 100 * changes[found.target].points, "y": bar + BAR + 6, "shape": shapes[reading]}
            for reading, changes in row.changes.items()
            if several and found.target in changes
        ]
        y = bar + BAR + GAP
    return _layers(bars, dots, _key(names, shapes, y) if several else [], y)


def _key(names: Names, shapes: dict[Reading, str], height: float) -> list[alt.Chart]:
    """The mark of each reading, a line each."""
    layers: list[alt.Chart] = []
    for index, (reading, shape) in enumerate(shapes.items()):
        at = 8 + KEY * index
        mark = rows_of([{"y": at}]).mark_point(shape=shape, size=60, color=MUTED, opacity=1)
        layers.append(mark.encode(x=alt.XValue(8), y=lane(height)))
        layers.append(words([{"y": at, "label": names.reading(reading)}], height, x=22))
    return layers


def _layers(
    bars: list[dict[str, Any]], dots: list[dict[str, Any]], key: list[alt.Chart], height: float
) -> dict[str, Any]:
    reach = [0.0, *(b["low"] for b in bars), *(b["high"] for b in bars), *(d["at"] for d in dots)]
    scale = alt.Scale(domain=[min(reach), max(reach)], range=[LEFT, RIGHT], nice=False, zero=False)
    axis = alt.Axis(tickCount=6, title="points", grid=False, domain=False, format="+d")

    def x(field: str) -> alt.X:
        return alt.X(field=field, type="quantitative", scale=scale, axis=axis)

    def bar(kind: str, **look: Any) -> alt.Chart:
        return (
            rows_of([b for b in bars if b["kind"] == kind])
            .mark_rect(**look)
            .encode(x=x("from"), x2=alt.X2(field="to"), y=lane(height, "top"),
                    y2=alt.Y2(field="bottom"))
        )  # fmt: skip

    start = bars[0]["line"] - LINE
    zero = rows_of([{"to": 0.0, "top": start, "bottom": height}]).mark_rule(color=GRID)
    error = rows_of(bars).mark_rule(color=INK, strokeWidth=1.5)
    each = rows_of(dots).mark_point(size=40, color=MUTED, opacity=1, strokeWidth=1.5)
    labels = [{"y": b["line"], "label": b["label"]} for b in bars]
    told = [{"y": b["line"], "label": b["told"]} for b in bars]
    return drawn(
        [
            zero.encode(x=x("to"), y=lane(height, "top"), y2=alt.Y2(field="bottom")),
            bar("up", fill=BLUE),
            bar("down", fill=PAPER, stroke=VERMILION, strokeWidth=2, strokeDash=[4, 2]),
            error.encode(x=x("low"), x2=alt.X2(field="high"), y=lane(height)),
            each.encode(
                x=x("at"),
                y=lane(height),
                shape=alt.Shape(field="shape", type="nominal", scale=None),
            ),
            *key,
            *haloed(labels, height),
            *haloed(told, height, x=WIDTH, align="right", bold=True),
        ],
        height,
    )
