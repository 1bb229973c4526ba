"""A saved web page: its main text, then its readers' comments, by trafilatura.

Nothing is fetched: the page is parsed from the bytes given. After Barbaresi (2021).
"""

from __future__ import annotations

import codecs
import logging
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from trafilatura import __version__, bare_extraction, load_html

from detente.errors import UsageError
from detente.sources.anchors.fingerprints import fold
from detente.sources.borders import Line, announces
from detente.sources.text import normalise

METHOD = f"trafilatura {__version__}"

_DECLARED = re.compile(
    rb"<(?:\?xml|meta)\b[^>]*?\b(?:encoding|charset)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE
)
_PRESCANNED = 4096  # bytes in which a page declares its charset
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What browsers take these to be (WHATWG Encoding Standard); others are taken at their word.
_WIDER = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "tis-620": "cp874",
    "iso8859-11": "cp874", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932",
    "euc_kr": "cp949", "utf-16": "utf-8", "utf-16-le": "utf-8", "utf-16-be": "utf-8",
}  # fmt: skip
_TAKEN = re.compile(
    r"utf-8|cp(?:125\d|874|932|949|866)|iso8859-\d+|koi8-[ru]|gb18030|big5(?:hkscs)?|euc_jp"
    r"|iso2022_jp|mac-(?:roman|cyrillic)"
)
_LINES = frozenset({"p", "head", "item", "row", "quote", "list", "table", "ab", "fw"})
_BLOCKS = frozenset(
    {"div", "p", "ul", "ol", "li", "table", "section", "article", "blockquote", "form"}
)
_COMMENTED = re.compile(r"(?:class|id)=[\"'][^\"']*comment", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_QUIET = ("trafilatura", "htmldate", "courlan", "justext", "readability", "dateparser", "tld")

for _name in _QUIET:
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)


@dataclass(frozen=True, slots=True)
class Page:
    """A page's main text, the comments it marks as such, and what it says of itself."""

    lines: list[Line]
    comments: list[Line]
    title: str
    author: str
    published: str


def read_page(raw: bytes, name: str) -> Page:
    """Take the text out of a page. Raises UsageError where there is none."""
    text = _decoded(raw, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            page = _page(text)
    except Exception:  # noqa: BLE001 -- whatever a broken page makes the library raise
        page = None
    if page is None or not page.lines:
        raise UsageError(
            f"{name}: no text was found in this page; a page that holds its text; save the "
            "text itself as a .txt file, one paragraph a line"
        )
    return page


def _page(text: str) -> Page | None:
    tree = _parsed(text)
    headings = ["".join(one.itertext()) for one in tree.iter("h1")] if tree is not None else []
    found = _extracted(tree)
    if found is None:
        return None
    comments = _comments(found)
    if not comments and _COMMENTED.search(text):
        comments = _comments(_extracted(_divided(_parsed(text))))
    lines, title = list(_lines(found.body)), _tidy(found.title)
    shown = {fold(_tidy(heading)) for heading in headings}
    if lines and fold(title) in shown and fold(title) not in {fold(one.text) for one in lines[:3]}:
        lines.insert(0, Line(title, level=1))
    return Page(lines, comments, title, _tidy(found.author), _tidy(found.date))


def _parsed(text: str) -> Any:
    return load_html(text)


def _extracted(tree: Any) -> Any:
    """The library's document: its main text and comments as trees, or None."""
    return bare_extraction(
        tree,
        include_comments=True,
        with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )


def _comments(found: Any) -> list[Line]:
    known = list(_lines(found.commentsbody)) if found else []
    return [line for line in known if not announces(line.text)]


def _divided(tree: Any) -> Any:
    """The page with divisions that hold words only made paragraphs, which the library takes."""
    for node in list(tree.iter("div")):
        if not any(child.tag in _BLOCKS for child in node.iter() if child is not node):
            node.tag = "p"
    return tree


def _tidy(raw: str | None) -> str:
    return normalise(raw or "").replace("\n", " ")


def _lines(body: Any) -> Iterator[Line]:
    """Every block of the library's tree as one line; cells of a row with bars between."""
    words: list[str] = []
    level: int | None = None
    for node, ended in _walk(body):
        if node.tag in _LINES or node.tag == "lb":
            yield from _flushed(words, level)
            level = None if ended else _level(node)
        elif node.tag == "cell" and not ended and "".join(words).strip():
            words.append(" | ")
        text = (node.tail if ended else node.text) or ""
        listing = node.tag == "code" and not ended and not "".join(words).strip()
        words.append(text if listing else _SPACES.sub(" ", text))
    yield from _flushed(words, level)


def _walk(body: Any) -> Iterator[tuple[Any, bool]]:
    """Every element twice: where it begins, and where it has ended."""
    waiting: list[tuple[Any, bool]] = [(body, False)]
    while waiting:
        node, ended = waiting.pop()
        yield node, ended
        if not ended:
            waiting.append((node, True))
            waiting.extend((child, False) for child in reversed(list(node)))


def _level(node: Any) -> int | None:
    rank = str(node.get("rend") or "h2")[1:]
    return (int(rank) if rank.isdigit() else 2) if node.tag == "head" else None


def _flushed(words: list[str], level: int | None) -> Iterator[Line]:
    text = normalise("\ufeff" + "".join(words))
    words.clear()
    for line in text.split("\n"):
        if line:
            yield Line(line, level=level)


def _decoded(raw: bytes, name: str) -> str:
    """The page as text, by its byte order mark, the charset it declares, or as UTF-8."""
    charset = next((charset for mark, charset in _MARKS if raw.startswith(mark)), "")
    charset = charset or _declared(raw)
    try:
        return raw.decode(charset or "utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        if not charset:
            return raw.decode("cp1252", "replace")
        raise UsageError(
            f"{name}: byte 0x{raw[error.start]:02x} at offset {error.start} is not {charset}, which "
            "the page declares; bytes of that charset; save the text itself as a .txt file in UTF-8"
        ) from None


def _declared(raw: bytes) -> str:
    found = _DECLARED.search(raw[:_PRESCANNED])
    try:
        charset = codecs.lookup(found[1].decode("ascii", "replace")).name if found else ""
    except LookupError:
        return ""
    charset = _WIDER.get(charset, charset)
    return charset if _TAKEN.fullmatch(charset) else ""
