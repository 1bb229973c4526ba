"""A probability over two addresses: shaded cells, with the line of one half through them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import altair as alt
import numpy as np

from detente.analysis.contour import contour
from detente.analysis.probabilities import MEANINGS
from detente.analysis.scan import Scan, Step, Track
from detente.arrays import Floats
from detente.figures.lanes import rows_of
from detente.figures.naming import Names, lines_of, percent
from detente.figures.record import Cell, Column, Figure
from detente.figures.scanned import EVEN, stated_range
from detente.figures.theme import BLUE, CONFIG, INK, MUTED, PAPER, VERMILION

WIDTH, HEIGHT = 306, 290  # of the plot; axes bring it to a phone's width
WIDE, TALL = 24, 17  # px a cell needs for its number
FAINT, DARK = 0.05, 0.6  # opacity of none and of all: text stays readable on both
UNKNOWN = "·"

Place = Callable[[str], Any]


def heatmap(names: Names, scan: Scan, track: Track, name: str) -> Figure | None:
    """The chance of one reading over both addresses; None where it is known in no cell."""
    if all(step.chance is None for step in track.steps):
        return None
    across, up = (names.address(sweep.address) for sweep in scan.sweeps)
    return Figure(
        name,
        f"The chance over two values: {names.scenario(scan.round, track.reading)}",
        _alt(track, across, up),
        _aid(names, scan),
        (
            Column(across, "number"), Column(up, "number"), Column("Chance", "share"),
            Column("Its Monte Carlo error (1 s.e.)", "number"),
            Column("Difference between the rounds (share of draws)", "number"),
            Column("Its Monte Carlo error (1 s.e.)", "number"),
        ),
        tuple(_row(step) for step in track.steps),
        _spec(scan, track, (across, up)),
    )  # fmt: skip


def _aid(names: Names, scan: Scan) -> str:
    number = ", told in per cent" if roomy(scan) else ""
    text = (
        f"Each cell: the chance that {MEANINGS[scan.target]}{number}; the stronger its shade, the "
        "likelier. "
        "Solid line: where it is one half, by straight lines between the middles of cells. "
    )
    if scan.against is not None:
        here, there = names.round(scan.round), names.round(scan.against)
        text += f"Dotted line: where {here} is as likely as {there}. "
    return f"{text}Dashed box, line or ring: what the reading states."


def _row(step: Step) -> tuple[Cell, ...]:
    known, other = step.chance, step.difference
    return (
        *step.cell,
        None if known is None else known.p,
        None if known is None else known.mc_se,
        None if other is None else other.points,
        None if other is None else other.se,
    )


def _alt(track: Track, across: str, up: str) -> str:
    known = [(step.chance.p, step.cell) for step in track.steps if step.chance is not None]
    (low, there), (high, here) = min(known), max(known)
    above = sum(p > EVEN for p, _ in known) / len(known)
    return (
        f"Across: {across}; up: {up}. The chance runs from {percent(low)} at {there[0]:g} and "
        f"{there[1]:g} to {percent(high)} at {here[0]:g} and {here[1]:g}; it is above one half in "
        f"{percent(above)} of the cells."
    )


def chances(scan: Scan, track: Track) -> Floats:
    """Every cell's chance: shape (second address, first address), NaN where not known."""
    return _table(scan, [np.nan if s.chance is None else s.chance.p for s in track.steps])


def differences(scan: Scan, track: Track) -> Floats:
    """Every cell's difference between the two rounds; shape and gaps as ``chances``."""
    found = [np.nan if s.difference is None else s.difference.points for s in track.steps]
    return _table(scan, found)


def _table(scan: Scan, found: Sequence[float]) -> Floats:
    first, second = (len(sweep.values) for sweep in scan.sweeps)
    return np.array(found, dtype=np.float64).reshape(first, second).T


def borders(values: Sequence[float]) -> list[float]:
    """The edges of cells about ``values``, half a step on either side."""
    half = (values[-1] - values[0]) / (len(values) - 1) / 2
    return [values[0] - half, *(value + half for value in values)]


def roomy(scan: Scan) -> bool:
    """Whether a number fits into every cell."""
    first, second = (len(sweep.values) for sweep in scan.sweeps)
    return WIDTH / first >= WIDE and HEIGHT / second >= TALL


def _spec(scan: Scan, track: Track, titles: tuple[str, str]) -> dict[str, Any]:
    (xs, ys) = (borders(sweep.values) for sweep in scan.sweeps)
    x, y = _across(titles[0], xs), _up(titles[1], ys)
    cells = rows_of(_cells(scan, track, xs, ys))
    layers = [
        cells.mark_rect(fill=BLUE, stroke=PAPER, strokeWidth=0.5 * roomy(scan)).encode(
            x=x("x"), y=y("y"), x2=alt.X2(field="x2"), y2=alt.Y2(field="y2"),
            fillOpacity=alt.FillOpacity(field="shade", type="quantitative", scale=None),
        ),
        *_lines(scan, chances(scan, track), EVEN, [1, 0], x, y),
        *_lines(scan, differences(scan, track), 0.0, [2, 4], x, y),
        *_box(track, xs, ys, x, y),
    ]  # fmt: skip
    if roomy(scan):
        label = alt.Text(field="label", type="nominal")
        halo = cells.mark_text(baseline="middle", stroke=PAPER, strokeWidth=2.5, strokeOpacity=0.7)
        number = cells.mark_text(baseline="middle", color=INK)
        layers += [one.encode(x=x("at"), y=y("up"), text=label) for one in (halo, number)]
    layers += _key()
    chart = alt.layer(*layers).properties(width=WIDTH, height=HEIGHT)
    spec: dict[str, Any] = chart.to_dict(validate=False)  # pyright: ignore[reportUnknownMemberType]
    return {**spec, "config": CONFIG}


