"""The conditional tree of one scenario: held, then a deal, then tangible, then lasting.

Two columns of numbers keep the chance of a branch, given the step before it, apart
from the chance of the whole way.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import altair as alt

from detente.analysis.answer import Answer, Run
from detente.analysis.tree import Branch
from detente.figures.lanes import drawn, lane, rows_of, words
from detente.figures.naming import Names, percent
from detente.figures.record import Cell, Column, Figure
from detente.figures.spans import IF_THEY_MEET
from detente.figures.theme import BLUE, GRID, INK, MUTED, PAPER, VERMILION, WIDTH

STEP_WORDS = {
    ("held", True): "They meet",
    ("held", False): "They do not meet",
    ("deal", True): "A deal closes",
    ("deal", False): "No deal",
    ("tangible", True): "It is tangible",
    ("tangible", False): "Nothing tangible in it",
    ("lasts", True): "It outlasts the horizon",
    ("lasts", False): "It collapses before",
}
TOP, ROW = 62, 25
TRUNK, THICK, TEXT = 20, 30, 52  # x of the trunk's middle, its full thickness, x of labels
GIVEN, WHOLE = 288, WIDTH  # right edges of the two columns of numbers

COLUMNS = (
    Column("Branch"),
    Column("Chance, given the step before", "share"),
    Column("Its Monte Carlo error (1 s.e.)", "share"),
    Column("Chance of the whole way", "share"),
    Column("Error of the whole way (1 s.e.)", "share"),
)


def tree(run: Run, answer: Answer, name: str = "tree") -> Figure | None:
    """Every branch with its own chance and that of the whole way; None without branches."""
    if not answer.tree:
        return None
    names = Names(run.situation)
    rows: list[tuple[Cell, ...]] = [
        (
            STEP_WORDS[b.step, b.happens],
            b.given.p if b.given else None, b.given.mc_se if b.given else None,
            b.reached.p, b.reached.mc_se,
        )
        for b in answer.tree
    ]  # fmt: skip
    return Figure(
        name,
        f"The way to something tangible: {names.scenario(answer.round, answer.reading)}",
        _alt(answer),
        "Read downwards. The trunk is as thick as the share of draws that get so far; what "
        "leaves it to the right ends there. Left column: the chance of a branch where the step "
        "before it came true. Right column: the chance of getting all the way to it. The last "
        "line sets apart what is easily confused: something tangible if they meet, and "
        "something tangible at all.",
        COLUMNS,
        tuple(rows),
        _spec(answer),
    )


def _whole(answer: Answer) -> float:
    """Chance of something tangible, whether or not they meet."""
    return next(b.reached.p for b in answer.tree if b.step == "tangible" and b.happens)


def _alt(answer: Answer) -> str:
    told = [
        f"{STEP_WORDS[b.step, True].lower()} {b.given.p:.1%}"
        for b in answer.tree
        if b.happens and b.given is not None
    ]
    text = f"Each given the step before: {', '.join(told)}."
    given = answer.probabilities.get(IF_THEY_MEET)
    if given is None:
        return f"{text} They never meet, so nothing tangible comes of it."
    if answer.tree[0].step != "held":
        return f"{text} Something tangible: {_whole(answer):.1%}; the meeting is taken as held."
    return (
        f"{text} Something tangible if they meet: {given.p:.1%}; "
        f"something tangible at all: {_whole(answer):.1%}."
    )


def _spec(answer: Answer) -> dict[str, Any]:
    marks, y, share = list[dict[str, Any]](), float(TOP), 1.0
    start = "Announced" if answer.tree[0].step == "held" else "They meet (taken as given)"
    marks.append({"y": y, "label": start, "given": "", "whole": "100%", "main": True, "share": 1.0})
    for step, branch in enumerate(answer.tree):
        y += ROW + (6 if branch.happens and step else 0)
        marks.append(_mark(branch, y, share))
        if not branch.happens:
            share = answer.tree[step - 1].reached.p
    return _layers(_ordered(marks), answer, y + ROW)


def _mark(branch: Branch, y: float, before: float) -> dict[str, Any]:
    return {
        "y": y,
        "label": STEP_WORDS[branch.step, branch.happens],
        "given": percent(branch.given.p) if branch.given else "\u2013",
        "whole": percent(branch.reached.p),
        "main": branch.happens,
        "share": branch.reached.p,
        "before": before,
    }


def _ordered(marks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What leaves the trunk stands above what goes on, as one meets it on the way."""
    found = marks[:1]
    for on, off in zip(marks[1::2], marks[2::2], strict=True):
        found += [{**off, "y": on["y"]}, {**on, "y": off["y"]}]
    return found


