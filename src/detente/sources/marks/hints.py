"""Which addresses a sentence may bear on: those whose names share words with it.

A hint and no more. It sees words and their stems; a person decides what supports what.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from detente.sources.marks.wording import listed, words_of

MOST = 4
_SHORTEST = 4
_COMMON = listed(
    "this that these those with from into onto over under between among about after before while "
    "when where which what whom whose there their they them then than have been being were will "
    "would could should might must shall does done each both other others another some such only "
    "also even more most much many same next last first second against because through during "
    "upon until unless without within across toward towards again still just very less least "
    "here none wider strong limited long great power powers state states side sides make made "
    "take taken come comes goes going want wants meeting round country countries party parties "
    "step steps keep kept stay stays hold held give given what called call thing things"
)
_ENDINGS = ("ations", "ation", "ings", "ing", "ions", "ion", "ies", "ied", "ers", "er", "es", "ed", "s", "y", "e")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Naming:
    """An address, or the beginning of one, and the words it is called by.

    Where ``actors`` are given, one of them must be named in the sentence as well.
    """

    beginning: str
    words: frozenset[str]
    actors: frozenset[str] = frozenset()


def naming(beginning: str, texts: Iterable[str], actors: Collection[str] = ()) -> Naming:
    """A naming from the texts that tell what is meant."""
    stems = {stem for text in texts for stem in content(text)}
    return Naming(beginning, frozenset(stems), frozenset(actors))


def content(text: str) -> frozenset[str]:
    """The stems of the words of ``text`` that carry content."""
    lows = (part for word in words_of(text) for part in word.plain.split("-"))
    return frozenset(_stem(low) for low in lows if len(low) >= _SHORTEST and low not in _COMMON)


def _stem(low: str) -> str:
    for ending in _ENDINGS:
        if low.endswith(ending) and len(low) - len(ending) >= _SHORTEST:
            return low.removesuffix(ending)
    return low


class Hints:
    """Namings that sentences are held against; a word that few of them share weighs more."""

    def __init__(self, namings: Sequence[Naming]) -> None:
        self._namings = namings
        groups = {naming.words for naming in namings}
        self._frequent = Counter(word for words in groups for word in words)

    def for_sentence(self, text: str, actors: Collection[str]) -> tuple[str, ...]:
        """At most four beginnings of addresses, the likeliest first."""
        stems = content(text)
        scored = [
            (self._score(naming, stems), -index, naming.beginning)
            for index, naming in enumerate(self._namings)
            if not naming.actors or naming.actors.intersection(actors)
        ]
        best = sorted((one for one in scored if one[0] > 0.0), reverse=True)[:MOST]
        return tuple(beginning for _, _, beginning in best)

    def _score(self, naming: Naming, stems: frozenset[str]) -> float:
        return sum(1 / self._frequent[word] for word in naming.words & stems)
