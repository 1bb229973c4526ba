"""Verbs and nouns of saying, and nouns for those who say: the lists that attribution uses.

An attribution has a source, a cue and a content (Pareti 2016, PARC 3.0). Here are the
cues, each with how far it keeps its distance from the content, and the sources that
have no name of their own. A request ("urged", "proposed") tells an act: it is no cue.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from detente.sources.marks.hedges import HedgeStrength
from detente.sources.marks.wording import listed

Form = Literal["present", "past", "ing"]
Needs = Literal["anybody", "somebody", "voice", "that", "as"]


@dataclass(frozen=True, slots=True)
class Verb:
    """One form of a verb of saying.

    ``needs`` is what must stand beside it to be one: any subject; a subject that can
    speak or a clause; such a subject alone ("voice"); both ("that"); or such a subject
    and "as" ("sees it as"). ``strength`` is the distance it keeps, if any.
    """

    base: str
    form: Form
    needs: Needs
    strength: HedgeStrength | None = None


_ANYBODY = listed(
    "say tell announce deny insist assert declare complain boast testify vow contend claim allege "
    "warn accuse argue proclaim concede acknowledge remark caution lament reiterate retort quip "
    "insinuate"
)
_SOMEBODY = listed(
    "admit confirm reveal report explain disclose mention recount "
    "believe think doubt suspect expect fear predict forecast estimate reckon maintain pledge "
    "blame denounce swear speculate"
)
_VOICE = listed("threaten suggest hint imply describe portray depict promise express")
_AS = listed("see view regard characterise characterize brand call dub label")
_THAT = listed(
    "state stress emphasise emphasize note observe add write conclude find hold recall signal "
    "indicate inform assure charge guess assume agree"
)
_DISTANCE: dict[str, HedgeStrength] = {
    **dict.fromkeys(
        listed("claim allege warn accuse insinuate suspect doubt caution speculate"), "possible"
    ),
    **dict.fromkeys(
        listed(
            "suggest hint imply believe think expect fear predict forecast estimate reckon guess "
            "assume"
        ),
        "probable",
    ),
}
_IRREGULAR = {
    "say": "said", "tell": "told", "think": "thought", "hold": "held", "find": "found",
    "write": "wrote", "forecast": "forecast", "swear": "swore",
    "see": "saw", "admit": "admitted", "quip": "quipped", "recall": "recalled",
}  # fmt: skip
_DOUBLED = {"admit": "admitting", "quip": "quipping"}
_NOT_A_VERB = listed("states notes holds charges finds adds")


def _forms(base: str) -> Iterator[tuple[str, Form]]:
    yield base, "present"
    yield _third_person(base), "present"
    past = base + "d" if base.endswith("e") else _stem_y(base) + "ed"
    yield _IRREGULAR.get(base, past), "past"
    yield _DOUBLED.get(base, base.removesuffix("e") + "ing"), "ing"


def _third_person(base: str) -> str:
    if base.endswith(("s", "sh", "ch", "x")):
        return base + "es"
    return _stem_y(base) + ("es" if _stem_y(base) != base else "s")


def _stem_y(base: str) -> str:
    """``deny`` to ``deni``, as before -es and -ed."""
    return base[:-1] + "i" if base.endswith("y") and base[-2] not in "aeiou" else base


def _verbs() -> Iterator[tuple[str, Verb]]:
    classes: tuple[tuple[frozenset[str], Needs], ...] = (
        (_ANYBODY, "anybody"), (_SOMEBODY, "somebody"), (_VOICE, "voice"),
        (_THAT, "that"), (_AS, "as"),
    )  # fmt: skip
    for bases, needs in classes:
        for base in sorted(bases):
            for word, form in _forms(base):
                wants = "that" if word in _NOT_A_VERB else needs
                yield word, Verb(base, form, wants, _DISTANCE.get(base))


VERBS: dict[str, Verb] = dict(_verbs())
WITH_OUT: dict[str, Verb] = {
    word: Verb(base, form, "somebody") for base in ("point", "spell") for word, form in _forms(base)
}
ALSO_NOUNS = listed(
    "claim claims report reports hint hints promise promises doubt doubts estimate estimates "
    "forecast forecasts fear fears pledge pledges remark remarks lament vow vows blame warning "
    "caution boast mention charge guess view views brand brands state hold find note stress argument signal thought"
)
PHRASE_BEGINS = listed(
    "the a an this that these those its his her their our my it he she they there no any some all "
    "to of how why whether nothing only each both one two another responsibility"
)
INVERTED = listed("say add write explain argue note recall")  # ", said the warden", unquoted
GIVING = listed(
    "issue issues issued sound sounds sounded repeat repeats repeated give gives gave make makes "
    "made renew renews renewed release released publish published deliver delivered"
)
CLAUSE_BEGINS = listed("he she it they there the his her their its we")
PASSIVE = listed(
    "said believed thought reported alleged claimed rumoured rumored described portrayed depicted "
    "accused suspected announced confirmed argued estimated predicted forecast told understood"
)
PASSIVE_THEN = listed("to that as of by")

NOUNS: dict[str, HedgeStrength | None] = {
    **dict.fromkeys(
        listed("warning warnings claim claims allegation allegations accusation accusations"),
        "possible",
    ),
    **dict.fromkeys(
        listed(
            "assertion assertions denial denials announcement announcements admission insistence "
            "contention testimony complaint complaints declaration"
        )
    ),
    **dict.fromkeys(
        listed("prediction predictions belief forecast suspicion suspicions"), "probable"
    ),
}
NOUNS_AFTER_IN = listed("view opinion words account telling eyes")
NOUNS_BEFORE_THAT = listed(
    "version assessment statement report estimate threat promise pledge suggestion argument "
    "reading judgement judgment"
)

PRONOUNS = listed("he she they")
OWN = listed("i we")
OWN_POSSESSIVE = listed("my our")
THEIR_POSSESSIVE = listed("his her their its")
VAGUE = listed("some many others most several both critics everyone everybody somebody someone")
CANNOT_SPEAK = listed(
    "evidence context data signs sign history experience results result numbers figures facts "
    "fact logic drought winter weather crisis war conflict situation move step moves steps this "
    "that it which what nothing something everything silence there shortage flood floods storm "
    "tension tensions pattern trend trends timing order matter matters price prices"
)

_SORTS: dict[str, str] = {
    "service": "intelligence service services agency agencies spies spy secret counterintelligence",
    "state": "government governments ministry kingdom republic state states authorities capital "
    "palace cabinet administration regime emirate duchy dynasty crown treasury presidency",
    "media": "newspaper newspapers paper papers press media broadcaster report reports study "
    "studies survey surveys article articles dispatch poll polls document documents letter "
    "letters statement communique magazine column editorial outlet outlets website book paper "
    "researchers reporters journalists reporter journalist blog headline headlines",
    "official": "official officials minister ministers premier chancellor president presidents "
    "king queen duke prince princess emperor sultan emir governor governors mayor mayors senator "
    "senators deputy deputies secretary ambassador ambassadors envoy envoys negotiator "
    "negotiators mediator mediators diplomat diplomats general generals admiral commander "
    "commanders officer officers army navy guard police spokesman spokesmen spokeswoman "
    "spokesperson spokespeople spokespersons aide aides adviser advisers advisor advisors "
    "delegation delegations delegate delegates parliament council commission committee court "
    "judge judges party parties opposition alliance union coalition bloc side sides embassy "
    "office headquarters leader leaders chief chairman head director coordinator inspector "
    "inspectors prosecutor prosecutors lawyer lawyers sources source insiders expert experts "
    "analyst analysts observer observers critic critics witness witnesses resident residents "
    "people person man men woman women villagers scholar scholars historian historians economist "
    "economists company companies bank firm operator union unions bishop abbot priest farmers "
    "fishers traders merchants sailors pilots captain captains warden wardens master author "
    "authors writer writers reader readers commentator commentators pundit pundits hawks doves "
    "neighbour neighbours ally allies rivals enemies friends everyone others",
}
SPEAKER_NOUNS: dict[str, str] = {
    noun: sort for sort, nouns in _SORTS.items() for noun in nouns.split()
}
