"""What a language model proposed, held against the text: anchored, or flagged.

A quote counts where its words stand in the passage that was sent, letter by letter after
normalisation. What differs in signs only is anchored and flagged, what differs in a word
is not anchored at all. Nothing here trusts the model: what it says about a quote is kept
only as far as the quote bears it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from detente.sources.anchors.anchoring import find
from detente.sources.anchors.fingerprints import fold
from detente.sources.anchors.found import paragraphs
from detente.sources.anchors.selectors import LONGEST_QUOTE, Indexed, occurrences
from detente.sources.claims import Quote, Strength
from detente.sources.drafts.claims_yaml import one_line
from detente.sources.drafts.inventions import copies, invents
from detente.sources.drafts.proposing import Kind, Passage, Proposal
from detente.sources.marks.actors import Known, finder
from detente.sources.marks.hedges import hedges
from detente.sources.marks.names import alike
from detente.sources.marks.wording import words_of
from detente.sources.text import SourceText, normalise

MOST_PROPOSED = 500
MOST_PLACES = 5  # at which a quote may stand and still be anchored, at all of them
LONGEST_SAYS, LONGEST_NAME, LONGEST_HEDGE, LONGEST_SHOWN = 1000, 200, 200, 200
MOST_SPEAKERS = 6  # of a claim, the writer included
MOST_NAMES = 12  # of a proposal that are looked at

NOT_FOUND = "quote not found"
OTHER_SIGNS = "quote differs from the text in capitals or signs; the text's own words stand above"
SEVERAL = "quote stands at several places"
NUMBER = "the paraphrase said a number or a likelihood that the quote does not, and was left out"
NUMBER_IN_QUOTE = "what was proposed as a quote gives a number or a likelihood, and was left out"
COPY = "says copies eight or more words of the text in a row"
TOO_LONG = "the paraphrase was too long, and was left out"
NO_SAYS = "no paraphrase was given"
NO_HEDGE = "the hedge does not stand in the quote, and was left out with its strength"
PASSED_OVER = "the quote seems to hedge, the proposal does not"
NO_WRITER = "whether the author or a commenter writes it is not known: complete the speakers"
UNNAMED = "speaker not named in the text"
TOO_MANY = "the chain of speakers was longer than six; its end was left out"

_WRITERS = frozenset({"author", "writer", "narrator", "commenter", "commentator", "reader"})
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cited:
    """Somebody whose word the text passes on, as the model names them.

    ``actor`` is the known actor whose name or form that is; ``named`` whether the text
    names them.
    """

    name: str
    actor: Known | None
    named: bool


@dataclass(frozen=True, slots=True)
class Proposed:
    """A checked proposal. ``flags`` say what a person should look at; empty if nothing.

    ``places`` are the spans of the text where the quote stands, none if it was not found.
    ``writer`` is the speaker's id of whoever writes there, None where that is not known.
    ``says`` is empty, ``hedge`` and ``strength`` are None, where they were left out.
    """

    quote: str
    places: tuple[Span, ...]
    says: str
    writer: str | None
    cited: tuple[Cited, ...]
    kind: Kind
    hedge: str | None
    strength: Strength | None
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vetted:
    """What is left of all proposals, in the order of the text, those not found last.

    ``repeated`` counts what was proposed twice, ``left_out`` what was one too many.
    """

    proposed: tuple[Proposed, ...]
    repeated: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What was proposed for a passage."""

    passage: Passage
    proposals: tuple[Proposal, ...]


