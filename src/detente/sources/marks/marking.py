"""Every sentence of a text with what can be told about it before anybody reads it closely.

Whose sentence it is, how far it is hedged, whose word it passes on, what it foresees,
what it makes depend on what, and whom it names. Guesses, for a person to judge: the
rules see words and no meaning. Nothing here uses a language model.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal

from detente.sources.claims import ClaimKind
from detente.sources.marks.actors import Mention
from detente.sources.marks.attribution import Attribution, attributions
from detente.sources.marks.hedges import Hedge, HedgeStrength, hedges
from detente.sources.marks.outlooks import Outlook, outlooks
from detente.sources.marks.wording import FINITE, QUOTES, Span, Words, listed, words_of
from detente.sources.text import Sentence, SourceText

Find = Callable[[str], Sequence[Mention]]
MarkKind = Literal["attribution", "speaker", "hedge", "forecast", "condition", "actor"]
KINDS: tuple[MarkKind, ...] = (
    "attribution", "speaker", "hedge", "forecast", "condition", "actor",
)  # fmt: skip

OWN_WORDS = 8
_ALLEGING = listed(
    "accuse allege blame claim denounce insinuate reveal warn warning warnings claims allegation "
    "allegations accusation accusations threaten threat rumour"
)


@dataclass(frozen=True, slots=True)
class Section:
    """Whose part of a text a sentence stands in: the author's (None) or a commenter's."""

    commenter: int | None = None

    @property
    def speaker(self) -> str:
        """The speaker's id in a claims file."""
        return "author" if self.commenter is None else f"commenter-{self.commenter}"


@dataclass(frozen=True, slots=True)
class Voice:
    """A third party to whom a sentence, or a part of it, is put down.

    ``text`` is what the sentence calls it and ``actor`` the known actor it is; both are
    None where the sentence names nobody ("it is said").
    """

    cues: tuple[Attribution, ...]
    text: str | None
    actor: str | None


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a sentence in one voice; None is whoever's section it stands in."""

    over: Span
    voice: Voice | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked stretch of a sentence, what it is marked as, and a hedge's strength."""

    at: Span
    kind: MarkKind
    strength: HedgeStrength | None = None


@dataclass(frozen=True, slots=True)
class Layer:
    """A mark that covers a piece of text, and whether it begins or ends there."""

    mark: Mark
    begins: bool
    ends: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """Text in which no mark begins or ends, with every mark that covers it, longest first."""

    text: str
    layers: tuple[Layer, ...]


@dataclass(frozen=True)
class MarkedSentence:
    """One sentence, whose it is and its marks. Offsets are within the sentence."""

    sentence: Sentence
    section: Section
    hedges: tuple[Hedge, ...]
    attributions: tuple[Attribution, ...]
    outlooks: tuple[Outlook, ...]
    mentions: tuple[Mention, ...]
    says_something: bool

    @property
    def place(self) -> str:
        """Paragraph and sentence, such as 4.2."""
        return f"{self.sentence.paragraph}.{self.sentence.number}"

    @cached_property
    def voices(self) -> tuple[Voice, ...]:
        """The third parties it passes on, in order; each once."""
        return _voices(self.attributions)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The sentence by who speaks in it: a third party's part reaches to the next one's."""
        return _parts(self)

    @property
    def attributed(self) -> bool:
        """Whether it is put, in whole or in part, in a third party's mouth."""
        return bool(self.voices)

    @property
    def hedged(self) -> bool:
        """Whether a hedge weakens it, or a verb that keeps its distance."""
        return self.strength(None) is not None

    @property
    def candidate(self) -> bool:
        """Whether there is anything to code: a mark, or an actor who does something."""
        return bool(
            self.hedges
            or self.attributions
            or self.outlooks
            or (self.mentions and self.says_something)
        )

    def cues(self, part: Part | None) -> tuple[tuple[str, HedgeStrength], ...]:
        """Hedges as written with their strength, from left to right; a part's own, if given."""
        found: dict[Span, tuple[str, HedgeStrength]] = {
            hedge.at: (hedge.text, hedge.strength) for hedge in self.hedges
        }
        for cue in self.attributions:
            if cue.strength is not None and not cue.own:
                found.setdefault(cue.at, (cue.text, cue.strength))
        return tuple(found[at] for at in sorted(found) if _within(at, part))

    def strength(self, part: Part | None) -> HedgeStrength | None:
        """The weakest of the cues; None where nothing hedges."""
        found = {strength for _, strength in self.cues(part)}
        return "possible" if "possible" in found else "probable" if found else None

    def kind(self, part: Part) -> ClaimKind | None:
        """What kind of claim it looks like, where that can be told."""
        voice = part.voice
        if voice is not None and any(cue.base in _ALLEGING for cue in voice.cues):
            return "allegation"
        told = (o for o in self.outlooks if o.kind == "forecast" and "would" not in o.text.lower())
        may = (h for h in self.hedges if h.text.lower() in {"could", "may", "might"})
        if any(_within(one.at, part) for one in (*told, *may)):
            return "forecast"
        return "allegation" if voice is not None else None

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """Every mark, from left to right; marks may overlap."""
        found = {
            *(Mark(one.at, "hedge", one.strength) for one in self.hedges),
            *(Mark(one.at, one.kind) for one in self.outlooks),
            *(Mark(Span(one.start, one.end), "actor") for one in self.mentions),
        }
        hedged = {mark.at for mark in found if mark.kind == "hedge"}
        for one in self.attributions:
            if one.own:
                continue
            found.add(Mark(one.at, "attribution"))
            if one.strength is not None and one.at not in hedged:
                found.add(Mark(one.at, "hedge", one.strength))
            if one.speaker is not None:
                found.add(Mark(one.speaker, "speaker"))
        return tuple(sorted(found, key=_outer_first))

    def pieces(self) -> tuple[Piece, ...]:
        """The sentence cut wherever a mark begins or ends; joined, it is the sentence."""
        text, marks = self.sentence.text, self.marks
        ends = {0, len(text), *(m.at.start for m in marks), *(m.at.end for m in marks)}
        found: list[Piece] = []
        begun, active = 0, list[Mark]()  # marks come by their start: a sweep meets each once
        for start, end in pairwise(sorted(ends)):
            active = [mark for mark in active if mark.at.end > start]
            while begun < len(marks) and marks[begun].at.start <= start:
                active.append(marks[begun])
                begun += 1
            layers = tuple(
                Layer(mark, mark.at.start == start, mark.at.end == end)
                for mark in active
                if mark.at.end >= end
            )
            found.append(Piece(text[start:end], layers))
        return tuple(found)


