"""Anchors found again in a text that has changed, or reported lost; never silently.

Every place where a quote's words stand, and every passage that reads nearly so, is a
candidate. They are ranked as by the Hypothesis client (Knight 2021): words weigh 50, what
stands before 20, what stands after 20, the place 2. So an edited sentence between its own
neighbours beats an equal one elsewhere, and where two fit nearly as well, neither is taken.

Measured on an article, design notes, this documentation, five licences and 5,000 sentences
of other packages' descriptions. Sentences with one or two words changed, dropped or added
stay at least 0.70 alike, 19 of 20 at least 0.83. Once a sentence of 80 code points or more is
deleted, what is left of its text is at best 0.42 to 0.66 alike in the middle. Shorter
and formulaic sentences do have lookalikes, so words that differ also need a neighbour.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import islice

from rapidfuzz import fuzz

from detente.sources.anchors.fingerprints import fold
from detente.sources.anchors.found import Found, away, lost, paragraphs, per_cent, way
from detente.sources.anchors.refinding import by_fingerprint
from detente.sources.anchors.selectors import AROUND, Indexed, alike, indexed, occurrences
from detente.sources.claims import Locator, Position, Quote
from detente.sources.text import Sentence, SourceText

WORDS, BEFORE, AFTER, PLACE = 50, 20, 20, 2
MARGIN = 0.05  # by so much of the whole weight the best candidate must lead
LEAST = 0.7  # the least likeness of words that differ
AGREES = 0.8  # from here on what stands before or after counts as the same
_EDGE = "\0"  # stands for the beginning and the end of a text, which holds none
MOST = 5000  # places at which words may stand before they are too common to be compared


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A span that may be the quote's; likenesses 0 to 1, None where nothing was recorded."""

    start: int
    end: int
    same: bool
    there: bool
    words: float
    before: float | None
    after: float | None
    score: float

    @property
    def around(self) -> tuple[float, ...]:
        """The likenesses of what was recorded before and after."""
        return tuple(one for one in (self.before, self.after) if one is not None)

    @property
    def beside(self) -> bool:
        """Whether one of its surroundings at least is the recorded one."""
        return any(one >= AGREES for one in self.around)

    @property
    def tells(self) -> bool:
        """Whether its surroundings are wholly the recorded ones, of which there are some."""
        return bool(self.around) and min(self.around) == 1


@dataclass(frozen=True, slots=True)
class _Sought:
    """A quote in a text, with its recorded start, and what says if a start is that place."""

    text: Indexed
    quote: Quote
    recorded: int | None
    there: Callable[[int], bool]
    way: Callable[[int], str]

    def sentence(self, candidate: _Candidate) -> Sentence | None:
        return self.text.sentence_of(candidate.start, candidate.end)


def find(text: SourceText | Indexed, quote: Quote, position: Position | None) -> Found:
    """Where the words of ``quote`` stand in ``text`` now.

    Without a position, words that can be told from all others count as ``exact``.
    """
    recorded = position.start if position else None
    return _quoted(
        _Sought(
            indexed(text),
            quote,
            recorded,
            lambda start: recorded in (None, start),
            lambda start: away(start, recorded),
        )
    )


def refind(
    text: SourceText | Indexed, locator: Locator, twins: Collection[Locator] | None = None
) -> Found:
    """Where the sentence of ``locator`` stands in ``text`` now.

    A locator does not say, unless it holds a quote, whether its sentence was repeated.
    ``twins`` are the locators of equal sentences of the same text, none if there were none;
    None if that is not known. Then a sentence that moved away from both its neighbours is
    lost; but one that took the very place of a deleted equal one cannot be told from it.
    """
    known = indexed(text)
    quote = locator.quote
    if quote is None:
        return by_fingerprint(known, locator, twins)
    if quote.of > 1 and not (quote.prefix or quote.suffix):
        return by_fingerprint(known, locator, twins, quote.of)
    return _quoted(_placed(known, locator, quote))


def _placed(text: Indexed, locator: Locator, quote: Quote) -> _Sought:
    sentence = text.text.by_place.get((locator.paragraph, locator.sentence))
    recorded = locator.position.start if locator.position else None
    if recorded is None and sentence is not None:
        recorded = max(sentence.start, text.text.text.find(quote.exact, sentence.start))

    def there(start: int) -> bool:
        return sentence is not None and sentence.start <= start < sentence.end

    def words(start: int) -> str:
        now = text.sentence_of(start, start + 1)
        return way(locator, now) if now else ""

    return _Sought(text, quote, recorded, there, words)


def _quoted(sought: _Sought) -> Found:
    whole = _whole(sought)
    if whole is not None:
        return _verdict(sought, [whole], whole)
    text, quote = sought.text, sought.quote
    starts = list(occurrences(text.folded, fold(quote.exact), MOST + 1))
    common = len(starts) > MOST
    starts = _narrowed(sought) if common else starts
    spans = [(at, at + len(quote.exact)) for at in starts]
    spans += [] if common else alike(text, quote, sought.recorded, starts)
    candidates = _rankable(quote, [_candidate(sought, start, end) for start, end in spans])
    if not candidates:
        many = f"the words stand at more than {MOST} places, and at none between the same words"
        return lost(many if common else "nothing alike stands in this text")
    best = max(candidates, key=lambda one: (one.score, one.there, -one.start))
    return _verdict(sought, candidates, best)


def _rankable(quote: Quote, candidates: list[_Candidate]) -> list[_Candidate]:
    """Those alike enough, if any are.

    Where words that stood once stand once, others count only if they alone stand between
    the recorded surroundings.
    """
    close = [one for one in candidates if one.words >= LEAST] or candidates
    same = [one for one in close if one.same]
    if quote.of > 1 or len(same) != 1:
        return close
    return same if same[0].beside else [one for one in close if one.same or one.tells]


