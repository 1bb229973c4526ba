"""From where a value stands to where it would have to be: a dot, a line and another dot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import altair as alt

from detente.analysis.leverage import Leverage, Moved, Root, Ways
from detente.analysis.moving import Lever
from detente.analysis.probabilities import MEANINGS, Estimate
from detente.figures.lanes import drawn, haloed, lane, rows_of, words
from detente.figures.levels import size_words, way
from detente.figures.naming import Names, lines_of, percent
from detente.figures.owners import Sort, code, letters, owners_words, shapes, sort_of
from detente.figures.record import Cell, Column, Figure
from detente.figures.theme import BLUE, GRID, INK, MUTED, PAPER, VERMILION, WIDTH
from detente.situation.kinds import kind_of

MOST, PAIRS = 10, 3  # single moves and pairs drawn; the numbers hold all
LEFT, RIGHT = 12, WIDTH - 12
LINE, DOT, GAP, KEY = 17, 14, 12, 18
ALONE, PAIRED, SHORT = "alone", "one of two", "falls short"

COLUMNS = (
    Column("Sort of move"),
    Column("Whose"),
    Column("What moves"),
    Column("From", "number"),
    Column("To", "number"),
    Column("Size of the whole move", "number"),
    Column("Chance there", "share"),
    Column("Its Monte Carlo error (1 s.e.)", "share"),
)


@dataclass(frozen=True, slots=True)
class _Row:
    """One value on its way; ``told`` is what stands at the right."""

    sort: str
    moved: Moved
    size: float
    chance: Estimate
    told: str
    first: bool = True


def levers_figure(names: Names, one: Leverage, name: str = "levers") -> Figure | None:
    """Least moves of one scenario, and the nearest that fall short; None where there is none."""
    ways = one.target
    rows = _rows(ways)
    if not rows or ways.base is None:
        return None
    to = "to" if ways.raising else "below"
    return Figure(
        name,
        f"What brings it {to} {percent(ways.goal.p)}: "
        f"{names.scenario(one.scenario.round, one.scenario.reading)}",
        _alt(names, ways, rows),
        f"Moves that bring the chance that {MEANINGS[ways.goal.name]} {to} "
        f"{percent(ways.goal.p)}, the smallest first. The bar stands where the value stands now "
        "(its mean), the mark where it would have to be. Letter and shape say whose it is to "
        "move: / means either, + only together. Two rows joined by a bracket move at once. A "
        "dashed line with a hollow mark falls short; the chance it comes to stands beside it.",
        COLUMNS,
        tuple(_cells(names, row) for row in rows),
        _spec(names, _drawn(rows)),
    )


def _rows(ways: Ways) -> list[_Row]:
    """Single moves, then pairs, then what falls short, each once."""
    rows = [row for root in ways.roots for row in _of(root, ALONE)]
    rows += [row for root in ways.pairs for row in _of(root, PAIRED)]
    seen: set[str] = set()
    for short in ways.shorts:
        if short.moved.lever.address not in seen:
            seen.add(short.moved.lever.address)
            told = percent(short.chance.p)
            rows.append(_Row(SHORT, short.moved, short.moved.size, short.chance, told))
    return rows


def _of(root: Root, sort: str) -> list[_Row]:
    return [
        _Row(sort, moved, root.size, root.chance, size_words(root.size) if i == 0 else "", i == 0)
        for i, moved in enumerate(root.moved)
    ]


def _drawn(rows: Sequence[_Row]) -> list[_Row]:
    """As many of each sort as a page bears."""
    alone = [row for row in rows if row.sort == ALONE][:MOST]
    paired = [row for row in rows if row.sort == PAIRED][: 2 * PAIRS]
    return [*alone, *paired, *(row for row in rows if row.sort == SHORT)]


def _cells(names: Names, row: _Row) -> tuple[Cell, ...]:
    moved = row.moved
    return (
        row.sort, owners_words(names, moved.lever), names.address(moved.lever.address),
        moved.start, moved.stop, row.size, row.chance.p, row.chance.mc_se,
    )  # fmt: skip


def _alt(names: Names, ways: Ways, rows: Sequence[_Row]) -> str:
    """The smallest move in words, or the nearest where none suffices."""
    top, base = rows[0], ways.base
    assert base is not None
    kind = kind_of(top.moved.lever.address)
    assert kind is not None
    what = f"{names.address(top.moved.lever.address)}, {way(kind, top.moved.start, top.moved.stop)}"
    alone = len({row.moved.lever.address for row in rows if row.sort == ALONE})
    pairs = sum(row.sort == PAIRED and row.first for row in rows)
    start = f"The chance is {base.p:.1%}. {alone} single moves and {pairs} pairs are shown."
    if top.sort == SHORT:
        return f"{start} None reaches the target; nearest comes {what}, with {top.chance.p:.1%}."
    words_ = "The smallest single move" if top.sort == ALONE else "The smallest pair begins with"
    verb = " is " if top.sort == ALONE else " "
    return f"{start} {words_}{verb}{what}."


def _spec(names: Names, rows: Sequence[_Row]) -> dict[str, Any]:
    marks, looks = letters(names.situation), shapes(row.moved.lever for row in rows)
    y = KEY * len(looks) + 10.0
    top = y
    drawing: list[dict[str, Any]] = []
    for row in rows:
        label = (
            f"({code(marks, sort_of(row.moved.lever))}) {names.address(row.moved.lever.address)}"
        )
        lines = lines_of(label, 46, 2)
        at = y + LINE * len(lines) + 5
        drawing.append(
            {"line": y + LINE / 2, "label": lines, "told": row.told, "y": at, "from": row.moved.start,
             "to": row.moved.stop, "sort": row.sort, "shape": looks[sort_of(row.moved.lever)],
             "top": at - 6, "bottom": at + 6, "first": row.first}
        )  # fmt: skip
        y = at + DOT + (0 if row.sort == PAIRED and row.first else GAP)
    return _layers(drawing, _key(names, looks, marks, rows, y), top, y)


def _key(
    names: Names, looks: dict[Sort, str], marks: dict[str, str], rows: Sequence[_Row], height: float
) -> list[alt.Chart]:
    """The mark and letter of each sort of owners, a line each."""
    levers: dict[Sort, Lever] = {}
    for row in rows:
        levers.setdefault(sort_of(row.moved.lever), row.moved.lever)
    layers: list[alt.Chart] = []
    for index, (sort, lever) in enumerate(levers.items()):
        at = 8 + KEY * index
        mark = rows_of([{"y": at}]).mark_point(
            shape=looks[sort], size=70, filled=True, color=BLUE, opacity=1
        )
        layers.append(mark.encode(x=alt.XValue(8), y=lane(height)))
        (label,) = lines_of(f"{code(marks, sort)}: {owners_words(names, lever)}", 48, 1)
        layers.append(words([{"y": at, "label": label}], height, x=22))
    return layers


def _layers(
    marks: list[dict[str, Any]], key: list[alt.Chart], top: float, height: float
) -> dict[str, Any]:
    low = min(0.0, *(min(m["from"], m["to"]) for m in marks))
    high = max(1.0, *(max(m["from"], m["to"]) for m in marks))
    domain = [-1.0 if low < 0.0 else 0.0, high]
    scale = alt.Scale(domain=domain, range=[LEFT, RIGHT], nice=False, zero=False)
    axis = alt.Axis(tickCount=6, title="on the value\u2019s own scale", grid=False, domain=False)

    def x(field: str) -> alt.X:
        return alt.X(field=field, type="quantitative", scale=scale, axis=axis)

    def of(*sorts: str) -> alt.Chart:
        return rows_of([mark for mark in marks if mark["sort"] in sorts])

    def line(chart: alt.Chart, **look: Any) -> alt.Chart:
        return chart.mark_rule(strokeWidth=2, **look).encode(
            x=x("from"), x2=alt.X2(field="to"), y=lane(height)
        )

    def dots(chart: alt.Chart, **look: Any) -> alt.Chart:
        shape = alt.Shape(field="shape", type="nominal", scale=None)
        return chart.mark_point(size=80, opacity=1, **look).encode(
            x=x("to"), y=lane(height), shape=shape
        )

    whole = rows_of([{"at": at, "top": top, "bottom": height} for at in (*domain, 0.0)])
    grid = whole.mark_rule(color=GRID).encode(
        x=x("at"), y=lane(height, "top"), y2=alt.Y2(field="bottom")
    )
    now = rows_of(marks).mark_rule(color=INK, strokeWidth=2)
    labels = [{"y": m["line"], "label": m["label"]} for m in marks]
    told = [{"y": m["line"], "label": m["told"]} for m in marks]
    return drawn(
        [
            grid,
            *_brackets(marks, height),
            line(of(ALONE, PAIRED), color=BLUE),
            line(of(SHORT), color=VERMILION, strokeDash=[4, 3]),
            now.encode(x=x("from"), y=lane(height, "top"), y2=alt.Y2(field="bottom")),
            dots(of(ALONE, PAIRED), filled=True, color=BLUE, stroke=PAPER),
            dots(of(SHORT), filled=True, fill=PAPER, stroke=VERMILION, strokeWidth=2),
            *key,
            *haloed(labels, height),
            *haloed(told, height, x=WIDTH, align="right", bold=True),
        ],
        height,
    )


def _brackets(marks: list[dict[str, Any]], height: float) -> list[alt.Chart]:
    """A line at the left that joins the two rows of a pair."""
    joined = [
        {"top": one["line"] - LINE / 2, "bottom": other["bottom"]}
        for one, other in pairwise(marks)
        if one["sort"] == PAIRED and one["first"] and not other["first"]
    ]
    bracket = rows_of(joined).mark_rule(color=MUTED, strokeWidth=2)
    return [bracket.encode(x=alt.XValue(-6), y=lane(height, "top"), y2=alt.Y2(field="bottom"))]
