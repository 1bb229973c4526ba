"""What became of an anchor in a text that may have changed, and how that is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from detente.sources.claims import Locator
from detente.sources.text import Sentence

Status = Literal["exact", "moved", "fuzzy", "lost"]


@dataclass(frozen=True, slots=True)
class Found:
    """Where the words of an anchor stand now.

    ``exact``: the same words at the recorded place. ``moved``: the same words elsewhere.
    ``fuzzy``: other words, near enough; a person should look. ``lost``: nothing, or nothing
    that could be told from something else. ``start`` and ``end`` (exclusive) are code points
    of the text, None if lost; ``sentence`` is the one that holds most of them. ``likeness``
    is 0 to 1; of a lost anchor, that of the best passage passed over. ``why`` says it in words.
    """

    status: Status
    start: int | None
    end: int | None
    sentence: Sentence | None
    likeness: float
    why: str


def lost(why: str, likeness: float = 0.0) -> Found:
    """Nothing found, and the reason."""
    return Found("lost", None, None, None, likeness, why)


def per_cent(likeness: float) -> str:
    """A likeness for readers; what is not wholly alike is never 100 %."""
    return f"{min(round(100 * likeness), 100 if likeness >= 1 else 99)} %"


def paragraphs(sentences: Sequence[Sentence | None]) -> str:
    """The places of several sentences, such as ``paragraphs 3 and 7``; five at most."""
    known = [one for one in sentences if one is not None]
    numbers = list(dict.fromkeys(one.paragraph for one in known))
    if len(numbers) == 1:
        inside = list(dict.fromkeys(one.number for one in known))
        return f"paragraph {numbers[0]}, sentence{'s' * (len(inside) > 1)} {_listed(inside)}"
    return f"paragraphs {_listed(numbers)}"


def _listed(numbers: Sequence[int]) -> str:
    shown = [str(number) for number in numbers[:5]]
    if len(numbers) > 5:
        return f"{', '.join(shown)} and more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if shown[:-1] else shown)


def way(locator: Locator, sentence: Sentence) -> str:
    """How far a sentence is from its recorded place, in words."""
    down = sentence.paragraph - locator.paragraph
    along = sentence.number - locator.sentence
    if down:
        return _far(down, "paragraph")
    return f"{_far(along, 'sentence')} in the same paragraph" if along else "at the same place"


def _far(steps: int, unit: str) -> str:
    count = "one" if abs(steps) == 1 else str(abs(steps))
    return f"{count} {unit}{'' if count == 'one' else 's'} further {'down' if steps > 0 else 'up'}"


def away(start: int, recorded: int | None) -> str:
    """The same where only a position was recorded."""
    if recorded is None:
        return "no place was recorded"
    return _far(start - recorded, "character") if start != recorded else "at the same place"
