"""Where one sentence of a paragraph ends and the next begins: rules, no model.

A full stop ends a sentence unless it belongs to an abbreviation. Dotted acronyms
("U.S.") may do both; what follows decides. Deterministic, so locators are stable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_CLOSERS = "\"'”’»›)\\]}"  # noqa: RUF001 -- closing quotes as texts use them
_OPENERS = "\"'“‘«‹(\\[{¿¡"  # noqa: RUF001 -- opening quotes as texts use them
_END = re.compile(rf"([.!?…]+)[{_CLOSERS}]*( )(?=[{_OPENERS}]*(\w))")
_ACRONYM = re.compile(r"(?:\w\.){2,}")
_LAST_WORD = re.compile(rf"[^\s{_OPENERS}]+\Z")
_NEXT_WORDS = re.compile(rf"[{_OPENERS}]*([\w.'’-]+)(?: ([\w'’-]+))?")  # noqa: RUF001


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_NEVER_LAST = _words(
    "mr mrs ms dr prof rev hon gen lt col sgt capt cmdr adm maj sen rep gov pres amb st "
    "vs cf viz e.g i.e approx ca fig vol ed eds messrs mt"
)
_BEFORE_NUMBER = _words(
    "no nos art arts sec ch p pp jan feb mar apr jun jul aug sep sept oct nov dec"
)
_MAYBE_LAST = _words("etc inc ltd co corp al bros jr sr a.m p.m")
_STARTERS = _words(
    "the a an this that these those he she it we they i you there here but and or so yet for "
    "in on at by from with as if when while after before since although though because however "
    "moreover meanwhile therefore thus instead his her its their our my your what who why how "
    "where which both each all some no not now then also"
)
_FINITE = _words(
    "is are was were has have had will would shall should can could may might must does did do "
    "says said"
)
# What the adjective "U.S." commonly stands before, capitalised.
_INSTITUTIONS = _words(
    "congress senate house president vice supreme army navy air marine marines treasury department "
    "state secretary ambassador embassy constitution senator representative attorney government "
    "armed special central federal trade capitol court courts coast steel"
)


def split(paragraph: str) -> list[tuple[int, int]]:
    """Spans ``(start, end)`` of the sentences of a normalised paragraph.

    The spans leave out the one space between sentences and nothing else.
    """
    cuts = list(_cuts(paragraph))
    starts = [0, *(cut + 1 for cut in cuts)]
    ends = [*cuts, len(paragraph)]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if end > start]


def _cuts(paragraph: str) -> Iterator[int]:
    """Positions of the spaces at which the paragraph is cut."""
    for found in _END.finditer(paragraph):
        begins = found[3]
        if begins.islower():
            continue
        if found[1] == "." and _abbreviates(paragraph, found.start(1), found.end(2)):
            continue
        yield found.start(2)


def _abbreviates(paragraph: str, stop: int, after: int) -> bool:
    """Whether the full stop at ``stop`` only shortens the word before it."""
    # only the last word is looked at: searching from its space on keeps long paragraphs cheap
    before = _LAST_WORD.search(paragraph, paragraph.rfind(" ", 0, stop) + 1, stop)
    word = before[0] if before else ""
    plain = word.lower()
    if plain in _NEVER_LAST:
        return True
    if plain in _BEFORE_NUMBER and paragraph[after : after + 1].isdigit():
        return True
    if len(word) == 1 and word.isalpha():
        return word != "I"
    if plain in _MAYBE_LAST or _ACRONYM.fullmatch(word + "."):
        return not _opens_sentence(paragraph, after)
    return False


def _opens_sentence(paragraph: str, start: int) -> bool:
    """Whether what follows an acronym, from ``start`` on, reads as the start of a sentence."""
    words = _NEXT_WORDS.match(paragraph, start)
    if words is None or _ACRONYM.match(words[1]):
        return False
    first, second = words[1].lower(), (words[2] or "").lower()
    return first in _STARTERS or (first not in _INSTITUTIONS and second in _FINITE)
