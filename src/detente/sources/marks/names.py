"""Names as texts write them, and a tree that finds the longest of many in a text.

Written alike are names that differ in diacritics, in the stops of an acronym, in the kind
of apostrophe, hyphen or space. Capitals count. One pass finds any number of names.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

M = TypeVar("M")

# An acronym with stops (U.S., U.S), a word, or a plus (which tells OPEC+ from OPEC).
_WORD = re.compile(r"(?<!\w)[^\W\d_](?:\.[^\W\d_])+\.?(?!\w)|\w+|\+")
_ARTICLE = re.compile(r"\s*(?:[Tt]he (?=\S))?")
_LIKE = str.maketrans("øØłŁđĐħĦı’‘ʼʻ`´‐‑‒–", "oOlLdDhHi''''''----")  # noqa: RUF001


class Word(NamedTuple):
    """A word without stops and its place in the text."""

    text: str
    start: int
    end: int


class Found(NamedTuple, Generic[M]):
    """What a name means, and the numbers of its first and last word."""

    meaning: M
    first: int
    last: int


class _Plain(dict[int, int]):
    """One code point for one, so that places in the text stay what they are."""

    def __missing__(self, point: int) -> int:
        letter = chr(point)
        bare = [c for c in unicodedata.normalize("NFD", letter) if not unicodedata.combining(c)]
        self[point] = ord(" ") if letter.isspace() else ord(bare[0]) if len(bare) == 1 else point
        return self[point]


_PLAIN = _Plain(_LIKE)


def plain(text: str) -> str:
    """``text`` (in NFC) without diacritics, with one kind of hyphen, apostrophe and space.

    As long as ``text``, place by place.
    """
    return text.translate(_PLAIN)


def words(text: str) -> list[Word]:
    """The words of a plain text in order."""
    return [Word(m[0].replace(".", ""), m.start(), m.end()) for m in _WORD.finditer(text)]


def alike(name: str) -> str:
    """The same for all spellings of a name, whatever their capitals."""
    return "".join(_steps(name)).casefold()


def _steps(name: str) -> list[str]:
    """Each word with the gap before it; an article in front does not count."""
    text = _ARTICLE.sub("", plain(name), count=1)
    steps, end = list[str](), None
    for word in words(text):
        steps.append(text[end : word.start] * (end is not None) + word.text)
        end = word.end
    return steps


@dataclass(slots=True)
class Tree(Generic[M]):
    """Names by their words: what may follow, and what the name that ends here means."""

    onward: dict[str, Tree[M]] = field(default_factory=dict[str, "Tree[M]"])
    meaning: M | None = None

    def plant(self, name: str, meaning: M) -> None:
        """Let ``name`` mean this, unless it means something already."""
        node = self
        for step in _steps(name):
            node = node.onward.setdefault(step, Tree())
        if node is not self and node.meaning is None:
            node.meaning = meaning

    def longest(self, text: str, among: Sequence[Word]) -> Iterator[Found[M]]:
        """The longest names of a plain text from the left, none inside another."""
        free = 0
        for at, word in enumerate(among):
            if at >= free and word.text in self.onward:
                found = self._from(text, among, at)
                if found is not None:
                    free = found.last + 1
                    yield found

    def _from(self, text: str, among: Sequence[Word], at: int) -> Found[M] | None:
        node: Tree[M] | None = self.onward[among[at].text]
        best, here = None, at
        while node is not None:
            if node.meaning is not None:
                best = Found(node.meaning, at, here)
            here += 1
            if here == len(among):
                break
            node = node.onward.get(text[among[here - 1].end : among[here].start] + among[here].text)
        return best