def _outer_first(mark: Mark) -> tuple[int, int, int]:
    return mark.at.start, -mark.at.end, KINDS.index(mark.kind)


@dataclass(frozen=True, slots=True)
class Marked:
    """A text and every sentence of it, marked, in reading order."""

    text: SourceText
    sentences: tuple[MarkedSentence, ...]

    @property
    def commenters(self) -> int:
        """How many commenters there are."""
        return max((one.section.commenter or 0 for one in self.sentences), default=0)


def mark(text: SourceText, comments_from: int | None, find: Find) -> Marked:
    """Mark every sentence of ``text``.

    Args:
        text: what is read.
        comments_from: the number of the first paragraph that is a reader's comment; each
            from there on is one commenter's. None where all is the author's.
        find: names of actors in a sentence, with offsets within it.
    """
    return Marked(
        text, tuple(_marked(one, _section(one, comments_from), find) for one in text.sentences)
    )


def _section(sentence: Sentence, comments_from: int | None) -> Section:
    if comments_from is None or sentence.paragraph < comments_from:
        return Section()
    return Section(sentence.paragraph - comments_from + 1)


def _marked(sentence: Sentence, section: Section, find: Find) -> MarkedSentence:
    words, mentions = words_of(sentence.text), tuple(find(sentence.text))
    return MarkedSentence(
        sentence,
        section,
        hedges(words),
        attributions(words, sentence.text, mentions),
        outlooks(words),
        mentions,
        _says_something(words),
    )


def _says_something(words: Words) -> bool:
    """Whether there seems to be a finite verb, so that it is no mere heading."""
    return any(
        word.low in FINITE
        or word.low.endswith(("n't", "'re", "'ve", "'m", "ed"))
        or (len(word.low) > 3 and word.low.endswith("s") and word.text[0].islower())
        for word in words
    )


def _within(at: Span, part: Part | None) -> bool:
    return part is None or part.over.start <= at.start < part.over.end


def _voices(cues: Sequence[Attribution]) -> tuple[Voice, ...]:
    """Cues grouped by speaker."""
    groups: dict[tuple[str | None, str | None], list[Attribution]] = {}
    for cue in cues:
        if not cue.own:
            said = None if cue.actor else cue.speaker_text and cue.speaker_text.casefold()
            groups.setdefault((cue.actor, said), []).append(cue)
    return tuple(
        Voice(tuple(cues), cues[0].speaker_text, actor) for (actor, _), cues in groups.items()
    )


def _parts(one: MarkedSentence) -> tuple[Part, ...]:
    end = len(one.sentence.text)
    if not one.voices:
        return (Part(Span(0, end), None),)
    begins = [_begin(voice.cues[0]) for voice in one.voices]
    own = _begins_with_own(one, begins[0])
    starts = [begins[0] if own else 0, *begins[1:]]
    ends = [*starts[1:], end]
    spoken = (
        Part(Span(start, max(start, stop)), voice)
        for start, stop, voice in zip(starts, ends, one.voices, strict=True)
    )
    return (Part(Span(0, begins[0]), None), *spoken) if own else tuple(spoken)


def _begin(cue: Attribution) -> int:
    return min(cue.at.start, cue.speaker.start) if cue.speaker else cue.at.start


def _begins_with_own(one: MarkedSentence, begin: int) -> bool:
    """Whether something is claimed before the first third party comes in.

    What stands before a cue near the end ("…, the warden said") is that third party's.
    """
    text = one.sentence.text
    after = text[max(cue.at.end for cue in one.voices[0].cues) :]
    lead = [word for word in words_of(text[:begin]) if not word.is_sign]
    return (
        len(lead) >= OWN_WORDS
        and len(words_of(after)) >= OWN_WORDS // 2
        and text[:begin].rstrip(" (").endswith((",", ";", ":", "and", "but", "while", "\u2013"))
        and _says_something(lead)
        and not any(quote in text[:begin] for quote in QUOTES)
    )
