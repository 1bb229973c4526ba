"""What a forecast rests on: whose word moves it most."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from detente.analysis.answer import Answer, Run
from detente.analysis.bases import BASES, BASIS_WORDS
from detente.analysis.support import Rest, by_basis
from detente.figures.lanes import drawn, lane, rows_of, words
from detente.figures.naming import Names, lines_of, percent
from detente.figures.record import Cell, Column, Figure
from detente.figures.stacking import KEY, key_of, stacked
from detente.figures.theme import BASIS_MARKS, WIDTH

MOST = 12
LEFT, RIGHT, LINE, GAP = 22, WIDTH - 60, 17, 14

ADDRESS_COLUMNS = (
    Column("What"),
    Column("Address"),
    Column("Value"),
    Column("Rests on"),
    Column("Moves", "share"),
)
BASIS_COLUMNS = (Column("Scenario"), Column("Rests on"), Column("Share", "share"))


def moving(run: Run, answer: Answer, name: str = "support") -> Figure | None:
    """The addresses that move one scenario most, each marked by whose word it is.

    None where nothing uncertain moves the answer.
    """
    rests = [rest for rest in answer.rests if rest.moves][:MOST]
    if not rests:
        return None
    names = Names(run.situation)
    rows = tuple(
        (names.address(r.address), r.address, r.value, BASIS_WORDS[r.basis], r.moves) for r in rests
    )
    first = rests[0]
    default = sum(rest.basis == "default" for rest in rests)
    return Figure(
        name,
        f"What moves the answer most: {names.scenario(answer.round, answer.reading)}",
        f"Most moves with {names.address(first.address)} ({BASIS_WORDS[first.basis]}): "
        f"{first.moves or 0.0:.1%} of the variance. Of the {len(rests)} shown, {default} "
        f"{'is' if default == 1 else 'are'} a default nobody stated.",
        "Bar: share of the variance of the chance of a tangible result that goes with the "
        "value, one way. Shape, letter and colour say whose word the value is.",
        ADDRESS_COLUMNS,
        rows,
        _bars(names, rests),
    )


def stacks(run: Run, name: str = "bases") -> Figure | None:
    """Share of what moves each scenario by whose word it is; None where nothing does."""
    names = Names(run.situation)
    found = [(names.scenario(a.round, a.reading), by_basis(a.rests)) for a in run.answers]
    found = [(label, shares) for label, shares in found if shares]
    if not found:
        return None
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (label, BASIS_WORDS[basis], share)
        for label, shares in found
        for basis, share in shares.items()
    )
    label, basis, most = max(
        ((label, b, s) for label, shares in found for b, s in shares.items()), key=lambda x: x[2]
    )
    mean = {b: sum(s.get(b, 0.0) for _, s in found) / len(found) for b in BASES}
    top = max(mean, key=lambda b: mean[b])
    return Figure(
        name,
        "Whose word the forecasts rest on",
        f"On average over {len(found)} {'scenario' if len(found) == 1 else 'scenarios'}, the "
        f"largest part, {mean[top]:.1%}, of what moves the answer is {BASIS_WORDS[top]}. "
        f"The largest single part is {most:.1%}, {BASIS_WORDS[basis]}, in {label}.",
        "Each bar is one scenario. Its parts are how much of what moves the answer rests on "
        "whose word; the letter in a part is explained above the bars.",
        BASIS_COLUMNS,
        rows,
        _stacked(found),
    )


def _used(bases: Sequence[str]) -> list[str]:
    return [basis for basis in BASES if basis in bases]


def _bars(names: Names, rests: Sequence[Rest]) -> dict[str, Any]:
    used = _used([rest.basis for rest in rests])
    marks: list[dict[str, Any]] = []
    y = KEY * len(used) + 10.0
    for rest in rests:
        mark, lines = BASIS_MARKS[rest.basis], lines_of(names.address(rest.address), 50, 3)
        bar = y + LINE * len(lines) + 2
        marks.append(
            {"y": bar + 6, "top": bar, "bottom": bar + 12, "line": y + LINE / 2, "label": lines,
             "moves": rest.moves, "zero": 0.0, "shape": mark.shape, "colour": mark.colour,
             "told": percent(rest.moves or 0.0),
             "letter": mark.letter}
        )  # fmt: skip
        y = bar + 12 + GAP
    return _bar_layers(marks, used, y)


def _bar_layers(marks: list[dict[str, Any]], used: list[str], height: float) -> dict[str, Any]:
    chart = rows_of(marks)
    scale = alt.Scale(domain=[0, max(m["moves"] for m in marks)], range=[LEFT, RIGHT], nice=False)
    axis = alt.Axis(format="%", tickCount=4, title="of the variance", domain=False, grid=False)
    colour = alt.Color(field="colour", type="nominal", scale=None)
    bar = chart.mark_rect(fillOpacity=0.3, strokeWidth=1.5).encode(
        x=alt.X(field="zero", type="quantitative", scale=scale, axis=axis),
        x2=alt.X2(field="moves"),
        y=lane(height, "top"),
        y2=alt.Y2(field="bottom"),
        fill=alt.Fill(field="colour", type="nominal", scale=None),
        stroke=alt.Stroke(field="colour", type="nominal", scale=None),
    )
    symbol = chart.mark_point(filled=True, size=80, opacity=1).encode(
        x=alt.XValue(8),
        y=lane(height),
        shape=alt.Shape(field="shape", type="nominal", scale=None),
        color=colour,
    )
    told = [{"y": m["y"], "label": f"{m['letter']}  {m['told']}"} for m in marks]
    labels = [{"y": m["line"], "label": m["label"]} for m in marks]
    layers = [
        bar,
        symbol,
        words(labels, height),
        words(told, height, x=WIDTH, align="right"),
        *key_of({b: (BASIS_MARKS[b], BASIS_WORDS[b]) for b in used}, 8, height),
    ]
    return drawn(layers, height)


def _stacked(found: Sequence[tuple[str, dict[str, float]]]) -> dict[str, Any]:
    used = _used([basis for _, shares in found for basis in shares])
    return stacked(found, {basis: (BASIS_MARKS[basis], BASIS_WORDS[basis]) for basis in used})
