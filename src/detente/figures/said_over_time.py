"""What was said of one question over time: a step for each forecast, the answer at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import altair as alt
import numpy as np

from detente.arrays import Floats
from detente.figures.lanes import drawn, haloed, lane, rows_of, words
from detente.figures.naming import lines_of
from detente.figures.record import Column, Figure
from detente.figures.said import place_words, spread
from detente.figures.theme import BLUE, GRID, INK, MUTED, PAPER, PLACEHOLDER, VERMILION, WIDTH
from detente.ledger.history import Kept
from detente.ledger.records import AFTER, Answer, Forecast, Probability, Question, Shares
from detente.ledger.tracks import Stream
from detente.ledger.values import point_number

Streams = Mapping[Stream, Sequence[Kept[Forecast]]]
LEFT, RIGHT = 76, WIDTH - 10
KEY, HIGH, ROOM = 19, 190, 12
NAMED = 5  # streams that get a colour and a shape each; more are drawn alike, with their median
SHORT = 3 * 86_400_000.0  # milliseconds below which hours are told
DRAWN = 60  # streams in the picture; the numbers have all
LOOKS = (
    ("blue", "circle"), ("vermilion", "square"), ("green", "triangle-up"),
    ("purple", "diamond"), ("orange", "triangle-down"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A stream as a line: moments as milliseconds since 1970, and where it stood from then on."""

    name: str
    at: Floats
    value: Floats
    after_the_fact: bool


def over_time_figure(
    question: Question, streams: Streams, answer: Answer | None, end: datetime,
    name: str = "over-time",
) -> Figure | None:  # fmt: skip
    """The figure, None where nothing changed: what was said last tells it all.

    Args:
        question: which.
        streams: forecasts of each stream, in the order of time.
        answer: what the question was answered with, else None.
        end: until when the last forecasts stood.
        name: of the figure.
    """
    option = _option(question, streams, answer)
    lines = [_line(question, stream, kept, option) for stream, kept in streams.items()]
    if len({moment for line in lines for moment in line.at.tolist()}) < 2:
        return None
    what = _what(question, option)
    return Figure(
        name,
        "What was said over time",
        _alt(question, lines, what),
        _aid(lines, what),
        (Column("By"), Column("Lens"), Column("Reading"), Column("For"), Column("How"),
         Column(what[:1].upper() + what[1:], _form(question))),
        tuple(
            (s.by, s.lens, s.reading, k.record.at.isoformat(timespec="minutes"),
             AFTER if s.after_the_fact else "in time",
             place_words(question, v) if question.kind == "date" else v)
            for (s, kept), line in zip(streams.items(), lines, strict=True)
            for k, v in zip(kept, line.value.tolist(), strict=True)
        ),
        _spec(question, lines, answer, _millis(end), option),
    )  # fmt: skip


def _what(question: Question, option: str) -> str:
    """What is drawn, in words."""
    if question.kind in {"yes-no", "one-of"}:
        return f"probability of {option}"
    return f"median, {question.unit}" if question.unit else "median"


def _form(question: Question) -> Any:
    return {"yes-no": "share", "one-of": "share", "number": "number", "date": "text"}[question.kind]


def _option(question: Question, streams: Streams, answer: Answer | None) -> str:
    """Whose probability is drawn: yes, or of options the answer, else the one now likeliest."""
    if question.kind == "yes-no":
        return "yes"
    if question.kind != "one-of":
        return ""
    if answer is not None:
        return str(answer)
    last = [kept[-1].record.value for kept in streams.values()]
    shares = [value.shares for value in last if isinstance(value, Shares)]
    return max(question.options, key=lambda name: sum(one.get(name, 0.0) for one in shares))


def _line(question: Question, stream: Stream, kept: Sequence[Kept[Forecast]], option: str) -> Line:
    return Line(
        stream.name,
        np.array([_millis(one.record.at) for one in kept]),
        np.array([_height(question, one.record, option) for one in kept]),
        stream.after_the_fact,
    )


