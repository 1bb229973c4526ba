"""Curves over a scanned address, a reading each: dash, marker and a name beside each line.

The axis, the level that is asked about and the shading of stated values are the same for
every picture of a scan; what runs up the side differs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import numpy as np

from detente.analysis.crossing import Crossing
from detente.figures.lanes import drawn, lane, rows_of, words
from detente.figures.naming import lines_of
from detente.figures.theme import (
    BAND,
    GRID,
    INK,
    MUTED,
    PAPER,
    PLACEHOLDER,
    ROUND_SHAPES,
    WIDTH,
)

LEFT, TOP, PLOT = 40, 22, 250  # px: of the axis, above the plot, height of the plot
BESIDE, NAMES_AT = 132, 14  # px kept for names beside the plot, and how far off they stand
LINE, LETTERS = 17, 19  # height of a line of a name, letters that fit into one
MARKERS = 9  # markers a curve at most

LOOKS: tuple[tuple[str, tuple[int, ...]], ...] = (
    (PLACEHOLDER["blue"], (1, 0)),
    (PLACEHOLDER["vermilion"], (6, 3)),
    (PLACEHOLDER["green"], (2, 2)),
    (PLACEHOLDER["purple"], (9, 3, 2, 3)),
    (PLACEHOLDER["orange"], (12, 4)),
    (INK, (1, 3)),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A curve without a gap: places, rising, values, half the width of the error band."""

    x: tuple[float, ...]
    y: tuple[float, ...]
    half: tuple[float, ...]


def pieces(x: Sequence[float], known: Sequence[tuple[float, float] | None]) -> tuple[Piece, ...]:
    """The curve through values with their half widths at ``x``, broken where there is none."""
    found: list[list[tuple[float, float, float]]] = [[]]
    for at, value in zip(x, known, strict=True):
        if value is not None:
            found[-1].append((at, *value))
        elif found[-1]:
            found.append([])
    return tuple(Piece(*zip(*run, strict=True)) for run in found if run)


@dataclass(frozen=True, slots=True)
class Curve:
    """One curve to draw.

    Attributes:
        name: what stands beside it.
        pieces: where it is known, gap by gap; at least one.
        stated: the range that its reading states; both ends alike where it is one value.
        crossings: where it crosses the level.
    """

    name: str
    pieces: tuple[Piece, ...]
    stated: tuple[float, float]
    crossings: tuple[Crossing, ...]

    @property
    def end(self) -> tuple[float, float]:
        """Its last known place."""
        return self.pieces[-1].x[-1], self.pieces[-1].y[-1]


@dataclass(frozen=True, slots=True)
class Frame:
    """What runs where: ends of both axes, the level asked about, titles, ``%`` or ``points``."""

    x: tuple[float, float]
    y: tuple[float, float]
    level: float
    heading: str
    title: str
    form: str

    @property
    def right(self) -> float:
        """Where the plot ends, in pixels."""
        return WIDTH - BESIDE

    def up(self, value: float) -> float:
        """A value's height as pixels from the top."""
        low, high = self.y
        return TOP + PLOT * (high - value) / (high - low)


def curves(frame: Frame, found: Sequence[Curve]) -> dict[str, Any]:
    """The picture of all curves with at least one known step each."""
    names = [lines_of(curve.name, LETTERS, 3) for curve in found]
    places = _apart(
        [frame.up(curve.end[1]) for curve in found], [LINE * len(lines) + 5 for lines in names]
    )
    height = max(TOP + PLOT, *(y + LINE * len(n) for y, n in zip(places, names, strict=True)))
    x = _across(frame)
    every = [(i, piece) for i, curve in enumerate(found) for piece in curve.pieces]
    layers = [
        *_ground(frame, found, x, height),
        *(_band(frame, piece, i, x, height) for i, piece in every),
        *_level(frame, height),
        *(one for i, piece in every for one in _line(frame, piece, found[i], i, x, height)),
        *(one for i, curve in enumerate(found) for one in _crosses(frame, curve, i, x, height)),
    ]
    for i, (curve, y, lines) in enumerate(zip(found, places, names, strict=True)):
        layers += _beside(frame, curve, i, y, lines, height)
    return drawn(layers, height)


