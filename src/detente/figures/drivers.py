"""How much goes with each group: what it does alone, and what it does with others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from detente.analysis.driver_scopes import DRAW, Drivers, Scope
from detente.analysis.resampling import Share
from detente.analysis.sobol import Effect
from detente.figures.group_names import PART_TITLES, group_name, letter, what_is_driven
from detente.figures.lanes import drawn, lane, rows_of, words
from detente.figures.naming import Names, and_list, lines_of
from detente.figures.ranks import ranked
from detente.figures.record import Column, Figure
from detente.figures.shares import about, share_words, whole_percent
from detente.figures.theme import BLUE, GRID, INK, PAPER, WIDTH
from detente.sources.claims import Claims

LEFT, RIGHT = 10, WIDTH - 14
LINE, BAR, GAP = 17, 16, 12

COLUMNS = (
    Column("Mark"),
    Column("Group"),
    Column("Alone (share)", "number"),
    Column("Alone, from", "number"),
    Column("Alone, to", "number"),
    Column("In all (share)", "number"),
    Column("In all, from", "number"),
    Column("In all, to", "number"),
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One group: its mark, its name, what is filled and what is drawn hollow up to."""

    mark: str
    name: str
    filled: Share
    hollow: Share


def bars_of(
    names: Names, claims: Claims | None, part: str, effects: Mapping[str, Effect]
) -> list[Bar]:
    """Bars in the order of ``ranked``, marked with letters."""
    return [
        Bar(letter(i), group_name(names, claims, part, group), effects[group].first,
            effects[group].total)
        for i, group in enumerate(ranked(effects))
    ]  # fmt: skip


def drivers_figure(
    names: Names, claims: Claims | None, found: Drivers, scope: Scope, part: str, name: str
) -> Figure | None:
    """Effects on the target; None where there is nothing to draw."""
    effects = scope.effects.get(part, {}).get(found.target)
    if not effects or (part != DRAW and scope.faint(found.target)):
        return None
    bars = bars_of(names, claims, part, effects)
    of = "of how draws differ" if part == DRAW else "of what the uncertain values move"
    return Figure(
        name,
        f"{PART_TITLES[part]}: {what_is_driven(found.target)}",
        _alt(bars),
        f"Share {of}. Filled: what the group does alone; hollow, to its end: in all, what it "
        "does with others included. Thin lines: 95 % intervals, the upper one of what it does "
        "alone, the lower one of what it does in all. Shares in all overlap where groups do "
        "things together, so they may add up to more than 100 %.",
        COLUMNS,
        tuple(_row(bar) for bar in bars),
        _spec(bars),
    )


def _row(bar: Bar) -> tuple[str | float, ...]:
    a, b = bar.filled, bar.hollow
    return bar.mark, bar.name, a.value, a.low, a.high, b.value, b.low, b.high


def _alt(bars: Sequence[Bar]) -> str:
    top = [bar for bar in bars if not bar.hollow.blurred][:3]
    if not top:
        return "No group can be told from nothing."
    told = and_list(
        f"{bar.name} {share_words(bar.hollow)} in all, {whole_percent(bar.filled.value)} alone"
        for bar in top
    )
    return f"The largest: {told}. {len(bars)} groups are drawn."


def _spec(bars: Sequence[Bar]) -> dict[str, Any]:
    marks, y = list[dict[str, Any]](), 4.0
    for bar in bars:
        lines = lines_of(f"{bar.mark}. {bar.name}", 44, 2)
        top = y + LINE * len(lines) + 3
        a, b = bar.filled, bar.hollow
        marks.append(
            {"label": lines, "line": y + LINE / 2, "top": top, "bottom": top + BAR,
             "none": 0.0, "alone": max(a.value, 0.0), "all": max(b.value, a.value, 0.0),
             "first_low": a.low, "first_high": a.high, "first_y": top + BAR / 4,
             "total_low": b.low, "total_high": b.high, "total_y": top + 3 * BAR / 4,
             "told": about(b)}
        )  # fmt: skip
        y = top + BAR + GAP
    return _layers(marks, y)


def _layers(marks: list[dict[str, Any]], height: float) -> dict[str, Any]:
    low = min(0.0, *(m["first_low"] for m in marks), *(m["total_low"] for m in marks))
    high = max(0.05, *(m["first_high"] for m in marks), *(m["total_high"] for m in marks))
    scale = alt.Scale(domain=[low, high], range=[LEFT, RIGHT], nice=False, zero=False)
    axis = alt.Axis(format="%", tickCount=5, title=None, grid=False, domain=False)

    def x(field: str) -> alt.X:
        return alt.X(field=field, type="quantitative", scale=scale, axis=axis)

    def rects(start: str, end: str, **look: Any) -> alt.Chart:
        return (
            rows_of([m for m in marks if m[end] > m[start]])
            .mark_rect(**look)
            .encode(x=x(start), x2=alt.X2(field=end), y=lane(height, "top"),
                    y2=alt.Y2(field="bottom"))
        )  # fmt: skip

    def whiskers(stem: str) -> alt.Chart:
        reach = [m for m in marks if m[f"{stem}_high"] > m[f"{stem}_low"]]
        return (
            rows_of(reach)
            .mark_rule(color=INK, strokeWidth=1.5)
            .encode(x=x(f"{stem}_low"), x2=alt.X2(field=f"{stem}_high"),
                    y=lane(height, f"{stem}_y"))
        )  # fmt: skip

    zero = rows_of(marks).mark_rule(color=GRID)
    labels = [{"y": m["line"], "label": m["label"]} for m in marks]
    told = [{"y": m["line"], "label": m["told"]} for m in marks]
    return drawn(
        [
            zero.encode(x=x("none"), y=lane(height, "top"), y2=alt.Y2(field="bottom")),
            rects("alone", "all", fill=PAPER, stroke=BLUE, strokeWidth=2, strokeDash=[4, 2]),
            rects("none", "alone", fill=BLUE, stroke=BLUE, strokeWidth=2),
            whiskers("first"),
            whiskers("total"),
            words(labels, height),
            words(told, height, x=WIDTH, align="right", bold=True),
        ],
        height,
    )
