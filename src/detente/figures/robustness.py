"""One chance under every protocol: a row a reading, a mark a protocol."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt

from detente.analysis.probabilities import MEANINGS
from detente.analysis.robustness import Robustness
from detente.bargaining.protocols import NASH, PROTOCOLS
from detente.figures.conclusions import chances, spread
from detente.figures.lanes import drawn, haloed, lane, rows_of, words
from detente.figures.naming import Names, lines_of, percent
from detente.figures.record import Column, Figure
from detente.figures.theme import BLUE, GRID, ROUND_SHAPES, VERMILION, WIDTH

LEFT, RIGHT, LINE, KEY = 8, WIDTH - 14, 17, 18
STEP = 9  # pixels between protocols of one reading, so that no mark hides another
COLUMNS = (
    Column("Reading"),
    Column("Protocol"),
    Column("Chance", "share"),
    Column("Its Monte Carlo error (1 s.e.)", "number"),
    Column("Less asymmetric Nash (share of draws)", "number"),
)


def robustness_figure(names: Names, found: Robustness, name: str = "protocols") -> Figure:
    """Where the target lies under each protocol, reading by reading."""
    widest = spread(found)
    reading, low, high = widest
    return Figure(
        name,
        f"The chance under every protocol: {names.round(found.round)}",
        f"Protocols differ most under \u201c{names.reading(reading)}\u201d, where the chance runs "
        f"from {percent(low)} to {percent(high)}. "
        + " ".join(
            f"{names.reading(r)}: "
            + ", ".join(f"{PROTOCOLS[n].title} {percent(p)}" for n, p in chances(found, r))
            + "."
            for r in found.found
        ),
        f"The chance that {MEANINGS[found.target]}. One block a reading, one mark a protocol; where "
        "marks stand on the thin line, asymmetric Nash, the protocol does not matter.",
        COLUMNS,
        tuple(
            (
                names.reading(r),
                PROTOCOLS[n].title,
                under.probabilities[found.target].p,
                under.probabilities[found.target].mc_se,
                under.change.points if under.change else None,
            )
            for r, table in found.found.items()
            for n, under in table.items()
            if found.target in under.probabilities
        ),
        _spec(names, found),
    )


def _spec(names: Names, found: Robustness) -> dict[str, Any]:
    shapes = dict(zip(found.protocols, ROUND_SHAPES, strict=False))
    y = KEY * len(shapes) + 12.0
    marks: list[dict[str, Any]] = []
    labels: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    for reading in found.found:
        lines = lines_of(names.reading(reading), 40, 2)
        labels.append({"y": y + LINE / 2, "label": lines})
        at = y + LINE * len(lines) + STEP
        for name, p in chances(found, reading):
            place = at + STEP * found.protocols.index(name)
            marks.append({"p": p, "y": place, "shape": shapes[name], "kind": _kind(name)})
        first = found.found[reading][NASH].probabilities.get(found.target)
        bottom = at + STEP * (len(shapes) - 1)
        if first is not None:
            rows.append({"p": first.p, "top": at, "bottom": bottom})
        y = bottom + STEP + 8
    return _layers(found, shapes, marks, labels, rows, y)


def _kind(name: str) -> str:
    return "nash" if name == NASH else "other"


def _layers(
    found: Robustness, shapes: Mapping[str, str], marks: list[dict[str, Any]],
    labels: list[dict[str, Any]], rows: list[dict[str, Any]], height: float,
) -> dict[str, Any]:  # fmt: skip
    scale = alt.Scale(domain=[0, 1], range=[LEFT, RIGHT], nice=False)
    axis = alt.Axis(
        format="%", values=[0, 0.25, 0.5, 0.75, 1], title=None, grid=False, domain=False
    )

    def x(field: str) -> alt.X:
        return alt.X(field=field, type="quantitative", scale=scale, axis=axis)

    start = labels[0]["y"] - LINE if labels else 0.0
    half = rows_of([{"p": 0.5, "top": start, "bottom": height}]).mark_rule(color=GRID)
    shape = alt.Shape(field="shape", type="nominal", scale=None)

    def points(kind: str, colour: str) -> alt.Chart:
        some = [mark for mark in marks if mark["kind"] == kind]
        chart = rows_of(some).mark_point(size=55, color=colour, opacity=1, strokeWidth=1.8)
        return chart.encode(x=x("p"), y=lane(height), shape=shape)

    key: list[alt.Chart] = []
    for index, name in enumerate(found.protocols):
        at = 8 + KEY * index
        colour = BLUE if name == NASH else VERMILION
        mark = rows_of([{"y": at}]).mark_point(shape=shapes[name], size=70, color=colour, opacity=1)
        key.append(mark.encode(x=alt.XValue(8), y=lane(height)))
        key.append(
            words(
                [{"y": at, "label": f"{PROTOCOLS[name].letter}  {PROTOCOLS[name].title}"}],
                height,
                x=22,
            )
        )
    nash = rows_of(rows).mark_rule(color=BLUE, strokeWidth=1)
    return drawn(
        [
            half.encode(x=x("p"), y=lane(height, "top"), y2=alt.Y2(field="bottom")),
            nash.encode(x=x("p"), y=lane(height, "top"), y2=alt.Y2(field="bottom")),
            points("other", VERMILION),
            points("nash", BLUE),
            *key,
            *haloed(labels, height),
        ],
        height,
    )
