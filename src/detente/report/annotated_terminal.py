"""A marked text on a terminal: each sentence, and below it in words what was marked."""

from __future__ import annotations

from itertools import groupby

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from detente.report.annotated import Annotated, capital, letter, printable, speaker
from detente.sources.marks.marking import Layer, MarkedSentence, MarkKind

MOST_SHOWN = 400  # sentences; the page has them all
STYLES: dict[MarkKind, str] = {
    "attribution": "bold",
    "speaker": "bold",
    "hedge": "underline",
    "forecast": "italic",
    "condition": "italic underline",
    "actor": "",
}
COLOURS: dict[MarkKind, str] = {
    "attribution": "dark_orange3",
    "speaker": "dark_orange3",
    "hedge": "yellow",
    "forecast": "green",
    "condition": "magenta",
    "actor": "cyan",
}
NOTHING = "nothing marked"


def print_annotated(console: Console, found: Annotated) -> None:
    """Print the summary, then the text paragraph by paragraph, at most MOST_SHOWN sentences."""
    console.print(Text(found.title, style="bold"))
    print_summary(console, found)
    shown = found.marked.sentences[:MOST_SHOWN]
    for number, group in groupby(shown, key=lambda one: one.sentence.paragraph):
        sentences = list(group)
        section = sentences[0].section
        head = f"\n¶{number}  {letter(section)}  {capital(speaker(section))}"
        console.print(Text(head, style="bold dim"))
        for one in sentences:
            _print_sentence(console, found, one)
    left = len(found.marked.sentences) - len(shown)
    if left:
        console.print(Text(f"\n… {left} more sentences; the page has them all", style="dim"))
    console.print()


def print_summary(console: Console, found: Annotated) -> None:
    """Print what there is, in a few sentences."""
    for told in found.summary:
        console.print(Padding(Text(told), (0, 0, 0, 2), expand=False))


def _print_sentence(console: Console, found: Annotated, one: MarkedSentence) -> None:
    notes = " · ".join(f"{note.about}: {note.text}" for note in found.notes(one)) or NOTHING
    place = f"{one.place} "
    console.print(Padding(Text.assemble((place, "dim"), _styled(one)), (0, 0, 0, 2), expand=False))
    console.print(Padding(Text(notes, style="dim"), (0, 0, 0, 2 + len(place)), expand=False))


def _styled(one: MarkedSentence) -> Text:
    text = Text()
    for piece in one.pieces():
        text.append(printable(piece.text), style=_style(piece.layers))
    return text


def _style(layers: tuple[Layer, ...]) -> str:
    kinds: list[MarkKind] = [layer.mark.kind for layer in layers]
    coloured = [COLOURS[kind] for kind in kinds][:1]
    return " ".join([*(STYLES[kind] for kind in kinds), *coloured]).strip()
