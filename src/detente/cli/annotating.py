"""detente read: a text marked by rules, its candidates for claims, and a page to look at."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.text import Text

from detente import __version__
from detente.cases.beside import Beside, annotated, lay_beside, suggestions
from detente.cases.opening import open_situation
from detente.cli.preparing import writable
from detente.errors import UsageError
from detente.files import write_text
from detente.report.annotated import Annotated
from detente.report.annotated_html import render_annotated
from detente.report.annotated_json import annotation_object
from detente.report.annotated_terminal import print_annotated, print_summary
from detente.sources.drafts.drafting import Draft, draft
from detente.sources.extraction import Extracted, read_source

CLAIMS_FILE, PAGE_FILE = "claims.yaml", "annotated.html"


@dataclass(frozen=True, slots=True)
class Reading:
    """What ``detente read`` was asked for; ``everything`` keeps sentences that have claims."""

    text: Path
    case: str | None
    out: Path | None
    comments_from: int | None
    quotes: bool
    everything: bool
    force: bool
    as_json: bool


def read(asked: Reading) -> None:
    """Mark the text, print it, write the claims file and the page. Raises UsageError."""
    extracted = read_source(asked.text, asked.comments_from)
    beside = (
        lay_beside(open_situation(asked.case), extracted.source) if asked.case is not None else None
    )
    out = _folder(asked, beside)
    found = annotated(extracted, beside, asked.text.name, everything=asked.everything)
    if asked.as_json:
        plain = annotation_object(
            found, quotes=asked.quotes, read_as=extracted.method, border=extracted.how
        )
        print(json.dumps(plain, indent=2, ensure_ascii=False))
        if out is not None:
            _write(asked, found, beside, out)
        return
    assert out is not None
    _show(found)
    for line in (*_told(extracted, beside), *_write(asked, found, beside, out)):
        Console(highlight=False).print(Text(line), soft_wrap=True)


def _show(found: Annotated) -> None:
    console = Console(highlight=False)
    print_annotated(console, found)
    print_summary(console, found)
    console.print()


def _folder(asked: Reading, beside: Beside | None) -> Path | None:
    """The folder to write to, made and found writable; None where nothing is written."""
    if asked.out is None and asked.as_json:
        return None
    out = asked.out or Path(f"{asked.text.stem or asked.text.name}-read")
    _spare(asked, beside, out)
    writable(out)
    return out


def _spare(asked: Reading, beside: Beside | None, out: Path) -> None:
    """Never write over what is read, nor over the claims it is laid beside."""
    for name in (CLAIMS_FILE, PAGE_FILE):
        if (out / name).resolve() == asked.text.resolve():
            raise UsageError(
                f"--out {out}: it holds {name}, which is being read and would be replaced; "
                "another folder is allowed; choose one"
            )
    taken = beside.opened.claims_file if beside else None
    if beside and taken and taken.resolve() == (out / CLAIMS_FILE).resolve():
        raise UsageError(
            f"--out {out}: it holds the claims of {beside.opened.name}; another folder is "
            "allowed; choose one, and take over from there what you keep"
        )


def _told(extracted: Extracted, beside: Beside | None) -> list[str]:
    """Where comments begin, and whether the text is the one that the case was coded from."""
    return [_border(extracted), *(beside.told() if beside else ())]


def _border(extracted: Extracted) -> str:
    if extracted.comments_from is None:
        return "no comments of readers; if there are any: --comments-from PARAGRAPH"
    return (
        f"comments of readers from paragraph {extracted.comments_from} on ({extracted.how}); "
        "if that is wrong: --comments-from PARAGRAPH, or 0 for none"
    )


def _write(asked: Reading, found: Annotated, beside: Beside | None, out: Path) -> list[str]:
    """Write both files; returns what is told of them."""
    page, claims = out / PAGE_FILE, out / CLAIMS_FILE
    shown = render_annotated(found, version=__version__)
    if claims.exists() and not asked.force:
        write_text(page, shown)
        return [_of_page(page), f"{claims}: left as it is; --force writes it anew"]
    drafted = draft(
        found.marked, found.drawn, found.heading, quotes=asked.quotes, suggest=suggestions(beside)
    )
    write_text(page, shown)
    write_text(claims, drafted.text)
    return [_of_page(page), f"{claims}: {_entries(drafted, found)}"]


def _of_page(page: Path) -> str:
    return f"{page}: the text with its marks"


def _entries(drafted: Draft, found: Annotated) -> str:
    all_of_them = len(found.drawn.candidates)
    if not all_of_them:
        why = "; --all drafts what has claims already" if found.covered else ""
        return f"no candidate is open{why}"
    if drafted.entries < all_of_them:
        return f"the first {drafted.entries} of {all_of_them} candidates; read the rest in parts"
    return f"{drafted.entries} open candidates to complete or strike out"