def _layers(marks: list[dict[str, Any]], answer: Answer, height: float) -> dict[str, Any]:
    main = [mark for mark in marks if mark["main"]]
    off = [mark for mark in marks if not mark["main"]]
    end = height + 2 * ROW
    layers = [
        *_trunk(main, off, end),
        words(main, end, x=TEXT, bold=True),
        words([{**m, "label": f"\u00d7 {m['label']}"} for m in off], end, x=TEXT + 12),
        *_numbers(marks, end),
        *_heads(end),
        *_apart(answer, height, end),
    ]
    return drawn(layers, end)


def _trunk(main: list[dict[str, Any]], off: list[dict[str, Any]], height: float) -> list[alt.Chart]:
    """The trunk, thinner after each step, and the twigs that leave it."""
    left = TRUNK - THICK / 2
    trunk = [
        {"top": here["y"], "bottom": after["y"], "from": left,
         "to": left + max(THICK * after["share"], 0.8)}
        for here, after in pairwise(main)
    ]  # fmt: skip
    twigs = [
        {"top": here["y"], "bottom": leaving["y"] + 2, "to": left + THICK * here["share"],
         "from": left + THICK * (here["share"] - leaving["share"])}
        for here, leaving in zip(main, off, strict=False)
        if leaving["share"] > 0.0
    ]  # fmt: skip
    scale = alt.Scale(domain=[0, WIDTH], range=[0, WIDTH], nice=False)

    def boxes(marks: list[dict[str, Any]], **look: Any) -> alt.Chart:
        return (
            rows_of(marks)
            .mark_rect(**look)
            .encode(
                x=alt.X(field="from", type="quantitative", scale=scale, axis=None),
                x2=alt.X2(field="to"),
                y=lane(height, "top"),
                y2=alt.Y2(field="bottom"),
            )
        )

    arms = [{**t, "top": t["bottom"] - 1.5, "to": TEXT + 8} for t in twigs]
    return [
        boxes(twigs, fill=VERMILION, fillOpacity=0.35),
        boxes(arms, fill=VERMILION),
        boxes(trunk, fill=BLUE, stroke=PAPER, strokeWidth=0.5),
    ]


def _numbers(marks: list[dict[str, Any]], height: float) -> list[alt.Chart]:
    given = [{"y": m["y"], "label": m["given"]} for m in marks]
    kept = [{"y": m["y"], "label": m["whole"]} for m in marks if m["main"]]
    lost = [{"y": m["y"], "label": m["whole"]} for m in marks if not m["main"]]
    return [
        words(given, height, x=GIVEN, align="right", colour=MUTED),
        words(kept, height, x=WHOLE, align="right", bold=True),
        words(lost, height, x=WHOLE, align="right"),
    ]


def _heads(height: float) -> list[alt.Chart]:
    return [
        words([{"y": 10, "label": ["given the", "step before"]}], height, x=GIVEN, align="right",
              colour=MUTED),
        words([{"y": 10, "label": ["the whole", "way"]}], height, x=WHOLE, align="right",
              bold=True),
    ]  # fmt: skip


def _apart(answer: Answer, y: float, height: float) -> list[alt.Chart]:
    """The last line: tangible if they meet, and tangible at all."""
    given = answer.probabilities.get(IF_THEY_MEET)
    rule = rows_of([{"y": y - 4}]).mark_rule(color=GRID)
    lines = [
        ("Tangible, if they meet", percent(given.p) if given else "\u2013", GIVEN, False),
        ("Tangible at all", percent(_whole(answer)), WHOLE, True),
    ]
    if answer.tree[0].step != "held":
        lines = lines[1:]
    layers = [rule.encode(x=alt.XValue(0), x2=alt.X2Value(WIDTH), y=lane(height))]
    for index, (label, value, at, bold) in enumerate(lines):
        where = {"y": y + 12 + 22 * index}
        layers += [
            words([{**where, "label": label}], height, bold=bold, colour=INK),
            words([{**where, "label": value}], height, x=at, align="right", bold=bold),
        ]
    return layers
