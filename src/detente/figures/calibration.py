"""Whether distributions keep their word: PIT histogram, coverage and reliability."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from detente.analysis.backtest_calibration import Calibration, Compared
from detente.analysis.grouped import Measured
from detente.figures.lanes import drawn, rows_of
from detente.figures.record import Column, Figure
from detente.figures.theme import BAND, BLUE, INK, MUTED, WIDTH

LEFT, RIGHT, PLOT, TOP = 44, WIDTH - 10, 230, 8
_DASHES = [4, 3]


def pit(found: Calibration) -> Figure:
    """How outcomes spread over the tenths of their distributions."""
    bins = len(found.pit)
    rows = [(i / bins, (i + 1) / bins, one) for i, one in enumerate(found.pit)]
    off = max(rows, key=lambda row: abs(row[2].value - 1 / bins))
    return Figure(
        "pit",
        "Outcomes over the tenths of their distributions (PIT)",
        f"The share furthest from a tenth is {off[2].value:.1%}, between {off[0]:.1f} and "
        f"{off[1]:.1f}. In {sum(_holds(one, 1 / bins) for one in found.pit)} of {bins} tenths the "
        "interval holds a tenth.",
        "A tenth each (dashed) where distributions are right; high at both ends where they are too "
        "narrow, high in the middle where too wide, sloped where off to one side. An outcome on an "
        "atom counts in every tenth that the atom spans. Lines: 95 % intervals.",
        (Column("From", "number"), Column("To", "number"), Column("Share of outcomes", "share"),
         Column("Share, from", "share"), Column("Share, to", "share")),
        tuple((a, b, one.value, one.low, one.high) for a, b, one in rows),
        _pit_spec(rows, 1 / bins),
    )  # fmt: skip


def coverage(found: Calibration) -> Figure:
    """How often central intervals hold the outcome, by what they promise."""
    rows = [Compared(level, one, 0) for level, one in found.coverage.items()]
    off = max(rows, key=lambda one: abs(one.came.value - one.foretold))
    return Figure(
        "coverage",
        "How often central intervals hold the outcome",
        f"The 80 % interval holds {found.coverage[0.8].value:.1%} of outcomes. Furthest from its "
        f"word is the {off.foretold:.0%} interval, which holds {off.came.value:.1%}.",
        "On the dashed line intervals hold what they promise. Coverage is counted by the PIT, so "
        "that atoms at the ends of an interval count with the part inside. Lines: 95 % intervals.",
        (Column("Promised", "share"), Column("Held", "share"), Column("From", "share"),
         Column("To", "share")),
        tuple((one.foretold, one.came.value, one.came.low, one.came.high) for one in rows),
        _square(rows, "promised", "held"),
    )  # fmt: skip


def reliability(found: Calibration) -> Figure:
    """How often outcomes above the middle came, by the chance given to them."""
    rows = found.reliability
    within = sum(_holds(one.came, one.foretold) for one in rows)
    return Figure(
        "reliability",
        "The chance of an outcome above the middle",
        f"In {within} of {len(rows)} groups of issues the interval holds the chance that was given; "
        f"chances run from {rows[0].foretold:.0%} to {rows[-1].foretold:.0%}.",
        f"Issues in {len(rows)} groups of rising chance. Across: the mean chance that the outcome "
        "lies above 50; up: how often it did. On the dashed line both are one. Lines: 95 % "
        "intervals.",
        (Column("Issues", "count"), Column("Chance given", "share"), Column("Came", "share"),
         Column("From", "share"), Column("To", "share")),
        tuple(
            (one.issues, one.foretold, one.came.value, one.came.low, one.came.high) for one in rows
        ),
        _square(rows, "chance given", "came"),
    )  # fmt: skip


def _holds(one: Measured, value: float) -> bool:
    return one.low <= value <= one.high


def _x(field: str, title: str, values: Sequence[float] | None = None) -> alt.X:
    scale = alt.Scale(domain=[0, 1], range=[LEFT, RIGHT], nice=False, zero=False)
    ticks = list(values) if values else [0, 0.2, 0.4, 0.6, 0.8, 1]
    form = ".1f" if values else "%"
    axis = alt.Axis(title=title, grid=False, domain=False, values=ticks, format=form)
    return alt.X(field=field, type="quantitative", scale=scale, axis=axis)


def _y(field: str, title: str, top: float) -> alt.Y:
    scale = alt.Scale(domain=[0, top], range=[PLOT, TOP], nice=False, zero=False)
    axis = alt.Axis(title=title, grid=False, domain=False, tickCount=5, format="%", offset=-LEFT,
                    titlePadding=4)  # fmt: skip
    return alt.Y(field=field, type="quantitative", scale=scale, axis=axis)


def _pit_spec(rows: Sequence[tuple[float, float, Measured]], even: float) -> dict[str, Any]:
    marks = [
        {"from": a, "to": b, "mid": (a + b) / 2, "none": 0.0, "value": one.value, "low": one.low,
         "high": one.high}
        for a, b, one in rows
    ]  # fmt: skip
    top = 1.08 * max(even, *(one.high for _, _, one in rows))
    tenths = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]

    def x(field: str) -> alt.X:
        return _x(field, "place in the distribution", tenths)

    bars = rows_of(marks).mark_rect(fill=BAND, stroke=BLUE, strokeWidth=1)
    ends = rows_of(marks).mark_rule(color=INK, strokeWidth=1.5)
    level = rows_of([{"from": 0.0, "to": 1.0, "even": even}]).mark_rule(
        color=INK, strokeDash=_DASHES, strokeWidth=1.5
    )
    title = "share of outcomes"
    return drawn(
        [
            bars.encode(x=x("from"), x2=alt.X2(field="to"), y=_y("value", title, top),
                        y2=alt.Y2(field="none")),
            ends.encode(x=x("mid"), y=_y("low", title, top), y2=alt.Y2(field="high")),
            level.encode(x=x("from"), x2=alt.X2(field="to"), y=_y("even", title, top)),
        ],
        PLOT,
    )  # fmt: skip


def _square(rows: Sequence[Compared], across: str, up: str) -> dict[str, Any]:
    marks = [
        {"given": one.foretold, "came": one.came.value, "low": one.came.low, "high": one.came.high}
        for one in rows
    ]
    diagonal = rows_of([{"given": 0.0, "came": 0.0}, {"given": 1.0, "came": 1.0}]).mark_line(
        color=MUTED, strokeDash=_DASHES, strokeWidth=1.5
    )
    ends = rows_of(marks).mark_rule(color=INK, strokeWidth=1.5)
    points = rows_of(marks).mark_point(size=70, filled=True, opacity=1, color=BLUE)
    x = _x("given", across)
    return drawn(
        [
            diagonal.encode(x=x, y=_y("came", up, 1.0)),
            ends.encode(x=x, y=_y("low", up, 1.0), y2=alt.Y2(field="high")),
            points.encode(x=x, y=_y("came", up, 1.0)),
        ],
        PLOT,
    )
