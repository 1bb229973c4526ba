"""Whose word the numbers are, flat and in words, ready for the template."""

from __future__ import annotations

from dataclasses import dataclass

from detente.analysis.answer import Run
from detente.analysis.bases import BASIS_WORDS, SILENT
from detente.analysis.support import Rest
from detente.figures.naming import Names, tidy
from detente.figures.support import moving
from detente.figures.theme import BASIS_MARKS
from detente.report.attributing import attributed
from detente.report.page import Picture, keyed, picture
from detente.situation.schema import Situation
from detente.sources.claims import Claim, Claims

SHOWN_RESTS = 25  # addresses in the table of a reading


@dataclass(frozen=True, slots=True)
class RestView:
    """One address and whose word it is."""

    what: str
    address: str
    value: str
    origin: str
    letter: str
    basis: str
    claims: tuple[str, ...]
    moves: str


@dataclass(frozen=True, slots=True)
class SupportView:
    """What one reading rests on, in its last round."""

    key: str
    title: str
    picture: Picture | None
    rests: tuple[RestView, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class ClaimView:
    """One claim with who says it, how surely, and where."""

    key: str
    says: str
    chain: str
    letter: str
    basis: str
    kind: str
    hedge: str
    strength: str
    grade: str
    grade_words: str
    places: str
    note: str
    only_in: tuple[str, ...]


def supports(run: Run) -> tuple[SupportView, ...]:
    """What each reading rests on, in the last round."""
    names = Names(run.situation)
    found: list[SupportView] = []
    for key, reading in keyed(run):
        answer = [a for a in run.answers if a.reading == reading][-1]
        found.append(
            SupportView(
                f"support-{key}",
                names.scenario(answer.round, reading),
                picture(moving(run, answer, f"support-{key}-figure")),
                tuple(_rest(names, rest) for rest in answer.rests[:SHOWN_RESTS]),
                max(len(answer.rests) - SHOWN_RESTS, 0),
            )
        )
    return tuple(found)


def _rest(names: Names, rest: Rest) -> RestView:
    return RestView(
        names.address(rest.address),
        rest.address,
        rest.value,
        origin_words(names, rest.origin),
        BASIS_MARKS[rest.basis].letter,
        BASIS_WORDS[rest.basis],
        rest.claims,
        "certain" if rest.moves is None else f"{rest.moves:.1%}",
    )


def origin_words(names: Names, origin: str) -> str:
    """Where a value comes from: the file, a default, a round, a reading, the command line."""
    head, _, rest = origin.partition(" ")
    match head:
        case "stated":
            return "the file"
        case "default":
            return "default"
        case "round":
            return f"the round {names.round(rest)}"
        case "reading":
            name, _, why = rest.partition(",")
            return f"the reading {names.reading(name)}{',' if why else ''}{why}"
        case _:
            return "the command line"


def defaults(run: Run) -> tuple[tuple[str, str, str], ...]:
    """Every default that can matter in some scenario: what, address, value."""
    names = Names(run.situation)
    found = {r.address: r for a in run.answers for r in a.rests if r.basis == SILENT}
    return tuple((names.address(a), a, found[a].value) for a in sorted(found))


def claim_views(run: Run) -> tuple[ClaimView, ...]:
    """Every claim, in file order."""
    return claim_texts(run.situation, run.claims)


def claim_texts(situation: Situation, claims: Claims | None) -> tuple[ClaimView, ...]:
    """Every claim of a situation, in file order."""
    if claims is None:
        return ()
    names = Names(situation)
    own = {
        claim: [names.reading(n) for n, r in situation.readings.items() if claim in r.claims]
        for claim in claims.claims
    }
    return tuple(
        _claim(claims, key, claim, tuple(own[key])) for key, claim in claims.claims.items()
    )


def _claim(claims: Claims, key: str, claim: Claim, only_in: tuple[str, ...]) -> ClaimView:
    told = attributed(claims, key)
    return ClaimView(
        key,
        told.says,
        told.chain,
        told.letter,
        told.basis,
        claim.kind,
        tidy(claim.hedge),
        claim.strength,
        told.grade,
        told.grade_words,
        _places(claims, claim),
        tidy(claim.note),
        only_in,
    )


def _places(claims: Claims, claim: Claim) -> str:
    if claim.source is None:
        return ""
    title = tidy(claims.sources[claim.source].title)
    at = ", ".join(f"paragraph {p.paragraph} sentence {p.sentence}" for p in claim.at)
    return f"{title}: {at}" if at else title
