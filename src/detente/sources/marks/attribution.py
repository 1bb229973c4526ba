"""Who is made to say it: cues of saying in a sentence, each with its speaker if it has one.

Verbs with the subject before or behind them, passives, "according to", and nouns with
a possessor ("the warden's warning"). Rules over words, after the source, cue and
content of Pareti (2016); the content is the rest of the sentence and is not marked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from detente.sources.marks import subjects
from detente.sources.marks.hedges import HedgeStrength
from detente.sources.marks.saying import (
    ALSO_NOUNS,
    CLAUSE_BEGINS,
    GIVING,
    INVERTED,
    NOUNS,
    NOUNS_AFTER_IN,
    NOUNS_BEFORE_THAT,
    OWN_POSSESSIVE,
    PASSIVE,
    PASSIVE_THEN,
    PHRASE_BEGINS,
    THEIR_POSSESSIVE,
    VERBS,
    WITH_OUT,
    Verb,
)
from detente.sources.marks.subjects import Named, Subject
from detente.sources.marks.wording import (
    QUOTES,
    Cue,
    PhraseList,
    Span,
    Words,
    low_at,
    phrases,
    span,
)


@dataclass(frozen=True, slots=True)
class Attribution:
    """A cue of saying and whose word it makes the sentence.

    ``base`` names the cue ("warn", "according to"). ``speaker`` is None where the
    sentence names none, ``actor`` where the speaker is no known actor. ``own`` is
    whoever writes speaking of himself. ``strength`` is the distance the cue keeps.
    """

    at: Span
    text: str
    base: str
    speaker: Span | None = None
    speaker_text: str | None = None
    actor: str | None = None
    own: bool = False
    strength: HedgeStrength | None = None


_NOUNS = frozenset({*NOUNS, *NOUNS_AFTER_IN, *NOUNS_BEFORE_THAT})
_CUES = frozenset({*VERBS, *WITH_OUT, "quoted"})
Phrase = Literal["leading", "nameless", "put it"]
_PHRASES = PhraseList[Phrase](
    (
        phrases(
            "according to | in the words of | in the view of | in the opinion of | in the eyes of | "
            "in the account of | citing | quoting | as told by"
        ),
        "leading",
    ),
    (phrases("rumour has it | rumor has it | word has it | legend has it"), "nameless"),
    (phrases("put it | puts it | sees it | saw it | tells it | told it"), "put it"),
)


def attributions(
    words: Words, sentence: str, names: Sequence[Named] = ()
) -> tuple[Attribution, ...]:
    """Every cue of saying, from left to right; ``names`` are the actors in the sentence."""
    found = [*_led(words, names), *_verbs(words, names), *_nouns(words, names)]
    taken: list[Attribution] = []
    for one in sorted(found, key=lambda cue: (cue.at.start, -cue.at.end)):
        if not taken or one.at.start >= taken[-1].at.end:
            taken.append(_worded(one, sentence))
    return tuple(taken)


def _worded(one: Attribution, sentence: str) -> Attribution:
    speaker = sentence[one.speaker.start : one.speaker.end] if one.speaker else None
    return Attribution(
        one.at, sentence[one.at.start : one.at.end], one.base, one.speaker, speaker, one.actor,
        one.own, one.strength,
    )  # fmt: skip


def _cue(
    at: Span, base: str, who: Subject | None, strength: HedgeStrength | None = None
) -> Attribution:
    if who is None:
        return Attribution(at, "", base, strength=strength)
    return Attribution(at, "", base, who.at, None, who.actor, who.own, strength)


def _led(words: Words, names: Sequence[Named]) -> Iterator[Attribution]:
    """Phrases that name the speaker after them, or nobody; and "as X put it"."""
    for found in _PHRASES.find(words):
        cue = Cue(words, found.first, found.last)
        match found.value:
            case "leading":
                who = subjects.after(words, found.last + 1, names)
                cites = words[found.first].low in {"citing", "quoting"}
                if who is not None and (who.can_speak or not cites):
                    yield _cue(cue.at, cue.text.lower(), who)
            case "nameless":
                yield _cue(cue.at, "rumour", None, "possible")
            case "put it":
                who, _ = subjects.before_verb(words, found.first, names)
                if who is not None and any(word.low == "as" for word in words[: found.first]):
                    yield _cue(cue.at, "put it", who)


def _verbs(words: Words, names: Sequence[Named]) -> Iterator[Attribution]:
    for index in [at for at, word in enumerate(words) if word.low in _CUES]:
        word = words[index]
        if any(name.start <= word.start < name.end for name in names):  # the United States
            continue
        last, verb = index, VERBS.get(word.low)
        if low_at(words, index + 1) == "out" and word.low in WITH_OUT:
            last, verb = index + 1, WITH_OUT[word.low]
        if verb is not None:
            found = _verb(words, (index, last), verb, names)
            if found is not None:
                yield found
        elif low_at(words, index + 1) == "as":
            who, _ = subjects.before_verb(words, index, names)
            yield _cue(span(words, index, index), "quote", who)


def _verb(
    words: Words, cue: tuple[int, int], verb: Verb, names: Sequence[Named]
) -> Attribution | None:
    """The cue at these words, if it is one: active, inverted, passive or an adjunct."""
    index, last = cue
    who, be = subjects.before_verb(words, index, names, gerund=verb.form == "ing")
    if verb.form == "past" and (be or _reduced(words, index)):
        return _passive(words, index, verb, names)
    if who is None:
        who = _inverted(words, index, verb, names)
    elif not _is_verb(words, index, verb, who, be=be):
        who = None
    if who is None and verb.form == "ing":
        who = _adjunct(words, index, verb, names)
    return _cue(span(words, index, last), verb.base, who, verb.strength) if who else None


def _adjunct(words: Words, index: int, verb: Verb, names: Sequence[Named]) -> Subject | None:
    """``Nordia left the talks, warning that …``: whoever the sentence begins with says it."""
    after, before = low_at(words, index + 1), low_at(words, index - 1)
    clause = _that_follows(words, index) or (verb.needs == "anybody" and after in CLAUSE_BEGINS)
    quotes = after in QUOTES or low_at(words, index + 2) in QUOTES
    noun = words[index].low in ALSO_NOUNS and before != ","
    if verb.needs not in {"anybody", "that"} or noun or before in subjects.NO_SUBJECT:
        return None
    if not (clause or (after and quotes)):
        return None
    who = subjects.opening(words, index, names)
    return who if who is not None and who.can_speak else None


def _is_verb(words: Words, index: int, verb: Verb, who: Subject, *, be: bool) -> bool:
    """Whether the form is a verb here and its subject one that can be meant."""
    clause = _that_follows(words, index)
    if verb.form == "ing" and not be and not (who.actor or (who.can_speak and clause)):
        return False
    if words[index].low in ALSO_NOUNS and not _reads_as_verb(words, index, who):
        return False
    if _asks(verb, low_at(words, index + 1)):
        return False
    if who.at is not None and words[index - 1].possessive:
        return False
    match verb.needs:
        case "anybody":
            return True
        case "somebody":
            return who.can_speak or clause
        case "voice":
            return who.can_speak
        case "that":
            return who.can_speak and (clause or _aside(words, index) or _quotes(words, index))
        case "as":
            return who.can_speak and (_as_follows(words, index) or _quote_follows(words, index))


def _asks(verb: Verb, after: str) -> bool:
    """``suggested moving it``, ``insisted on a toll``: a request, no saying."""
    return (verb.base == "suggest" and after.endswith("ing")) or (
        verb.base == "insist" and after == "on"
    )


def _reads_as_verb(words: Words, index: int, who: Subject) -> bool:
    """``Nordia claims the islet``, not ``insurance claims rose``."""
    following = words[index + 1] if index + 1 < len(words) else None
    begins = following is not None and (following.low in PHRASE_BEGINS or following.capital)
    return who.can_speak and (begins or words[index].low.endswith(("ed", "ing")))


def _that_follows(words: Words, index: int) -> bool:
    """A clause begins within four words: "told reporters on Friday that"."""
    near = [word.text.lower() for word in words[index + 1 : index + 6]]
    return "that" in near or near[:1] in ([":"], ["how"], ["why"], ["whether"])


def _aside(words: Words, index: int) -> bool:
    """``, the warden added,`` or the end of a sentence after a comma."""
    after = low_at(words, index + 1)
    return after in {",", "", ".", "”", '"'} and any(w.text == "," for w in words[:index])


def _quotes(words: Words, index: int) -> bool:
    """``“It leaks,” she wrote``, ``she wrote “it leaks”``."""
    return bool({words[0].text, words[min(index + 1, len(words) - 1)].text} & set(QUOTES))


def _quote_follows(words: Words, index: int) -> bool:
    """``called the toll “theft”``."""
    return any(word.text in QUOTES for word in words[index + 1 : index + 5])


def _as_follows(words: Words, index: int) -> bool:
    """``sees the toll as a threat``; not "as well as" or "such as"."""
    for near in range(index + 2, min(index + 10, len(words))):
        if words[near].is_sign:
            return False
        if words[near].low == "as":
            return low_at(words, near + 1) not in {"well", "soon", "much", "if", "long"} and (
                low_at(words, near - 1) not in {"such", "well", "far"}
            )
    return False


def _reduced(words: Words, index: int) -> bool:
    """``boats said to carry``: a passive without its "was"."""
    return (
        words[index].low in PASSIVE
        and low_at(words, index + 1) == "to"
        and low_at(words, index + 2) in {"be", "have", "carry", "hold"}
    )


def _passive(words: Words, index: int, verb: Verb, names: Sequence[Named]) -> Attribution | None:
    """``is said to``, ``was described by X as``: somebody's word, named only after "by"."""
    if words[index].low not in PASSIVE:
        return None
    following = [word.low for word in words[index + 1 : index + 3]]
    if not PASSIVE_THEN.intersection(following[:1]) or verb.base == "tell":
        return None
    at = span(words, index, index)
    by = _by(words, index + 1)
    who = subjects.after(words, by + 1, names) if by is not None else None
    return _cue(at, verb.base, who, verb.strength)


