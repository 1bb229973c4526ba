"""Words with which a writer commits to less than the bare sentence would.

The kinds of cue follow Hyland (1998), Hedging in Scientific Research Articles: modal
verbs, lexical verbs, adverbs, adjectives, nouns and the writer's own stance; and the
rule of the CoNLL-2010 shared task (Farkas et al. 2010) that a cue is the smallest
stretch of words that does the hedging. The list is our own. Strengths follow the
coding rules: "arguably" is probable, "might" is possible. Words that limit how much
and not whether ("about", "largely") are no hedges here, nor are promises of certainty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from detente.sources.marks.wording import PhraseList, Span, Words, listed, low_at, phrases, span

HedgeStrength = Literal["probable", "possible"]


@dataclass(frozen=True, slots=True)
class Hedge:
    """A cue as written, where it stands in the sentence, and how far it weakens it."""

    at: Span
    text: str
    strength: HedgeStrength


_PROBABLE = phrases("""
arguably | presumably | presumable | probably | probable | likely | likelier | unlikely | improbable
apparently | apparent | seemingly | ostensibly | ostensible | reportedly | in all likelihood
supposedly | supposed | putatively | putative | so-called | self-styled | would-be | nascent
seem | seems | seemed | seeming | appear | appears | appeared | appearing | scare | scares
suggest | suggests | suggested | suggesting | suggestive of | imply | implies | implied | implying
indicate | indicates | indicated | indicating | hint at | hints at | hinted at | hinting at
hint that | hints that | hinted that | hinting that | point to | points to | pointed to | pointing to
looks like | looks as if | look as if | looked as if
looks as though | look as though | looks set | look set | looked set | in all probability
the odds are | chances are | good chance | fair chance | every chance | strong chance | odds-on
more likely than not | as likely as not | almost certainly | almost certain | nearly certain
all but certain | most certainly | expected to | expected that | anticipated to | believed to
believed that | is thought | are thought | was thought | were thought | thought to
is understood | understood to | tend to | tends to | tended to | presumed
i think | i believe | i guess | i suppose | i suspect | i reckon | i hope | i expect | i assume
i presume | i imagine | i gather | i fear | i feel | i doubt | i would say | i'd say | i would guess
i'd guess | i would think | i'd think | i am inclined | i'm inclined | i am not sure | i'm not sure
we think | we believe | we suspect | we assume | we expect | we suppose | we doubt
in my view | in my opinion | in my judgement | in my judgment | in my estimation | to my mind
in our view | in our opinion | imo | imho | it seems to me | as i see it | as far as i can tell
as far as i can see | as far as i know | as far as we know | so far as we know | to my knowledge
for all i know | for all we know | my guess | our guess | my hunch | my sense is | my impression is
""")
_POSSIBLE = phrases("""
could | might | may | possibly | possible | conceivably | conceivable | perhaps | maybe
alleged | allegedly | purported | purportedly | purports | purport | unconfirmed | unverified
rumoured | rumored | rumour | rumor | rumours | rumors | rumour has it | rumor has it
potential | potentially | hypothetical | hypothetically | theoretically | in theory | in principle
suspected | plausible | plausibly | doubtful | dubious | uncertain | unclear | questionable
debatable | open to question | an open question | remains to be seen | it is not certain
there is a chance | some chance | outside chance | slim chance | small chance | off chance
possibility | possibilities | not certain | far from certain | not clear | far from clear | not sure
who knows | anyone's guess | anybody's guess | can't rule out | cannot rule out | no telling
cannot be ruled out | can't be ruled out | cannot be excluded | not impossible | not inconceivable
not unthinkable | one imagines | one suspects | speculation | speculative | speculated
tentative | tentatively | provisional | mooted | touted
""")
_LIST = PhraseList[HedgeStrength]((_PROBABLE, "probable"), (_POSSIBLE, "possible"))

_NEGATIONS = listed(
    "no not never neither nor nobody none nothing nowhere hardly scarcely barely no-one cannot"
)
_ABLE = listed("see hear feel smell taste read remember recall understand swim walk afford finally")
_ARTICLES = listed(
    "the a an this that its his her their our my your whose no any all such military naval air "
    "economic financial industrial imperial political full sheer combined great own"
)
_MONTH = listed("in of on since until till by early late mid last this next from before after")
_LIMITS = listed("as if where when wherever whenever everything anything best worst not")
_NOT_A_NOUN_AFTER = listed("for of to is was are were and or in that which as")


def hedges(words: Words) -> tuple[Hedge, ...]:
    """Every hedge of a sentence, from left to right."""
    return tuple(_hedges(words))


def _hedges(words: Words) -> Iterator[Hedge]:
    for found in _LIST.find(words):
        is_hedge = _CHECKS.get(words[found.first].low)
        if is_hedge is None or is_hedge(words, found.first):
            cue = words[found.first : found.last + 1]
            text = " ".join(word.text for word in cue)
            yield Hedge(span(words, found.first, found.last), text, found.value)


def _before(words: Words, index: int, most: int) -> list[str]:
    """Up to ``most`` words before ``index``, nearest first, none beyond a sign."""
    found: list[str] = []
    for k in range(index - 1, max(index - 1 - most, -1), -1):
        if words[k].is_sign:
            break
        found.append(words[k].low)
    return found


def _could(words: Words, i: int) -> bool:
    """Not what somebody was able to do or was not, nor a purpose, nor a request."""
    near, after = _before(words, i, 6), low_at(words, i + 1)
    if _NEGATIONS.intersection((*near[:3], after)) or after in _ABLE:
        return False
    if near[:1] in (["as"], ["only"]) or "that so" in " ".join(near):
        return False
    return i > 0 or after not in {"you", "we", "i"}


def _may(words: Words, i: int) -> bool:
    """Not the month, nor a wish."""
    before, after = low_at(words, i - 1), low_at(words, i + 1)
    if words[i].text != "May" or not after:
        return bool(after)
    dated = before in _MONTH or before[:1].isdigit() or after[:1].isdigit()
    return i > 0 and not dated and after[:1].isalpha() and after not in {"and", "or", "day"}


def _might(words: Words, i: int) -> bool:
    """Not strength, nor "might as well"."""
    before, after = low_at(words, i - 1), low_at(words, i + 1)
    if not after[:1].isalpha() or after in {"of", "is", "was", "and", "alone"}:
        return False
    if before in _ARTICLES and after in listed("in on at to for by from with that which"):
        return False
    return not (after == "as" and low_at(words, i + 2) == "well")


def _possible(words: Words, i: int) -> bool:
    """Not "as soon as possible", "made possible" or "not possible"."""
    near = _before(words, i, 4)
    made = {"make", "makes", "made", "making"}.intersection(near)
    return not (made or _LIMITS.intersection(near[:2]))


def _potential(words: Words, i: int) -> bool:
    """Said of something that may come about; not what somebody is capable of."""
    after = low_at(words, i + 1)
    return after[:1].isalpha() and after not in _NOT_A_NOUN_AFTER


def _appear(words: Words, i: int) -> bool:
    """Seems; not comes into sight."""
    return low_at(words, i + 1) in listed("to that as not likely unlikely")


def _scare(words: Words, i: int) -> bool:
    """A fright that the writer doubts; not the verb."""
    before, after = low_at(words, i - 1), low_at(words, i + 1)
    return before[:1].isalpha() and before not in listed("to not will they we you i") and (
        after not in listed("off away the them us him her people")
    )  # fmt: skip


def _suggest(words: Words, i: int) -> bool:
    """A sign or a voice for a thing; not a proposal to do it."""
    after = low_at(words, i + 1)
    return not after.endswith("ing") and after not in {"to", "by", "for"}


def _indicate(words: Words, i: int) -> bool:
    return low_at(words, i + 1) == "that"


def _supposed(words: Words, i: int) -> bool:
    """Said to be; not bound to."""
    return low_at(words, i + 1) != "to" or low_at(words, i + 2) in {"be", "have"}


def _noun(words: Words, i: int) -> bool:
    return low_at(words, i - 1) not in _NEGATIONS


Check = Callable[[Words, int], bool]
_CHECKS: dict[str, Check] = {
    "could": _could,
    "may": _may,
    "might": _might,
    "possible": _possible,
    "potential": _potential,
    "supposed": _supposed,
    **dict.fromkeys(("appear", "appears", "appeared", "appearing"), _appear),
    **dict.fromkeys(("suggest", "suggests", "suggested", "suggesting"), _suggest),
    **dict.fromkeys(("indicate", "indicates", "indicated", "indicating"), _indicate),
    **dict.fromkeys(("scare", "scares"), _scare),
    **dict.fromkeys(("possibility", "possibilities", "speculation"), _noun),
}
