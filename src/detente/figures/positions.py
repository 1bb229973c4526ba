"""Positions on a scale, sized by weight, and what each model expects."""

from __future__ import annotations

from typing import Any

import altair as alt

from detente.analysis.spatial import Placed, Spread
from detente.figures.lanes import drawn, lane, rows_of, words
from detente.figures.naming import lines_of, tidy
from detente.figures.record import Cell, Column, Figure
from detente.figures.theme import BLUE, GRID, INK, MUTED, PAPER, VERMILION, WIDTH

LEFT, RIGHT = 150, WIDTH - 12  # of the scale; names stand before it
LINE, GAP = 17, 7
SMALLEST, LARGEST = 25.0, 500.0  # px² of a circle
LETTERS = 21  # of a name a line

COLUMNS = (
    Column("Who or which model"),
    Column("Kind"),
    Column("At, mean", "number"),
    Column("5 % of draws below", "number"),
    Column("95 % of draws below", "number"),
    Column("Share of all weight", "share"),
)


def positions(placed: Placed, name: str) -> Figure:
    """The scale with its actors above and the models' forecasts below."""
    title = tidy(placed.scale.title)
    return Figure(
        name,
        f"Who stands where, and what models expect: {title}",
        _alt(placed),
        "Circles: actors, where they stand on average, larger the more weight they have (salience "
        "times power). Diamonds: models; hollow ones are what a model has to beat. Thin lines run "
        "from the 5 % to the 95 % quantile over draws. Dashed: the reference point. A model without "
        "a diamond expects nothing here.",
        COLUMNS,
        tuple(_rows(placed)),
        _spec(placed),
    )


def _rows(placed: Placed) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = [
        (tidy(s.name), "actor", s.position.mean, s.position.low, s.position.high, s.weight)
        for s in placed.standings
    ]
    for one in placed.forecasts:
        kind = "to beat" if one.model.baseline else "model"
        rows.append((one.model.title, kind, *_three(one.spread), None))
    return rows


def _three(spread: Spread | None) -> tuple[float | None, float | None, float | None]:
    return (None, None, None) if spread is None else (spread.mean, spread.low, spread.high)


def _alt(placed: Placed) -> str:
    there = [f for f in placed.forecasts if f.spread is not None and not f.model.baseline]
    actors = ", ".join(
        f"{tidy(s.name)} at {s.position.mean:.0f} ({s.weight:.0%} of the weight)"
        for s in placed.standings
    )
    text = f"On a scale from 0 to 100 stand {actors or 'no actors'}."
    if there:
        means = [f.spread.mean for f in there if f.spread is not None]
        text += (
            f" {len(there)} models expect from {min(means):.0f} to {max(means):.0f}"
            f" ({there[0].model.title} {means[0]:.0f})."
        )
    return text


def _marks(placed: Placed) -> tuple[list[dict[str, Any]], float]:
    """One mark a row with its place in pixels, and the height of all."""
    marks: list[dict[str, Any]] = []
    y = 4.0
    most = max((s.weight for s in placed.standings), default=1.0) or 1.0
    for s in placed.standings:
        size = SMALLEST + (LARGEST - SMALLEST) * s.weight / most
        y = _add(marks, y, tidy(s.name), s.position, {"kind": "actor", "size": size})
    y += GAP
    for one in placed.forecasts:
        kind = "baseline" if one.model.baseline else "model"
        y = _add(marks, y, one.model.title, one.spread, {"kind": kind, "size": 140.0})
    return marks, y


def _add(
    marks: list[dict[str, Any]], y: float, label: str, spread: Spread | None, more: dict[str, Any]
) -> float:
    lines = lines_of(label, LETTERS, 2)
    tall = max(LINE * len(lines), 22)
    mean, low, high = _three(spread)
    there = {} if mean is None else {"at": mean, "low": low, "high": high}
    marks.append({**more, **there, "label": lines, "y": y + tall / 2 - LINE * (len(lines) - 1) / 2,
                  "middle": y + tall / 2})  # fmt: skip
    return y + tall + GAP


def _spec(placed: Placed) -> dict[str, Any]:
    marks, height = _marks(placed)
    scale = alt.Scale(domain=[0, 100], range=[LEFT, RIGHT], nice=False, zero=False)
    axis = alt.Axis(
        title=_axis_title(placed),
        tickCount=5,
        grid=False,
        domain=True,
        values=[0, 25, 50, 75, 100],
        titleLimit=RIGHT - LEFT,
    )

    def x(field: str) -> alt.X:
        return alt.X(field=field, type="quantitative", scale=scale, axis=axis)

    there = [mark for mark in marks if "at" in mark]
    reference = float(placed.scale.table.reference[0])
    known = [] if reference != reference else [{"at": reference, "y": 0.0, "end": height}]  # noqa: PLR0124 -- NaN
    lines = [{"at": at, "y": 0.0, "end": height} for at, _ in placed.scale.marks]
    upright: dict[str, Any] = {"x": x("at"), "y": lane(height), "y2": alt.Y2(field="end")}
    spread: dict[str, Any] = {
        "x": x("low"),
        "x2": alt.X2(field="high"),
        "y": lane(height, "middle"),
    }
    size = alt.Size(field="size", type="quantitative", scale=None)

    def dots(kind: str, **look: Any) -> alt.Chart:
        return (
            rows_of([mark for mark in there if mark["kind"] == kind])
            .mark_point(opacity=1, **look)
            .encode(x=x("at"), y=lane(height, "middle"), size=size)
        )

    return drawn(
        [
            rows_of(lines).mark_rule(color=GRID).encode(**upright),
            rows_of(known).mark_rule(color=MUTED, strokeDash=[4, 3]).encode(**upright),
            rows_of(there).mark_rule(color=INK, strokeWidth=1.5).encode(**spread),
            dots("actor", shape="circle", filled=True, color=BLUE, stroke=PAPER, strokeWidth=1),
            dots("model", shape="diamond", filled=True, color=VERMILION, stroke=PAPER),
            dots("baseline", shape="diamond", filled=True, fill=PAPER, stroke=VERMILION,
                 strokeWidth=2),
            words(marks, height, limit=LEFT - 8),
        ],
        height,
    )  # fmt: skip


def _axis_title(placed: Placed) -> str:
    marks = placed.scale.marks
    if not marks:
        return "0 to 100"
    low, high = tidy(marks[0][1]), tidy(marks[-1][1])
    return f"{marks[0][0]:.0f} {low} \u2013 {marks[-1][0]:.0f} {high}"
