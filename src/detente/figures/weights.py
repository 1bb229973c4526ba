"""How much each reading weighs, before and after what happened."""

from __future__ import annotations

from typing import Any

import altair as alt

from detente.analysis.weighing import Weighing
from detente.figures.lanes import drawn, haloed, lane, rows_of
from detente.figures.naming import Names, and_list, lines_of, percent
from detente.figures.record import Column, Figure
from detente.figures.spans import Z
from detente.figures.theme import BAND, BLUE, INK, MUTED, WIDTH

LEFT, RIGHT, LINE, BAR, GAP = 8, WIDTH - 14, 17, 14, 12
COLUMNS = (
    Column("Reading"),
    Column("After"),
    Column("Weight", "share"),
    Column("Its Monte Carlo error (1 s.e.)", "number"),
)
BEFORE = "beforehand"


def weights_figure(names: Names, found: Weighing, name: str = "weights") -> Figure | None:
    """Prior and last weights, a row a reading; None where nothing counted."""
    if not found.events:
        return None
    last = found.steps[-1].weights
    ranked = sorted(last, key=lambda reading: -last[reading].p)
    told = and_list(f"{names.reading(r)} {percent(last[r].p)}" for r in ranked)
    return Figure(
        name,
        "How much each reading weighs, before and after",
        f"After what counted: {told}.",
        "Pale bar: the weight beforehand, which is the analyst\u2019s. Blue bar: after what "
        "happened, by Bayes\u2019 rule. Thin line: 95 % Monte Carlo error of the likelihoods.",
        COLUMNS,
        tuple(
            (names.reading(r), step.event.id if step.event else BEFORE, w.p, w.mc_se)
            for step in found.steps
            for r, w in step.weights.items()
        ),
        _spec(names, found, ranked),
    )


def _spec(names: Names, found: Weighing, ranked: list[str]) -> dict[str, Any]:
    first, last = found.steps[0].weights, found.steps[-1].weights
    marks: list[dict[str, Any]] = []
    y = 4.0
    for reading in ranked:
        lines = lines_of(names.reading(reading), 40, 2)
        top = y + LINE * len(lines) + 5
        new = last[reading]
        marks.append(
            {"zero": 0.0, "old": first[reading].p, "new": new.p, "low": new.p - Z * new.mc_se,
             "high": new.p + Z * new.mc_se, "top": top, "middle": top + 7, "bottom": top + 7 + BAR,
             "y": top + 7 + BAR / 2, "line": y + LINE / 2, "label": lines,
             "told": f"{percent(first[reading].p)} \u2192 {percent(new.p)}"}
        )  # fmt: skip
        y = top + 7 + BAR + GAP
    return _layers(marks, y)


def _layers(marks: list[dict[str, Any]], height: float) -> dict[str, Any]:
    most = max(max(m["old"], m["high"]) for m in marks)
    scale = alt.Scale(domain=[0, most], range=[LEFT, RIGHT], nice=False, zero=False)
    axis = alt.Axis(format="%", tickCount=5, title=None, grid=False, domain=False)

    def x(field: str) -> alt.X:
        return alt.X(field=field, type="quantitative", scale=scale, axis=axis)

    rows = rows_of(marks)
    before = rows.mark_rect(fill=BAND, stroke=MUTED).encode(
        x=x("zero"), x2=alt.X2(field="old"), y=lane(height, "top"), y2=alt.Y2(field="middle")
    )
    after = rows.mark_rect(fill=BLUE).encode(
        x=x("zero"), x2=alt.X2(field="new"), y=lane(height, "middle"), y2=alt.Y2(field="bottom")
    )
    error = rows.mark_rule(color=INK, strokeWidth=1.5).encode(
        x=x("low"), x2=alt.X2(field="high"), y=lane(height)
    )
    labels = [{"y": m["line"], "label": m["label"]} for m in marks]
    told = [{"y": m["line"], "label": m["told"]} for m in marks]
    return drawn(
        [before, after, error, *haloed(labels, height),
         *haloed(told, height, x=WIDTH, align="right", bold=True)],
        height,
    )  # fmt: skip