def _height(question: Question, one: Forecast, option: str) -> float:
    match one.value:
        case Probability(p=p):
            return p
        case Shares(shares=shares):
            return shares.get(option, 0.0)
        case value:
            return spread(question, value)[1]


def _millis(at: datetime) -> float:
    return at.timestamp() * 1000.0


def _alt(question: Question, lines: Sequence[Line], what: str) -> str:
    told = [
        f"{line.name}: from {place_words(question, float(line.value[0]))} to "
        f"{place_words(question, float(line.value[-1]))} in {len(line.at)} forecasts"
        for line in lines[:NAMED]
    ]
    more = f"; and {len(lines) - NAMED} more" if len(lines) > NAMED else ""
    return f"{what[:1].upper()}{what[1:]}. {'; '.join(told)}{more}."


def _aid(lines: Sequence[Line], what: str) -> str:
    parts = [f"Up: {what}. Each mark is a forecast, which stands until the next."]
    if any(line.after_the_fact for line in lines):
        parts.append(f"Hollow, without a line: {AFTER}.")
    if len(lines) > NAMED:
        parts.append("Thick: the median of what stood at the time, made in time.")
    if len(lines) > DRAWN:
        parts.append(f"{DRAWN} of {len(lines):,} are drawn; the numbers have all.")
    return " ".join(parts)


def _spec(
    question: Question, lines: Sequence[Line], answer: Answer | None, end: float, option: str
) -> dict[str, Any]:
    few = len(lines) <= NAMED
    top = float(KEY * (len(lines) if few else 1) + ROOM)
    height = top + HIGH
    low, high = _range(question, lines, answer)

    def y(value: float) -> float:
        return top + (1.0 - (value - low) / (high - low)) * HIGH

    x = _along(lines, end)
    layers = _ground(question, height, (low, high), y)
    for place, line in enumerate(lines[:DRAWN]):
        colour, shape = LOOKS[place] if few else ("muted", "circle")
        layers += _drawn(line, end, height, x, y, PLACEHOLDER[colour], shape, few)
    if few:
        layers += _key(lines, height)
    else:
        layers += _median(lines, end, height, x, y)
    layers += _answer(question, answer, end, height, x, y, option)
    return drawn(layers, height)


def _range(question: Question, lines: Sequence[Line], answer: Answer | None) -> tuple[float, float]:
    if question.kind in {"yes-no", "one-of"}:
        return 0.0, 1.0
    ends = [v for line in lines for v in line.value.tolist()]
    ends += [] if answer is None else [point_number(question, answer)]
    room = 0.06 * (max(ends) - min(ends)) or 1.0
    return min(ends) - room, max(ends) + room


def _along(lines: Sequence[Line], end: float) -> Any:
    first = min(float(line.at[0]) for line in lines)
    last = max(end, *(float(line.at[-1]) for line in lines))
    scale = alt.Scale(
        domain=[first, last if last > first else first + 1.0], range=[LEFT, RIGHT], type="utc"
    )
    ticks = [first, (first + last) / 2.0, last]
    form = "%Y-%m-%d" if last - first > SHORT else "%m-%d %H:%M"
    axis = alt.Axis(
        values=ticks, format=form, title=None, grid=False, domain=False, labelFlush=True,
    )  # fmt: skip

    def x(field: str) -> alt.X:
        return alt.X(field=field, type="temporal", scale=scale, axis=axis)

    return x


def _ground(question: Question, height: float, ends: tuple[float, float], y: Any) -> list[Any]:
    low, high = ends
    at = [low, (low + high) / 2.0, high]
    rules = rows_of([{"y": y(value), "to": RIGHT} for value in at])
    across = rules.mark_rule(color=GRID).encode(
        x=alt.XValue(LEFT), x2=alt.X2Value(RIGHT), y=lane(height)
    )
    plain = question.model_copy(update={"unit": ""})  # there is no room for it
    told = [{"y": y(value), "label": place_words(plain, value)} for value in at]
    return [across, words(told, height, x=LEFT - 6, align="right", colour=MUTED, limit=LEFT - 6)]


