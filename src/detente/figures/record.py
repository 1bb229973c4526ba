"""A figure as data: its numbers, what they say in words, and how they are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from detente.spreadsheets import Cell, csv_text

Form = Literal["text", "count", "share", "number"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a figure's numbers. A ``share`` runs from 0 to 1, a ``number`` is in stakes."""

    heading: str
    form: Form = "text"


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture and everything behind it.

    Attributes:
        name: identifier, unique among the figures of one page.
        title: what is shown, of which scenario.
        alt: the picture in one to three sentences, computed from the numbers.
        reading_aid: how to read the marks, for a caption.
        columns: what the columns of ``rows`` are.
        rows: the numbers, one row a mark.
        spec: the drawing as a Vega-Lite specification with placeholder colours.
    """

    name: str
    title: str
    alt: str
    reading_aid: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    spec: dict[str, Any]


def csv_of(figure: Figure) -> str:
    """The numbers as CSV, unrounded. No text in it can act as a spreadsheet formula."""
    return csv_text([column.heading for column in figure.columns], figure.rows)
