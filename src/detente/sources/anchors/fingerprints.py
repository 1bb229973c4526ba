"""Fingerprints of sentences: alike sentences have nearly the same one.

A sketch is the 64-bit simhash (Charikar 2002) of a sentence's character 4-grams. Two
sketches differ in about 64 θ / π bits, θ being the angle between the two counts of
4-grams. It holds no words, so it may stand in a published file.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from detente.sources.text import Sentence, SourceText

BITS = 64
GRAM = 4
NEAR_HALF = 8
NO_NEIGHBOUR = "0" * NEAR_HALF

_ALIKE = {
    '"': "“”„‟«»″〝〞＂",  # noqa: RUF001 -- quotation marks as texts use them
    "'": "‘’‚‛‹›′`´＇",  # noqa: RUF001 -- the single ones, and apostrophes
    "-": "‐‑‒–—―−﹣－",  # noqa: RUF001 -- hyphens and dashes
    " ": "\n\u00a0",
}
_UNIFIED = str.maketrans({odd: plain for plain, others in _ALIKE.items() for odd in others})

Words = NDArray[np.uint64]


def fold(text: str) -> str:
    """``text`` without differences of capitals, quotation marks, dashes and line ends.

    It keeps its length: the character at an offset is the one that stood there.
    """
    unified = text.translate(_UNIFIED)
    folded = unified.casefold()
    if len(folded) == len(unified):
        return folded
    return "".join(low if len(low := char.casefold()) == 1 else char for char in unified)


def grams(folded: str) -> Words:
    """A 64-bit number for every 4 characters in a row; a shorter text counts as one row.

    The numbers are spread by the finaliser of SplitMix64 (Steele, Lea & Flood 2014).
    """
    codes = np.frombuffer(folded.ljust(GRAM).encode("utf-32-le", "surrogatepass"), np.uint32)
    one, two, three, four = (
        codes[at : len(codes) - GRAM + 1 + at].astype(np.uint64) for at in range(GRAM)
    )
    return _spread(_spread(one | two << np.uint64(21) | three << np.uint64(42)) ^ four)


def _spread(keys: Words) -> Words:
    keys = keys + np.uint64(0x9E3779B97F4A7C15)
    keys = (keys ^ keys >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
    keys = (keys ^ keys >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
    return keys ^ keys >> np.uint64(31)


def sketch(sentence: str) -> str:
    """The sentence's simhash as 16 hexadecimal digits."""
    return f"{_simhash(fold(sentence)):016x}"


def sketches(sentences: Iterable[str]) -> Words:
    """The simhash of every sentence, in order."""
    return np.array([_simhash(fold(one)) for one in sentences], np.uint64)


def _simhash(folded: str) -> int:
    """Each bit is what most 4-grams have there; where they are even, 0."""
    rows = grams(folded)
    bits = np.unpackbits(rows.astype("<u8").view(np.uint8).reshape(-1, 8), axis=1)
    ones = bits.sum(axis=0, dtype=np.int64)
    return int.from_bytes(np.packbits(2 * ones > len(rows)).tobytes(), "little")


def distances(one: str, others: Words) -> NDArray[np.uint8]:
    """In how many of 64 bits a sketch differs from each of ``others``."""
    return np.bitwise_count(others ^ np.uint64(int(one, 16)))


def likeness(bits: int) -> float:
    """The cosine that so many differing bits stand for, 0 to 1 (Charikar 2002)."""
    return max(0.0, math.cos(math.pi * bits / BITS))


def near(text: SourceText, index: int) -> str:
    """Beginnings of the digests of the sentences before and after the one at ``index``.

    Eight hexadecimal digits each; zeros where the text begins or ends.
    """
    neighbours = (text.sentences[i : i + 1] if i >= 0 else () for i in (index - 1, index + 1))
    return "".join(_beginning(beside) for beside in neighbours)


def _beginning(beside: tuple[Sentence, ...]) -> str:
    return beside[0].digest[:NEAR_HALF] if beside else NO_NEIGHBOUR