def _across(frame: Frame) -> alt.X:
    scale = alt.Scale(domain=list(frame.x), range=[LEFT, frame.right], nice=False, zero=False)
    axis = alt.Axis(
        title=lines_of(frame.title, 52, 2), tickCount=5, grid=False, domain=False,
        titleAnchor="start", titleAlign="left", labelFlush=False,
    )  # fmt: skip
    return alt.X(field="x", type="quantitative", scale=scale, axis=axis)


def _ground(frame: Frame, found: Sequence[Curve], x: alt.X, height: float) -> list[alt.Chart]:
    """The range that most readings state, and rules at round values."""
    ticks = [
        {"y": frame.up(value), "label": _form(frame, value)}
        for value in _ticks(frame.y)
        if abs(frame.up(value) - frame.up(frame.level)) > LINE
    ]
    low, high = shaded(found)
    span = [{"x": max(low, frame.x[0]), "x2": min(high, frame.x[1]), "y": TOP, "y2": TOP + PLOT}]
    wide = rows_of(span)
    look: dict[str, Any] = {"x": x, "y": lane(height), "y2": alt.Y2(field="y2")}
    shade = (
        wide.mark_rect(fill=BAND, fillOpacity=0.3).encode(**look, x2=alt.X2(field="x2"))
        if low < high
        else wide.mark_rule(color=BAND, strokeWidth=4, opacity=0.6).encode(**look)
    )
    grid = rows_of(ticks).mark_rule(color=GRID)
    inside = low <= frame.x[1] and high >= frame.x[0]
    return [
        *([shade] if inside else []),
        grid.encode(x=alt.XValue(LEFT), x2=alt.X2Value(frame.right), y=lane(height)),
        words(ticks, height, x=LEFT - 5, align="right", colour=MUTED),
    ]


def shaded(found: Sequence[Curve]) -> tuple[float, float]:
    """The stated range that most curves share; of several, the first."""
    every = [curve.stated for curve in found]
    return max(every, key=every.count)


