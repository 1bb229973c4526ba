"""How a decision may scatter around the compromise: the chance of each point of the scale."""

from __future__ import annotations

from typing import Any

import altair as alt

from detente.analysis.spatial import Placed, Scatter
from detente.figures.lanes import drawn, rows_of
from detente.figures.naming import tidy
from detente.figures.record import Column, Figure
from detente.figures.theme import BAND, BLUE, MUTED, WIDTH

HEIGHT = 150.0

COLUMNS = (Column("Point", "number"), Column("Chance", "share"), Column("Chance of less", "share"))


def scattered(placed: Placed, name: str) -> Figure:
    """The chance of each point from 0 to 100; ``placed`` has a scatter."""
    found = placed.scatter
    assert found is not None
    return Figure(
        name,
        f"How far the decision may fall from the compromise: {tidy(placed.scale.title)}",
        _alt(found),
        "Bars: the chance of each point, if decisions scatter around the compromise as recorded "
        "decisions of the European Union do; peaks stand on the ends, on round numbers, on "
        "actors\u2019 positions and on the reference point. Shaded: eight of ten cases. Line: the median.",
        COLUMNS,
        tuple((at, float(p), float(found.mass[:at].sum())) for at, p in enumerate(found.mass)),
        _spec(found),
    )


def _alt(found: Scatter) -> str:
    peaks = ", ".join(f"{at} with {p:.0%}" for at, p in found.likeliest)
    return (
        f"Eight of ten cases fall from {found.low} to {found.high}, half at or below "
        f"{found.median}. The likeliest single points are {peaks}."
    )


def _spec(found: Scatter) -> dict[str, Any]:
    top = float(found.mass.max())
    scale = alt.Scale(domain=[0, 100], nice=False, zero=False)
    axis = alt.Axis(values=[0, 25, 50, 75, 100], grid=False, domain=True, title="0 to 100")

    def x(field: str) -> alt.X:
        return alt.X(field=field, type="quantitative", scale=scale, axis=axis)

    def y(field: str) -> alt.Y:
        return alt.Y(
            field=field, type="quantitative", scale=alt.Scale(domain=[0, top], nice=True),
            axis=alt.Axis(format="%", grid=False, title="chance", tickCount=3),
        )  # fmt: skip

    band = [{"low": found.low, "high": found.high, "from": 0.0, "to": top}]
    bars = [{"at": at, "p": float(p), "from": 0.0} for at, p in enumerate(found.mass)]
    half = [{"at": found.median, "from": 0.0, "to": top}]
    return drawn(
        [
            rows_of(band)
            .mark_rect(color=BAND, opacity=0.5)
            .encode(x=x("low"), x2=alt.X2(field="high"), y=y("from"), y2=alt.Y2(field="to")),
            rows_of(bars)
            .mark_rule(color=BLUE, strokeWidth=2)
            .encode(x=x("at"), y=y("from"), y2=alt.Y2(field="p")),
            rows_of(half)
            .mark_rule(color=MUTED, strokeDash=[4, 3])
            .encode(x=x("at"), y=y("from"), y2=alt.Y2(field="to")),
        ],
        HEIGHT,
        WIDTH - 60,
    )
