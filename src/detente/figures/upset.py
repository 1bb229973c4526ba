"""Blocking sets as a matrix: which constraints are in each set, and how often it blocks.

Sets are columns under bars, constraints are rows, and the dots of a set are joined by a line
(Lex, Gehlenborg, Strobelt, Vuillemot & Pfister 2014). A row's name stands above its dots, so
that long names fit a phone's width.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from detente.analysis.kept_out import Barrier, Blocked
from detente.figures.constraint_kinds import KEY, KINDS, kind, letters
from detente.figures.lanes import drawn, haloed, lane, rows_of, words
from detente.figures.naming import Names, lines_of, percent
from detente.figures.record import Column, Figure
from detente.figures.spans import Z
from detente.figures.theme import BLUE, GRID, INK, MUTED, PAPER, WIDTH

MOST = 8  # sets drawn; the numbers hold all that are listed
BARS, TOP = 84, 20  # height of the bars and of the room for their shares
LINE, LANE, GAP = 17, 18, 5
RIGHT = WIDTH - 40  # beyond it a row's own share
KEY_LINE = 19

COLUMNS = (
    Column("Blocking set"),
    Column("Kinds"),
    Column("Constraints in it", "count"),
    Column("Share of draws without a zone", "share"),
    Column("Its Monte Carlo error (1 s.e.)", "number"),
)


def upset(names: Names, one: Blocked, name: str) -> Figure | None:
    """The most frequent minimal blocking sets of one scenario; None where there is none."""
    if not one.barriers:
        return None
    return Figure(
        name,
        f"What blocks a deal: {names.scenario(one.round, one.reading)}",
        _alt(names, one),
        "Each column is a smallest set of constraints that together shut out every package: "
        "take all its dots away and something suits everybody. Bars: in which share of the "
        "draws without such a package the set is one. A draw may have several sets, so "
        f"shares may sum to more than 100 %. {KEY}. On the right of a row: in which share "
        "it is part of some set.",
        COLUMNS,
        tuple(
            (names.blocking(b.constraints), letters(b.constraints), len(b.constraints),
             b.share.p, b.share.mc_se)
            for b in one.barriers
        ),
        _spec(names, one),
    )  # fmt: skip


def _alt(names: Names, one: Blocked) -> str:
    top = one.barriers[0]
    together = "" if len(top.constraints) == 1 else " together"
    text = (
        f"Nothing suits everybody in {one.no_zone.p:.1%} of draws. In {top.share.p:.1%} of these "
        f"it is enough to take away {names.blocking(top.constraints)}{together}."
    )
    alone = [b for b in one.barriers if len(b.constraints) == 1]
    return f"{text} Of {len(one.barriers)} sets listed, {len(alone)} hold one constraint alone."


def rows_drawn(one: Blocked) -> list[str]:
    """The constraints in the sets that are drawn, those that are part of most sets first."""
    inside = {name for barrier in one.barriers[:MOST] for name in barrier.constraints}
    return [name for name in one.found.involved if name in inside]


def _spec(names: Names, one: Blocked) -> dict[str, Any]:
    sets, rows = one.barriers[:MOST], rows_drawn(one)
    wide = RIGHT / max(len(sets), 4)
    centres = [wide * (i + 0.5) for i in range(len(sets))]
    foot = TOP + BARS
    labels: list[dict[str, Any]] = []
    shares: list[dict[str, Any]] = []
    lanes: dict[str, float] = {}
    y = foot + 12.0
    for row in rows:
        lines = lines_of(f"{kind(row).letter}  {names.constraint(row)}", 46, 2)
        labels.append({"y": y + LINE / 2, "label": lines})
        shares.append({"y": y + LINE / 2, "label": percent(one.found.involved[row])})
        y += LINE * len(lines)
        lanes[row] = y + LANE / 2
        y += LANE + GAP
    height = y + _key_height(rows)
    return drawn(
        [
            *_bars(sets, centres, wide, foot, height),
            *_matrix(sets, centres, lanes, height),
            *haloed(labels, height, limit=RIGHT),
            *haloed(shares, height, x=WIDTH, align="right", bold=True),
            *_key(rows, y, height),
        ],
        height,
    )


def _across() -> alt.X:
    scale = alt.Scale(domain=[0, WIDTH], range=[0, WIDTH], nice=False)
    return alt.X(field="x", type="quantitative", scale=scale, axis=None)


def _bars(
    sets: Sequence[Barrier], centres: Sequence[float], wide: float, foot: float, height: float
) -> list[alt.Chart]:
    """A bar a set, from nothing to its share of all; its share and its error stand with it."""
    marks = [
        {"x": x - wide * 0.32, "x2": x + wide * 0.32, "middle": x, "y": foot - BARS * b.share.p,
         "foot": foot, "low": foot - BARS * max(b.share.p - Z * b.share.mc_se, 0.0),
         "high": foot - BARS * min(b.share.p + Z * b.share.mc_se, 1.0),
         "text": foot - BARS * b.share.p - 10, "label": percent(b.share.p)}
        for b, x in zip(sets, centres, strict=True)
    ]  # fmt: skip
    chart = rows_of(marks)
    middle = _across().copy()
    middle["field"] = "middle"
    base = rows_of([{"x": 0, "x2": RIGHT, "y": foot}]).mark_rule(color=MUTED)
    return [
        chart.mark_rect(fill=BLUE).encode(
            x=_across(), x2=alt.X2(field="x2"), y=lane(height), y2=alt.Y2(field="foot")
        ),
        base.encode(x=_across(), x2=alt.X2(field="x2"), y=lane(height)),
        chart.mark_rule(color=INK, strokeWidth=1.5).encode(
            x=middle, y=lane(height, "low"), y2=alt.Y2(field="high")
        ),
        chart.mark_text(fontWeight="bold", baseline="middle").encode(
            x=middle, y=lane(height, "text"), text=alt.Text(field="label", type="nominal")
        ),
    ]


def _matrix(
    sets: Sequence[Barrier], centres: Sequence[float], lanes: Mapping[str, float], height: float
) -> list[alt.Chart]:
    """Faint marks where a row is not in a set, the kind's mark where it is, a line through."""
    empty, full, joins = list[dict[str, Any]](), list[dict[str, Any]](), list[dict[str, Any]]()
    for barrier, x in zip(sets, centres, strict=True):
        inside = [lanes[name] for name in barrier.constraints]
        joins.append({"x": x, "y": min(inside), "y2": max(inside)})
        for row, y in lanes.items():
            mark = kind(row)
            place = {"x": x, "y": y, "shape": mark.shape, "colour": mark.colour}
            (full if row in barrier.constraints else empty).append(place)
    shape = alt.Shape(field="shape", type="nominal", scale=None)
    return [
        rows_of(joins)
        .mark_rule(color=INK, strokeWidth=2)
        .encode(x=_across(), y=lane(height), y2=alt.Y2(field="y2")),
        rows_of(empty)
        .mark_point(filled=True, size=22, opacity=1, color=GRID)
        .encode(x=_across(), y=lane(height)),
        rows_of(full)
        .mark_point(filled=True, size=130, opacity=1, stroke=PAPER, strokeWidth=1)
        .encode(
            x=_across(), y=lane(height), shape=shape,
            fill=alt.Fill(field="colour", type="nominal", scale=None),
        ),
    ]  # fmt: skip


def _kinds_in(rows: Sequence[str]) -> list[str]:
    return [name for name in KINDS if any(row.startswith(f"{name}.") for row in rows)]


def _key_height(rows: Sequence[str]) -> float:
    return 8.0 + KEY_LINE * ((len(_kinds_in(rows)) + 1) // 2)


def _key(rows: Sequence[str], top: float, height: float) -> list[alt.Chart]:
    """Shape, letter and word of each kind, two a line."""
    layers: list[alt.Chart] = []
    for index, name in enumerate(_kinds_in(rows)):
        mark = KINDS[name]
        x, y = (WIDTH / 2) * (index % 2), top + 16 + KEY_LINE * (index // 2)
        symbol = rows_of([{"x": x + 8, "y": y}]).mark_point(
            filled=True, size=90, opacity=1, color=mark.colour, shape=mark.shape
        )
        layers.append(symbol.encode(x=_across(), y=lane(height)))
        layers.append(words([{"y": y, "label": f"{mark.letter}  {mark.short}"}], height, x=x + 22))
    return layers
