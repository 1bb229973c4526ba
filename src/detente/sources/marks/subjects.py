"""Who says it: the noun phrase beside a verb or noun of saying.

Without a parser, a phrase ends at a sign, a conjunction or an auxiliary, and begins at
its article unless a preposition ties it to what stands before ("officials in the port").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from detente.sources.marks.saying import (
    CANNOT_SPEAK,
    OWN,
    PRONOUNS,
    SPEAKER_NOUNS,
    VAGUE,
)
from detente.sources.marks.wording import (
    APOSTROPHES,
    FINITE,
    QUOTES,
    Span,
    Words,
    listed,
    low_at,
    span,
)

MOST_WORDS = 12


class Named(Protocol):
    """An actor's name in a sentence: who, and from where to where."""

    @property
    def actor(self) -> str:
        """The actor's id."""
        ...

    @property
    def start(self) -> int:
        """Its first code point in the sentence."""
        ...

    @property
    def end(self) -> int:
        """One past its last code point."""
        ...


@dataclass(frozen=True, slots=True)
class Subject:
    """A noun phrase that may be a speaker.

    ``actor`` is the known actor whom it names, ``own`` that it is whoever writes,
    ``can_speak`` that it reads like somebody or like a text.
    """

    at: Span | None
    actor: str | None = None
    own: bool = False
    can_speak: bool = False


_DETERMINERS = listed(
    "the a an this these those its his her their our my your each every one two three four five "
    "six several many some most all both other another no any"
)
_PREPOSITIONS = listed(
    "of in on at from with by for near to within inside outside across under between among about "
    "against over behind around along following amid via"
)
NO_SUBJECT = _DETERMINERS | _PREPOSITIONS | listed("without despite after before while of than as")
_BREAKERS = listed(
    "and or but nor yet so that which who whom whose than as because if when while where although "
    "though unless until since after before is are was were be been being has have had do does did "
    "will would shall should can could may might must not never there here then even only just "
    "what how why whether"
)
_SKIPPED = listed(
    "has have had did do does also then since now later once twice again already just still even "
    "not never himself herself itself themselves today yesterday recently earlier further often "
    "always long first finally meanwhile too is are was were been being 've 'd will would soon "
    "afterwards afterward thus therefore both all each"
)
_MODALS = listed("may might could should can must to cannot")
_GOING_ON = listed("continue continues continued went used began begins begun")
_DAYS = listed(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june "
    "july august september october november december"
)
_TIMES = listed("yesterday today recently earlier later last next this week month year night then now afterwards again")  # fmt: skip
_TITLES = listed("president premier minister prime foreign king queen general mr mrs ms dr the chancellor senator secretary")  # fmt: skip


def before_verb(
    words: Words, verb: int, names: Sequence[Named], *, gerund: bool = False
) -> tuple[Subject | None, bool]:
    """The subject that ends before ``verb``, and whether an auxiliary "be" stands between.

    None where no phrase there can be a subject. Of a ``gerund`` it is the nearest name:
    "led to Nordia warning".
    """
    last, passive = verb - 1, False
    while last >= 0 and (_skippable(words[last].low) or _on_a_day(words, last)):
        passive = passive or words[last].low in {"is", "are", "was", "were", "been", "being"}
        last -= 1
    if low_at(words, last) == "to" and low_at(words, last - 1) in _GOING_ON:
        last -= 2
    if last < 0 or words[last].low in _MODALS:
        return None, passive
    if words[last].text == ")":
        last = _opening(words, last) - 1
    if low_at(words, last) == ",":
        last = _before_aside(words, last)
    if low_at(words, last) in {"who", "which", "that"}:
        last = last - 2 if low_at(words, last - 1) == "," else last - 1
        if low_at(words, last) == ")":
            last = _opening(words, last) - 1
    if gerund and not passive and last >= 0 and (name := _name_ending(words, last, names)):
        return name, passive
    return _ending(words, last, names), passive


def _name_ending(words: Words, last: int, names: Sequence[Named]) -> Subject | None:
    for name in names:
        if name.end == words[last].end:
            return Subject(Span(name.start, name.end), name.actor, can_speak=True)
    return None


def after(words: Words, first: int, names: Sequence[Named]) -> Subject | None:
    """The phrase that begins at ``first``: after "according to", "by" or an inverted "said"."""
    last = first
    while last < len(words) and last - first < MOST_WORDS and not _ends_after(words, first, last):
        last += 1
    last -= 1
    while last > first and words[last].low in _TIMES | _DAYS:
        last -= 1
    if last < first or words[first].low in _BREAKERS:
        return None
    return _subject(words, first, last, names)


def opening(words: Words, before: int, names: Sequence[Named]) -> Subject | None:
    """The phrase that a sentence begins with, past "In recent months," and a conjunction."""
    first = 2 if low_at(words, 1) == "," else 0
    begins = low_at(words, 0)
    if not first and (begins in _PREPOSITIONS | _BREAKERS | _TIMES or _skippable(begins)):
        commas = [k for k in range(before) if words[k].text == ","]
        first = commas[0] + 1 if commas and words[0].low not in {"but", "and"} else 1
    last = first
    while last < before and not (words[last].low.endswith("ed") or _stops(words, first, last)):
        last += 1
    return _subject(words, first, last - 1, names) if last > first else None


def _stops(words: Words, first: int, index: int) -> bool:
    return _ends_after(words, first, index) or words[index].low in _SKIPPED | FINITE