def shade(p: float) -> float:
    """The opacity that stands for a chance."""
    return round(FAINT + (DARK - FAINT) * p, 3)


def _key() -> list[alt.Chart]:
    """What the shades stand for, in a row above the plot."""
    layers: list[alt.Chart] = []
    for i, p in enumerate((0.0, 0.25, 0.5, 0.75, 1.0)):
        at = i * WIDTH / 5
        square = rows_of([{"p": p}]).mark_rect(
            fill=BLUE, fillOpacity=shade(p), stroke=MUTED, strokeWidth=0.5
        )
        layers.append(
            square.encode(
                x=alt.XValue(at), x2=alt.X2Value(at + 16), y=alt.YValue(-24), y2=alt.Y2Value(-10)
            )
        )
        word = rows_of([{"label": f"{100 * p:.0f} %"}]).mark_text(
            align="left", baseline="middle", color=INK
        )
        text = alt.Text(field="label", type="nominal")
        layers.append(word.encode(x=alt.XValue(at + 20), y=alt.YValue(-17), text=text))
    return layers


def _across(title: str, ends: Sequence[float]) -> Place:
    scale = alt.Scale(domain=[ends[0], ends[-1]], nice=False, zero=False)
    axis = alt.Axis(title=lines_of(title, 44, 2), tickCount=5, grid=False, domain=False)
    return lambda field: alt.X(field=field, type="quantitative", scale=scale, axis=axis)


def _up(title: str, ends: Sequence[float]) -> Place:
    scale = alt.Scale(domain=[ends[0], ends[-1]], nice=False, zero=False)
    axis = alt.Axis(title=lines_of(title, 40, 2), tickCount=5, grid=False, domain=False)
    return lambda field: alt.Y(field=field, type="quantitative", scale=scale, axis=axis)


def _cells(
    scan: Scan, track: Track, xs: Sequence[float], ys: Sequence[float]
) -> list[dict[str, Any]]:
    second = len(scan.sweeps[1].values)
    found: list[dict[str, Any]] = []
    for index, step in enumerate(track.steps):
        i, j = divmod(index, second)
        p = None if step.chance is None else step.chance.p
        found.append(
            {"x": xs[i], "x2": xs[i + 1], "y": ys[j], "y2": ys[j + 1],
             "at": step.cell[0], "up": step.cell[1],
             "shade": 0.0 if p is None else shade(p),
             "label": UNKNOWN if p is None else f"{100 * p:.0f}"}
        )  # fmt: skip
    return found


def _box(
    track: Track, xs: Sequence[float], ys: Sequence[float], x: Place, y: Place
) -> list[alt.Chart]:
    """What the reading states, cut off at the picture's edge; nothing where it lies outside."""
    (x0, x1), (y0, y1) = (stated_range(quantity) for quantity in track.stated)
    x0, x1, y0, y1 = max(x0, xs[0]), min(x1, xs[-1]), max(y0, ys[0]), min(y1, ys[-1])
    if x0 > x1 or y0 > y1:
        return []
    marks = rows_of([{"x": x0, "x2": x1, "y": y0, "y2": y1}])
    where: dict[str, Any] = {"x": x("x"), "y": y("y")}
    ends: dict[str, Any] = {"x2": alt.X2(field="x2"), "y2": alt.Y2(field="y2")}
    look: dict[str, Any] = {"strokeWidth": 3, "strokeDash": [6, 3]}
    if x0 < x1 and y0 < y1:
        box = marks.mark_rect(fillOpacity=0, stroke=VERMILION, **look)
        return [box.encode(**where, **ends)]
    if x0 == x1 and y0 == y1:
        spot = marks.mark_point(size=180, color=VERMILION, opacity=1, strokeWidth=3)
        return [spot.encode(**where)]
    return [marks.mark_rule(color=VERMILION, **look).encode(**where, **ends)]


def _lines(
    scan: Scan, z: Floats, level: float, dash: list[int], x: Place, y: Place
) -> list[alt.Chart]:
    """The lines along which the table takes a value, on a ground of their own."""
    first, second = (sweep.values for sweep in scan.sweeps)
    marks = [
        {"x": px, "y": py, "line": number, "order": order}
        for number, chain in enumerate(contour(first, second, z, level))
        for order, (px, py) in enumerate(chain)
    ]
    if not marks:
        return []
    way: dict[str, Any] = {
        "x": x("x"), "y": y("y"), "detail": alt.Detail(field="line", type="nominal"),
        "order": alt.Order(field="order", type="quantitative"),
    }  # fmt: skip
    ground = rows_of(marks).mark_line(color=PAPER, strokeWidth=5)
    line = rows_of(marks).mark_line(color=INK, strokeWidth=2.5, strokeDash=dash)
    return [ground.encode(**way), line.encode(**way)]
