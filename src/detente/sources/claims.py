"""What is claimed, by whom, where, and which addresses rest on it. Data only."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal, cast

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag

from detente.addresses import is_address
from detente.checking import Id, Label, Model, Text, refuse

FORMAT = "claims/1"
SpeakerSort = Literal[
    "author", "commenter", "analyst", "service", "official", "state", "media", "record"
]
ClaimKind = Literal["fact", "allegation", "motive", "forecast", "value judgement", "assumption"]
Strength = Literal["certain", "probable", "possible", "unknown"]

_LETTERS, _DIGITS = "ABCDEF", "123456"


def _grade(text: str) -> str:
    if len(text) != 2 or text[0] not in _LETTERS or text[1] not in _DIGITS:
        raise refuse(
            f"found the grade {text!r}",
            "an Admiralty grade: a letter A to F for the source, a digit 1 to 6 for what it says",
            "write it as C3; F and 6 mean that it cannot be judged",
        )
    return text


def _hexadecimal(length: int) -> AfterValidator:
    def check(text: str) -> str:
        if len(text) != length or not set(text) <= set("0123456789abcdef"):
            raise refuse(
                f"found {text!r}",
                f"{length} hexadecimal digits",
                "copy it, in quotes, from: detente case coverage CASE --source FILE --digests",
            )
        return text

    return AfterValidator(check)


def _prefix(text: str) -> str:
    if not is_address(text):
        raise refuse(
            f"found {text!r}",
            "an address or the beginning of one, such as pressures.trade",
            "write names joined by dots",
        )
    return text


Digest = Annotated[str, _hexadecimal(16)]
Sha256 = Annotated[str, _hexadecimal(64)]
Grade = Annotated[str, AfterValidator(_grade)]
Support = Annotated[str, AfterValidator(_prefix)]
_Number = Annotated[int, Field(ge=1, le=100_000)]


class Source(Model):
    """A text that claims point into, or a record they cite.

    A source with ``sha256`` (of the whole normalised text) can be checked against
    a reader's own copy; one without is cited only.
    """

    title: Label
    author: Label = Field(description="by office or role")
    kind: Label
    published: date | None = None
    sha256: Sha256 | None = None
    normalisation: Literal["nfc-space/1"] = "nfc-space/1"
    note: Text = ""


class Speaker(Model):
    """Somebody who says something, or is said to."""

    name: Label
    sort: SpeakerSort
    note: Text = ""


class Quote(Model):
    """The words themselves and what stands around them (W3C text quote selector).

    ``of`` is how often ``exact`` stood in the text when it was taken down: where a quote
    was repeated, its surroundings must agree before it counts as found again.
    """

    exact: Annotated[str, Field(min_length=1, max_length=4000)]
    prefix: Annotated[str, Field(max_length=200)] = ""
    suffix: Annotated[str, Field(max_length=200)] = ""
    of: _Number = 1


class Position(Model):
    """Code points of the normalised text, from 0, the end left out (W3C text position)."""

    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]


class Locator(Model):
    """A sentence of a source: paragraph and sentence from 1, and its digest.

    The rest serves to find it again in a text that has changed. ``sketch`` is a
    fingerprint that alike sentences nearly share, and ``near`` the digests of the
    sentences before and after: neither can be turned back into words. ``quote`` and
    ``position`` hold the words, for claims files that are not published.
    """

    paragraph: _Number
    sentence: _Number
    digest: Digest
    sketch: Digest | None = None
    near: Digest | None = None
    quote: Quote | None = None
    position: Position | None = None


class Claim(Model):
    """One thing said, in the analyst's own words.

    ``speakers`` is the chain, outermost first: who says it, who they say said it.
    The last is its origin. ``grade`` is Admiralty; F or 6 is missing, no middle value.
    """

    accepted: Literal[True] = True
    source: Id | None = None
    at: Annotated[tuple[Locator, ...], Field(max_length=50)] = ()
    says: Annotated[str, Field(min_length=1, max_length=1000)]
    speakers: Annotated[
        tuple[Id, ...],
        BeforeValidator(lambda raw: (raw,) if isinstance(raw, str) else raw),
        Field(min_length=1, max_length=6),
    ]
    kind: ClaimKind
    hedge: Label = "none"
    strength: Strength
    grade: Grade
    supports: Annotated[tuple[Support, ...], Field(max_length=200)] = ()
    note: Text = ""

    @property
    def origin(self) -> str:
        """The last of the chain: whose word it finally is."""
        return self.speakers[-1]

    @property
    def reliability(self) -> str | None:
        """The source's letter A (best) to E, or None where it cannot be judged."""
        return None if self.grade[0] == "F" else self.grade[0]

    @property
    def credibility(self) -> int | None:
        """The information's digit 1 (best) to 5, or None where it cannot be judged."""
        return None if self.grade[1] == "6" else int(self.grade[1])


class OpenClaim(Model):
    """A candidate that nobody has finished yet: it supports nothing and counts for nothing.

    An entry is open while ``says`` is empty or ``accepted`` is false. What a reader or a
    model proposed may stand in it already; a person completes it or deletes it.
    """

    accepted: bool | None = None
    source: Id | None = None
    at: Annotated[tuple[Locator, ...] | None, Field(max_length=50)] = None
    says: Text | None = None
    speakers: Annotated[
        tuple[Id, ...],
        BeforeValidator(lambda raw: (raw,) if isinstance(raw, str) else raw or ()),
        Field(max_length=6),
    ] = ()
    kind: ClaimKind | None = None
    hedge: Text | None = None
    strength: Strength | None = None
    grade: Grade | None = None
    supports: Annotated[tuple[Support, ...] | None, Field(max_length=200)] = None
    note: Text | None = None


def _is_open(raw: Any) -> str:
    """Which of the two an entry is, from what is written or from an instance."""
    if isinstance(raw, Claim | OpenClaim):
        return "(Claim)" if isinstance(raw, Claim) else "(OpenClaim)"
    if not isinstance(raw, dict):
        return "(Claim)"
    entry = cast(dict[str, Any], raw)
    unsaid = "says" in entry and entry["says"] in (None, "")
    return "(OpenClaim)" if unsaid or entry.get("accepted") is False else "(Claim)"


Entry = Annotated[
    Annotated[Claim, Tag("(Claim)")] | Annotated[OpenClaim, Tag("(OpenClaim)")],
    Discriminator(_is_open),
]


class NotModelled(Model):
    """A sentence, or several, that bears on no address, and why."""

    source: Id
    at: Annotated[tuple[Locator, ...], Field(min_length=1, max_length=200)]
    reason: Annotated[str, Field(min_length=1, max_length=1000)]


class Claims(Model):
    """Everything said about a situation, with the places it is said in."""

    format: Literal["claims/1"]
    sources: Annotated[dict[Id, Source], Field(max_length=200)]
    speakers: Annotated[dict[Id, Speaker], Field(max_length=500)]
    entries: Annotated[dict[Id, Entry], Field(max_length=5000, alias="claims")]
    not_modelled: Annotated[tuple[NotModelled, ...], Field(max_length=5000)] = ()

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """What is claimed, by id, in file order: the finished entries."""
        return {n: entry for n, entry in self.entries.items() if isinstance(entry, Claim)}

    @cached_property
    def open(self) -> dict[str, OpenClaim]:
        """Candidates that nobody has finished yet, by id."""
        return {n: entry for n, entry in self.entries.items() if isinstance(entry, OpenClaim)}
