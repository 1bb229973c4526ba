"""The user's own copy of a text, with its claims, hedges and speakers laid over it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from detente import __version__
from detente.cases.beside import annotated, lay_beside
from detente.cases.opening import Opened
from detente.report.annotated import Annotated
from detente.report.annotated_html import ParagraphView, legend, paragraphs, render_annotated
from detente.sources.extraction import read_source
from detente.sources.marks.marking import MarkKind


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text for a page: its paragraphs, and every kind of mark with name, meaning and number."""

    title: str
    paragraphs: list[ParagraphView]
    legend: list[tuple[MarkKind, str, str, int]]
    claimed: int


def marked_text(opened: Opened, text: Path) -> MarkedText:
    """A text with its marks, and which sentences claims stand in.

    Raises UsageError for what is no text.
    """
    found = _annotated(opened, text)
    parts = paragraphs(found)
    claimed = sum(bool(one.claims) for part in parts for one in part.sentences)
    return MarkedText(found.title, parts, legend(found), claimed)


def marked_page(opened: Opened, text: Path) -> str:
    """The page of a text as ``detente read`` makes it. Raises UsageError for what is no text."""
    return render_annotated(_annotated(opened, text), version=__version__)


def _annotated(opened: Opened, text: Path) -> Annotated:
    extracted = read_source(text)
    return annotated(extracted, lay_beside(opened, extracted.source), text.name)
