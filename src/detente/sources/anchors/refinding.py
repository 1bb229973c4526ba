"""Sentences found again without their words: by digest, sketch and neighbours.

Candidates are the sentences with the same digest and those whose sketch is close. They are
ranked by differing bits, of which a neighbour that agrees makes up for 8 and the place for
4; the best must lead by 4.

Measured on 2,300 sentences of an article, of design notes, of this documentation and of a
licence, each of 20 code points or more. With one word changed, dropped or added, half
differ in 4 to 12 bits, and 19 of 20 in at most 10 (over 120 code points), 14 (60 to 120) or
20 (shorter). Two unrelated sentences differ in 31 bits in the middle; in 1 of 1,000 pairs
in at most 18, in 1 of 10,000 in at most 13. Hence the bound: 12 bits, and 4 more for every
neighbour that agrees.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np

from detente.sources.anchors.fingerprints import NEAR_HALF, distances, likeness, near
from detente.sources.anchors.found import Found, lost, paragraphs, per_cent, way
from detente.sources.anchors.selectors import Indexed, Span
from detente.sources.claims import Locator
from detente.sources.text import Sentence

BOUND, WIDER = 12, 4  # bits a sketch may differ in, and how many more a neighbour allows
NEIGHBOUR, PLACE = 8, 4  # bits that a neighbour that agrees, and the place, make up for
MARGIN = 4  # bits by which the best must lead


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence, or a piece of one, that may be it: differing bits, neighbours that agree.

    ``beside`` is 0 to 2; ``there``, whether it is the sentence at the recorded place.
    """

    sentence: Sentence
    span: Span
    same: bool
    there: bool
    bits: int
    beside: int

    @property
    def cost(self) -> int:
        return self.bits - NEIGHBOUR * self.beside - PLACE * self.there


@dataclass(frozen=True, slots=True)
class _Then:
    """What is known of the coded text: how often the sentence stood, None if not known.

    ``told``: its neighbours told it from its twins. ``others``: where its twins stood.
    """

    times: int | None
    told: bool
    others: frozenset[tuple[int, int]]


def by_fingerprint(
    text: Indexed, locator: Locator, twins: Collection[Locator] | None, times: int | None = None
) -> Found:
    """Where the sentence of a locator stands now, by what it holds besides a quote.

    ``twins`` are the locators of equal sentences of the coded text, ``times`` is how often
    it stood there; None if not known.
    """
    equals = [_candidate(text, locator, one) for one in text.text.by_digest.get(locator.digest, ())]
    candidates = equals
    then = _then(locator, twins, times)
    alone = len(equals) == 1 and (equals[0].there or then.times == 1)
    if not alone and not any(one.beside == 2 for one in equals):
        candidates = [*equals, *_sketched(text, locator)]
    if not candidates:
        return lost(*_nothing(text, locator))
    best = min(candidates, key=lambda one: (one.cost, one.span))
    refusal = _refusal(best, candidates, then, known=locator.near is not None)
    return lost(refusal, likeness(best.bits)) if refusal else _found(locator, best)


def _candidate(text: Indexed, locator: Locator, sentence: Sentence, bits: int = 0) -> _Candidate:
    return _Candidate(
        sentence,
        (sentence.start, sentence.end),
        sentence.digest == locator.digest,
        (sentence.paragraph, sentence.number) == (locator.paragraph, locator.sentence),
        bits,
        _agreeing(locator.near, near(text.text, text.index_at(sentence.start) or 0)),
    )


def _agreeing(recorded: str | None, now: str) -> int:
    """How many of the two neighbours are the recorded ones."""
    halves = (slice(NEAR_HALF), slice(NEAR_HALF, None))
    return sum(1 for half in halves if recorded and recorded[half] == now[half])


def _sketched(text: Indexed, locator: Locator) -> list[_Candidate]:
    """Sentences and pieces of sentences with other words whose sketch is close enough."""
    if locator.sketch is None:
        return []
    bits = distances(locator.sketch, text.sketches)
    close = [
        _candidate(text, locator, text.text.sentences[index], int(bits[index]))
        for index in np.flatnonzero(bits <= BOUND + 2 * WIDER)
    ]
    whole = [one for one in close if not one.same and one.bits <= BOUND + WIDER * one.beside]
    return whole + [one for one in _pieces(text, locator.sketch) if one.bits <= BOUND]


