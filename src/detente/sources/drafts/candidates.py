"""What a marked sentence may turn into: one open claim for each voice that speaks in it.

A candidate says what could be told and what a person has to add. It is no claim:
it has no words of its own, and nothing rests on it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from string import ascii_lowercase

from detente.addresses import MAX_IDENTIFIER
from detente.sources.claims import ClaimKind, SpeakerSort, Strength
from detente.sources.marks.actors import Known
from detente.sources.marks.marking import Marked, MarkedSentence, Part, Voice
from detente.sources.marks.saying import PRONOUNS, THEIR_POSSESSIVE, VAGUE
from detente.sources.marks.subjects import speaker_sort

MOST_NAME_WORDS = 7  # of a speaker nobody knows: a name, no quotation
SORT_OF_ACTOR: dict[str, SpeakerSort] = {
    "state": "state", "organisation": "official", "service": "service", "person": "official",
    "group": "official",
}  # fmt: skip
_SORTS: dict[str, SpeakerSort] = {
    "service": "service", "state": "state", "media": "media", "official": "official",
}  # fmt: skip
_LETTERS: dict[SpeakerSort, str] = {
    "author": "C for a writer who signs an opinion",
    "commenter": "F for an anonymous reader",
    "service": "D for a service that reports on its adversary",
    "state": "B for a government on its own acts",
    "official": "B for an office on its own acts",
}


@dataclass(frozen=True, slots=True)
class ThirdParty:
    """A speaker whom the text passes on. ``called`` is what the text first calls it."""

    id: str
    name: str
    sort: SpeakerSort
    called: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """An open claim: what could be told of it.

    ``speakers`` is the chain as far as it is known; ``unclear`` is what the text calls a
    last speaker whom only a reader can tell ("she"), or "" where it names nobody.
    """

    id: str
    sentence: MarkedSentence
    speakers: tuple[str, ...]
    unclear: str | None
    kind: ClaimKind | None
    hedge: str
    strength: Strength
    letter: str
    digit: str


@dataclass(frozen=True)
class Drawn:
    """All candidates of a text with the third parties they name."""

    candidates: tuple[Candidate, ...]
    parties: tuple[ThirdParty, ...]

    @cached_property
    def by_place(self) -> dict[tuple[int, int], tuple[Candidate, ...]]:
        """Every sentence's candidates, by paragraph and sentence."""
        found: dict[tuple[int, int], tuple[Candidate, ...]] = {}
        for one in self.candidates:
            place = (one.sentence.sentence.paragraph, one.sentence.sentence.number)
            found[place] = (*found.get(place, ()), one)
        return found


def drawn(
    marked: Marked, known: Iterable[Known], leave_out: Collection[tuple[int, int]] = ()
) -> Drawn:
    """The candidates of every sentence but those at ``leave_out`` (paragraph, sentence)."""
    parties = _Parties({one.id: one for one in known})
    found: list[Candidate] = []
    for one in marked.sentences:
        place = (one.sentence.paragraph, one.sentence.number)
        if one.candidate and place not in leave_out:
            found += _of_sentence(one, parties)
    return Drawn(tuple(found), tuple(parties.by_id.values()))


def _of_sentence(one: MarkedSentence, parties: _Parties) -> list[Candidate]:
    stem = f"s{one.sentence.paragraph}-{one.sentence.number}"
    return [
        _candidate(f"{stem}{_suffix(index)}", one, part, parties)
        for index, part in enumerate(one.parts)
    ]


def _suffix(index: int) -> str:
    """Nothing for the first, then -b, -c, and so on."""
    if index == 0:
        return ""
    letters = len(ascii_lowercase)
    return f"-{ascii_lowercase[index]}" if index < letters else f"-{index + 1}"


def _candidate(name: str, one: MarkedSentence, part: Part, parties: _Parties) -> Candidate:
    voice = part.voice
    party = parties.of(voice) if voice is not None else None
    unclear = (voice.text or "") if voice is not None and party is None else None
    cues = list(dict.fromkeys(text.lower() for text, _ in one.cues(part)))
    kind = one.kind(part)
    strength = one.strength(part)
    sort: SpeakerSort = "author" if one.section.commenter is None else "commenter"
    return Candidate(
        name,
        one,
        (one.section.speaker, *((party.id,) if party else ())),
        unclear,
        kind,
        ", ".join(cues)[:200] or "none",
        strength or "certain",
        _letter(party.sort if party else sort, unclear),
        _digit(kind, strength),
    )


def _letter(sort: SpeakerSort, unclear: str | None) -> str:
    if unclear is not None:
        return "the letter is about whoever is meant"
    return _LETTERS.get(sort, "the coding rules name no letter for this speaker")


def _digit(kind: ClaimKind | None, strength: str | None) -> str:
    if kind == "forecast":
        return "6 for a forecast"
    if kind == "allegation":
        return "4 if it is contested, 6 if it is secret"
    plain = "3 if it is plausible" if strength is None else "3 if it were unhedged"
    return f"2 if it can be checked elsewhere, {plain}, 4 if it is contested, 6 for a motive"


@dataclass(slots=True)
class _Parties:
    """The third parties met so far: known actors by their id, others by what they are called."""

    known: dict[str, Known]
    by_id: dict[str, ThirdParty] = field(default_factory=dict[str, ThirdParty])
    called: dict[str, str] = field(default_factory=dict[str, str])

    def of(self, voice: Voice) -> ThirdParty | None:
        """Who a voice is; None for "it is said" and for pronouns."""
        if voice.actor is not None:
            return self._actor(voice.actor, voice.text or "")
        text = " ".join((voice.text or "").split())
        if not text or is_vague(text):
            return None
        return self._other(text)

    def _actor(self, actor: str, text: str) -> ThirdParty:
        if actor not in self.by_id:
            entry = self.known[actor]
            sort = SORT_OF_ACTOR[entry.sort]
            self.by_id[actor] = ThirdParty(actor, entry.name, sort, text)
        return self.by_id[actor]

    def _other(self, text: str) -> ThirdParty:
        short = " ".join(text.split()[:MOST_NAME_WORDS])[:200]
        key = bare(short).casefold()
        if key not in self.called:
            name = self._free(slug(bare(short)))
            self.called[key] = name
            self.by_id[name] = ThirdParty(name, bare(short), _SORTS[speaker_sort(short)], short)
        return self.by_id[self.called[key]]

    def _free(self, stem: str) -> str:
        """``stem``, or with a number, so that nobody else is called that."""
        name, count = stem, 1
        while name in self.by_id or name in self.known or _is_reserved(name):
            count += 1
            name = f"{stem}-{count}"
        return name


def _is_reserved(name: str) -> bool:
    return name == "author" or name.startswith("commenter")


def is_vague(text: str) -> bool:
    """Whether only a reader can tell whom the text means: "she", "some"."""
    return text.lower() in PRONOUNS | THEIR_POSSESSIVE | VAGUE


def bare(text: str) -> str:
    """A phrase without its article."""
    return re.sub(r"^(?:the|a|an)\s+", "", text, flags=re.IGNORECASE)


def slug(text: str) -> str:
    """An identifier made of ``text``: small letters and digits, a letter first."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    parts = re.findall(r"[a-z0-9]+", re.sub(r"'s\b|\.", "", plain))
    joined = "-".join(parts)[: MAX_IDENTIFIER - 10].strip("-")
    return joined if joined[:1].isalpha() else f"speaker-{joined}".strip("-")
