"""Where an article ends and its readers' comments begin: rules that rather say nothing.

A line such as “12 comments” says it best. Without one, a gap of empty lines like no other in
the text may. Both need a body before: a menu or a byline may say “Comments” as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from detente.sources.anchors.fingerprints import fold
from detente.sources.splitting import split

LEAST_SENTENCES = 3  # of a body
LEAST_GAP = 3  # empty lines
LEAST_AFTER = 2  # paragraphs after a gap; one may be a signature
LONGEST_HEADING = 140

_MANY = r"(?:comments?|responses?|replies|thoughts?)"
_WHOSE = r"(?:readers?'?s?'?|users?|viewers?) "
_STRONG = re.compile(
    rf"(?:(?:all|top|latest|recent) )?(?:{_WHOSE})?comments(?: ?\(\d+\)| ?:? ?\d+)?:?"
    rf"|[1-9][\d.,]*k? (?:{_WHOSE})?{_MANY}(?: (?:on|to|about) .+)?:?"
    rf"|{_WHOSE}(?:responses|replies|reactions|letters):?"
    r"|(?:comments|discussion) (?:about|on) this (?:post|article|story)"
)
_WEAK = re.compile(r"(?:responses|replies|reactions|discussion):?")
_UNDERLINE = re.compile(r"(\W)\1{2,}")
_INVITING = re.compile(
    r"(?:leave|add|post|write) a (?:comment|reply|response)|have your say"
    r"|join the (?:discussion|conversation)"
)
_FURNITURE = re.compile(
    r"sort(?:ed)? by.{0,40}|(?:newest|oldest|top|best)(?: (?:first|comments))?"
    r"|(?:log|sign) ?in (?:or|to) .{0,60}|(?:view|show|load|see) (?:all|more|\d+).{0,40}"
    r"|your e-?mail address will not be published.*|required fields.*|no comments(?: yet)?\.?"
    r"|comments are .{0,60}|be the first to .{0,60}|reply|share|like|0 comments|restacks"
    r"|(?:leave|add|post|write) a (?:comment|reply|response)(?:\.\.\.|…)?"
)
_PAPER = re.compile(
    r"(?:[\divx]+\.? )?(?:abstract|introduction|background|methods?|methodology|results?|findings"
    r"|conclusions?|references|limitations|acknowledge?ments|bibliography)"
)
_NOTES = re.compile(
    r"(?:end|foot)?notes?\b|sources?\b|references\b|bibliography\b|further reading|about the author"
    r"|appendix|acknowledge?ments|correction|editor'?s? note|postscript|p\.? ?s\.|the author "
    r"|translated|this (?:article|essay|piece|text|column)|[\[(*†\d]"
)
_FULL = re.compile(r"[.!?…][\"'”’»)\]]*\Z")  # noqa: RUF001 -- closing quotes as texts use them


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph as laid out: empty lines before it, and its level if it is a heading."""

    text: str
    blanks: int = 0
    level: int | None = None


def border(lines: Sequence[Line]) -> tuple[int | None, str]:
    """The number, from 1, of the first paragraph that is a comment, and how it was found.

    ``lines`` are the paragraphs of the normalised text. (None, "") where nothing says so.
    """
    body = _body_until(lines)
    heading = _heading(lines, body)
    if heading is not None:
        named = next(n for n in range(heading - 1, -1, -1) if _says(lines[n].text))
        return heading + 1, f"the line “{lines[named].text}”"
    gap = _gap(lines, body)
    if gap is not None:
        return gap + 1, f"{lines[gap].blanks} empty lines before it, like no other gap in the text"
    return None, ""


def announces(text: str) -> bool:
    """Whether a line is a heading of comments or furniture of the page around them."""
    return _says(text) or _matches(_FURNITURE, text)


def _body_until(lines: Sequence[Line]) -> int:
    """The index of the first line that has a body before it."""
    sentences = 0
    for index, line in enumerate(lines):
        sentences += sum(1 for start, end in split(line.text) if _FULL.search(line.text[start:end]))
        if sentences >= LEAST_SENTENCES:
            return index + 1
    return len(lines)


def _says(text: str) -> bool:
    return any(_matches(pattern, text) for pattern in (_STRONG, _WEAK, _INVITING))


def _matches(pattern: re.Pattern[str], text: str) -> bool:
    return len(text) <= LONGEST_HEADING and pattern.fullmatch(fold(text)) is not None


def _heading(lines: Sequence[Line], body: int) -> int | None:
    """The index of the first line after a heading that announces comments."""
    paper = any(_matches(_PAPER, line.text) for line in lines)
    half = sum(len(line.text) for line in lines) / 2
    for pattern in (_STRONG, _WEAK, _INVITING):
        before = sum(len(line.text) for line in lines[:body])
        for index in range(body, len(lines)):
            fits = _matches(pattern, lines[index].text) and not _goes_on(lines, index)
            first = _first_after(lines, index) if fits else None
            late = pattern is not _INVITING or before >= half
            if first is not None and late and not (pattern is _WEAK and paper):
                return first
            before += len(lines[index].text)
    return None


def _goes_on(lines: Sequence[Line], index: int) -> bool:
    """Whether a line only heads a section of the text.

    So it does where a heading as high follows, where it is underlined, and, if it is a word
    that may head a section, where two others head sections as well.
    """
    text, level = fold(lines[index].text), lines[index].level or 7
    if text[:1].isdigit():
        return False
    after = lines[index + 1 :]
    alike = [one for one in lines[:index] if one.level == level]
    return (
        any(one.level and one.level <= level and not _says(one.text) for one in after)
        or any(_UNDERLINE.fullmatch(one.text) for one in after[:1])
        or (_WEAK.fullmatch(text) is not None and len(alike) >= 2)
    )


def _first_after(lines: Sequence[Line], index: int) -> int | None:
    """The first line after ``index`` that is neither another heading nor page furniture."""
    for after in range(index + 1, len(lines)):
        if not announces(lines[after].text):
            return after
    return None


def _gap(lines: Sequence[Line], body: int) -> int | None:
    """The index of the line after the one gap that stands out, in the second half."""
    gaps = sorted((line.blanks for line in lines[1:]), reverse=True)
    if not gaps or gaps[0] < LEAST_GAP or (len(gaps) > 1 and gaps[1] > gaps[0] / 2):
        return None
    index = next(n for n, line in enumerate(lines) if n and line.blanks == gaps[0])
    before = sum(len(line.text) for line in lines[:index])
    late = before >= sum(len(line.text) for line in lines) / 2
    follows = lines[index]
    other = follows.level is not None or _NOTES.match(fold(follows.text)) is not None
    enough = len(lines) - index >= LEAST_AFTER
    return index if index >= body and late and enough and not other else None