def _drawn(
    line: Line, end: float, height: float, x: Any, y: Any, colour: str, shape: str, few: bool
) -> list[Any]:
    marks = [
        {"x": at, "y": y(value)} for at, value in zip(line.at.tolist(), line.value, strict=True)
    ]
    point = rows_of(marks).mark_point(
        shape=shape, size=55 if few else 12, filled=True, opacity=1 if few else 0.7,
        fill=PAPER if line.after_the_fact else colour, stroke=colour, strokeWidth=1.5,
    ).encode(x=x("x"), y=lane(height))  # fmt: skip
    if line.after_the_fact:
        return [point]
    steps = [*marks, {"x": max(end, marks[-1]["x"]), "y": marks[-1]["y"]}]
    return [_steps(steps, height, x, colour, 2.0 if few else 0.75), point]


def _steps(marks: list[dict[str, float]], height: float, x: Any, colour: str, wide: float) -> Any:
    return (
        rows_of(marks)
        .mark_line(interpolate="step-after", strokeWidth=wide, color=colour)
        .encode(x=x("x"), y=lane(height))
    )


def _median(lines: Sequence[Line], end: float, height: float, x: Any, y: Any) -> list[Any]:
    """The median over streams of what stood from one moment to the next."""
    timed = [line for line in lines if not line.after_the_fact]
    if not timed:
        return []
    moments = np.unique(np.concatenate([line.at for line in timed]))
    stood = np.full((len(timed), len(moments)), np.nan)
    for row, line in zip(stood, timed, strict=True):
        place = np.searchsorted(line.at, moments, side="right") - 1
        row[place >= 0] = line.value[place[place >= 0]]
    middle = np.nanmedian(stood, axis=0)
    marks = [{"x": at, "y": y(v)} for at, v in zip(moments.tolist(), middle, strict=True)]
    marks.append({"x": max(end, marks[-1]["x"]), "y": marks[-1]["y"]})
    told = [{"y": KEY / 2, "label": f"median of {len(timed)}"}]
    return [
        _steps(marks, height, x, BLUE, 3.5),
        words(told, height, x=LEFT, colour=BLUE, bold=True),
    ]


def _key(lines: Sequence[Line], height: float) -> list[Any]:
    found: list[Any] = []
    for place, line in enumerate(lines):
        colour, shape = LOOKS[place]
        at = [{"y": KEY * (place + 0.5), "label": lines_of(line.name, 42, 1)}]
        fill = PAPER if line.after_the_fact else PLACEHOLDER[colour]
        mark = rows_of(at).mark_point(
            shape=shape, size=70, filled=True, opacity=1, fill=fill, stroke=PLACEHOLDER[colour],
            strokeWidth=1.5,
        )  # fmt: skip
        found += [mark.encode(x=alt.XValue(9), y=lane(height)), words(at, height, x=22)]
    return found


def _answer(
    question: Question, answer: Answer | None, end: float, height: float, x: Any, y: Any,
    option: str,
) -> list[Any]:  # fmt: skip
    """The answer as a cross where it was known; of options, that the one drawn came true."""
    if answer is None:
        return []
    if question.kind == "yes-no":
        at, told = float(answer is True), f"answer: {'yes' if answer else 'no'}"
    elif question.kind == "one-of":
        at, told = 1.0, f"answer: {option}"
    else:
        at = point_number(question, answer)
        told = f"answer: {place_words(question, at)}"
    here = [{"x": end, "y": y(at)}]
    line = y(at) + (14 if at > 0.5 and question.kind in {"yes-no", "one-of"} else -14)
    cross = rows_of(here).mark_point(
        shape="cross", size=140, filled=True, opacity=1, color=VERMILION, stroke=INK,
        strokeWidth=0.5,
    )  # fmt: skip
    label = [{"y": line, "label": lines_of(told, 30, 1)}]
    return [
        cross.encode(x=x("x"), y=lane(height)),
        *haloed(label, height, x=RIGHT - 8, align="right", bold=True, colour=VERMILION),
    ]
