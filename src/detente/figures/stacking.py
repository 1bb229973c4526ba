"""Bars that are whole, each cut into named parts: colour, letter and words say which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from detente.figures.lanes import drawn, lane, rows_of, words
from detente.figures.naming import lines_of
from detente.figures.theme import INK, MUTED, WIDTH, PartMark

Parts = Mapping[str, tuple[PartMark, str]]  # part to its mark and its words, in drawing order

MOST = 30  # bars drawn; the numbers hold all
LINE, GAP, KEY, INDENT = 17, 14, 19, 22
WIDE_ENOUGH = 0.045  # share from which a letter fits into a segment
ROOMY = 0.16  # share from which the letter's share fits beside it


def key_of(parts: Parts, y: float, height: float) -> list[alt.Chart]:
    """Shape, letter and words of each part, a line each from ``y`` on."""
    layers: list[alt.Chart] = []
    for index, (mark, text) in enumerate(parts.values()):
        at = y + KEY * index
        symbol = rows_of([{"y": at}]).mark_point(
            filled=True, size=80, opacity=1, color=mark.colour, shape=mark.shape
        )
        layers.append(symbol.encode(x=alt.XValue(8), y=lane(height)))
        line = {"y": at, "label": f"{mark.letter}  {text}"}
        layers.append(words([line], height, x=INDENT))
    return layers


def stacked(
    found: Sequence[tuple[str, Mapping[str, float]]], parts: Parts, *, told: bool = False
) -> dict[str, Any]:
    """A bar a name, cut into shares that sum to 1; with ``told``, wide parts show theirs."""
    segments: list[dict[str, Any]] = []
    labels: list[dict[str, Any]] = []
    y = KEY * len(parts) + 12.0
    for label, shares in found[:MOST]:
        labels.append({"y": y + LINE / 2, "label": lines_of(label, 50, 1)})
        at = 0.0
        for name in parts:
            share = shares.get(name, 0.0)
            if share <= 0.0:
                continue
            mark = parts[name][0]
            segments.append(
                {"from": at, "to": at + share, "middle": at + share / 2, "top": y + LINE + 1,
                 "bottom": y + LINE + 19, "y": y + LINE + 10, "colour": mark.colour,
                 "label": _label(mark.letter, share, told=told)}
            )  # fmt: skip
            at += share
        y += LINE + 20 + GAP
    return _layers(labels, segments, parts, y)


def _label(letter: str, share: float, *, told: bool) -> str:
    if told and share >= ROOMY:
        return f"{letter} {share:.0%}"
    return letter if share >= WIDE_ENOUGH else ""


def _layers(
    labels: list[dict[str, Any]], segments: list[dict[str, Any]], parts: Parts, height: float
) -> dict[str, Any]:
    scale = alt.Scale(domain=[0, 1], range=[2, WIDTH - 2], nice=False)
    axis = alt.Axis(
        format="%", values=[0, 0.25, 0.5, 0.75, 1], title=None, domain=False, grid=False,
        labelColor=MUTED, labelFlush=True,
    )  # fmt: skip

    def x(field: str) -> alt.X:
        return alt.X(field=field, type="quantitative", scale=scale, axis=axis)

    part = (
        rows_of(segments)
        .mark_rect(fillOpacity=0.3, strokeWidth=1.5)
        .encode(
            x=x("from"),
            x2=alt.X2(field="to"),
            y=lane(height, "top"),
            y2=alt.Y2(field="bottom"),
            fill=alt.Fill(field="colour", type="nominal", scale=None),
            stroke=alt.Stroke(field="colour", type="nominal", scale=None),
        )
    )
    letter = (
        rows_of(segments)
        .mark_text(baseline="middle", fontWeight="bold", color=INK)
        .encode(x=x("middle"), y=lane(height), text=alt.Text(field="label", type="nominal"))
    )
    return drawn([part, letter, words(labels, height), *key_of(parts, 8, height)], height)
