"""A marked text as one HTML page, in the look of the report: a text with its apparatus.

The text reads as it was written; marks stand in it, told apart by shape as well as by
colour, and what they mean stands in small type below each paragraph, as in a scholarly
edition. No script: what is shown is chosen with check boxes and a selector.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from markupsafe import Markup, escape

from detente.figures.theme import css_properties
from detente.report.annotated import (
    Annotated,
    Note,
    Place,
    Word,
    capital,
    letter,
    place,
    printable,
    speaker,
)
from detente.report.rendering import environment
from detente.sources.marks.marking import Layer, MarkedSentence, MarkKind, Piece

_NOTHING, _OPENING, _CLOSING = Markup(), Markup('<span class="{}">'), Markup("</span>")
SHOWN_LINKS = 30  # places in a row of the table of voices
LEGEND: dict[MarkKind, tuple[str, str]] = {
    "hedge": ("Hedges", "a word that weakens: ~ probable, ? possible"),
    "attribution": ("Saying", "a verb or noun that makes it somebody’s word"),
    "speaker": ("Speakers", "the third party whose word it is"),
    "forecast": ("Forecasts", "what is said of the time to come"),
    "condition": ("Conditions", "what one thing is made to hang on"),
    "actor": ("Actors", "states, organisations and the situation’s own"),
}


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence as markup, with its place, its notes and the claims that stand in it."""

    key: str
    place: str
    text: Markup
    notes: tuple[Note, ...]
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph, whose it is, and its sentences."""

    number: int
    letter: str
    whose: str
    begins: bool
    sentences: tuple[SentenceView, ...]


@dataclass(frozen=True, slots=True)
class VoiceView:
    """A row of the table of voices."""

    letter: str
    name: str
    via: str
    count: int
    links: tuple[tuple[str, str], ...]
    more: int


def render_annotated(found: Annotated, *, version: str) -> str:
    """The page of a marked text.

    Args:
        found: the text with its marks, candidates and what is known already.
        version: of the program that marked it.

    Returns:
        A whole HTML document. The same arguments give the same text.
    """
    return environment().get_template("annotated.html.j2").render(
        title=found.title,
        heading=found.heading,
        summary=found.summary,
        voices=[_voice(word) for word in found.words],
        legend=legend(found),
        paragraphs=paragraphs(found),
        against=found.against,
        digest=found.marked.text.sha256,
        version=version,
        light=css_properties("light"),
        dark=css_properties("dark"),
    )  # fmt: skip


def legend(found: Annotated) -> list[tuple[MarkKind, str, str, int]]:
    """Every kind of mark with its name, what it means and how many there are."""
    counts = Counter(mark.kind for one in found.marked.sentences for mark in one.marks)
    return [(kind, *LEGEND[kind], counts[kind]) for kind in LEGEND]


def _voice(word: Word) -> VoiceView:
    return VoiceView(
        word.letter,
        word.name,
        word.via,
        len(word.places),
        tuple((_key(at), f"{at[0]}.{at[1]}") for at in word.places[:SHOWN_LINKS]),
        max(len(word.places) - SHOWN_LINKS, 0),
    )


def _key(at: Place) -> str:
    return f"s{at[0]}-{at[1]}"


def paragraphs(found: Annotated) -> list[ParagraphView]:
    """The text, paragraph by paragraph, every character of it escaped."""
    views: list[ParagraphView] = []
    before = None
    for number, group in groupby(found.marked.sentences, key=lambda one: one.sentence.paragraph):
        sentences = tuple(group)
        section = sentences[0].section
        views.append(
            ParagraphView(
                number,
                letter(section),
                capital(speaker(section)),
                section != before,
                tuple(_sentence(found, one) for one in sentences),
            )
        )
        before = section
    return views


def _sentence(found: Annotated, one: MarkedSentence) -> SentenceView:
    text = _NOTHING.join(part for piece in one.pieces() for part in _parts(piece))
    covered = found.covered.get(place(one))
    return SentenceView(
        _key(place(one)), one.place, text, found.notes(one), covered.claims if covered else ()
    )


def _parts(piece: Piece) -> Iterator[Markup]:
    """A piece as it was written, inside one element a mark that covers it."""
    for layer in piece.layers:
        yield _opening(_look(layer, piece.text))
    yield escape(printable(piece.text))
    for _ in piece.layers:
        yield _CLOSING


@cache
def _opening(classes: str) -> Markup:
    return _OPENING.format(classes)


def _look(layer: Layer, text: str) -> str:
    """The classes of a mark: its kind, its strength, and whether it begins or ends here."""
    looks = [f"k-{layer.mark.kind}"]
    if layer.mark.strength is not None:
        looks.append(layer.mark.strength)
    if layer.mark.kind == "condition" and text.lower().startswith("if"):
        looks.append("itself")
    looks += [name for name, there in (("begins", layer.begins), ("ends", layer.ends)) if there]
    return " ".join(looks)
