"""How tension and fear move on the way to the meeting, with what happened on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import altair as alt

from detente.analysis.answer import Answer, Run
from detente.analysis.road import BANDS, FanDay, Mark, Road
from detente.figures.lanes import drawn, lane, rows_of, words
from detente.figures.naming import Names, lines_of, tidy
from detente.figures.record import Cell, Column, Figure
from detente.figures.theme import BAND, BLUE, GRID, INK, MUTED, PAPER, VERMILION, WIDTH

MOST = 20  # incidents listed under the picture; the numbers hold all
LEFT, RIGHT = 30, WIDTH - 6
PANEL, HEADING = 104, 24  # height of a panel and of the line above it
TOP = 40  # room for the words on the two upright lines
APART, BADGE = 15.0, 11  # px between badges of incidents, height of a row of them
LINE, INDENT = 17, 24
PANELS = ("Tension", "Fear of being manipulated into war")
_LOW, _QUARTER, _MIDDLE, _UPPER, _HIGH = range(len(BANDS))

COLUMNS = (
    Column("What"),
    Column("Days from the announcement", "count"),
    *(Column(f"{level:.0%} of draws are at most", "number") for level in BANDS),
)


def fan(run: Run, answer: Answer, name: str = "fan") -> Figure | None:
    """Tension and fear, day by day, over draws; None where there is no run-up."""
    road = answer.road
    if road is None or not road.tension:
        return None
    names = Names(run.situation)
    return Figure(
        name,
        f"The road to the meeting: {names.scenario(answer.round, answer.reading)}",
        _alt(road),
        "Line: the median of the draws. Dark band: half of them; light band: nine in ten. Both "
        "run from 0, none, to 1, the most there can be. Numbers: incidents on record before the "
        "meeting, listed below. Dashed: the announcement. Solid: the day of the meeting.",
        COLUMNS,
        tuple(_rows(road)),
        _spec(road, _announced(run, answer)),
    )


def _announced(run: Run, answer: Answer) -> date | None:
    return None if answer.round is None else run.situation.rounds[answer.round].announced


def _rows(road: Road) -> list[tuple[Cell, ...]]:
    nothing = (None,) * len(BANDS)
    rows: list[tuple[Cell, ...]] = [
        (f"incident {i}: {tidy(mark.name)}", mark.day, *nothing)
        for i, mark in enumerate(road.marks, 1)
    ]
    rows += [("announcement", 0, *nothing), ("day of the meeting", road.meeting, *nothing)]
    for what, days in (("tension", road.tension), ("fear", road.fear)):
        rows += [(what, day.day, *day.quantiles) for day in days]
    return rows


def _alt(road: Road) -> str:
    def told(days: Sequence[FanDay]) -> str:
        last = days[-1].quantiles
        return f"{last[_MIDDLE]:.2f} (nine in ten draws: {last[_LOW]:.2f} to {last[_HIGH]:.2f})"

    count = len(road.marks)
    marked = f"{count} recorded incident{'' if count == 1 else 's'} marked"
    peak = max(road.tension, key=lambda day: day.quantiles[_MIDDLE])
    return (
        f"Before the meeting, median tension is {told(road.tension)} and median fear "
        f"{told(road.fear)}. Median tension is highest on day {peak.day:+d} from the "
        f"announcement, at {peak.quantiles[_MIDDLE]:.2f}; {marked}."
    )


def _across(days: tuple[int, int], announced: date | None) -> alt.X:
    scale = alt.Scale(domain=list(days), range=[LEFT, RIGHT], nice=False, zero=False)
    ticks = _ticks(days, announced)
    labels = " : ".join(f"datum.value === {day} ? '{text}'" for day, text in ticks)
    axis = alt.Axis(
        values=[day for day, _ in ticks],
        labelExpr=f"{labels} : ''",
        title=None if announced else "days from the announcement",
        grid=False, domain=False, tickSize=4,
    )  # fmt: skip
    return alt.X(field="day", type="quantitative", scale=scale, axis=axis)


def _ticks(days: tuple[int, int], announced: date | None) -> list[tuple[int, str]]:
    """Where the days are marked: firsts of months, or round numbers of days without dates."""
    first, last = days
    if announced is None:
        step = max(5, round((last - first) / 5 / 5) * 5)
        return [(day, str(day)) for day in range(-(-first // step) * step, last + 1, step)]
    start = announced + timedelta(days=first)
    months = [
        date(start.year + (start.month + i) // 12, (start.month + i) % 12 + 1, 1)
        for i in range(-1, (last - first) // 28 + 2)
    ]
    found = [((month - announced).days, month.strftime("%b")) for month in months]
    inside = [(day, text) for day, text in found if first <= day <= last]
    if len(inside) < 2:  # a road within a month or so: its ends
        ends = [(first, start), (last, announced + timedelta(days=last))]
        return [(day, f"{when.day} {when:%b}") for day, when in ends]
    return inside[:: -(-len(inside) // 8)]


def _spec(road: Road, announced: date | None) -> dict[str, Any]:
    every = [day.day for day in (*road.tension, *road.fear)]
    days = (min(every), max(*every, road.meeting))
    badges = _badges(road.marks[:MOST], days)
    deep = BADGE + 6 + max((badge["row"] for badge in badges), default=-1) * 14 if badges else 0
    first = TOP + HEADING
    second = first + PANEL + deep + HEADING + 8
    foot = second + PANEL
    listed = _listed(road.marks[:MOST], foot + 34, announced)
    height = foot  # the list hangs below the axis
    x = _across(days, announced)
    layers = [
        *_panel(PANELS[0], road.tension, first, x, height),
        *_panel(PANELS[1], road.fear, second, x, height),
        *_uprights(road, x, days, height, (first, second), announced),
        *_strip(badges, x, height, (first, second)),
    ]
    if listed:
        numbers = [{"y": one["y"], "label": one["number"]} for one in listed]
        layers += [words(numbers, height, bold=True), words(listed, height, x=INDENT)]
    return drawn(layers, height)


def _panel(
    heading: str,
    fan_days: Sequence[FanDay],
    top: float,
    x: alt.X,
    height: float,
) -> list[alt.Chart]:
    """One fan: its heading, three lines of a grid, two bands and the median."""
    base = top + PANEL
    marks = [
        {"day": d.day, **{f"q{i}": base - PANEL * q for i, q in enumerate(d.quantiles)}}
        for d in fan_days
    ]
    grid = [{"y": base - PANEL * level, "label": f"{level:g}"} for level in (0, 0.5, 1)]

    def band(low: int, high: int, opacity: float) -> alt.Chart:
        return (
            rows_of(marks)
            .mark_area(color=BAND, opacity=opacity)
            .encode(x=x, y=lane(height, f"q{low}"), y2=alt.Y2(field=f"q{high}"))
        )

    rule = rows_of(grid).mark_rule(color=GRID)
    return [
        words([{"y": top - HEADING / 2 - 2, "label": heading}], height, bold=True),
        rule.encode(x=alt.XValue(LEFT), x2=alt.X2Value(RIGHT), y=lane(height)),
        words(grid, height, x=LEFT - 6, align="right", colour=MUTED),
        band(_LOW, _HIGH, 0.35),
        band(_QUARTER, _UPPER, 0.8),
        rows_of(marks)
        .mark_line(color=BLUE, strokeWidth=2)
        .encode(x=x, y=lane(height, f"q{_MIDDLE}")),
    ]


def _uprights(
    road: Road,
    x: alt.X,
    days: tuple[int, int],
    height: float,
    tops: tuple[float, float],
    announced: date | None,
) -> list[alt.Chart]:
    """The announcement and the day of the meeting, through both panels, with their words."""
    layers: list[alt.Chart] = []
    for day, label, y, dash in (
        (road.meeting, "meeting", 8, [1, 0]),
        (0, "announced", 26, [4, 3]),
    ):
        spans = [{"day": day, "top": top, "bottom": top + PANEL} for top in tops]
        spans.append({"day": day, "top": y + 9, "bottom": tops[0]})
        rule = rows_of(spans).mark_rule(color=INK, strokeWidth=1.5, strokeDash=dash)
        layers.append(rule.encode(x=x, y=lane(height, "top"), y2=alt.Y2(field="bottom")))
        at = _pixel(day, days)
        text = [{"y": y, "label": f"{label}, {_day_words(day, announced)}"}]
        align = "right" if at > WIDTH / 2 else "left"
        layers.append(words(text, height, x=at, align=align))
    return layers


def _pixel(day: int, days: tuple[int, int]) -> float:
    return LEFT + (RIGHT - LEFT) * (day - days[0]) / max(days[1] - days[0], 1)


def _badges(marks: Sequence[Mark], days: tuple[int, int]) -> list[dict[str, Any]]:
    """A number an incident, in the first row where it is clear of the ones before it."""
    ends: list[float] = []
    badges: list[dict[str, Any]] = []
    for number, mark in enumerate(marks, 1):
        at = _pixel(max(mark.day, days[0]), days)
        wide = APART if number < 10 else APART + 6
        row = next((i for i, end in enumerate(ends) if at - end >= wide), len(ends))
        if row == len(ends):
            ends.append(at)
        ends[row] = at
        badges.append({"day": max(mark.day, days[0]), "row": row, "label": str(number)})
    return badges


def _strip(
    badges: list[dict[str, Any]], x: alt.X, height: float, tops: tuple[float, float]
) -> list[alt.Chart]:
    """The incidents' numbers between the panels, each with a tick into both."""
    if not badges:
        return []
    feet = [top + PANEL for top in tops]
    ticks = [{"day": b["day"], "top": foot - 8, "bottom": foot} for b in badges for foot in feet]
    stems = [
        {"day": b["day"], "top": feet[0], "bottom": feet[0] + 4 + 14 * b["row"]} for b in badges
    ]
    plates = [{**b, "y": feet[0] + BADGE + 14 * b["row"]} for b in badges]
    tick = rows_of(ticks).mark_rule(color=VERMILION, strokeWidth=2)
    stem = rows_of(stems).mark_rule(color=VERMILION, strokeWidth=1)
    plate = rows_of(plates).mark_text(baseline="middle", stroke=PAPER, strokeWidth=5)
    number = rows_of(plates).mark_text(baseline="middle", fontWeight="bold", color=INK)
    label = alt.Text(field="label", type="nominal")
    upright: dict[str, Any] = {"x": x, "y": lane(height, "top"), "y2": alt.Y2(field="bottom")}
    return [
        tick.encode(**upright),
        stem.encode(**upright),
        plate.encode(x=x, y=lane(height), text=label),
        number.encode(x=x, y=lane(height), text=label),
    ]


def _listed(marks: Sequence[Mark], top: float, announced: date | None) -> list[dict[str, Any]]:
    """What the numbers stand for, a line or two each."""
    found: list[dict[str, Any]] = []
    y = top
    for number, mark in enumerate(marks, 1):
        day = _day_words(mark.day, announced)
        lines = lines_of(f"{day}: {tidy(mark.name)}", 52, 2)
        found.append({"y": y + LINE / 2, "label": lines, "number": str(number)})
        y += LINE * len(lines) + 3
    return found


def _day_words(day: int, announced: date | None) -> str:
    if announced is None:
        return f"day {day:+d}"
    when = announced + timedelta(days=day)
    return f"{when.day} {when:%b}"
