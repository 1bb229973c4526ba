"""A reader's own copy of a text laid beside the claims: what each sentence carries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from detente.addresses import suggestion
from detente.errors import UsageError
from detente.sources.anchors.anchoring import refind
from detente.sources.anchors.found import Found, Status
from detente.sources.anchors.selectors import Indexed, indexed
from detente.sources.claims import Claims, Locator
from detente.sources.text import Sentence, SourceText

Standing = Literal["claimed", "not modelled", "uncovered"]


@dataclass(frozen=True, slots=True)
class Covered:
    """One sentence of the reader's copy and what is said about it.

    ``claims`` are ids in file order and ``supports`` the addresses, or beginnings of
    addresses, they support; ``reasons`` say why a sentence is not modelled.
    """

    sentence: Sentence
    standing: Standing
    claims: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A locator whose sentence does not stand, word for word, where it stood.

    ``owner`` is a claim's id, or None for an entry of ``not_modelled``. A moved or fuzzy
    one covers the sentence at ``at`` (paragraph, sentence), a lost one none. ``why`` says
    what was found; ``likeness`` is 0 to 1.
    """

    owner: str | None
    locator: Locator
    status: Status
    at: tuple[int, int] | None
    likeness: float
    why: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is known about every sentence of one source.

    ``same_text`` says whether the copy is, after normalisation, the coded text.
    """

    source: str
    same_text: bool
    sentences: tuple[Covered, ...]
    mismatches: tuple[Mismatch, ...]

    @property
    def uncovered(self) -> tuple[Covered, ...]:
        """Sentences that neither a claim nor a reason stands for."""
        return tuple(one for one in self.sentences if one.standing == "uncovered")

    @property
    def complete(self) -> bool:
        """Whether every sentence is covered and every locator finds the words it had."""
        return not self.uncovered and not self.with_status("fuzzy", "lost")

    def with_status(self, *statuses: Status) -> tuple[Mismatch, ...]:
        """The mismatches of some statuses."""
        return tuple(one for one in self.mismatches if one.status in statuses)


@dataclass(frozen=True, slots=True)
class _Mark:
    locator: Locator
    claim: str | None
    reason: str | None


def coverage(text: SourceText | Indexed, claims: Claims, source: str | None = None) -> Coverage:
    """Lay ``text`` beside the claims on ``source`` (needed only where there are several).

    A sentence counts as repeated in the coded text if the claims point at it in two places.
    Raises UsageError if the claims name no such text, or a choice must be made.
    """
    name = _chosen(claims, source)
    known = indexed(text)
    marks = _marks(claims, name)
    found = _refound(known, [mark.locator for mark in marks])
    misses = tuple(
        _mismatch(mark, found[mark.locator])
        for mark in marks
        if found[mark.locator].status != "exact"
    )
    here = _by_sentence(marks, found)
    sentences = tuple(_covered(one, here.get(one, ()), claims) for one in known.text.sentences)
    same = claims.sources[name].sha256 == known.text.sha256
    return Coverage(name, same, sentences, misses)


def _chosen(claims: Claims, source: str | None) -> str:
    texts = [name for name, body in claims.sources.items() if body.sha256 is not None]
    if source is None and len(texts) == 1:
        return texts[0]
    if source in texts:
        return source
    if source is None:
        listed = ", ".join(texts) or "(none)"
        raise UsageError(f"the claims point into {len(texts)} texts: {listed}; one; name it")
    raise UsageError(
        f"no text is called {source}; a source with a sha256; {suggestion(source, texts)}"
    )


def _marks(claims: Claims, source: str) -> list[_Mark]:
    said = [
        _Mark(locator, name, None)
        for name, claim in claims.claims.items()
        if claim.source == source
        for locator in claim.at
    ]
    unsaid = [
        _Mark(locator, None, gap.reason)
        for gap in claims.not_modelled
        if gap.source == source
        for locator in gap.at
    ]
    return said + unsaid


def _refound(text: Indexed, locators: Sequence[Locator]) -> dict[Locator, Found]:
    """Every locator found again, those of equal sentences told from each other."""
    equal: dict[str, list[Locator]] = {}
    for locator in locators:
        equal.setdefault(locator.digest, []).append(locator)
    return {one: refind(text, one, equal[one.digest]) for one in dict.fromkeys(locators)}


def _by_sentence(
    marks: Sequence[_Mark], found: Mapping[Locator, Found]
) -> dict[Sentence, list[_Mark]]:
    here: dict[Sentence, list[_Mark]] = {}
    for mark in marks:
        sentence = found[mark.locator].sentence
        if sentence is not None:
            here.setdefault(sentence, []).append(mark)
    return here


def _mismatch(mark: _Mark, found: Found) -> Mismatch:
    at = (found.sentence.paragraph, found.sentence.number) if found.sentence else None
    return Mismatch(mark.claim, mark.locator, found.status, at, found.likeness, found.why)


def _covered(sentence: Sentence, here: Sequence[_Mark], claims: Claims) -> Covered:
    names = tuple(dict.fromkeys(mark.claim for mark in here if mark.claim is not None))
    reasons = tuple(dict.fromkeys(mark.reason for mark in here if mark.reason is not None))
    supports = tuple(dict.fromkeys(a for name in names for a in claims.claims[name].supports))
    standing: Standing = "claimed" if names else "not modelled" if reasons else "uncovered"
    return Covered(sentence, standing, names, supports, reasons)
