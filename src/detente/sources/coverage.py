"""A reader's own copy of a text laid beside the claims: what each sentence carries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from detente.addresses import suggestion
from detente.errors import UsageError
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
    """A locator whose sentence reads otherwise in this copy, or is not there.

    ``owner`` is a claim's id, or None for an entry of ``not_modelled``. ``elsewhere``
    are the places (paragraph, sentence) at which the same sentence does stand.
    """

    owner: str | None
    locator: Locator
    found: Literal["another sentence", "no such sentence"]
    elsewhere: tuple[tuple[int, int], ...]


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
        """Whether every sentence is covered and every locator fits."""
        return not self.uncovered and not self.mismatches


@dataclass(frozen=True, slots=True)
class _Mark:
    locator: Locator
    claim: str | None
    reason: str | None


def coverage(text: SourceText, claims: Claims, source: str | None = None) -> Coverage:
    """Lay ``text`` beside the claims on ``source`` (needed only where there are several).

    Raises UsageError if the claims name no such text, or a choice must be made.
    """
    name = _chosen(claims, source)
    marks = _marks(claims, name)
    fits = [mark for mark in marks if _fits(mark.locator, text)]
    misses = tuple(_mismatch(mark, text) for mark in marks if not _fits(mark.locator, text))
    sentences = tuple(_covered(sentence, fits, claims) for sentence in text.sentences)
    same = claims.sources[name].sha256 == text.sha256
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


def _fits(locator: Locator, text: SourceText) -> bool:
    sentence = text.by_place.get((locator.paragraph, locator.sentence))
    return sentence is not None and sentence.digest == locator.digest


def _mismatch(mark: _Mark, text: SourceText) -> Mismatch:
    place = (mark.locator.paragraph, mark.locator.sentence)
    same = text.by_digest.get(mark.locator.digest, ())
    return Mismatch(
        mark.claim,
        mark.locator,
        "another sentence" if place in text.by_place else "no such sentence",
        tuple((sentence.paragraph, sentence.number) for sentence in same),
    )


def _covered(sentence: Sentence, marks: list[_Mark], claims: Claims) -> Covered:
    place = (sentence.paragraph, sentence.number)
    here = [mark for mark in marks if (mark.locator.paragraph, mark.locator.sentence) == place]
    names = tuple(mark.claim for mark in here if mark.claim is not None)
    reasons = tuple(mark.reason for mark in here if mark.reason is not None)
    supports = tuple(dict.fromkeys(a for name in names for a in claims.claims[name].supports))
    standing: Standing = "claimed" if names else "not modelled" if reasons else "uncovered"
    return Covered(sentence, standing, names, supports, reasons)