def _whole(sought: _Sought) -> _Candidate | None:
    """The one place, if it is one, at which the words stand between all they stood between."""
    quote = sought.quote
    if not (quote.prefix or quote.suffix):
        return None
    whole = quote.prefix + quote.exact + quote.suffix
    found = list(islice(occurrences(sought.text.text.text, whole, 2), 2))
    if len(found) != 1:
        return None
    start = found[0] + len(quote.prefix)
    return _candidate(sought, start, start + len(quote.exact))


def _narrowed(sought: _Sought) -> list[int]:
    """Of words that stand nearly everywhere: where their surroundings do too, and the place."""
    quote, text = sought.quote, sought.text.text.text
    found: set[int] = set()
    if quote.prefix or quote.suffix:
        whole = occurrences(text, quote.prefix + quote.exact + quote.suffix, MOST)
        found = {at + len(quote.prefix) for at in whole}
    if sought.recorded is not None and text.startswith(quote.exact, sought.recorded):
        found.add(sought.recorded)
    return sorted(found)


def _candidate(sought: _Sought, start: int, end: int) -> _Candidate:
    text, quote = sought.text, sought.quote
    same = text.text.text[start:end] == quote.exact
    likeness = 1.0 if same else fuzz.ratio(fold(quote.exact), text.folded[start:end]) / 100
    prefix, suffix = _surroundings(quote, sought.recorded)
    before = _agreement(
        prefix, (_EDGE + text.folded[max(0, start - len(prefix)) : start])[-len(prefix) :]
    )
    after = _agreement(suffix, (text.folded[end : end + len(suffix)] + _EDGE)[: len(suffix)])
    there = sought.there(start)
    place = None if sought.recorded is None else _closeness(sought, start, there=there)
    score = _weighed([(WORDS, likeness), (BEFORE, before), (AFTER, after), (PLACE, place)])
    return _Candidate(start, end, same, there, likeness, before, after, score)


def _surroundings(quote: Quote, recorded: int | None) -> tuple[str, str]:
    """What stood before and after, with the edge of the text where it reached that far."""
    prefix, suffix = fold(quote.prefix), fold(quote.suffix)
    if recorded is None or not (prefix or suffix):
        return prefix, suffix
    begins, ends = recorded == len(prefix), len(suffix) < AROUND
    return _EDGE * begins + prefix, suffix + _EDGE * ends


def _agreement(recorded: str, now: str) -> float | None:
    """0 for what is no more alike than unrelated words are (ratio up to 0.5), 1 for equals."""
    return max(0.0, fuzz.ratio(recorded, now) / 50 - 1) if recorded else None


def _closeness(sought: _Sought, start: int, *, there: bool) -> float:
    far = abs(start - (sought.recorded or 0)) / len(sought.text.folded)
    return 1.0 if there else max(0.0, 0.9 - far)


def _weighed(parts: Sequence[tuple[int, float | None]]) -> float:
    known = [(weight, value) for weight, value in parts if value is not None]
    return sum(weight * value for weight, value in known) / sum(weight for weight, _ in known)


def _verdict(sought: _Sought, candidates: list[_Candidate], best: _Candidate) -> Found:
    others = [one for one in candidates if one.end <= best.start or best.end <= one.start]
    told = best.tells or (not best.around and _all_left(sought))
    rivals = [one for one in others if one.score > best.score - MARGIN]
    placed = sought.recorded is not None and best.same and best.there
    if rivals and not (placed and told):
        return lost(_undecided(sought, [best, *rivals]), best.words)
    refusal = _refusal(sought, best, told=told)
    if refusal:
        return lost(refusal, best.words)
    status, said = ("moved", "same words") if best.same else ("fuzzy", _difference(best))
    if best.same and best.there:
        status = "exact"
        said += "" if all(one >= AGREES for one in best.around) else " between other words"
    why = f"{said}, {sought.way(best.start)}"
    return Found(status, best.start, best.end, sought.sentence(best), best.words, why)


def _left(sought: _Sought) -> int:
    """At how many places the words stand now; if at none, but for capitals and signs."""
    quote, text = sought.quote, sought.text
    found = sum(1 for _ in occurrences(text.text.text, quote.exact, quote.of))
    return found or sum(1 for _ in occurrences(text.folded, fold(quote.exact), quote.of))


def _all_left(sought: _Sought) -> bool:
    return sought.quote.of == 1 or _left(sought) >= sought.quote.of


def _undecided(sought: _Sought, tied: list[_Candidate]) -> str:
    where = paragraphs([sought.sentence(one) for one in sorted(tied, key=lambda one: one.start)])
    if all(one.same for one in tied):
        return f"the same words stand at {len(tied)} places that fit equally well: {where}"
    return f"{len(tied)} passages fit equally well: {where}"


def _refusal(sought: _Sought, best: _Candidate, *, told: bool) -> str:
    """Why the best candidate cannot be taken; empty if it can.

    ``told``: its surroundings tell it from its twins, or its place must.
    """
    where, times = paragraphs([sought.sentence(best)]), sought.quote.of
    if best.words < LEAST:
        alike = per_cent(best.words)
        return f"nothing alike stands in this text; the nearest, {where}, is {alike} alike"
    if times > 1 and not told:
        return (
            f"the words stood at {times} places and stand at {_left(sought)} now; what stands "
            f"around those nearest, {where}, does not tell whether they are these"
        )
    if best.words < 1 and not best.beside:
        return f"words {per_cent(best.words)} alike stand elsewhere, {where}, between other words"
    return ""


def _difference(best: _Candidate) -> str:
    if best.words == 1:
        return "same words but for capitals, quotation marks, dashes or line ends"
    return f"words differ: {per_cent(best.words)} alike"