def _pieces(text: Indexed, sketch: str) -> Iterator[_Candidate]:
    bits = distances(sketch, text.piece_sketches)
    for index in np.flatnonzero(bits <= BOUND):
        start, end = text.pieces[index]
        sentence = text.sentence_of(start, end)
        if sentence is not None:
            yield _Candidate(sentence, (start, end), False, False, int(bits[index]), 0)


def _then(locator: Locator, twins: Collection[Locator] | None, times: int | None) -> _Then:
    if twins is None:
        return _Then(times, told=times is None, others=frozenset())
    others = {(t.paragraph, t.sentence): t.near for t in twins}
    others.pop((locator.paragraph, locator.sentence), None)
    told = locator.near not in (None, *others.values())
    return _Then(max(times or 1, 1 + len(others)), told, frozenset(others))


def _refusal(best: _Candidate, candidates: list[_Candidate], then: _Then, *, known: bool) -> str:
    """Why the best candidate cannot be taken; empty if it can.

    ``known`` says whether its neighbours were recorded.
    """
    tied = [one for one in candidates if one.cost < best.cost + MARGIN and _apart(one, best)]
    where = paragraphs([one.sentence for one in sorted(tied, key=lambda one: one.span)])
    if len(tied) > 1:
        same = "the same" if all(one.same for one in tied) else "alike"
        return f"{same} words stand at {len(tied)} places that fit equally well: {where}"
    equals = [one for one in candidates if one.bits == 0]
    if then.times is None:
        needed = 0 if not known else 2 if len(equals) > 1 else 0 if best.there else 1
        unknown = best.same and (best.beside < needed or (not known and len(equals) > 1))
        if unknown:
            return f"the same words stand in {where}, but not between the same two sentences"
    elif then.times > 1 and not (
        (best.beside == 2 or not known) and (then.told or _kept(best, equals, then))
    ):
        return (
            f"the sentence stood at {then.times} places and stands at {len(equals)} now; "
            f"the nearest, {where}, may be another than this one"
        )
    return ""


def _apart(one: _Candidate, best: _Candidate) -> bool:
    """Whether it is the best itself or another passage than the best."""
    return one is best or one.span[1] <= best.span[0] or best.span[1] <= one.span[0]


def _kept(best: _Candidate, equals: list[_Candidate], then: _Then) -> bool:
    """Whether it and all its twins stand where they stood."""
    places = {(one.sentence.paragraph, one.sentence.number) for one in equals}
    times = then.times or 1
    all_known = times <= len(equals) or times == 1 + len(then.others)
    return best in equals and best.there and then.others <= places and all_known


def _found(locator: Locator, best: _Candidate) -> Found:
    status = "fuzzy" if not best.same else "exact" if best.there else "moved"
    alike = per_cent(likeness(best.bits))
    bits = f"words differ: about {alike} alike ({best.bits} of 64 bits of the sketch)"
    words = "same words" if best.same else bits
    if not best.same and best.bits == 0:
        words = "same words but for capitals, quotation marks or dashes"
    new = "; other sentences around it" if best.same and best.there and not best.beside else ""
    if best.span != (best.sentence.start, best.sentence.end):
        new = "; part of a longer sentence"
    why = f"{words}, {way(locator, best.sentence)}{new}"
    return Found(status, *best.span, best.sentence, likeness(best.bits), why)


def _nothing(text: Indexed, locator: Locator) -> tuple[str, float]:
    if locator.sketch is None or not text.text.sentences:
        return "no such sentence in this text, and no sketch to find an edited one by", 0.0
    bits = distances(locator.sketch, text.sketches)
    nearest = text.text.sentences[int(bits.argmin())]
    alike = likeness(int(bits.min()))
    where = paragraphs([nearest])
    return f"nothing alike in this text; the nearest, {where}, is {per_cent(alike)} alike", alike
