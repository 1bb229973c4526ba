"""A source as a user has it: plain text, Markdown or a saved web page, read into sentences.

The format is told by the file's suffix, or by its beginning where the suffix says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

from detente.errors import UsageError
from detente.sources import html, markdown
from detente.sources.borders import Line, border
from detente.sources.text import MAX_BYTES, SourceText, normalise, parse_text

MAX_PAGE_BYTES = 10_000_000
LONGEST_TITLE = 150

Format = Literal["plain", "markdown", "html"]

_FORMATS: dict[str, Format] = {
    ".txt": "plain", ".text": "plain", ".md": "markdown", ".markdown": "markdown",
    ".html": "html", ".htm": "html", ".xhtml": "html",
}  # fmt: skip
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
_NO_TEXT = {
    b"%PDF": "a PDF", b"PK\x03\x04": "a Word file or another packed one", b"{\\rtf": "rich text",
    b"From: <Saved by": "a page archive (MHTML)", b"bplist00": "a Safari archive",
}  # fmt: skip
_PROSE_END = re.compile(r"[.,:;]\Z")


@dataclass(frozen=True, slots=True)
class Extracted:
    """A text with what its file says of it.

    ``method`` names what read it, with its version. ``comments_from`` is the number of the
    first paragraph that is a reader's comment, None if none is known, and ``how`` says how
    that border was found.
    """

    source: SourceText
    title: str
    author: str
    published: date | None
    method: str
    comments_from: int | None
    how: str


def read_source(path: Path, comments_from: int | None = None) -> Extracted:
    """Read a text of up to 2 MB, or a page of up to 10 MB, with a sentence in it. Raises UsageError.

    ``comments_from`` overrides the border found: the paragraph with which readers' comments
    begin, or 0 for a text without comments.
    """
    raw = _read(path)
    form = _format(path, raw)
    limit = MAX_PAGE_BYTES if form == "html" else MAX_BYTES
    if len(raw) > limit:
        raise UsageError(
            f"{path}: more than {limit / 1e6:.0f} MB; at most that; give the one text that the "
            "claims point into"
        )
    readers = {"plain": _plain, "markdown": _markdown, "html": _page}
    found = readers[form](raw, str(path))
    if not found.source.sentences:
        raise UsageError(f"{path}: it holds no sentence; a text with words; check the file")
    return found if comments_from is None else _overridden(found, comments_from)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_PAGE_BYTES + 1)
    except OSError as error:
        raise UsageError(
            f"{path}: cannot be read ({error.strerror}); a readable text file; check the path"
        ) from None


def _format(path: Path, raw: bytes) -> Format:
    for beginning, what in _NO_TEXT.items():
        if raw.startswith(beginning):
            raise UsageError(
                f"{path}: {what}; plain text, Markdown or a web page; save its text as a .txt file"
            )
    known = _FORMATS.get(path.suffix.lower())
    return known or ("html" if _PAGE.match(raw.removeprefix(b"\xef\xbb\xbf")) else "plain")


def _decoded(raw: bytes, name: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{name}: byte 0x{raw[error.start]:02x} at offset {error.start} is not UTF-8; "
            "plain text in UTF-8; save the file as UTF-8"
        ) from None


def _plain(raw: bytes, name: str) -> Extracted:
    text = _decoded(raw, name)
    lines = list[Line]()
    blanks = 0
    for row in text.removeprefix("\ufeff").splitlines():
        words = normalise("\ufeff" + row)
        lines += [Line(words, blanks)] if words else []
        blanks = 0 if words else blanks + 1
    comments_from, how = border(lines)
    return Extracted(
        parse_text(text, name), _headline(lines), "", None, "plain", comments_from, how
    )


def _headline(lines: Sequence[Line]) -> str:
    """The first paragraph where it reads like a title: short, and no sentence or list."""
    first = lines[0].text if len(lines) > 1 else ""
    return "" if len(first) > LONGEST_TITLE or _PROSE_END.search(first) else first


def _markdown(raw: bytes, name: str) -> Extracted:
    lines, front = markdown.read_markdown(_decoded(raw, name))
    heading = lines[0].text if lines and lines[0].level == 1 else ""
    comments_from, how = border(lines)
    return Extracted(
        _text(lines, name),
        front.title or heading,
        front.author,
        _date(front.published),
        markdown.METHOD,
        comments_from,
        how,
    )


def _page(raw: bytes, name: str) -> Extracted:
    page = html.read_page(raw, name)
    comments_from, how = border(page.lines)
    if page.comments:
        comments_from, how = len(page.lines) + 1, "the page marks them as comments"
    return Extracted(
        _text([*page.lines, *page.comments], name),
        page.title,
        page.author,
        _date(page.published),
        html.METHOD,
        comments_from,
        how,
    )


def _text(lines: Sequence[Line], name: str) -> SourceText:
    return parse_text("\n".join(line.text for line in lines), name)


def _date(written: str) -> date | None:
    try:
        return date.fromisoformat(written[:10])
    except ValueError:
        return None


def _overridden(found: Extracted, comments_from: int) -> Extracted:
    last = found.source.sentences[-1].paragraph if found.source.sentences else 0
    if not 0 <= comments_from <= last:
        raise UsageError(
            f"comments from paragraph {comments_from}; 1 to {last}, or 0 for none; name the "
            "paragraph with which they begin"
        )
    return replace(found, comments_from=comments_from or None, how="as given")