def checked(
    answers: Iterable[Answer],
    text: SourceText | Indexed,
    known: Sequence[Known] = (),
    comments_from: int | None = None,
) -> Vetted:
    """Every proposal anchored or flagged, duplicates merged, at most 500 of them.

    Args:
        answers: passages of ``text`` with what was proposed for each.
        text: the text.
        known: actors whose names are recognised.
        comments_from: the number of the first paragraph that is a reader's comment.
    """
    desk = _Desk(text if isinstance(text, Indexed) else Indexed(text), known, comments_from)
    found: dict[tuple[object, ...], Proposed] = {}
    repeated = left_out = 0
    for answer in answers:
        for proposal in answer.proposals:
            if len(found) >= MOST_PROPOSED:
                left_out += 1
                continue
            one = desk.proposed(proposal, answer.passage)
            key = _key(proposal, one)
            repeated += key in found
            found.setdefault(key, one)
    ordered = sorted(found.values(), key=lambda one: one.places[:1] or ((len(desk.words), 0),))
    return Vetted(tuple(ordered), repeated, left_out)


def _key(raw: Proposal, one: Proposed) -> tuple[object, ...]:
    """The same for what was proposed twice: the place, or else the words, and what is said."""
    names = tuple(alike(cited.name) for cited in one.cited)
    return one.places or fold(normalise(raw.quote)), fold(one_line(raw.says)), names, one.kind


@dataclass(frozen=True)
class _Desk:
    """The text with what checking against it needs, computed once."""

    text: Indexed
    known: Sequence[Known]
    comments_from: int | None
    sent: dict[Passage, Indexed] = field(default_factory=dict[Passage, Indexed])

    @property
    def words(self) -> str:
        return self.text.text.text

    @cached_property
    def by_name(self) -> dict[str, Known]:
        """Known actors by every name that means nobody else for certain."""
        names = (
            (alike(name), one)
            for one in reversed(self.known)
            for name in (one.name, *one.forms)
            if name not in one.doubtful
        )
        return dict(names)

    @cached_property
    def mentioned(self) -> frozenset[str]:
        """Ids of the known actors whom the text names."""
        find_in = finder(self.known)
        return frozenset(
            mention.actor for one in self.text.text.sentences for mention in find_in(one.text)
        )

    def proposed(self, proposal: Proposal, passage: Passage) -> Proposed:
        """One proposal, checked."""
        flags: list[str] = []
        quote = normalise(proposal.quote)
        places = self._places(quote, passage, flags)
        bears = self.words[slice(*places[0])] if places else ""
        hedge, strength = _hedge(proposal, bears, flags)
        return Proposed(
            bears or _claimed(quote, flags),
            places,
            _says(proposal.says, bears, passage, flags),
            self._writer(places, flags),
            self._cited(proposal.speakers, flags),
            proposal.kind,
            hedge,
            strength,
            tuple(dict.fromkeys(flags)),
        )

    def _places(self, quote: str, passage: Passage, flags: list[str]) -> tuple[Span, ...]:
        """Where the quote stands in the passage, as the text has it."""
        if not quote or len(quote) > LONGEST_QUOTE:
            flags.append(f"{NOT_FOUND}: it is {'empty' if not quote else 'too long'}")
            return ()
        starts = list(occurrences(passage.text, quote, MOST_PLACES + 1))
        if not starts:
            folded = self.text.folded[passage.start : passage.end]
            starts = list(occurrences(folded, fold(quote), MOST_PLACES + 1))
            flags.append(OTHER_SIGNS if len(starts) == 1 else self._lost(quote, passage, starts))
            starts = starts if len(starts) == 1 else []
        begins = [passage.start + at for at in starts]
        if len(starts) > 1:
            flags.append(self._several(begins))
        within = begins if len(begins) <= MOST_PLACES else []
        return tuple((at, at + len(quote)) for at in within)

    def _lost(self, quote: str, passage: Passage, alike_places: Sequence[int]) -> str:
        if alike_places:
            return f"{NOT_FOUND}; but for capitals or signs it stands at several places"
        return f"{NOT_FOUND}: {find(self._within(passage), Quote(exact=quote), None).why}"

    def _within(self, passage: Passage) -> Indexed:
        """The passage as a text of its own, its sentences numbered as in the whole."""
        if passage not in self.sent:
            shift = passage.start
            sentences = tuple(
                replace(one, start=one.start - shift, end=one.end - shift)
                for one in self.text.text.sentences
                if passage.start <= one.start and one.end <= passage.end
            )
            self.sent[passage] = Indexed(SourceText(passage.text, sentences, ""))
        return self.sent[passage]

    def _several(self, begins: Sequence[int]) -> str:
        if len(begins) > MOST_PLACES:
            return f"{SEVERAL}, more than {MOST_PLACES}, and is anchored at none"
        return f"{SEVERAL}: {paragraphs([self.text.sentence_of(at, at + 1) for at in begins])}"

    def _writer(self, places: tuple[Span, ...], flags: list[str]) -> str | None:
        if self.comments_from is None:
            return "author"
        sentence = self.text.sentence_of(*places[0]) if places else None
        if sentence is None:
            flags.append(NO_WRITER)
            return None
        number = sentence.paragraph - self.comments_from + 1
        return f"commenter-{number}" if number > 0 else "author"

    def _cited(self, names: Sequence[str], flags: list[str]) -> tuple[Cited, ...]:
        """The chain without the writer; nobody stands in it twice."""
        chain: dict[str, Cited] = {}
        for index, raw in enumerate(names[:MOST_NAMES]):
            name = one_line(raw)
            key = alike(name)
            if not key or (index == 0 and key in _WRITERS):
                continue
            one = self._named(name)
            if not one.named:
                name = _shown(name)
                if invents(name, "") or len(one.name) > LONGEST_NAME:
                    flags.append(f"{UNNAMED}, and left out")
                    continue
                flags.append(f"{UNNAMED}: {name}")
            chain.setdefault(one.actor.id if one.actor else key, one)
        if len(chain) >= MOST_SPEAKERS:
            flags.append(TOO_MANY)
        return tuple(chain.values())[: MOST_SPEAKERS - 1]

    def _named(self, name: str) -> Cited:
        actor = self.by_name.get(alike(name))
        if actor is not None and actor.id in self.mentioned:
            return Cited(actor.name, actor, named=True)
        bare = re.sub(r"^(?:the|a|an)\s+", "", name, flags=re.IGNORECASE)
        words, text = fold(bare), self.text.folded
        whole = rf"(?<!\w){re.escape(words)}(?!\w)"
        named = bool(words) and words in text and re.search(whole, text) is not None
        return Cited(bare or name, actor if named else None, named and len(bare) <= LONGEST_NAME)