def possessor(words: Words, noun: int, names: Sequence[Named]) -> Subject | None:
    """Whose: the phrase that ends in 's (or s') before ``noun``, past at most two adjectives."""
    for index in range(noun - 1, max(noun - 4, -1), -1):
        word = words[index]
        if word.possessive:
            found = _ending(words, index, names)
            return _cut(found, word.end - len("'s")) if found else None
        if _plural_possessive(words, index):
            return _ending(words, index - 1, names)
        if word.is_sign:
            return None
    return None


def _cut(found: Subject, end: int) -> Subject:
    at = Span(found.at.start, end) if found.at else None
    return Subject(at, found.actor, found.own, found.can_speak)


def _plural_possessive(words: Words, index: int) -> bool:
    word = words[index]
    return (
        word.text in APOSTROPHES
        and index > 0
        and words[index - 1].low.endswith("s")
        and words[index - 1].end == word.start
    )


def _skippable(low: str) -> bool:
    return low in _SKIPPED or (low.endswith("ly") and low not in {"family", "ally", "italy"})


def _on_a_day(words: Words, index: int) -> bool:
    low = words[index].low
    return low in _DAYS or (low == "on" and low_at(words, index + 1) in _DAYS)


def _opening(words: Words, closing: int) -> int:
    index = closing
    while index > 0 and words[index].text != "(":
        index -= 1
    return index


def _before_aside(words: Words, comma: int) -> int:
    """The word before ``, an aside,`` that ends at ``comma``; -1 where there is none."""
    for index in range(comma - 1, max(comma - 14, -1), -1):
        if words[index].text == ",":
            return index - 1
        if words[index].text in QUOTES + ";:":
            return -1
    return -1


def _ending(words: Words, last: int, names: Sequence[Named]) -> Subject | None:
    """The phrase that ends with the word ``last``."""
    if last < 0 or words[last].is_sign:
        return None
    if words[last].low in OWN:
        return Subject(span(words, last, last), own=True, can_speak=True)
    if words[last].low in PRONOUNS | VAGUE:
        return Subject(span(words, last, last), can_speak=True)
    if words[last].low in _BREAKERS | _DETERMINERS | _PREPOSITIONS | {"you", "it"}:
        return None
    first = last
    while first > 0 and last - first < MOST_WORDS and not _begins(words, first):
        first -= 1
    return _subject(words, _inner(words, first, last), last, names)


def _begins(words: Words, first: int) -> bool:
    """Whether the phrase that holds word ``first`` cannot go further to the left."""
    before = words[first - 1]
    if before.low == "and" and first > 1:
        return not (words[first - 2].capital and words[first].capital)
    if before.is_sign or before.low in _BREAKERS:
        return True
    return words[first].low in _DETERMINERS and not (
        before.low in _PREPOSITIONS or before.low in _DETERMINERS
    )


def _inner(words: Words, first: int, last: int) -> int:
    """Without adverbs in front and without a leading "in the port"."""
    while first < last and _idle(words[first].low):
        first += 1
    if words[first].low not in _PREPOSITIONS:
        return first
    tied = max(k for k in range(first, last + 1) if words[k].low in _PREPOSITIONS)
    for index in range(tied + 1, last + 1):
        if words[index].low in _DETERMINERS:
            return index
    spoken = [k for k in range(tied + 1, last + 1) if words[k].low in SPEAKER_NOUNS]
    return spoken[0] if spoken else min(tied + 1, last)


def _idle(low: str) -> bool:
    """An adverb that stands before a phrase and is no part of it."""
    return low not in _DETERMINERS and (_skippable(low) or low in _TIMES)


def _ends_after(words: Words, first: int, index: int) -> bool:
    word = words[index]
    if word.is_sign or word.low in _BREAKERS:
        return True
    if index == first:
        return False
    tied = words[index - 1].low in _PREPOSITIONS
    return (word.low in _DETERMINERS and not tied) or (
        word.low in _PREPOSITIONS and word.low != "of"
    )


def _subject(words: Words, first: int, last: int, names: Sequence[Named]) -> Subject:
    at = span(words, first, last)
    actor = _actor(words, first, last, names)
    return Subject(at, actor, can_speak=actor is not None or _can_speak(words, first, last))


def _actor(words: Words, first: int, last: int, names: Sequence[Named]) -> str | None:
    """The actor that the whole phrase names, articles and titles aside."""
    end = words[last].end - (2 if words[last].possessive else 0)
    for name in names:
        ends = name.end in {end, words[last].end}
        if ends and words[first].start <= name.start:
            left = [w.low for w in words[first : last + 1] if w.end <= name.start]
            if all(low in _TITLES for low in left):
                return name.actor
    return None


def _can_speak(words: Words, first: int, last: int) -> bool:
    """Whether the phrase's head is a speaker's noun, or it has a name in it."""
    head = first
    phrase = words[first : last + 1]
    for head, word in enumerate(phrase):
        if head and word.low in _PREPOSITIONS:
            phrase = phrase[:head]
            break
    if any(word.plain in CANNOT_SPEAK for word in phrase[-1:]):
        return False
    if any(word.plain in SPEAKER_NOUNS for word in phrase):
        return True
    named = [word for word in phrase if word.capital and word.low not in _DETERMINERS]
    return bool(named)


def speaker_sort(text: str) -> str:
    """What sort of speaker a phrase such as "two officials" names; an official if in doubt."""
    for low in reversed(text.lower().split()):
        if low.strip(APOSTROPHES) in SPEAKER_NOUNS:
            return SPEAKER_NOUNS[low.strip(APOSTROPHES)]
    return "official"