def _ticks(ends: tuple[float, float]) -> list[float]:
    """Three to six round values between two ends."""
    low, high = ends
    step = next(s for s in (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5) if (high - low) / s <= 6)
    first = -(-low // step)
    count = int((high - first * step) / step + 1e-9) + 1
    return [round((first + i) * step, 10) + 0.0 for i in range(count)]


def _form(frame: Frame, value: float) -> str:
    if frame.form == "%":
        return f"{value:.0%}"
    return f"{100 * value:+.0f}".replace("-", "\u2212") if value else "0"


def _marks(frame: Frame, piece: Piece) -> list[dict[str, float]]:
    low, high = frame.y
    return [
        {"x": x, "y": frame.up(y), "low": frame.up(max(y - h, low)),
         "high": frame.up(min(y + h, high))}
        for x, y, h in zip(piece.x, piece.y, piece.half, strict=True)
    ]  # fmt: skip


def _band(frame: Frame, piece: Piece, i: int, x: alt.X, height: float) -> alt.Chart:
    colour, _ = LOOKS[i % len(LOOKS)]
    area = rows_of(_marks(frame, piece)).mark_area(color=colour, opacity=0.18)
    return area.encode(x=x, y=lane(height, "low"), y2=alt.Y2(field="high"))


def _level(frame: Frame, height: float) -> list[alt.Chart]:
    """The level asked about, told at the axis, and what runs up it."""
    mark = [{"y": frame.up(frame.level), "label": _form(frame, frame.level)}]
    rule = rows_of(mark).mark_rule(color=INK, strokeDash=[5, 3], strokeWidth=1.5)
    return [
        rule.encode(x=alt.XValue(LEFT), x2=alt.X2Value(frame.right), y=lane(height)),
        words(mark, height, x=LEFT - 5, align="right", bold=True),
        words([{"y": 7, "label": frame.heading}], height, bold=True),
    ]


def _line(
    frame: Frame, piece: Piece, curve: Curve, i: int, x: alt.X, height: float
) -> list[alt.Chart]:
    """The curve, thicker where its reading says the value lies, with a marker here and there."""
    colour, dash = LOOKS[i % len(LOOKS)]
    marks = _marks(frame, piece)
    inside = _inside(frame, piece, curve.stated)
    some = marks[:: -(-len(marks) // MARKERS)]
    line: dict[str, Any] = {"x": x, "y": lane(height)}
    return [
        rows_of(marks)
        .mark_line(color=colour, strokeWidth=1.5, strokeDash=list(dash))
        .encode(**line),
        rows_of(inside)
        .mark_line(color=colour, strokeWidth=4, strokeCap="butt")
        .encode(**line),
        rows_of(some)
        .mark_point(
            filled=True, size=46, opacity=1, color=colour, stroke=PAPER, strokeWidth=1,
            shape=ROUND_SHAPES[i % len(ROUND_SHAPES)],
        )
        .encode(**line),
    ]  # fmt: skip


def _inside(frame: Frame, piece: Piece, stated: tuple[float, float]) -> list[dict[str, float]]:
    """The part of the curve within the range its reading states, by straight lines."""
    low, high = max(stated[0], piece.x[0]), min(stated[1], piece.x[-1])
    if low > high:
        return []
    if low == high:  # one value: a short piece about it
        reach = (frame.x[1] - frame.x[0]) / 100
        low, high = max(low - reach, piece.x[0]), min(high + reach, piece.x[-1])
    places = sorted({low, high, *(x for x in piece.x if low < x < high)})
    return [{"x": x, "y": frame.up(float(np.interp(x, piece.x, piece.y)))} for x in places]


def _crosses(frame: Frame, curve: Curve, i: int, x: alt.X, height: float) -> list[alt.Chart]:
    """Where it crosses the level: a tick, and as far as Monte Carlo error leaves it a bar."""
    if not curve.crossings:
        return []
    colour, _ = LOOKS[i % len(LOOKS)]
    y = frame.up(frame.level)
    bars = [{"x": c.low, "x2": c.high, "y": y} for c in curve.crossings]
    ticks = [{"x": c.at, "y": y - 8, "y2": y + 8} for c in curve.crossings]
    return [
        rows_of(bars)
        .mark_rule(color=colour, strokeWidth=5, opacity=0.75)
        .encode(x=x, x2=alt.X2(field="x2"), y=lane(height)),
        rows_of(ticks)
        .mark_rule(color=INK, strokeWidth=2)
        .encode(x=x, y=lane(height), y2=alt.Y2(field="y2")),
    ]


def _beside(
    frame: Frame, curve: Curve, i: int, y: float, lines: list[str], height: float
) -> list[alt.Chart]:
    """The name beside the line's end, its marker before it, a thin line from one to the other."""
    colour, _ = LOOKS[i % len(LOOKS)]
    last, high = curve.end
    part = (last - frame.x[0]) / (frame.x[1] - frame.x[0])
    end = LEFT + part * (frame.right - LEFT)
    at = frame.right + NAMES_AT
    lead = [{"y": frame.up(high), "y2": y}]
    return [
        rows_of(lead)
        .mark_rule(color=MUTED, strokeWidth=0.75)
        .encode(
            x=alt.XValue(end + 2), x2=alt.X2Value(at - 5), y=lane(height), y2=alt.Y2(field="y2")
        ),
        rows_of([{"y": y}])
        .mark_point(
            filled=True, size=46, opacity=1, color=colour, shape=ROUND_SHAPES[i % len(ROUND_SHAPES)]
        )
        .encode(x=alt.XValue(at), y=lane(height)),
        words([{"y": y, "label": lines}], height, x=at + 8, limit=WIDTH - at - 8),
    ]


def _apart(wanted: Sequence[float], tall: Sequence[float]) -> list[float]:
    """Places for names near the ends of their lines, in the same order and clear of each other."""
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    places = list(wanted)
    least = float(TOP)
    for i in order:
        places[i] = max(wanted[i], least)
        least = places[i] + tall[i]
    most = max(TOP + PLOT, TOP + sum(tall)) - (tall[order[-1]] if order else 0.0)
    for i in reversed(order):
        places[i] = min(places[i], most)
        before = order.index(i) - 1
        most = places[i] - (tall[order[before]] if before >= 0 else 0.0)
    return places
