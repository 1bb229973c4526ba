"""Quotes with their surroundings: taken down, and where in a text they may stand now.

After the W3C text quote and text position selectors, and Knight (2021), approximate
matching in the Hypothesis client. Alike passages are looked for by the 4-grams they share
(Ukkonen 1992), so that the work grows with the length of the text and not with its square.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from detente.errors import UsageError
from detente.sources.anchors.fingerprints import GRAM, Words, fold, grams, near, sketch, sketches
from detente.sources.claims import Locator, Position, Quote
from detente.sources.text import Sentence, SourceText

AROUND = 32
MOST_COUNTED = 100_000  # what Quote.of holds
LONGEST_QUOTE = 4000

_WINDOWS = 12  # alike passages looked at
_REFINED = 4  # of them, those whose ends are sought word by word
_SHARED = 0.25  # the least share of a quote's 4-grams that such a passage holds
_ROOM = 200  # how far the ends of such a passage may be moved
_BUCKET = np.uint64(64 - 20)
_STOP = re.compile(r"[.!?…][\"'”’»)\]]* (?=\S)")  # noqa: RUF001 -- closing quotes as texts use them
_EDGE = re.compile(r"\b|(?<=\s)(?=\S)|(?<=\S)(?=\s)")

Span = tuple[int, int]


@dataclass(frozen=True)
class Indexed:
    """A text with what finding in it needs, computed once, when it is needed.

    Make one where many quotes or locators are looked up in the same text.
    """

    text: SourceText

    @cached_property
    def folded(self) -> str:
        """The text folded; offsets are those of the text."""
        return fold(self.text.text)

    @cached_property
    def sketches(self) -> Words:
        """The sketch of every sentence, in reading order."""
        return sketches(one.text for one in self.text.sentences)

    @cached_property
    def pieces(self) -> list[Span]:
        """Spans within sentences, from stop to stop; of sentences with stops inside only.

        In a text without capitals, or that lost a few, the sentences of another edition are
        pieces of this one's.
        """
        found: list[Span] = []
        for one in self.text.sentences:
            cuts = [one.start + inner.end() for inner in _STOP.finditer(one.text)]
            edges = [one.start, *cuts, one.end + 1]
            found += [(a, b - 1) for a, b in pairwise(edges) if cuts]
        return found

    @cached_property
    def piece_sketches(self) -> Words:
        """The sketch of every piece."""
        return sketches(self.text.text[start:end] for start, end in self.pieces)

    @cached_property
    def buckets(self) -> NDArray[np.uint32]:
        """The 4-gram at every offset, as one of 2**20 numbers."""
        return (grams(self.folded) >> _BUCKET).astype(np.uint32)

    @cached_property
    def starts(self) -> list[int]:
        """Where each sentence begins."""
        return [one.start for one in self.text.sentences]

    def index_at(self, offset: int) -> int | None:
        """The number, from 0, of the sentence at ``offset``; between two, the one before."""
        found = bisect_right(self.starts, offset) - 1
        return max(found, 0) if self.starts else None

    def sentence_of(self, start: int, end: int) -> Sentence | None:
        """The sentence that shares most characters with a span; the first of equals."""
        first, last = self.index_at(start), self.index_at(max(start, end - 1))
        if first is None or last is None:
            return None
        touched = self.text.sentences[first : last + 1]
        return max(touched, key=lambda one: min(end, one.end) - max(start, one.start))


def indexed(text: SourceText | Indexed) -> Indexed:
    """``text`` as it is if it is indexed already."""
    return text if isinstance(text, Indexed) else Indexed(text)


def locate(sentence: Sentence, text: SourceText | Indexed, *, quotes: bool) -> Locator:
    """What finds ``sentence``, one of ``text``'s, again; with ``quotes`` its words as well.

    A sentence of more than 4000 code points is quoted by its first 4000. Raises UsageError
    for a sentence of another text.
    """
    known = indexed(text)
    index = known.index_at(sentence.start)
    if index is None or known.text.sentences[index] != sentence:
        raise UsageError(
            f"paragraph {sentence.paragraph}, sentence {sentence.number} reads otherwise in this "
            "text; a sentence of the text; take it from there"
        )
    end = min(sentence.end, sentence.start + LONGEST_QUOTE)
    quote, position = quote_at(known, sentence.start, end) if quotes else (None, None)
    return Locator(
        paragraph=sentence.paragraph,
        sentence=sentence.number,
        digest=sentence.digest,
        sketch=sketch(sentence.text),
        near=near(known.text, index),
        quote=quote,
        position=position,
    )


def quote_at(text: SourceText | Indexed, start: int, end: int) -> tuple[Quote, Position]:
    """The words of a span, with up to 32 code points before and after.

    Where the same words stand between the same surroundings elsewhere, these cannot tell
    one from the other and are left out. Raises UsageError for a span that is empty, outside
    the text, or longer than 4000 code points.
    """
    known = indexed(text)
    words = known.text.text
    if not 0 <= start < end <= len(words) or end - start > LONGEST_QUOTE:
        raise UsageError(
            f"a quote from {start} to {end}; 1 to {LONGEST_QUOTE} code points within the "
            f"{len(words)} of the text; choose other ends"
        )
    first, last = max(0, start - AROUND), min(len(words), end + AROUND)
    of = sum(1 for _ in occurrences(words, words[start:end], MOST_COUNTED))
    if of > 1 and len(list(occurrences(known.folded, known.folded[first:last], 2))) > 1:
        first, last = start, end
    quote = Quote(exact=words[start:end], prefix=words[first:start], suffix=words[end:last], of=of)
    return quote, Position(start=start, end=end)


def occurrences(text: str, words: str, most: int) -> Iterator[int]:
    """Where ``words`` begin in ``text``, overlaps counted, ``most`` times at most."""
    at = text.find(words)
    while at >= 0 and most > 0:
        yield at
        most -= 1
        at = text.find(words, at + 1)


def alike(text: Indexed, quote: Quote, recorded: int | None, taken: list[int]) -> list[Span]:
    """Spans that read nearly as the quote does, apart from those that begin at ``taken``.

    The passages that share most 4-grams with it, and those where its surroundings or its
    ``recorded`` start point; of the most alike, the ends are moved to the words that fit best.
    """
    words = fold(quote.exact)
    windows = sorted(
        _windows(text, words, taken),
        key=lambda at: -_ratio(words, text, at, at + len(words)),
    )
    begins = dict.fromkeys([*_pointed(text, quote, recorded), *windows[:_REFINED]])
    room = len(words) // 2
    spans = dict.fromkeys(
        _refined(text, words, at) for at in begins if not _beside(at, taken, room)
    )
    return [span for span in spans if not _beside(span[0], taken, room)]


def _pointed(text: Indexed, quote: Quote, recorded: int | None) -> Iterator[int]:
    """Beginnings that the recorded start and rare surroundings point to."""
    length = len(quote.exact)
    if recorded is not None and recorded < len(text.folded):
        yield recorded
    if quote.prefix:
        before = fold(quote.prefix)
        yield from (at + len(before) for at in occurrences(text.folded, before, 3))
    if quote.suffix:
        after = fold(quote.suffix)
        yield from (max(0, at - length) for at in occurrences(text.folded, after, 3))


def _windows(text: Indexed, words: str, taken: list[int]) -> Iterator[int]:
    """Beginnings of the passages as long as ``words`` that share most 4-grams with them."""
    width, half = len(words) - GRAM + 1, len(words) // 2
    if width < 1 or len(text.folded) < len(words):
        return
    wanted = np.zeros(1 << 20, np.bool_)
    wanted[grams(words) >> _BUCKET] = True
    summed = np.concatenate([[0], np.cumsum(wanted[text.buckets], dtype=np.int32)])
    shared = summed[width:] - summed[:-width]
    for at in taken:
        shared[max(0, at - half) : at + half + 1] = 0
    for _ in range(_WINDOWS):
        best = int(shared.argmax())
        if shared[best] <= _SHARED * width:
            return
        yield best
        shared[max(0, best - half) : best + half + 1] = 0


def _refined(text: Indexed, words: str, at: int) -> Span:
    """The span around ``at`` whose words are most alike, its ends at edges of words."""
    length, room = len(words), min(len(words) // 4 + 16, _ROOM)
    start, end = at, min(at + length, len(text.folded))
    low, high = max(0, start - room), min(len(text.folded), end + room)
    edges = [low + found.start() for found in _EDGE.finditer(text.folded[low:high])]
    firsts = [start, *(edge for edge in edges if abs(edge - start) <= room)]
    lasts = [end, *(edge for edge in edges if abs(edge - end) <= room)]
    for _ in range(2):
        start = max(firsts, key=lambda edge: _ratio(words, text, edge, end))
        end = max(lasts, key=lambda edge: _ratio(words, text, start, edge))
    return start, end


def _ratio(words: str, text: Indexed, start: int, end: int) -> float:
    return fuzz.ratio(words, text.folded[start:end]) if start < end else 0.0


def _beside(at: int, taken: list[int], room: int) -> bool:
    """Whether ``at`` is within ``room`` of one of ``taken``, which are in order."""
    index = bisect_left(taken, at - room)
    return index < len(taken) and taken[index] <= at + room
