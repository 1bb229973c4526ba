"""The user's own copy of a text, with its claims, hedges and speakers laid over it."""

from __future__ import annotations

from pathlib import Path

from detente import __version__
from detente.cases.beside import actors_known, lay_beside
from detente.cases.opening import Opened
from detente.report.annotated import Annotated
from detente.report.annotated_html import render_annotated
from detente.sources.drafts.candidates import drawn
from detente.sources.drafts.drafting import Heading
from detente.sources.extraction import read_source
from detente.sources.marks.actors import finder
from detente.sources.marks.marking import mark


def marked_page(opened: Opened, text: Path) -> str:
    """The page of a text as ``detente read`` makes it. Raises UsageError for what is no text."""
    extracted = read_source(text)
    beside = lay_beside(opened, extracted.source)
    known = actors_known(beside)
    marked = mark(extracted.source, extracted.comments_from, finder(known))
    heading = Heading(text.name, extracted.title, extracted.author, extracted.published)
    candidates = drawn(marked, known, beside.covered)
    found = Annotated(marked, candidates, heading, known, beside.covered, opened.name)
    return render_annotated(found, version=__version__)