def _says(raw: str, bears: str, passage: Passage, flags: list[str]) -> str:
    """The paraphrase, or nothing where it cannot stand."""
    says = one_line(raw)
    refusal = (
        NO_SAYS if not says
        else TOO_LONG if len(says) > LONGEST_SAYS
        else NUMBER if invents(says, bears)
        else None
    )  # fmt: skip
    if refusal:
        flags.append(refusal)
        return ""
    if copies(says, passage.text):
        flags.append(COPY)
    return says


def _hedge(proposal: Proposal, bears: str, flags: list[str]) -> tuple[str | None, Strength | None]:
    """The hedge if it stands in the quote, in the quote's own letters."""
    if not bears:
        return None, None
    hedge = one_line(proposal.hedge)
    if fold(hedge) in {"", "none"}:
        passed_over = [cue.text for cue in hedges(words_of(bears))]
        if passed_over and proposal.strength == "certain":
            flags.append(f"{PASSED_OVER}: {', '.join(passed_over)}")
        return "none", proposal.strength
    at = fold(bears).find(fold(hedge))
    if at < 0 or len(hedge) > LONGEST_HEDGE:
        flags.append(NO_HEDGE)
        return None, None
    return one_line(bears[at : at + len(hedge)]), proposal.strength


def _claimed(quote: str, flags: list[str]) -> str:
    """A quote that is anchored nowhere, for a person to look for; no number the model made up."""
    if invents(quote, ""):
        flags.append(NUMBER_IN_QUOTE)
        return ""
    return _shown(quote)


def _shown(text: str) -> str:
    """What was proposed and does not stand in the text, short enough for a note."""
    line = one_line(text)
    return line if len(line) <= LONGEST_SHOWN else line[: LONGEST_SHOWN - 1] + "…"
