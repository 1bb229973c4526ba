"""What a sentence says of the time to come: forecasts, and the conditions things hang on.

A forecast is a cue of the future ("will", "set to"); whether it is hedged is another
matter. A condition is a cue that one thing hangs on another ("if", "so long as",
"upon signing"): in a situation file these become links. Nouns of the same spelling
("the will", "once a year", "in exchange") are told apart by their neighbours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from detente.sources.marks.wording import Cue, PhraseList, Span, Words, listed, low_at, phrases

OutlookKind = Literal["forecast", "condition"]


@dataclass(frozen=True, slots=True)
class Outlook:
    """A cue as written, where it stands, and which of the two it is."""

    at: Span
    text: str
    kind: OutlookKind


_FORECASTS = phrases("""
will | won't | will not | shall | shan't | 'll | would | wouldn't | going to | gonna | set to
about to | due to | expected to | likely to | unlikely to | poised to | bound to | destined to
sure to | certain to | on track to | on course to | scheduled to | slated to | doomed to
on the verge of | on the brink of | in the offing | in the pipeline | sooner or later
before long | in the near future | in the coming | in due course | it is only a matter of time
""")
_CONDITIONS = phrases("""
if | only if | even if | unless | in case | in the event that | in the event of | provided that
providing that | provided | so long as | as long as | on condition that | on the condition that
until | till | once | upon | for that to happen | for this to happen | for that to work
either | depends on | depend on | depended on | depending on | dependent on | hinges on | hinge on
hinging on | contingent on | contingent upon | conditional on | conditional upon | predicated on
as soon as | without | otherwise | or else | assuming | supposing | failing that | barring
in exchange for | in return for | in which case | precondition | preconditions | prerequisite
only when | only once | only after | not before | not until
""")
_LIST = PhraseList[OutlookKind]((_FORECASTS, "forecast"), (_CONDITIONS, "condition"))

_OWNERS = listed("the a an its his her their our my your no any such")
_DETERMINERS = _OWNERS | listed("this that these those")
_PRONOUNS = listed("i you he she it we they there who both all each one")
_WILL_NOUN = listed(
    "political free good ill last divine popular national sheer at against strong of"
)
_ASKING = listed(
    "ask asks asked asking wonder wonders wondered see know knew knows doubt as what tell say sure "
    "check whether"
)
_NOT_A_CLAUSE = listed("a an again more in at upon every per and each or but")
_NEGATIVE = listed("no not never none nothing nobody neither cannot impossible no-one")
_DAYS_AND_TIMES = listed(
    "now then recently today yesterday tomorrow late early last january february march april may "
    "june july august september october november december monday tuesday wednesday thursday "
    "friday saturday sunday noon midnight"
)
_OPENERS = frozenset({"", ",", ";", "(", "\u2013", "\u2014", "and", "but", "or", "that"})


def outlooks(words: Words) -> tuple[Outlook, ...]:
    """Every cue of a forecast or a condition, from left to right."""
    return tuple(
        sorted([*_listed(words), *_inverted(words), *_contracted(words)], key=lambda o: o.at)
    )


def _listed(words: Words) -> Iterator[Outlook]:
    for found in _LIST.find(words):
        cue = Cue(words, found.first, found.last)
        fits = _CHECKS.get(words[found.first].low)
        if fits is None or fits(cue):
            yield Outlook(cue.at, cue.text, found.value)


def _contracted(words: Words) -> Iterator[Outlook]:
    """``they'll``; "they'd" is left out, being as often "had"."""
    for index, word in enumerate(words):
        if word.low.endswith("'ll"):
            cue = Cue(words, index, index)
            yield Outlook(cue.at, cue.text, "forecast")


def _inverted(words: Words) -> Iterator[Outlook]:
    """``Should the talks fail, ...``; ``were they to fail``. Not a question."""
    if words and words[-1].text == "?":
        return
    for index in (0, *(i + 1 for i, word in enumerate(words) if word.text in ",;")):
        cue = Cue(words, index, index)
        subject = cue.after in _DETERMINERS | _PRONOUNS or cue.capital_after
        later = [word.low for word in words[index + 2 : index + 7]]
        low = low_at(words, index)
        if subject and (low == "should" or (low == "were" and "to" in later)):
            yield Outlook(cue.at, cue.text, "condition")


