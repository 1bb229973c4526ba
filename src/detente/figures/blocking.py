"""What stands in the way of a deal: minimal blocking sets and how often each occurs."""

from __future__ import annotations

from typing import Any

import altair as alt

from detente.analysis.answer import Answer, Run
from detente.analysis.blockers import BlockingSet
from detente.figures.lanes import drawn, lane, rows_of, words
from detente.figures.naming import Names, lines_of, percent
from detente.figures.record import Column, Figure
from detente.figures.theme import BLUE, INK, MUTED, PAPER, WIDTH

MOST = 8  # sets drawn; the numbers hold all that are listed
LEFT, RIGHT, LINE, BAR, GAP = 46, WIDTH - 52, 17, 14, 12
DOT = 13

COLUMNS = (
    Column("Blocking set"),
    Column("Constraints in it", "count"),
    Column("Share of draws without a zone", "share"),
)


def blocking(run: Run, answer: Answer, name: str = "blocking") -> Figure | None:
    """The most frequent minimal blocking sets of one scenario; None where there is none."""
    found = answer.blockers
    if not found.sets:
        return None
    names = Names(run.situation)
    rows = tuple((names.blocking(s.constraints), len(s.constraints), s.share) for s in found.sets)
    return Figure(
        name,
        f"What blocks a deal: {names.scenario(answer.round, answer.reading)}",
        _alt(names, answer),
        "Each row is a smallest set of things that together close the zone of possible "
        "agreement; taking all of them away opens it. One dot a constraint. A draw may have "
        "several such sets, so shares may sum to more than 100 %.",
        COLUMNS,
        rows,
        _spec(names, found.sets[:MOST]),
    )


def _alt(names: Names, answer: Answer) -> str:
    found, top = answer.blockers, answer.blockers.sets[0]
    alone = "alone" if len(top.constraints) == 1 else "together"
    text = (
        f"No zone exists in {found.no_zone:.1%} of draws. Of these, the most frequent minimal "
        f"blocking set is {names.blocking(top.constraints)} ({alone}), in {top.share:.1%}."
    )
    if len(found.sets) > 1:
        second = found.sets[1]
        text += f" Next: {names.blocking(second.constraints)}, in {second.share:.1%}."
    return text


def _spec(names: Names, sets: tuple[BlockingSet, ...]) -> dict[str, Any]:
    bars: list[dict[str, Any]] = []
    labels: list[dict[str, Any]] = []
    dots: list[dict[str, Any]] = []
    y = 4.0
    for one in sets:
        lines = lines_of(names.blocking(one.constraints), 50, 3)
        labels.append({"y": y + LINE / 2, "label": lines})
        y += LINE * len(lines) + 2
        middle = y + BAR / 2
        bars.append(
            {"y": middle, "top": y, "bottom": y + BAR, "share": one.share, "zero": 0.0,
             "label": percent(one.share)}
        )  # fmt: skip
        dots += [{"y": middle, "dot": 6 + DOT * i} for i in range(len(one.constraints))]
        y += BAR + GAP
    return _layers(labels, bars, dots, y)


def _layers(
    labels: list[dict[str, Any]],
    bars: list[dict[str, Any]],
    dots: list[dict[str, Any]],
    height: float,
) -> dict[str, Any]:
    top = max(1.0, *(bar["share"] for bar in bars))
    scale = alt.Scale(domain=[0, top], range=[LEFT, RIGHT], nice=False)
    axis = alt.Axis(
        format="%",
        values=[0, 0.25, 0.5, 0.75, 1],
        title="of draws without a zone",
        grid=False,
        domain=False,
    )
    bar = (
        rows_of(bars)
        .mark_rect(fill=BLUE, stroke=PAPER)
        .encode(
            x=alt.X(field="zero", type="quantitative", scale=scale, axis=axis),
            x2=alt.X2(field="share"),
            y=lane(height, "top"),
            y2=alt.Y2(field="bottom"),
        )
    )
    layers = [bar, words(labels, height), words(bars, height, x=WIDTH, align="right", bold=True)]
    for place in sorted({dot["dot"] for dot in dots}):
        some = [dot for dot in dots if dot["dot"] == place]
        mark = rows_of(some).mark_point(filled=True, size=60, opacity=1, color=INK)
        layers.append(mark.encode(x=alt.XValue(place), y=lane(height)))
    base = rows_of(bars).mark_rule(color=MUTED)
    layers.append(base.encode(x=alt.XValue(LEFT), y=lane(height, "top"), y2=alt.Y2(field="bottom")))
    return drawn(layers, height)
