"""How likely something tangible is, reading by reading and round by round."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from detente.analysis.answer import Answer, Run
from detente.figures.lanes import drawn, lane, rows_of, words
from detente.figures.naming import Names, lines_of, percent
from detente.figures.record import Cell, Column, Figure
from detente.figures.spans import (
    AT_ALL,
    FEW,
    IF_THEY_MEET,
    half_width,
    main,
    main_words,
    meets_enough,
    met,
    span,
    widest,
)
from detente.figures.theme import BAND, BLUE, INK, MUTED, ROUND_SHAPES, VERMILION, WIDTH

MOST = 80  # rows drawn; the numbers hold all
LANE, HEAD, TOP = 24, 24, 74
LEFT, RIGHT = 92, WIDTH - 48

COLUMNS = (
    Column("Reading"),
    Column("Round"),
    Column("Chance of something tangible", "share"),
    Column("Monte Carlo error (1 s.e.)", "share"),
    Column("Input uncertainty, low", "share"),
    Column("Input uncertainty, high", "share"),
    Column("The same, if they meet", "share"),
    Column("Chance of any deal", "share"),
    Column("Draws in which they meet", "count"),
)


def forecast(run: Run, name: str = "forecast") -> Figure | None:
    """Estimates with Monte Carlo error, and apart from it the span the inputs leave open.

    None for a run without scenarios.
    """
    names = Names(run.situation)
    if not run.answers:
        return None
    readings = dict.fromkeys(answer.reading for answer in run.answers)
    ordered = [a for reading in readings for a in run.answers if a.reading == reading]
    rows = tuple(_row(run, names, answer) for answer in ordered)
    return Figure(
        name,
        f"Chance {main_words(ordered)}",
        _alt(names, ordered),
        "Solid mark: the estimate, its line the Monte Carlo error (\u00b11.96 standard errors). "
        "Dashed box: where the chance lies for eight in ten points within the stated ranges. "
        "Each round has its own shape. An upright stroke, where there is one, is the chance "
        f"of {_stroke(ordered)}{_none_where(ordered)}.",
        COLUMNS,
        rows,
        _spec(run, ordered),
    )


def _stroke(answers: Sequence[Answer]) -> str:
    """What the upright strokes are."""
    given, deal = "something tangible, if they meet", "any deal, tangible or not"
    kinds = {main(answer) for answer in answers}
    if len(kinds) > 1:
        return f"{given}; without a run-up {deal}"
    return given if kinds == {AT_ALL} else deal


def _none_where(answers: Sequence[Answer]) -> str:
    if all(main(answer) == IF_THEY_MEET for answer in answers):
        return ""
    return f"; there is none where they meet in fewer than {FEW} draws"


def _row(run: Run, names: Names, answer: Answer) -> tuple[Cell, ...]:
    found, deal = answer.probabilities[main(answer)], answer.probabilities["deal"]
    given = answer.probabilities.get(IF_THEY_MEET)
    return (
        names.reading(answer.reading), names.round(answer.round), found.p, found.mc_se,
        *span(answer), given.p if given else None, deal.p, met(run, answer),
    )  # fmt: skip


def _alt(names: Names, answers: Sequence[Answer]) -> str:
    low = min(answers, key=lambda a: a.probabilities[main(a)].p)
    high = max(answers, key=lambda a: a.probabilities[main(a)].p)

    def told(answer: Answer) -> str:
        chance = answer.probabilities[main(answer)].p
        return f"{chance:.1%} ({names.scenario(answer.round, answer.reading)})"

    if len(answers) == 1:
        text = f"The chance is {told(low)}."
    else:
        text = f"The chance runs from {told(low)} to {told(high)} over {len(answers)} scenarios."
    answer, (least, most) = widest(answers)
    where = names.scenario(answer.round, answer.reading)
    return f"{text} The stated ranges leave most open for {where}: {least:.1%} to {most:.1%}."


def _layout(run: Run, answers: Sequence[Answer]) -> tuple[list[dict[str, Any]], float]:
    """One mark an answer with its place in pixels, and the height of it all."""
    names, marks = Names(run.situation), list[dict[str, Any]]()
    rounds = list(dict.fromkeys(answer.round for answer in answers))
    y, last = float(TOP), object()
    for answer in answers:
        if answer.reading != last:
            heading = lines_of(names.reading(answer.reading), 46)
            y += HEAD + 17 * (len(heading) - 1)
            marks.append({"y": y - HEAD / 2 + 2 - 17 * (len(heading) - 1), "label": heading})
            last = answer.reading
        y += LANE
        marks.append(_mark(run, answer, y - LANE / 2, rounds.index(answer.round)))
    return marks, y + 6


def _mark(run: Run, answer: Answer, y: float, place: int) -> dict[str, Any]:
    names = Names(run.situation)
    place_of = {"y": y, "top": y - 7, "bottom": y + 7, "round": names.round(answer.round)}
    found = answer.probabilities[main(answer)]
    other = answer.probabilities["deal"]
    if main(answer) == AT_ALL:
        other = answer.probabilities[IF_THEY_MEET] if meets_enough(run, answer) else found
    error, (low, high) = half_width(found, run.plan.draws), span(answer)
    return {
        **place_of, "p": found.p,
        "from": max(found.p - error, 0.0), "to": min(found.p + error, 1.0),
        "low": low, "high": high,
        "deal": other.p if other.p != found.p else None,
        "shape": ROUND_SHAPES[place % len(ROUND_SHAPES)],
        "chance": percent(found.p),
    }  # fmt: skip


def _spec(run: Run, answers: Sequence[Answer]) -> dict[str, Any]:
    marks, height = _layout(run, answers[:MOST])
    headings = [mark for mark in marks if "p" not in mark]
    points = [mark for mark in marks if "p" in mark]
    chart = rows_of(points)
    deals = rows_of([point for point in points if point["deal"] is not None])
    scale = alt.Scale(domain=[0, 1], range=[LEFT, RIGHT], nice=False)
    axis = alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1], title=None, domain=False)

    def x(field: str) -> alt.X:
        return alt.X(field=field, type="quantitative", scale=scale, axis=axis)

    band = chart.mark_rect(fill=BAND, fillOpacity=0.35, stroke=BLUE, strokeDash=[3, 2]).encode(
        x=x("low"), x2=alt.X2(field="high"), y=lane(height, "top"), y2=alt.Y2(field="bottom")
    )
    error = chart.mark_rule(strokeWidth=3, color=VERMILION).encode(
        x=x("from"), x2=alt.X2(field="to"), y=lane(height)
    )
    point = chart.mark_point(filled=True, size=75, opacity=1, color=VERMILION).encode(
        x=x("p"), y=lane(height), shape=alt.Shape(field="shape", type="nominal", scale=None)
    )
    deal = deals.mark_tick(orient="vertical", thickness=2, size=18, color=INK).encode(
        x=x("deal"), y=lane(height)
    )
    labels = [{"y": m["y"], "label": m["round"]} for m in points]
    chances = [{"y": m["y"], "label": m["chance"]} for m in points]
    layers = [
        band,
        deal,
        error,
        point,
        words(headings, height, bold=True),
        words(labels, height, limit=LEFT - 12, colour=MUTED),
        words(chances, height, x=WIDTH, align="right", bold=True),
        *_key(
            height, _stroke(answers) if any(point["deal"] is not None for point in points) else ""
        ),
    ]
    return drawn(layers, height)


def _key(height: float, stroke: str) -> list[alt.Chart]:
    """What the two kinds of uncertainty look like, and the stroke, above the rows."""
    third = {"y": 54, "label": stroke}
    upright = rows_of([third]).mark_tick(orient="vertical", thickness=2, size=18, color=INK)
    strokes = [
        upright.encode(x=alt.XValue(20), y=lane(height)),
        words([third], height, x=46),
    ]
    first, second = {"y": 10}, {"y": 32, "top": 25, "bottom": 39}
    line = rows_of([first]).mark_rule(strokeWidth=3, color=VERMILION)
    dot = rows_of([first]).mark_point(filled=True, size=75, opacity=1, color=VERMILION)
    box = rows_of([second]).mark_rect(fill=BAND, fillOpacity=0.35, stroke=BLUE, strokeDash=[3, 2])
    return [
        line.encode(x=alt.XValue(4), x2=alt.X2Value(36), y=lane(height)),
        dot.encode(x=alt.XValue(20), y=lane(height)),
        box.encode(
            x=alt.XValue(4), x2=alt.X2Value(36), y=lane(height, "top"), y2=alt.Y2(field="bottom")
        ),
        words([{**first, "label": "estimate, with its Monte Carlo error"}], height, x=46),
        words([{**second, "label": "input uncertainty: eight in ten points"}], height, x=46),
        *(strokes if stroke else []),
    ]
