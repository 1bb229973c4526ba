"""What each stream of forecasts said last of one question, on one line each; the answer marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import altair as alt
import numpy as np

from detente.figures.lanes import drawn, haloed, lane, rows_of, words
from detente.figures.naming import lines_of
from detente.figures.record import Cell, Column, Figure
from detente.figures.theme import BLUE, GRID, INK, MUTED, PAPER, VERMILION, WIDTH
from detente.ledger.exchange.flat import said
from detente.ledger.history import Kept
from detente.ledger.records import (
    AFTER,
    Answer,
    Forecast,
    Normal,
    Probability,
    Quantiles,
    Question,
    Sample,
    Shares,
    Value,
)
from detente.ledger.tracks import Stream
from detente.ledger.values import point_number

LEFT, RIGHT = 8, WIDTH - 8
INDENT = 9  # of words beside the ends of the line, where the answer may stand
TOP, LINE, MARK, GAP = 26, 17, 16, 8
DRAWN = 40  # rows of the picture; the numbers have all
TAIL = 0.05
_NORMAL_TAIL = 1.6448536269514722  # standard deviations that leave a twentieth outside


@dataclass(frozen=True, slots=True)
class Mark:
    """One row: whose, told how, where on the line, and its interval where it has one."""

    name: str
    told: str
    at: float
    low: float
    high: float
    after_the_fact: bool


@dataclass(frozen=True, slots=True)
class Scale:
    """The line: from where to where, what it is, where the answer is, and how that is told."""

    low: float
    high: float
    title: str
    answer: float | None
    stands: str


def spread(question: Question, value: Quantiles | Normal | Sample) -> tuple[float, float, float]:
    """Low end, middle and high end of a forecast; dates as day numbers.

    Of quantiles the lowest and the highest given, with the median read between neighbours; of
    a normal distribution or a sample, the points that leave a twentieth on either side.
    """
    match value:
        case Normal(mean=mean, sd=sd):
            return mean - _NORMAL_TAIL * sd, mean, mean + _NORMAL_TAIL * sd
        case Quantiles(levels=levels):
            points = [point_number(question, point) for point in value.values]
            return points[0], float(np.interp(0.5, levels, points)), points[-1]
        case Sample():
            points = [point_number(question, point) for point in value.values]
            low, middle, high = np.quantile(points, [TAIL, 0.5, 1.0 - TAIL]).tolist()
            return low, middle, high


def place_words(question: Question, at: float) -> str:
    """A place on the line as a person writes it."""
    if question.kind == "number":
        return f"{at:.4g}" + (f" {question.unit}" if question.unit else "")
    if question.kind == "date":
        return date.fromordinal(min(max(round(at), 1), date.max.toordinal())).isoformat()
    return f"{100.0 * at:.3g}%"


def said_figure(
    question: Question, last: Mapping[Stream, Kept[Forecast]], answer: Answer | None, stands: str,
    name: str = "said",
) -> Figure | None:  # fmt: skip
    """The figure, None where nothing was said.

    Args:
        question: which.
        last: the last forecast of each stream, in the order in which they are drawn.
        answer: what the question was answered with; None where it was not.
        stands: where the question stands, in words, for one without an answer.
        name: of the figure.
    """
    marks = [m for stream, kept in last.items() for m in _marks(question, stream, kept.record)]
    if not marks:
        return None
    after = sum(one.after_the_fact for one in marks)
    scale = _scale(question, marks, answer, stands)
    return Figure(
        name,
        "What was said last",
        _alt(marks, scale),
        _aid(question, marks, after, scale),
        _columns(question),
        tuple(
            _row(question, stream, kept.record, m)
            for stream, kept in last.items()
            for m in _marks(question, stream, kept.record)
        ),
        _spec(marks[:DRAWN], scale, question),
    )


def _marks(question: Question, stream: Stream, one: Forecast) -> list[Mark]:
    value: Value = one.value
    who, after = stream.name, stream.after_the_fact
    match value:
        case Probability(p=p):
            return [Mark(who, place_words(question, p), p, p, p, after)]
        case Shares():
            return [
                Mark(f"{option}: {who}", place_words(question, p), p, p, p, after)
                for option, p in value.shares.items()
            ]
        case _:
            low, middle, high = spread(question, value)
            return [Mark(who, place_words(question, middle), middle, low, high, after)]


def _scale(question: Question, marks: list[Mark], answer: Answer | None, stands: str) -> Scale:
    told = stands if answer is None else f"answer: {said(answer)}"
    match question.kind:
        case "yes-no":
            at = None if answer is None else float(answer is True)
            return Scale(0.0, 1.0, "probability of yes", at, told)
        case "one-of":
            return Scale(0.0, 1.0, "probability", None, told)
        case _:
            at = None if answer is None else point_number(question, answer)
            ends = [end for m in marks for end in (m.low, m.high)] + ([] if at is None else [at])
            room = 0.04 * (max(ends) - min(ends)) or 1.0
            return Scale(min(ends) - room, max(ends) + room, question.unit, at, told)


def _alt(marks: list[Mark], scale: Scale) -> str:
    least, most = min(marks, key=lambda m: m.at), max(marks, key=lambda m: m.at)
    if len(marks) == 1:
        told = f"{least.name} said {least.told}."
    else:
        told = f"From {least.told}, {least.name}, to {most.told}, {most.name}."
    return f"{told} {scale.stands[:1].upper()}{scale.stands[1:]}."


def _aid(question: Question, marks: list[Mark], after: int, scale: Scale) -> str:
    parts = ["Each mark is the last forecast of one author, lens and reading."]
    if after:
        parts.append(f"Hollow: {AFTER}.")
    if question.kind in {"number", "date"}:
        parts.append("Mark: the median; line: the ends of the distribution given.")
    if scale.answer is not None:
        parts.append("The upright line is the answer.")
    if len(marks) > DRAWN:
        parts.append(f"{DRAWN} of {len(marks):,} are drawn; the numbers have all.")
    return " ".join(parts)


def _columns(question: Question) -> tuple[Column, ...]:
    front = (Column("By"), Column("Lens"), Column("Reading"), Column("For"), Column("How"))
    match question.kind:
        case "yes-no":
            return (*front, Column("Probability of yes", "share"))
        case "one-of":
            return (*front, Column("Option"), Column("Probability", "share"))
        case "number":
            return (*front, Column("From", "number"), Column("Median", "number"),
                    Column("To", "number"))  # fmt: skip
        case "date":
            return (*front, Column("From"), Column("Median"), Column("To"))


def _row(question: Question, stream: Stream, one: Forecast, mark: Mark) -> tuple[Cell, ...]:
    front = (
        stream.by, stream.lens, stream.reading, one.at.isoformat(timespec="minutes"),
        AFTER if stream.after_the_fact else "in time",
    )  # fmt: skip
    match question.kind:
        case "yes-no":
            return (*front, mark.at)
        case "one-of":
            return (*front, mark.name.removesuffix(f": {stream.name}"), mark.at)
        case "number":
            return (*front, mark.low, mark.at, mark.high)
        case "date":
            return (*front, *(place_words(question, x) for x in (mark.low, mark.at, mark.high)))


def _spec(marks: list[Mark], scale: Scale, question: Question) -> dict[str, Any]:
    rows, y = list[dict[str, Any]](), float(TOP)
    for mark in marks:
        at = y + LINE + MARK / 2
        rows.append(
            {"label": lines_of(mark.name, 36, 1), "told": mark.told, "line": y + LINE / 2, "y": at,
             "at": mark.at, "low": mark.low, "high": mark.high, "after": mark.after_the_fact}
        )  # fmt: skip
        y = at + MARK / 2 + GAP
    return drawn(_layers(rows, y, scale, question), y)


def _layers(
    rows: list[dict[str, Any]], height: float, scale: Scale, question: Question
) -> list[alt.Chart]:
    along = alt.Scale(domain=[scale.low, scale.high], range=[LEFT, RIGHT], nice=False, zero=False)
    axis = _axis(scale, question)

    def x(field: str) -> alt.X:
        return alt.X(field=field, type="quantitative", scale=along, axis=axis)

    def points(chosen: list[dict[str, Any]], **look: Any) -> alt.Chart:
        return rows_of(chosen).mark_point(opacity=1, **look).encode(x=x("at"), y=lane(height))

    base = rows_of([{"low": scale.low, "high": scale.high, "y": row["y"]} for row in rows])
    wide = rows_of([row for row in rows if row["high"] > row["low"]])
    layers = [
        base.mark_rule(color=GRID).encode(x=x("low"), x2=alt.X2(field="high"), y=lane(height))
    ]
    layers += _answer(height, scale, x)
    layers += [
        wide.mark_rule(color=INK, strokeWidth=1.5).encode(
            x=x("low"), x2=alt.X2(field="high"), y=lane(height)
        ),
        *haloed([{"y": r["line"], "label": r["label"]} for r in rows], height, x=LEFT + INDENT),
        *haloed([{"y": r["line"], "label": r["told"]} for r in rows], height, x=RIGHT - INDENT,
                align="right", bold=True),
        points([r for r in rows if not r["after"]], size=75, filled=True, color=BLUE),
        points([r for r in rows if r["after"]], size=65, filled=True, fill=PAPER, stroke=BLUE,
               strokeWidth=2),
    ]  # fmt: skip
    return layers


def _axis(scale: Scale, question: Question) -> alt.Axis:
    look: dict[str, Any] = {"title": scale.title or None, "grid": False, "domain": False}
    if question.kind in {"yes-no", "one-of"}:
        return alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1], **look)
    if question.kind == "number":
        return alt.Axis(tickCount=5, **look)
    days = [np.ceil(scale.low), round((scale.low + scale.high) / 2.0), np.floor(scale.high)]
    first = datetime(1970, 1, 1, tzinfo=UTC).toordinal()
    told = f"utcFormat((datum.value - {first}) * 864e5, '%Y-%m-%d')"
    return alt.Axis(values=days, labelExpr=told, labelFlush=True, **look)


def _answer(height: float, scale: Scale, x: Any) -> list[alt.Chart]:
    """The answer as an upright line with its word above, or as words where it has no place."""
    if scale.answer is None:  # of options it has no place, and one not answered has none yet
        told = [{"y": TOP / 2, "label": lines_of(scale.stands, 52, 1)}]
        return [words(told, height, x=LEFT, colour=MUTED, bold=True)]
    line = rows_of([{"at": scale.answer, "top": TOP - 6.0, "bottom": height}])
    share = (scale.answer - scale.low) / (scale.high - scale.low)
    place = LEFT + share * (RIGHT - LEFT)
    align = "left" if share < 0.3 else "right" if share > 0.7 else "center"
    return [
        line.mark_rule(color=VERMILION, strokeWidth=3).encode(
            x=x("at"), y=lane(height, "top"), y2=alt.Y2(field="bottom")
        ),
        words(
            [{"y": TOP / 2 - 3, "label": scale.stands}], height, x=place - 2,
            align=align, colour=VERMILION, bold=True,
        ),
    ]  # fmt: skip
