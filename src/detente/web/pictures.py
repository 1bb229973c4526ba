"""Figures of a page as files: SVG for light and dark, PNG, CSV."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from altair.utils.schemapi import debug_mode

from detente.analysis.answer import Run
from detente.figures.causes import causes
from detente.figures.drawing import png, svg
from detente.figures.record import Figure, csv_of
from detente.figures.support import moving, stacks
from detente.figures.theme import Mode
from detente.report.page import drawn, shown

Form = Literal["svg", "png", "csv"]
TYPES: dict[str, str] = {
    "svg": "image/svg+xml", "png": "image/png", "csv": "text/csv; charset=utf-8",
}  # fmt: skip
KEY = "now"
SHOWN_ROWS = 60


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as a page shows it: its words and its first numbers; it is fetched by name."""

    name: str
    title: str
    alt: str
    reading_aid: str
    headings: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[str, ...], ...]
    more: int


@debug_mode(False)  # tests check the specifications; here it would only cost time
def figures_of(run: Run) -> dict[str, Figure]:
    """The figures of a run of one scenario, by name."""
    answer = run.answers[0]
    way, table = drawn(run, answer, KEY)
    others = (causes(run), moving(run, answer, f"support-{KEY}"), stacks(run))
    return {one.name: one for one in (*way, *table, *others) if one is not None}


def shown_figure(figure: Figure) -> Shown:
    """A figure in words and numbers."""
    columns = figure.columns
    rows = tuple(
        tuple(shown(cell, column) for cell, column in zip(row, columns, strict=True))
        for row in figure.rows[:SHOWN_ROWS]
    )
    return Shown(
        figure.name, figure.title, figure.alt, figure.reading_aid,
        tuple((column.heading, column.form != "text") for column in columns),
        rows, max(len(figure.rows) - SHOWN_ROWS, 0),
    )  # fmt: skip


@debug_mode(False)
def drawing(figure: Figure, form: Form, mode: Mode) -> bytes:
    """The figure as the bytes of a file."""
    if form == "csv":
        return csv_of(figure).encode()
    return png(figure, mode) if form == "png" else svg(figure, mode).encode()
