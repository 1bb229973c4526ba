"""Parts of pictures made of rows: a label above or beside, a mark on a shared scale.

Rows are laid out in pixels, so that long names get their own lines and a figure
keeps a phone's width.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import altair as alt

from detente.figures.theme import CONFIG, INK, PAPER, WIDTH

Marks = Sequence[Mapping[str, Any]]
Align = Literal["left", "center", "right"]


def rows_of(marks: Marks) -> alt.Chart:
    """A chart over ``marks``, given in place."""
    return alt.Chart(alt.InlineData(values=[dict(mark) for mark in marks]))


def lane(height: float, field: str = "y") -> alt.Y:
    """Position in pixels from the top."""
    scale = alt.Scale(domain=[0, height], range=[0, height], nice=False, zero=False)
    return alt.Y(field=field, type="quantitative", scale=scale, axis=None)


def words(
    marks: Marks,
    height: float,
    *,
    x: float = 0,
    align: Align = "left",
    limit: float = WIDTH,
    bold: bool = False,
    colour: str = INK,
    halo: bool = False,
) -> alt.Chart:
    """Text marks: ``label`` (a string or lines) at ``y``, in pixels."""
    return (
        rows_of(marks)
        .mark_text(
            align=align,
            baseline="middle",
            limit=limit,
            fontWeight="bold" if bold else "normal",
            lineHeight=17,
            stroke=PAPER if halo else alt.Undefined,
            strokeWidth=5 if halo else alt.Undefined,
        )
        .encode(
            x=alt.XValue(x),
            y=lane(height),
            text=alt.Text(field="label", type="nominal"),
            color=alt.ColorValue(colour),
        )
    )


def haloed(marks: Marks, height: float, **look: Any) -> list[alt.Chart]:
    """``words`` on a ground of their own, for where lines pass behind them."""
    return [words(marks, height, **look, halo=True), words(marks, height, **look)]


def drawn(layers: Sequence[alt.Chart], height: float, width: float = WIDTH) -> dict[str, Any]:
    """The layers as one specification in the house style."""
    spec: dict[str, Any] = (
        alt.layer(*layers).properties(width=width, height=height).to_dict(validate=False)
    )  # pyright: ignore[reportUnknownMemberType]
    return {**spec, "config": CONFIG}
