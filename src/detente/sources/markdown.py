"""Markdown read as a reader sees it: every block one line, marks and addresses left out."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from markdown_it import MarkdownIt, __version__
from markdown_it.token import Token

from detente.errors import SituationError
from detente.sources.borders import Line
from detente.sources.text import normalise
from detente.yamltree import parse_tree

METHOD = f"markdown-it-py {__version__}"

_FRONT = re.compile(
    r"---[ \t]*\n(.{0,20000}?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_FIELD = re.compile(r"[\w-]+:(?: .*)?")
_BESIDE_FIELD = re.compile(r"[ \t].*|-.*|#.*|")
_BREAK = re.compile(r"<br\b", re.IGNORECASE)
_OPENING = re.compile(r"<(?:(!--)|(script|style)\b|[a-zA-Z/!?])", re.IGNORECASE)

_CLOSING = {
    "": re.compile(">"),
    "!--": re.compile("-->"),
    "script": re.compile(r"</script\s*>", re.IGNORECASE),
    "style": re.compile(r"</style\s*>", re.IGNORECASE),
}


@dataclass(frozen=True, slots=True)
class Front:
    """What stands before a text, between lines of dashes; empty where it says nothing."""

    title: str = ""
    author: str = ""
    published: str = ""


def read_markdown(raw: str) -> tuple[list[Line], Front]:
    """The lines of a Markdown text, and its front matter, which is not among them."""
    raw = raw.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    block = _FRONT.match(raw)
    fields = block[1].split("\n") if block else []
    if block and _is_front(fields):
        return _lines(raw[block.end() :]), _front(block[1])
    return _lines(raw), Front()


def _is_front(lines: Sequence[str]) -> bool:
    named = [line for line in lines if _FIELD.fullmatch(line)]
    return bool(named) and all(_FIELD.fullmatch(i) or _BESIDE_FIELD.fullmatch(i) for i in lines)


def _front(block: str) -> Front:
    try:
        data = parse_tree(block.encode("utf-8", "replace"), "front matter").data
    except SituationError:
        return Front()
    raw = cast("dict[Any, Any]", data if isinstance(data, dict) else {})
    known = {str(key).lower(): _said(value) for key, value in raw.items()}

    def first(*names: str) -> str:
        return next((known[name] for name in names if known.get(name)), "")

    return Front(first("title"), first("author", "authors"), first("date", "published"))


def _said(value: Any) -> str:
    """A field as text: names of a list with commas, the name of a person with more to it."""
    if isinstance(value, list):
        return ", ".join(_said(one) for one in cast("list[Any]", value))
    if isinstance(value, dict):
        return _said(cast("dict[str, Any]", value).get("name", ""))
    return "" if value is None else normalise(str(value)).replace("\n", " ")


def _lines(text: str) -> list[Line]:
    rows = text.split("\n")
    found: list[Line] = []
    for words, level, row in _blocks(MarkdownIt("commonmark").enable("table").parse(text)):
        for nth, line in enumerate(normalise("\ufeff" + words).split("\n")):
            if line:
                found.append(Line(line, _blanks(rows, row) if nth == 0 else 0, level))
    return found


def _blanks(rows: Sequence[str], row: int) -> int:
    """How many empty lines stand directly before a row."""
    first = row
    while first > 0 and not rows[first - 1].strip():
        first -= 1
    return row - first


def _blocks(tokens: Sequence[Token]) -> Iterator[tuple[str, int | None, int]]:
    """Every block: its words, its level if it is a heading, the row it begins in."""
    level, cells, row = None, None, 0
    for token in tokens:
        row = token.map[0] if token.map else row
        if token.type == "heading_open":
            level = int(token.tag[1:])
        elif token.type == "heading_close":
            level = None
        elif token.type == "tr_open":
            cells = list[str]()
        elif token.type == "tr_close":
            yield " | ".join(cells or ()), None, row
            cells = None
        elif token.type == "inline":
            words = "".join(_words(token.children or ()))
            if cells is None:
                yield words, level, row
            else:
                cells.append(words)
        elif token.type in {"fence", "code_block"}:
            yield token.content, None, row
        elif token.type == "html_block":
            yield html.unescape("".join(_shown(token.content))), None, row


def _words(children: Sequence[Token]) -> Iterator[str]:
    """What a reader sees of a line of Markdown; pictures are left out."""
    for child in children:
        if child.type in {"text", "code_inline"}:
            yield child.content
        elif child.type in {"softbreak", "hardbreak"} or _BREAK.match(child.content):
            yield " "


def _shown(raw: str) -> Iterator[str]:
    """What a reader sees of raw HTML: no tags, comments, scripts or styles.

    One way through, so that unclosed tags cannot make it slow.
    """
    at = 0
    while found := _OPENING.search(raw, at):
        yield raw[at : found.start()]
        name = (found[1] or found[2] or "").lower()
        end = _CLOSING[name].search(raw, found.end())
        if end is None:
            return
        at = end.end()
    yield raw[at:]
