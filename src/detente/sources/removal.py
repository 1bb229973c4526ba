"""What can be taken away from an account: a source, a speaker, a claim, a grade.

A removal names the claims it takes. At an address it leaves the rest standing; an
address falls when nothing that spoke for it is left.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from detente.addresses import suggestion
from detente.errors import UsageError
from detente.sources.claims import Claim, Claims

Sort = Literal["source", "speaker", "channel", "group", "grade", "unjudged", "claim", "several"]
FLOORS = ("A1", "B2", "C3", "D4")  # in practice both axes get the same rank
UNJUDGED = "F6"


@dataclass(frozen=True, slots=True)
class Removal:
    """Claims taken away together.

    Attributes:
        sort: what is taken: a text, a speaker's own word, all that comes through a
            speaker, the word of every speaker of a sort, what is graded below a floor,
            what cannot be judged, or one claim.
        name: which one.
        claims: ids of the claims that go.
        repeats: whether what the same origin says by another way goes with a claim
            where both speak for one address: repeated reports of one origin are one.
        parts: the removals it consists of, if several.
    """

    sort: Sort
    name: str
    claims: frozenset[str]
    repeats: bool = False
    parts: tuple[Removal, ...] = ()

    def leaves(self, claims: Claims, names: Iterable[str]) -> tuple[str, ...]:
        """Which of the claims on one address are left."""
        names = tuple(names)
        if self.parts:
            kept = [set(part.leaves(claims, names)) for part in self.parts]
            return tuple(name for name in names if all(name in left for left in kept))
        taken = [name for name in names if name in self.claims]
        return tuple(
            name
            for name in names
            if name not in self.claims
            and not (self.repeats and any(is_repeat(claims, name, one) for one in taken))
        )


def is_repeat(claims: Claims, one: str, other: str) -> bool:
    """Whether two claims are one origin's word, passed on in two ways."""
    a, b = claims.claims[one], claims.claims[other]
    return a.origin == b.origin and way(a) != way(b)


def way(claim: Claim) -> tuple[str | None, tuple[str, ...]]:
    """How a claim reaches us: the text it stands in and who passes it on."""
    return claim.source, claim.speakers


def together(parts: Iterable[Removal]) -> Removal:
    """Several removals as one; what is left does not depend on their order."""
    listed = tuple(sorted(parts, key=lambda one: (one.sort, one.name)))
    if len(listed) == 1:
        return listed[0]
    return Removal(
        "several",
        " + ".join(f"{one.sort}:{one.name}" for one in listed),
        frozenset[str]().union(*(one.claims for one in listed)),
        parts=listed,
    )


def removals(claims: Claims) -> tuple[Removal, ...]:
    """Every removal of this account that takes any claim, each sort in file order."""
    found = [
        *(source(claims, name) for name in claims.sources),
        *_by_speaker(claims),
        *_by_group(claims),
        *_by_grade(claims),
        *(single(name) for name in claims.claims),
    ]
    return tuple(one for one in found if one.claims)


def source(claims: Claims, name: str) -> Removal:
    """A text and everything that stands in it."""
    return Removal("source", name, _those(claims, lambda c: c.source == name))


def speaker(claims: Claims, name: str) -> Removal:
    """A speaker's own word, whoever passes it on."""
    return Removal("speaker", name, _those(claims, lambda c: c.origin == name))


def channel(claims: Claims, name: str) -> Removal:
    """Everything that reaches us through a speaker, its own word included."""
    return Removal("channel", name, _those(claims, lambda c: name in c.speakers))


def group(claims: Claims, sort: str) -> Removal:
    """The word of every speaker of one sort, such as all intelligence services."""
    return Removal("group", sort, _those(claims, lambda c: claims.speakers[c.origin].sort == sort))


def below(claims: Claims, floor: str) -> Removal:
    """What is judged to be worse than ``floor`` on either axis.

    F and 6 are missing values, neither above a floor nor below it: an axis that cannot
    be judged takes nothing away and saves nothing.
    """

    def worse(claim: Claim) -> bool:
        letter, digit = claim.reliability, claim.credibility
        return (letter is not None and letter > floor[0]) or (
            digit is not None and digit > int(floor[1])
        )

    return Removal("grade", floor, _those(claims, worse))


def unjudged(claims: Claims) -> Removal:
    """What has an F or a 6 in its grade: nobody can say how far it is to be believed."""
    return Removal(
        "unjudged",
        UNJUDGED,
        _those(claims, lambda c: c.reliability is None or c.credibility is None),
    )


def single(name: str) -> Removal:
    """One claim, with the repeats of the same origin's word where they carry the same."""
    return Removal("claim", name, frozenset({name}), repeats=True)


def asked(claims: Claims, text: str) -> Removal:
    """A removal as a user names it, such as ``source:paper``, ``speaker:fisher``, ``grade:C3``.

    Raises UsageError for one that this account does not have.
    """
    every = [
        *removals(claims),
        *(channel(claims, name) for name in claims.speakers),
        *(below(claims, floor) for floor in _every_floor()),
    ]
    known = {f"{one.sort}:{one.name}": one for one in every}
    text = text.strip()
    if text not in known:
        raise UsageError(
            f"{text}: nothing of that name can be taken away; source:NAME, speaker:NAME, "
            "channel:NAME, group:SORT, claim:NAME, grade:C3 and unjudged:F6 are allowed; "
            f"{suggestion(text, known)}"
        )
    return known[text]


def _every_floor() -> list[str]:
    return [letter + digit for letter in "ABCDE" for digit in "12345"]


def _those(claims: Claims, goes: Callable[[Claim], bool]) -> frozenset[str]:
    return frozenset(name for name, claim in claims.claims.items() if goes(claim))


def _by_speaker(claims: Claims) -> list[Removal]:
    """Each speaker's own word, and all that comes through it where that is more."""
    found: list[Removal] = []
    for name in claims.speakers:
        own, through = speaker(claims, name), channel(claims, name)
        found += [own] if own.claims == through.claims else [own, through]
    return found


def _by_group(claims: Claims) -> list[Removal]:
    """Sorts with several speakers, and services always: theirs is the word most asked about."""
    sorts = [body.sort for body in claims.speakers.values()]
    kept = dict.fromkeys(s for s in sorts if s == "service" or sorts.count(s) > 1)
    return [group(claims, sort) for sort in kept]


def _by_grade(claims: Claims) -> list[Removal]:
    """Floors that differ in what they take, the strictest first, then what is unjudged."""
    found: list[Removal] = []
    for floor in FLOORS:
        one = below(claims, floor)
        if one.claims and (not found or found[-1].claims != one.claims):
            found.append(one)
    return [*found, unjudged(claims)]


def independent(claims: Claims, names: Collection[str]) -> int:
    """How many origins speak among ``names``: a word passed on twice counts once."""
    return len({claims.claims[name].origin for name in names})