def _will(cue: Cue) -> bool:
    """Not the noun, nor a man of that name."""
    written = cue.words[cue.first].text
    named = written == "Will" and cue.first > 0 and not cue.words[cue.first - 1].capital
    noun = cue.before in _WILL_NOUN | _OWNERS or (
        cue.before.endswith("'s") and not cue.after[:1].isalpha()
    )
    return not (named or noun or cue.after in {"", "of", ",", ".", ";"})


def _would(cue: Cue) -> bool:
    """Of what is to come; not of what would have been, nor of wishing."""
    after_next = low_at(cue.words, cue.last + 2)
    return cue.after not in {"have", "like", "rather"} and after_next != "have"


def _going(cue: Cue) -> bool:
    """Going to do; not going to a place."""
    return cue.after[:1].isalpha() and not cue.capital_after and cue.after not in _DETERMINERS


def _set(cue: Cue) -> bool:
    """Is set to; not set to work."""
    return cue.after not in _DETERMINERS | {"work", "music"}


def _due(cue: Cue) -> bool:
    """Due to arrive; not because of."""
    be = {low_at(cue.words, k) for k in range(max(cue.first - 3, 0), cue.first)}
    return (
        bool(be & {"is", "are", "was", "were"})
        and _going(cue)
        and not cue.after.endswith(("ing", "s"))
    )


def _if(cue: Cue) -> bool:
    """On condition; not whether, not "as if"."""
    return cue.before not in _ASKING


def _provided(cue: Cue) -> bool:
    """On condition that; not supplied."""
    opens = cue.before in {",", ""} and cue.after in _DETERMINERS | _PRONOUNS
    return cue.last > cue.first or opens


def _once(cue: Cue) -> bool:
    """As soon as; not one time, formerly or at once."""
    if cue.last > cue.first:
        return True
    if not cue.after[:1].isalpha() or cue.after in _NOT_A_CLAUSE or cue.before in {"at", "than"}:
        return False
    return cue.after in _DETERMINERS | _PRONOUNS or cue.capital_after or cue.before in _OPENERS


def _upon(cue: Cue) -> bool:
    """When that is done: "upon signing"; not upon somebody."""
    return cue.after.endswith("ing") and len(cue.after) > 4


def _without(cue: Cue) -> bool:
    """Without one thing not another: a negation stands in the same sentence."""
    others = [word.low for k, word in enumerate(cue.words) if k != cue.first]
    return any(low in _NEGATIVE or low.endswith("n't") for low in others)


def _either(cue: Cue) -> bool:
    """One of two: an "or" follows."""
    return "or" in [word.low for word in cue.words[cue.last + 1 :]]


def _until(cue: Cue) -> bool:
    """Until something happens; not until a day."""
    return not cue.after[:1].isdigit() and cue.after not in _DAYS_AND_TIMES


def _as_long(cue: Cue) -> bool:
    """So long as; "as soon as possible" is none."""
    return cue.after not in {"possible", "a", "an"}


def _otherwise(cue: Cue) -> bool:
    """If not; not "said otherwise"."""
    return cue.before in _OPENERS


def _assuming(cue: Cue) -> bool:
    """Taking it that; not assuming office."""
    return cue.after in _DETERMINERS | _PRONOUNS


_CHECKS: dict[str, Callable[[Cue], bool]] = {
    "will": _will, "would": _would, "wouldn't": _would, "going": _going, "set": _set, "due": _due,
    "if": _if, "provided": _provided, "once": _once, "upon": _upon, "without": _without,
    "either": _either, "until": _until, "till": _until, "so": _as_long, "as": _as_long,
    "otherwise": _otherwise, "assuming": _assuming, "supposing": _assuming,
}  # fmt: skip
