"""A sentence as words and signs, and lists of phrases that are looked for in it.

No parser and no model: what is found here depends on the words alone, so that the
same sentence is marked alike everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")
APOSTROPHES = "'’"  # noqa: RUF001 -- as texts use them
QUOTES = '"“”„«»‘'  # noqa: RUF001
_WORD = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Sen|Rep|Gov)\.|"
    rf"(?:[^\W\d_]\.){{2,}}|[^\W_]+(?:[{APOSTROPHES}.,/&\u2010\u2011-][^\W_]+)*|[^\w\s]|_"
)


class Word(NamedTuple):
    """A word or a sign: where it stands in the sentence, and itself in small letters.

    ``low`` has straight apostrophes; ``plain`` is ``low`` without a possessive ending.
    """

    start: int
    end: int
    text: str
    low: str

    @property
    def is_sign(self) -> bool:
        """Whether it is punctuation."""
        return not self.text[0].isalnum()

    @property
    def possessive(self) -> bool:
        """Whether it ends in 's."""
        return self.low.endswith("'s")

    @property
    def plain(self) -> str:
        """The word without 's."""
        return self.low.removesuffix("'s")

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()


Words = Sequence[Word]


def words_of(sentence: str) -> list[Word]:
    """The words and signs of a sentence, in order. Offsets are code points of ``sentence``."""
    return [
        Word(found.start(), found.end(), found[0], found[0].lower().replace("’", "'"))  # noqa: RUF001
        for found in _WORD.finditer(sentence)
    ]


class Span(NamedTuple):
    """A stretch of a sentence: code points from 0, the end left out."""

    start: int
    end: int


def span(words: Words, first: int, last: int) -> Span:
    """The stretch from word ``first`` to word ``last``, both included."""
    return Span(words[first].start, words[last].end)


def low_at(words: Words, index: int) -> str:
    """The word at ``index`` in small letters; empty beyond either end."""
    return words[index].low if 0 <= index < len(words) else ""


def listed(text: str) -> frozenset[str]:
    """Words separated by white space."""
    return frozenset(text.split())


# Finite verbs that no ending tells: auxiliaries and the commonest irregular ones.
FINITE = listed(
    "is are was were am has have had do does did will would shall should can could may might must "
    "says goes went came took gave made met sent left kept held lost won led fell rose ran fought "
    "broke began built bought sold paid spoke told saw got set put cut let shut drew grew stood"
)


def phrases(text: str) -> list[str]:
    """Phrases separated by bars or line ends."""
    return [" ".join(part.split()) for part in re.split(r"[|\n]", text) if part.strip()]


class Cue(NamedTuple):
    """A phrase among the words around it."""

    words: Words
    first: int
    last: int

    @property
    def before(self) -> str:
        """The word before it; empty at the beginning."""
        return low_at(self.words, self.first - 1)

    @property
    def after(self) -> str:
        """The word after it; empty at the end."""
        return low_at(self.words, self.last + 1)

    @property
    def capital_after(self) -> bool:
        """Whether what follows begins with a capital."""
        return self.last + 1 < len(self.words) and self.words[self.last + 1].capital

    @property
    def text(self) -> str:
        """The phrase as written, with single spaces."""
        return " ".join(word.text for word in self.words[self.first : self.last + 1])

    @property
    def at(self) -> Span:
        """Where it stands."""
        return span(self.words, self.first, self.last)


class Found(NamedTuple, Generic[T]):
    """A phrase in a sentence: its first and last word, and what the list says of it."""

    first: int
    last: int
    value: T


class PhraseList(Generic[T]):
    """Groups of phrases in small letters, each with a value; the longest that fits is taken."""

    def __init__(self, *groups: tuple[Iterable[str], T]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        for entries, value in groups:
            for phrase in entries:
                parts = tuple(word.low for word in words_of(phrase))
                self._by_first.setdefault(parts[0], []).append((parts, value))
        for options in self._by_first.values():
            options.sort(key=lambda option: -len(option[0]))

    def find(self, words: Words) -> Iterator[Found[T]]:
        """Every phrase that stands in ``words``, from left to right, none inside another."""
        free = 0
        by_first = self._by_first
        for index in [at for at, word in enumerate(words) if word.low in by_first]:
            if index < free:
                continue
            for parts, value in by_first[words[index].low]:
                if all(low_at(words, index + k) == part for k, part in enumerate(parts)):
                    free = index + len(parts)
                    yield Found(index, free - 1, value)
                    break
