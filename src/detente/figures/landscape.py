"""What every package brings the two principals, the zone, and where deals fall."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import altair as alt

from detente.analysis.answer import Answer, Run
from detente.analysis.landscape import Landscape, Spot
from detente.figures.lanes import rows_of
from detente.figures.naming import Names
from detente.figures.record import Cell, Column, Figure
from detente.figures.theme import BAND, BLUE, CONFIG, INK, MUTED, PAPER, SIZE, VERMILION

MOST = 6  # likely deals with a number; the list beside the figure has the same
WIDTH, HEIGHT = 316, 310  # of the plot; axes bring it to a phone's width
APART = 19.0  # px between number labels

COLUMNS = (
    Column("Mark"),
    Column("Package"),
    Column("Gain of the first principal", "number"),
    Column("Gain of the second principal", "number"),
    Column("Share of deals", "share"),
    Column("Packages", "count"),
)


def landscape(run: Run, answer: Answer, name: str = "landscape") -> Figure:
    """Mean gains of the first two principals over packages the links allow."""
    names, field = Names(run.situation), answer.landscape
    first, second = (names.actor(party) for party in field.principals)
    return Figure(
        name,
        f"Who gains what: {names.scenario(answer.round, answer.reading)}",
        _alt(names, field),
        f"Shaded cells: {_which(field)}, darker where there are more. Line: packages that no "
        f"other {'of the sample ' if field.sampled else ''}beats for both. Dashed lines: what "
        "each principal demands on average before it signs; "
        "the shaded corner lies above both. Numbered dots: the likeliest deals in the order of "
        "the list, larger the more often. All are means over draws; in a single draw the "
        "demands and the gains differ. Gains are in stakes: 1 is the distance from a party\u2019s "
        "worst package to its best.",
        (
            *COLUMNS[:2],
            Column(f"Gain of {first}", "number"),
            Column(f"Gain of {second}", "number"),
            *COLUMNS[4:],
        ),
        tuple(_rows(names, field)),
        _spec(field, (first, second)),
    )


_SAMPLE = ", a sample of those that the links allow,"


def _which(field: Landscape) -> str:
    if not field.sampled:
        return "packages"
    return f"a sample of {field.packages:,} packages, for there are too many to look at each"


def _rows(names: Names, field: Landscape) -> list[tuple[Cell, ...]]:
    def content(spot: Spot) -> str:
        return "; ".join(names.option(ref) for ref in spot.changes) or "nothing changes"

    rows: list[tuple[Cell, ...]] = [("demand of each", None, *field.demands, None, None)]
    rows += [
        (f"likely deal {i}", content(s), s.first, s.second, s.share, 1)
        for i, s in enumerate(field.likely, 1)
    ]
    rows += [("frontier", content(s), s.first, s.second, None, 1) for s in field.frontier]
    rows += [
        ("cell, lower corner", None, cell.first, cell.second, None, cell.packages)
        for cell in field.cells
    ]
    return rows


def _alt(names: Names, field: Landscape) -> str:
    first, second = (names.actor(party) for party in field.principals)
    above = sum(_above(spot, field) for spot in field.frontier)
    text = (
        f"{field.packages:,} packages{_SAMPLE if field.sampled else ''} by mean gain. "
        f"{first} demands {field.demands[0]:.2f}, "
        f"{second} {field.demands[1]:.2f}. Of {len(field.frontier)} packages on the frontier, "
        f"{above} {'lies' if above == 1 else 'lie'} at or above both demands."
    )
    if field.likely:
        top = field.likely[0]
        text += (
            f" The likeliest deal, {top.share:.1%} of deals, brings {first} {top.first:.2f} "
            f"and {second} {top.second:.2f}."
        )
    return text


def _above(spot: Spot, field: Landscape) -> bool:
    return spot.first >= field.demands[0] and spot.second >= field.demands[1]


def _domain(low: float, high: float) -> tuple[float, float]:
    pad = 0.04 * (high - low) or 0.1
    return low - pad, high + pad


def _domains(field: Landscape) -> tuple[tuple[float, float], tuple[float, float]]:
    spots = (*field.frontier, *field.likely)
    xs = [c.first for c in field.cells] + [c.first + c.width for c in field.cells]
    ys = [c.second for c in field.cells] + [c.second + c.height for c in field.cells]
    xs += [s.first for s in spots] + [field.demands[0]]
    ys += [s.second for s in spots] + [field.demands[1]]
    return _domain(min(xs), max(xs)), _domain(min(ys), max(ys))


def _spec(field: Landscape, names: tuple[str, str]) -> dict[str, Any]:
    xs, ys = _domains(field)
    x_scale = alt.Scale(domain=list(xs), nice=False, zero=False)
    y_scale = alt.Scale(domain=list(ys), nice=False, zero=False)
    across = alt.Axis(title=f"Gain of {names[0]}", tickCount=5, grid=False)
    up = alt.Axis(title=f"Gain of {names[1]}", tickCount=5, grid=False)

    def x(name: str) -> alt.X:
        return alt.X(field=name, type="quantitative", scale=x_scale, axis=across)

    def y(name: str) -> alt.Y:
        return alt.Y(field=name, type="quantitative", scale=y_scale, axis=up)

    x2, y2 = alt.X2(field="x2"), alt.Y2(field="y2")
    demand = [{"x": field.demands[0], "y": field.demands[1], "x2": xs[1], "y2": ys[1]}]
    dashed = rows_of(demand).mark_rule(strokeDash=[5, 3], color=INK, strokeWidth=1.5)
    zone = rows_of(demand).mark_rect(fill=BAND, fillOpacity=0.3)
    cells = rows_of(_cells(field)).mark_rect(fill=MUTED)
    front = rows_of(_frontier(field)).mark_line(
        color=BLUE, strokeWidth=2, interpolate="step-before"
    )
    layers = [
        zone.encode(x=x("x"), y=y("y"), x2=x2, y2=y2),
        cells.encode(
            x=x("x"),
            y=y("y"),
            x2=x2,
            y2=y2,
            fillOpacity=alt.FillOpacity(field="shade", type="quantitative", scale=None),
        ),
        dashed.encode(x=x("x")),
        dashed.encode(y=y("y")),
        front.encode(x=x("x"), y=y("y"), order=alt.Order(field="order", type="quantitative")),
        *_deals(field.likely[:MOST], xs, ys, x, y),
    ]
    chart = alt.layer(*layers).properties(width=WIDTH, height=HEIGHT)
    spec: dict[str, Any] = chart.to_dict(validate=False)  # pyright: ignore[reportUnknownMemberType]
    return {**spec, "config": CONFIG}


def _cells(field: Landscape) -> list[dict[str, float]]:
    most = max(cell.packages for cell in field.cells) if field.cells else 1
    return [
        {"x": c.first, "y": c.second, "x2": c.first + c.width, "y2": c.second + c.height,
         "shade": round(0.12 + 0.55 * math.log1p(c.packages) / math.log1p(most), 2)}
        for c in field.cells
    ]  # fmt: skip


def _frontier(field: Landscape) -> list[dict[str, float]]:
    return [{"x": s.first, "y": s.second, "order": i} for i, s in enumerate(field.frontier)]


def _deals(
    spots: Sequence[Spot],
    xs: tuple[float, float],
    ys: tuple[float, float],
    x: Any,
    y: Any,
) -> list[alt.Chart]:
    """Dots sized by share; a number beside each, moved apart, with a line to its dot."""
    places = _apart([_pixels(spot, xs, ys) for spot in spots])
    marks = [
        {"x": s.first, "y": s.second, "size": 30 + 300 * s.share, "label": str(i),
         "at": xs[0] + px / WIDTH * (xs[1] - xs[0]), "up": ys[1] - py / HEIGHT * (ys[1] - ys[0])}
        for i, (s, (px, py)) in enumerate(zip(spots, places, strict=True), 1)
    ]  # fmt: skip
    chart = rows_of(marks)
    leader = chart.mark_rule(color=INK, strokeWidth=1)
    dot = chart.mark_point(filled=True, opacity=1, color=VERMILION, stroke=PAPER, strokeWidth=1)
    plate = chart.mark_point(filled=True, opacity=1, size=230, color=PAPER, stroke=INK)
    number = chart.mark_text(fontWeight="bold", baseline="middle", fontSize=SIZE)
    return [
        leader.encode(x=x("x"), y=y("y"), x2=alt.X2(field="at"), y2=alt.Y2(field="up")),
        dot.encode(
            x=x("x"), y=y("y"), size=alt.Size(field="size", type="quantitative", scale=None)
        ),
        plate.encode(x=x("at"), y=y("up")),
        number.encode(x=x("at"), y=y("up"), text=alt.Text(field="label", type="nominal")),
    ]


Point = tuple[float, float]


def _pixels(spot: Spot, xs: tuple[float, float], ys: tuple[float, float]) -> Point:
    return (
        (spot.first - xs[0]) / (xs[1] - xs[0]) * WIDTH,
        (ys[1] - spot.second) / (ys[1] - ys[0]) * HEIGHT,
    )


def _apart(dots: Sequence[Point], rounds: int = 80) -> list[Point]:
    """Places for number labels: off their dots, off each other, inside the plot."""
    places = [(x + 4.0 * i + 14.0, y - 14.0 - 3.0 * i) for i, (x, y) in enumerate(dots)]
    for _ in range(rounds):
        for i, place in enumerate(places):
            others = [*places[:i], *places[i + 1 :], *dots]
            places[i] = _pushed(place, others)
    return places


def _pushed(place: Point, others: Sequence[Point]) -> Point:
    x, y = place
    for other_x, other_y in others:
        dx, dy = x - other_x, y - other_y
        far = math.hypot(dx, dy) or 1e-6
        if far < APART:
            step = (APART - far) / 2
            x, y = x + step * (dx or 1e-6) / far, y + step * dy / far
    return min(max(x, 9.0), WIDTH - 9.0), min(max(y, 9.0), HEIGHT - 9.0)
