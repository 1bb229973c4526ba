"""A marked text on a terminal."""

from __future__ import annotations

import io

from rich.console import Console

from detente.report.annotated import Annotated
from detente.report.annotated_terminal import MOST_SHOWN, print_annotated
from detente.sources.drafts.candidates import drawn
from detente.sources.drafts.drafting import Heading
from detente.sources.marks.actors import Known, finder
from detente.sources.marks.marking import mark
from detente.sources.text import parse_text

KNOWN = (Known("nordia", "Nordia", "state"),)


def printed(text: str, comments_from: int | None = None, *, colour: bool = False) -> str:
    marked = mark(parse_text(text), comments_from, finder(KNOWN, ()))
    stream = io.StringIO()
    console = Console(
        file=stream, width=100, highlight=False, force_terminal=colour, color_system="truecolor" if colour else None
    )  # fmt: skip
    print_annotated(
        console, Annotated(marked, drawn(marked, KNOWN), Heading("x.txt", "A letter"), KNOWN, {})
    )
    return stream.getvalue()


def test_each_sentence_is_followed_by_its_marks_in_words() -> None:
    lines = printed("Nordia warned that it might burst unless it thaws.\nRow on.", 2).splitlines()
    at = next(i for i, line in enumerate(lines) if "1.1 Nordia" in line)
    assert (
        lines[at + 1].strip()
        == (
            "hedge: warned (possible), might (possible) · says: Nordia (state), warned · if: unless · "
        ).strip()
    )
    assert "nothing marked" in "\n".join(lines)
    heads = [line for line in lines if line.startswith("¶")]
    assert heads == ["¶1  A  The author", "¶2  C  Commenter 1"]


def test_without_colour_there_are_no_escapes_and_with_it_the_words_are_the_same() -> None:
    text = "Nordia [bold]warned[/bold] that it might \x1b[31mburst\x1b[0m."
    plain, styled = printed(text), printed(text, colour=True)
    assert "\x1b" not in plain
    assert "\x1b[" in styled
    assert "\x1b[31m" not in styled
    assert "[bold]" in plain


def test_a_long_text_is_cut_short_and_says_so() -> None:
    found = printed("It may rain. " * (MOST_SHOWN + 3))
    assert found.count("hedge: may") == MOST_SHOWN
    assert "3 more sentences" in found
