"""From one side of a comparison to the other, driver by driver."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import altair as alt

from detente.analysis.compare import Comparison
from detente.analysis.probabilities import MEANINGS
from detente.figures.lanes import drawn, haloed, lane, rows_of
from detente.figures.naming import Names, lines_of, percent
from detente.figures.record import Cell, Column, Figure
from detente.figures.sides import driver_name, is_clear, points, shared, sides, too_few
from detente.figures.spans import Z
from detente.figures.theme import BLUE, GRID, INK, MUTED, PAPER, VERMILION, WIDTH

LEFT, RIGHT = 8, WIDTH - 12
LINE, BAR, GAP = 17, 16, 11

COLUMNS = (
    Column("Step"),
    Column("From", "share"),
    Column("To", "share"),
    Column("Adds (share of draws)", "number"),
    Column("Its Monte Carlo error (1 s.e.)", "number"),
)


def waterfall(names: Names, one: Comparison, name: str = "waterfall") -> Figure | None:
    """The split of the difference between both sides.

    None where nothing differs, or where one side has too few draws for this chance.
    """
    found = one.differences.get(one.target)
    if found is None or not one.shares or too_few(one, one.target):
        return None
    first, second = sides(names, one)
    return Figure(
        name,
        f"From {first} to {second}: {shared(names, one)}",
        _alt(names, one),
        f"The chance that {MEANINGS[one.target]}. Top and bottom: the two sides. Between them, "
        "each driver begins where the one above ended: a filled bar (+) adds, a hollow dashed "
        "bar (\u2212) takes away. Thin lines: 95 % Monte Carlo error of that step. A driver "
        "marked \u2248 carries no more than that error.",
        COLUMNS,
        tuple(_rows(names, one)),
        _spec(names, one),
    )


def _rows(names: Names, one: Comparison) -> list[tuple[Cell, ...]]:
    found, (first, second) = one.differences[one.target], sides(names, one)
    rows: list[tuple[Cell, ...]] = [(first, 0.0, found.first.p, found.first.p, found.first.mc_se)]
    at = found.first.p
    for share in one.shares:
        rows.append((driver_name(share.driver), at, at + share.points, share.points, share.se))
        at += share.points
    rows.append((second, 0.0, found.second.p, found.second.p, found.second.mc_se))
    return rows


def _alt(names: Names, one: Comparison) -> str:
    found, (first, second) = one.differences[one.target], sides(names, one)
    ranked = sorted(one.shares, key=lambda share: -abs(share.points))
    told = ", ".join(f"{driver_name(s.driver)} {points(s.points)}" for s in ranked)
    return (
        f"{found.first.p:.1%} for {first}, {found.second.p:.1%} for {second}: "
        f"{points(found.points)} points. In points: {told}."
    )


def _spec(names: Names, one: Comparison) -> dict[str, Any]:
    found, (first, second) = one.differences[one.target], sides(names, one)
    marks, y = list[dict[str, Any]](), 4.0
    ends = {0: (first, found.first), len(one.shares) + 1: (second, found.second)}
    at = found.first.p
    for index in range(len(one.shares) + 2):
        if index in ends:
            label, estimate = ends[index]
            mark = {"from": 0.0, "to": estimate.p, "kind": "end", "text": percent(estimate.p),
                    "error": Z * estimate.mc_se}  # fmt: skip
        else:
            share = one.shares[index - 1]
            label = driver_name(share.driver)
            mark = {"from": at, "to": at + share.points, "kind": "up" if share.points > 0 else
                    "down", "text": ("" if is_clear(share) else "\u2248 ") + points(share.points),
                    "error": Z * share.se}  # fmt: skip
            at += share.points
        lines = lines_of(label, 40, 2)
        mark |= {"label": lines, "line": y + LINE / 2}
        y += LINE * len(lines) + 2
        marks.append({**mark, "top": y, "bottom": y + BAR, "y": y + BAR / 2})
        y += BAR + GAP
    return _layers(marks, y)


def _layers(marks: list[dict[str, Any]], height: float) -> dict[str, Any]:
    low = min(0.0, *(m["to"] - m["error"] for m in marks), *(m["from"] for m in marks))
    high = max(*(m["to"] + m["error"] for m in marks), *(m["from"] for m in marks), 0.05)
    scale = alt.Scale(domain=[low, high], range=[LEFT, RIGHT], nice=False, zero=False)
    axis = alt.Axis(format="%", tickCount=5, title=None, grid=False, domain=False)

    def x(field: str) -> alt.X:
        return alt.X(field=field, type="quantitative", scale=scale, axis=axis)

    def bars(kind: str, **look: Any) -> alt.Chart:
        return (
            rows_of([m for m in marks if m["kind"] == kind])
            .mark_rect(**look)
            .encode(x=x("from"), x2=alt.X2(field="to"), y=lane(height, "top"),
                    y2=alt.Y2(field="bottom"))
        )  # fmt: skip

    joints = [
        {"to": here["to"], "top": here["bottom"], "bottom": after["top"]}
        for here, after in pairwise(marks)
    ]
    whiskers = [{**m, "low": m["to"] - m["error"], "high": m["to"] + m["error"]} for m in marks]
    zero = rows_of([{"to": 0.0, "top": 0.0, "bottom": height}]).mark_rule(color=GRID)
    joint = rows_of(joints).mark_rule(color=MUTED, strokeDash=[2, 2])
    whisker = rows_of(whiskers)
    upright: dict[str, Any] = {"x": x("to"), "y": lane(height, "top"), "y2": alt.Y2(field="bottom")}
    texts = [{"y": m["line"], "label": m["text"]} for m in marks]
    names_ = [{"y": m["line"], "label": m["label"]} for m in marks if m["kind"] != "end"]
    heads = [{"y": m["line"], "label": m["label"]} for m in marks if m["kind"] == "end"]
    return drawn(
        [
            zero.encode(**upright),
            joint.encode(**upright),
            bars("end", fill=MUTED, fillOpacity=0.75),
            bars("up", fill=BLUE),
            bars("down", fill=PAPER, stroke=VERMILION, strokeWidth=2, strokeDash=[4, 2]),
            whisker.mark_rule(color=PAPER, strokeWidth=4).encode(
                x=x("low"), x2=alt.X2(field="high"), y=lane(height)
            ),
            whisker.mark_rule(color=INK, strokeWidth=1.5).encode(
                x=x("low"), x2=alt.X2(field="high"), y=lane(height)
            ),
            *haloed(names_, height),
            *haloed(heads, height, bold=True),
            *haloed(texts, height, x=WIDTH, align="right", bold=True),
        ],
        height,
    )
