"""Readings in rows, evidence in columns: what speaks for whom.

With hypotheses in rows and evidence in columns a reader goes through the evidence item
by item, which reduced confirmation bias where the usual layout did not (see
docs/explanation/knock-outs-and-weights.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from detente.analysis.weighing import Weighing
from detente.figures.evidence import STRONG, Evidence, evidence_of, leaning, sign
from detente.figures.lanes import drawn, lane, rows_of, words
from detente.figures.naming import Names, lines_of, percent
from detente.figures.record import Column, Figure
from detente.figures.theme import BLUE, INK, PAPER, VERMILION, WIDTH

NAME, LINE, ROW = 132, 17, 42

COLUMNS = (
    Column("Reading"),
    Column("Evidence"),
    Column("Status"),
    Column("Chance under the reading", "share"),
    Column("Chance over readings", "share"),
)


def evidence_matrix(names: Names, found: Weighing, name: str = "evidence") -> Figure | None:
    """The matrix as a picture; None where there is nothing to put into a column."""
    evidence = evidence_of(names, found)
    if not evidence:
        return None
    top = max(
        ((one, reading) for one in evidence for reading in found.readings),
        key=lambda pair: leaning(*pair),
    )
    return Figure(
        name,
        "What speaks for whom",
        f"{len(found.readings)} readings, {len(evidence)} pieces of evidence. Strongest in "
        f"favour: {top[0].letter} for “{names.reading(top[1])}”, with a chance of "
        f"{percent(top[0].by_reading[top[1]] or 0.0)} there and {percent(top[0].p)} over readings.",
        "Each cell: the chance of that evidence under that reading. Filled blue with + speaks for "
        "the reading, outlined and dashed with \u2212 against it; doubled where it is three times as "
        "likely, or a third. The letters are explained below.",
        COLUMNS,
        tuple(
            (names.reading(reading), f"{e.letter}: {e.words}", e.status, e.by_reading[reading], e.p)
            for reading in found.readings
            for e in evidence
        ),
        _spec(names, found.readings, evidence),
    )


def _spec(names: Names, readings: Sequence[str], evidence: Sequence[Evidence]) -> dict[str, Any]:
    wide = (WIDTH - NAME) / len(evidence)
    cells: list[dict[str, Any]] = []
    labels: list[dict[str, Any]] = []
    for row, reading in enumerate(readings):
        y = 26.0 + ROW * row
        labels.append({"y": y + ROW / 2, "label": lines_of(names.reading(reading), 19, 2)})
        for column, one in enumerate(evidence):
            x, p = NAME + wide * column, one.by_reading[reading]
            mark = sign(one, reading).replace("-", "\u2212")
            cells.append(
                {"left": x + 2, "right": x + wide - 2, "top": y + 2, "bottom": y + ROW - 2,
                 "x": x + wide / 2, "y": y + 13, "below": y + 29,
                 "told": "\u2013" if p is None else percent(p), "mark": mark,
                 "depth": min(abs(leaning(one, reading)) / STRONG, 1.0) * 0.45,
                 "kind": mark[:1]}
            )  # fmt: skip
    heads = [
        {"x": NAME + wide * (i + 0.5), "y": 12, "told": e.letter} for i, e in enumerate(evidence)
    ]
    height = 26.0 + ROW * len(readings) + 4
    return _layers(cells, heads, labels, height)


def _layers(
    cells: list[dict[str, Any]], heads: list[dict[str, Any]], labels: list[dict[str, Any]],
    height: float,
) -> dict[str, Any]:  # fmt: skip
    scale = alt.Scale(domain=[0, WIDTH], range=[0, WIDTH], nice=False, zero=False)

    def x(field: str) -> alt.X:
        return alt.X(field=field, type="quantitative", scale=scale, axis=None)

    def box(kind: str, **look: Any) -> alt.Chart:
        chart = rows_of([c for c in cells if c["kind"] == kind]).mark_rect(**look)
        return chart.encode(
            x=x("left"), x2=alt.X2(field="right"), y=lane(height, "top"),
            y2=alt.Y2(field="bottom"),
        )  # fmt: skip

    def text(marks: list[dict[str, Any]], field: str, y: str, **look: Any) -> alt.Chart:
        chart = rows_of(marks).mark_text(baseline="middle", color=INK, **look)
        return chart.encode(x=x("x"), y=lane(height, y), text=alt.Text(field=field, type="nominal"))

    depth = alt.FillOpacity(
        field="depth",
        type="quantitative",
        scale=alt.Scale(domain=[0, 1], range=[0, 1]),
        legend=None,
    )
    return drawn(
        [
            box("", fill=PAPER),
            box("+", fill=BLUE).encode(fillOpacity=depth),
            box("\u2212", fill=PAPER, stroke=VERMILION, strokeWidth=1.5, strokeDash=[4, 2]),
            text(cells, "told", "y"),
            text(cells, "mark", "below", fontWeight="bold"),
            text(heads, "told", "y", fontWeight="bold"),
            words(labels, height),
        ],
        height,
    )
