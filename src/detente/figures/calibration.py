"""Said against happened: points and, where there are enough questions, a curve with its band."""

from __future__ import annotations

from typing import Any

import altair as alt

from detente.figures.lanes import drawn, rows_of
from detente.figures.record import Column, Figure
from detente.figures.theme import BAND, BLUE, MUTED, VERMILION, WIDTH
from detente.ledger.calibrating import Calibration
from detente.ledger.scores.corp import FEW, Reliability

SHORT = 90  # px, where there are points alone
NO, YES = -0.06, 1.06  # where a question that came to no, or to yes, has its mark
CURVE_COLUMNS = (
    Column("Said", "share"),
    Column("Came true, recalibrated", "share"),
    Column("Band from", "share"),
    Column("Band to", "share"),
    Column("Forecasts", "count"),
)
POINT_COLUMNS = (Column("Question"), Column("By"), Column("Said", "share"), Column("Happened"))


def calibration_figure(found: Calibration, name: str = "calibration") -> Figure | None:
    """The figure, None where there is no point to show."""
    if not found.points:
        return None
    if found.curve is None:
        return _points_alone(found, name)
    curve = found.curve
    rows = tuple(
        (float(p), float(c), float(low), float(high), int(n))
        for p, c, low, high, n in zip(
            curve.at, curve.curve, curve.low, curve.high, curve.count, strict=True
        )
    )
    outside = sum(c < low or c > high for _, c, low, high, _ in rows)
    return Figure(
        name,
        f"What was said and what came true, {found.questions} questions",
        f"{len(found.points)} forecasts of {found.questions} questions. Of {len(rows)} different "
        f"probabilities, {outside} lie outside the band in which reliable forecasts would lie; "
        f"miscalibration costs {curve.miscalibration:.3f} of the halved Brier score.",
        f"Across: the probability said. Up: how often it came true, by the CORP curve. The band "
        f"holds the curve of reliable forecasts in {curve.level:.0%} of {curve.resamples} resamples. "
        "Marks at the edges are single questions: below no, above yes.",
        CURVE_COLUMNS,
        rows,
        _spec(found, curve),
    )


def _points_alone(found: Calibration, name: str) -> Figure:
    yes = [x.p for x in found.points if x.happened]
    no = [x.p for x in found.points if not x.happened]
    told = [
        f"{len(part)} forecasts of what came to {word}, {sum(part) / len(part):.0%} on average"
        for part, word in ((yes, "yes"), (no, "no"))
        if part
    ]
    return Figure(
        name,
        f"What was said, {found.questions} question{'s' if found.questions > 1 else ''}",
        f"{'; '.join(told)}. Too few for a curve, which needs {FEW}.",
        "Each mark is a forecast: across, the probability said; below what came to no, above "
        f"what came to yes. A curve is not drawn from fewer than {FEW} questions.",
        POINT_COLUMNS,
        tuple((x.question, x.stream.by, x.p, "yes" if x.happened else "no") for x in found.points),
        _spec(found, None),
    )


def _spec(found: Calibration, curve: Reliability | None) -> dict[str, Any]:
    if curve is None:
        return drawn([_marks(found, _yes_or_no())], SHORT)
    layers = [_band(curve), _diagonal(), _line(curve), _dots(curve), _marks(found, _y("c"))]
    return drawn(layers, WIDTH - 60, WIDTH - 60)


def _yes_or_no() -> alt.Y:
    """Two rows, for points alone."""
    axis = alt.Axis(
        values=[NO, YES], labelExpr="datum.value > 0.5 ? 'yes' : 'no'", grid=False, domain=False,
        ticks=False,
    )  # fmt: skip
    scale = alt.Scale(domain=[NO - 0.4, YES + 0.4], nice=False)
    return alt.Y(field="c", type="quantitative", axis=axis, scale=scale, title="came to")


def _x(field: str) -> alt.X:
    axis = alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1], grid=False)
    scale = alt.Scale(domain=[0, 1], nice=False)
    return alt.X(field=field, type="quantitative", axis=axis, scale=scale, title="said")


def _y(field: str) -> alt.Y:
    axis = alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1], grid=False)
    scale = alt.Scale(domain=[-0.1, 1.1], nice=False)
    return alt.Y(field=field, type="quantitative", axis=axis, scale=scale, title="came true")


def _diagonal() -> alt.Chart:
    ends = [{"p": 0, "c": 0}, {"p": 1, "c": 1}]
    return (
        rows_of(ends)
        .mark_line(strokeDash=[4, 4], strokeWidth=1.5)
        .encode(x=_x("p"), y=_y("c"), color=alt.ColorValue(MUTED))
    )


def _band(curve: Reliability) -> alt.Chart:
    rows = [
        {"p": float(p), "low": float(low), "high": float(high)}
        for p, low, high in zip(curve.at, curve.low, curve.high, strict=True)
    ]
    return (
        rows_of(rows)
        .mark_area(opacity=0.45)
        .encode(
            x=_x("p"), y=_y("low"), y2=alt.Y2(field="high"), color=alt.ColorValue(BAND)
        )
    )  # fmt: skip


def _curve_rows(curve: Reliability) -> list[dict[str, float]]:
    return [
        {"p": float(p), "c": float(c), "n": float(n)}
        for p, c, n in zip(curve.at, curve.curve, curve.count, strict=True)
    ]


def _line(curve: Reliability) -> alt.Chart:
    return (
        rows_of(_curve_rows(curve))
        .mark_line(strokeWidth=2.5)
        .encode(x=_x("p"), y=_y("c"), color=alt.ColorValue(BLUE))
    )


def _dots(curve: Reliability) -> alt.Chart:
    size = alt.Size(
        field="n", type="quantitative", legend=None, scale=alt.Scale(range=[20, 140])
    )  # fmt: skip
    return (
        rows_of(_curve_rows(curve))
        .mark_circle(opacity=1)
        .encode(x=_x("p"), y=_y("c"), size=size, color=alt.ColorValue(BLUE))
    )


def _marks(found: Calibration, y: alt.Y) -> alt.Chart:
    rows = [{"p": x.p, "c": YES if x.happened else NO} for x in found.points]
    return (
        rows_of(rows)
        .mark_tick(thickness=1.5, orient="vertical", size=12, opacity=0.7)
        .encode(x=_x("p"), y=y, color=alt.ColorValue(VERMILION))
    )
