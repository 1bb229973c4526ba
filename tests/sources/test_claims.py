"""The claims model: grades, chains and what a claim may hold."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from detente.sources.claims import Claim


def claim(**changes: object) -> Claim:
    fields: dict[str, object] = {
        "says": "The lake is low.",
        "speakers": ["writer", "warden"],
        "kind": "assumption",
        "strength": "probable",
        "grade": "C3",
    }
    return Claim.model_validate(fields | changes)


def test_the_last_of_the_chain_is_the_origin() -> None:
    assert claim().origin == "warden"
    assert claim(speakers="writer").origin == "writer"


def test_f_and_6_are_missing_and_not_a_middle_value() -> None:
    assert (claim(grade="B2").reliability, claim(grade="B2").credibility) == ("B", 2)
    assert claim(grade="F2").reliability is None
    assert claim(grade="C6").credibility is None


@pytest.mark.parametrize("grade", ["", "C", "G1", "C7", "C0", "c3", "33", "C33"])
def test_other_grades_are_refused(grade: str) -> None:
    with pytest.raises(ValidationError, match="Admiralty grade"):
        claim(grade=grade)


def test_a_claim_does_not_change() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        claim().grade = "A1"  # pyright: ignore[reportAttributeAccessIssue]
