"""Whose word a value is: the author's, somebody's the author quotes, or nobody's."""

from __future__ import annotations

from collections.abc import Collection

from detente.situation.values import ASKED as ASKED_HERE
from detente.situation.values import DEFAULT, Value
from detente.sources.claims import Claims

# From the account's author to nobody.
AUTHOR, QUOTED, COMMENTER, RECORD = "author", "quoted", "commenter", "record"
ANALYST, SILENT, NOT_BELIEVED, ASKED = "analyst", "default", "not believed", "set here"
BASES = (AUTHOR, QUOTED, COMMENTER, RECORD, ANALYST, SILENT, NOT_BELIEVED, ASKED)
BASIS_WORDS = {
    AUTHOR: "the author's own word",
    QUOTED: "a third party the author quotes",
    COMMENTER: "a commenter's word",
    RECORD: "the public record",
    ANALYST: "the analyst's assumption",
    SILENT: "a default nobody stated",
    NOT_BELIEVED: "left open: the reading believes no claim for it",
    ASKED: "set on the command line",
}


def speaking(value: Value, names: tuple[str, ...], own: Collection[str]) -> tuple[str, ...]:
    """The claims a value rests on: none for a default, a reading's own for what it patches."""
    if value.origin in {DEFAULT, ASKED_HERE}:
        return ()
    if value.origin.startswith("reading "):
        return tuple(name for name in names if name in own)
    return names


def value_basis(value: Value, names: tuple[str, ...], claims: Claims | None) -> str:
    """Whose word a value is that rests on the claims ``names``: one of BASES."""
    if value.origin == ASKED_HERE:
        return ASKED
    if value.origin.endswith("not believed"):
        return NOT_BELIEVED
    if claims is None or not names:
        return SILENT if value.origin == DEFAULT else ANALYST
    sorts = {claims.speakers[claims.claims[name].origin].sort for name in names}
    if "record" in sorts:
        return RECORD
    if "author" in sorts:
        return AUTHOR
    if "commenter" in sorts:
        return COMMENTER
    return ANALYST if sorts == {"analyst"} else QUOTED


def base_basis(value: Value, names: tuple[str, ...], claims: Claims | None) -> str:
    """Whose word a value of the file itself is, under no reading: one of BASES."""
    return value_basis(value, speaking(value, names, ()), claims)
