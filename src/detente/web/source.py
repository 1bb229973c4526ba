"""The user's own copy of a text, with its claims, hedges and speakers laid over it."""

from __future__ import annotations

from pathlib import Path

from detente import __version__
from detente.cases.beside import annotated, lay_beside
from detente.cases.opening import Opened
from detente.report.annotated_html import render_annotated
from detente.sources.extraction import read_source


def marked_page(opened: Opened, text: Path) -> str:
    """The page of a text as ``detente read`` makes it. Raises UsageError for what is no text."""
    extracted = read_source(text)
    beside = lay_beside(opened, extracted.source)
    return render_annotated(annotated(extracted, beside, text.name), version=__version__)
