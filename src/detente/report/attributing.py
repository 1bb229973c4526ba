"""Whose word a claim is, at a glance: a letter, a chain of speakers, hedge and grade."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rich.text import Text

from detente.analysis.bases import ANALYST, AUTHOR, BASIS_WORDS, COMMENTER, QUOTED, RECORD
from detente.figures.naming import tidy
from detente.figures.theme import BASIS_MARKS
from detente.sources.claims import Claim, Claims

GRADE_LETTERS = {
    "A": "completely reliable", "B": "usually reliable", "C": "fairly reliable",
    "D": "not usually reliable", "E": "unreliable", "F": "reliability cannot be judged",
}  # fmt: skip
GRADE_DIGITS = {
    "1": "confirmed", "2": "probably true", "3": "possibly true",
    "4": "doubtful", "5": "improbable", "6": "truth cannot be judged",
}  # fmt: skip
_BASIS_OF_SORT = {
    "author": AUTHOR, "commenter": COMMENTER, "analyst": ANALYST, "record": RECORD,
}  # fmt: skip
# The letter is always printed; a terminal that has colours tells it faster.
STYLES = {
    AUTHOR: "bold blue", QUOTED: "bold red", COMMENTER: "bold magenta", RECORD: "bold green",
    ANALYST: "bold yellow",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Attributed:
    """One claim as every output tells it.

    Attributes:
        name: its id.
        letter: A author, Q a third party quoted, C commenter, R record, N analyst.
        basis: the same in words.
        chain: who says it, citing whom.
        says: the paraphrase.
        hedge: the hedge as written with its strength, or ``unhedged``.
        grade: Admiralty grade. grade_words: what it means.
    """

    name: str
    letter: str
    basis: str
    chain: str
    says: str
    hedge: str
    grade: str
    grade_words: str

    @property
    def line(self) -> str:
        """Everything but the paraphrase, on one line."""
        return f"{self.letter} {self.name}: {self.chain}; {self.hedge}; {self.grade}"


def basis_of(claims: Claims, claim: Claim) -> str:
    """Whose word a claim is, by the origin of its chain: one of BASES."""
    return _BASIS_OF_SORT.get(claims.speakers[claim.origin].sort, QUOTED)


def attributed(claims: Claims, name: str) -> Attributed:
    """A claim by its id."""
    claim = claims.claims[name]
    basis = basis_of(claims, claim)
    letter, digit = claim.grade
    return Attributed(
        name,
        BASIS_MARKS[basis].letter,
        BASIS_WORDS[basis],
        chain(claims, claim),
        tidy(claim.says),
        "unhedged" if claim.hedge == "none" else f"“{tidy(claim.hedge)}” ({claim.strength})",
        claim.grade,
        f"{GRADE_LETTERS[letter]}, {GRADE_DIGITS[digit]}",
    )


def chain(claims: Claims, claim: Claim) -> str:
    """Who says it, citing whom."""
    return ", citing ".join(tidy(claims.speakers[name].name) for name in claim.speakers)


def style_of(claims: Claims, name: str) -> str:
    """The terminal style of whose word a claim is."""
    return STYLES[basis_of(claims, claims.claims[name])]


def styled(claims: Claims, name: str) -> Text:
    """A claim's line for a terminal, its letter in the colour of whose word it is."""
    found = attributed(claims, name)
    text = Text(found.line)
    text.stylize(style_of(claims, name), 0, 1)
    return text


def claim_object(claims: Claims, name: str) -> dict[str, Any]:
    """A claim with whose word it is, for JSON."""
    told, claim = attributed(claims, name), claims.claims[name]
    return {
        "claim": name,
        "says": told.says,
        "speakers": list(claim.speakers),
        "basis": told.basis,
        "kind": claim.kind,
        "hedge": claim.hedge,
        "strength": claim.strength,
        "grade": claim.grade,
    }
