"""A marked text in words, for the page and for the terminal: the same for both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from detente.figures.naming import and_list, tidy
from detente.sources.coverage import Covered
from detente.sources.drafts.candidates import Candidate, Drawn, bare, is_vague
from detente.sources.drafts.drafting import Heading, whose
from detente.sources.marks.actors import Known
from detente.sources.marks.marking import Marked, MarkedSentence, Section

MOST_NAMED = 4  # third parties in the summary
UNNAMED = "Somebody unnamed"
LETTER_AUTHOR, LETTER_COMMENTER, LETTER_QUOTED = "A", "C", "Q"
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Note:
    """One thing told about a sentence: what it is about, and what."""

    about: str
    text: str


@dataclass(frozen=True, slots=True)
class Word:
    """Whose word: a speaker, through whom, and the places of the sentences that are his."""

    letter: str
    name: str
    via: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Annotated:
    """A marked text with its candidates, and what is known already where a case was given.

    ``covered`` holds, by place, what existing claims say of a sentence; ``against`` names
    what it was laid beside. ``hints`` are beginnings of addresses by place.
    """

    marked: Marked
    drawn: Drawn
    heading: Heading
    known: tuple[Known, ...]
    covered: Mapping[Place, Covered]
    against: str | None = None

    @cached_property
    def names(self) -> dict[str, str]:
        """Actors' names by id."""
        return {one.id: tidy(one.name) for one in self.known}

    @cached_property
    def sorts(self) -> dict[str, str]:
        """What sort of actor each is, by id."""
        return {one.id: one.sort for one in self.known}

    @property
    def title(self) -> str:
        """The text's title, or the file's name."""
        return tidy(self.heading.title or self.heading.file)

    def candidates(self, one: MarkedSentence) -> tuple[Candidate, ...]:
        """The candidates of a sentence."""
        return self.drawn.by_place.get(place(one), ())

    def notes(self, one: MarkedSentence) -> tuple[Note, ...]:
        """What can be told about a sentence, in a fixed order; nothing where nothing can."""
        return tuple(
            Note(about, text)
            for about, text in (
                ("hedge", _hedge(one)),
                ("says", self._says(one)),
                ("ahead", _cues(one, "forecast")),
                ("if", _cues(one, "condition")),
                ("actors", self._actors(one)),
                ("claims", self._claims(one)),
                ("open", self._open(one)),
            )
            if text
        )

    def _says(self, one: MarkedSentence) -> str:
        """Third parties and their cues: "SVR, warned"."""
        told = [
            f"{self._called(voice.actor, voice.text)}{self._sort(voice.actor)}, "
            + " and ".join(small(cue.text) for cue in voice.cues)
            for voice in one.voices
        ]
        return "; ".join(told)

    def _called(self, actor: str | None, text: str | None) -> str:
        """An actor's name, what the text calls a speaker, or that it names nobody."""
        if actor is not None:
            return self.names[actor]
        if not text:
            return UNNAMED
        return f"“{tidy(text).lower()}”" if is_vague(text) else capital(bare(tidy(text)))

    def _sort(self, actor: str | None) -> str:
        return f" ({self.sorts[actor]})" if actor is not None else ""

    def _actors(self, one: MarkedSentence) -> str:
        doubtful = {m.actor for m in one.mentions if m.ambiguous}
        sure = {m.actor for m in one.mentions if not m.ambiguous}
        named = dict.fromkeys(mention.actor for mention in one.mentions)
        return ", ".join(
            self.names[actor] + ("" if actor in sure or actor not in doubtful else " (?)")
            for actor in named
        )

    def _claims(self, one: MarkedSentence) -> str:
        found = self.covered.get(place(one))
        if found is None:
            return ""
        return ", ".join(found.claims) or "; ".join(
            f"not modelled: {tidy(reason)}" for reason in found.reasons
        )

    def _open(self, one: MarkedSentence) -> str:
        """Each candidate with what has to be found out besides words, grade and use."""
        told: list[str] = []
        for candidate in self.candidates(one):
            guess = f"{candidate.kind}?" if candidate.kind else "which kind?"
            unclear = f", {whose(candidate)}" if candidate.unclear is not None else ""
            told.append(f"{candidate.id}, {guess}{tidy(unclear)}")
        return "; ".join(told)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Whose word the sentences are: author, commenters, then third parties by frequency."""
        own: dict[Section, list[Place]] = {}
        passed: dict[tuple[str, str], list[Place]] = {}
        for one in self.marked.sentences:
            if not one.voices:
                own.setdefault(one.section, []).append(place(one))
            for voice in one.voices:
                key = (self._called(voice.actor, voice.text), speaker(one.section))
                passed.setdefault(key, []).append(place(one))
        ranked = sorted(passed.items(), key=lambda pair: -len(pair[1]))
        return (
            *(Word(letter(s), capital(speaker(s)), "", tuple(at)) for s, at in own.items()),
            *(Word(LETTER_QUOTED, who, via, tuple(at)) for (who, via), at in ranked),
        )

    @cached_property
    def summary(self) -> tuple[str, ...]:
        """The whole in a few sentences."""
        return _size(self.marked), self._hedged(), _outlook(self.marked), self._state()

    def _hedged(self) -> str:
        hedged = [one for one in self.marked.sentences if one.hedged]
        passed = [one for one in self.marked.sentences if one.attributed]
        either = len({place(one) for one in (*hedged, *passed)})
        if not either:
            return "None is hedged, and none is put in a third party’s mouth."
        return (
            f"{either} {'is' if either == 1 else 'are'} hedged or put in a third party’s mouth: "
            f"{len(hedged)} hedged, {len(passed)} passed on{self._whom(passed)}."
        )

    def _whom(self, passed: Iterable[MarkedSentence]) -> str:
        """From how many speakers who have a name, and the first of them."""
        voices = [
            voice
            for one in passed
            for voice in one.voices
            if voice.actor or (voice.text and not is_vague(voice.text))
        ]
        named = list(dict.fromkeys(self._called(v.actor, v.text) for v in voices))
        if not named:
            return ""
        more = [f"{len(named) - MOST_NAMED} more"] if len(named) > MOST_NAMED else []
        return f" from {and_list([*named[:MOST_NAMED], *more])}"

    def _state(self) -> str:
        found = len(self.drawn.candidates)
        silent = sum(not one.candidate for one in self.marked.sentences)
        covered = sum(bool(one.claims) for one in self.covered.values())
        told = [count(found, "candidate", "for a claim is open", "for claims are open")]
        if self.against is not None:
            told.append(
                f"{count(covered, 'sentence', 'carries', 'carry')} claims of {self.against}"
            )
        told.append(f"in {count(silent, 'sentence')} nothing is marked")
        return f"{capital(and_list(told))}."


def place(one: MarkedSentence) -> Place:
    """Paragraph and sentence."""
    return one.sentence.paragraph, one.sentence.number


def letter(section: Section) -> str:
    """A for the author's part, C for a commenter's."""
    return LETTER_AUTHOR if section.commenter is None else LETTER_COMMENTER


def speaker(section: Section) -> str:
    """Whose part it is, in words."""
    return "the author" if section.commenter is None else f"commenter {section.commenter}"


def printable(text: str) -> str:
    """``text`` tidied, with a space at either end kept: pieces are joined again."""
    if not text.strip():
        return text and " "
    lead, tail = text[0].isspace(), text[-1].isspace()
    return f"{' ' * lead}{tidy(text)}{' ' * tail}"


def small(cue: str) -> str:
    """A cue as written, without a capital that only begins the sentence."""
    return tidy(cue) if cue.startswith(("I ", "I'", "I’")) else tidy(cue).lower()


def capital(text: str) -> str:
    """``text`` with a capital in front."""
    return text[:1].upper() + text[1:]


def count(number: int, noun: str, one: str = "", many: str = "") -> str:
    """``no sentences``, ``1 sentence looks``, ``4 sentences look``."""
    verb = one if number == 1 else many
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'} {verb}".rstrip()


def _hedge(one: MarkedSentence) -> str:
    told = dict.fromkeys(f"{small(text)} ({strength})" for text, strength in one.cues(None))
    return ", ".join(told)


def _cues(one: MarkedSentence, kind: str) -> str:
    found = (small(cue.text) for cue in one.outlooks if cue.kind == kind)
    return ", ".join(dict.fromkeys(found))


def _size(marked: Marked) -> str:
    total = len(marked.sentences)
    if not marked.commenters:
        return f"{capital(count(total, 'sentence'))}, all by the author."
    by_readers = sum(one.section.commenter is not None for one in marked.sentences)
    return (
        f"{capital(count(total, 'sentence'))}: {total - by_readers} by the author and "
        f"{by_readers} by {count(marked.commenters, 'commenter')}."
    )


def _outlook(marked: Marked) -> str:
    ahead = sum(any(c.kind == "forecast" for c in one.outlooks) for one in marked.sentences)
    hung = sum(any(c.kind == "condition" for c in one.outlooks) for one in marked.sentences)
    return (
        f"{capital(count(ahead, 'sentence', 'looks', 'look'))} ahead, and "
        f"{count(hung, 'sentence', 'makes', 'make')} one thing depend on another."
    )