def _by(words: Words, first: int) -> int | None:
    """Where "by" stands among the next eight words, no sign between."""
    for index in range(first, min(first + 8, len(words))):
        if words[index].is_sign:
            return None
        if words[index].low == "by":
            return index
    return None


def _inverted(words: Words, index: int, verb: Verb, names: Sequence[Named]) -> Subject | None:
    """``“…”, said the warden``: the subject stands after the verb."""
    before = words[index - 1].text if index else ""
    if verb.form == "ing" or not (before == "," or before in QUOTES):
        return None
    quoted = any(word.text in QUOTES for word in words[:index])
    who = subjects.after(words, index + 1, names)
    if quoted or (who is not None and who.can_speak and verb.base in INVERTED):
        return who
    return None


def _nouns(words: Words, names: Sequence[Named]) -> Iterator[Attribution]:
    for index in [at for at, word in enumerate(words) if word.low in _NOUNS]:
        word = words[index]
        strong = word.low in NOUNS
        who = _owner(words, index, names)
        if who is not None and who.can_speak and (strong or _introduced(words, index)):
            yield _cue(span(words, index, index), word.low, who, NOUNS.get(word.low))


def _owner(words: Words, index: int, names: Sequence[Named]) -> Subject | None:
    """Whose noun it is: a possessive before it, or a name after "by" or "from"."""
    for before in (index - 1, index - 2):
        low = low_at(words, before)
        if low in OWN_POSSESSIVE:
            return Subject(span(words, before, before), own=True, can_speak=True)
        if low in THEIR_POSSESSIVE:
            return Subject(span(words, before, before), can_speak=True)
    who = subjects.possessor(words, index, names) or _giver(words, index, names)
    if who is None and low_at(words, index + 1) in {"by", "from"}:
        who = subjects.after(words, index + 2, names)
    return who


def _giver(words: Words, index: int, names: Sequence[Named]) -> Subject | None:
    """``Nordia issued a stern warning``: whoever gives it."""
    for verb in range(index - 2, max(index - 5, 0), -1):
        if words[verb].low in GIVING and low_at(words, verb + 1) in {"a", "an", "the", "another"}:
            return subjects.before_verb(words, verb, names)[0]
    return None


def _introduced(words: Words, index: int) -> bool:
    """``in the warden's view``, ``its promise to``: a noun of saying and no thing."""
    follows = low_at(words, index + 1)
    if words[index].low in NOUNS_AFTER_IN:
        near = {low_at(words, k) for k in range(max(index - 5, 0), index)}
        return bool(near & {"in", "by"}) or follows == "that"
    return follows in {"that", "to"}
