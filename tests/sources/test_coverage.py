"""A reader's copy beside the claims."""

from __future__ import annotations

import pytest

from detente.errors import UsageError
from detente.sources.claims import Claims
from detente.sources.coverage import coverage
from detente.sources.text import SourceText, parse_text

LETTER = "The lake is low. The warden knows it.\nGood day. Row on."


def claims(text: SourceText, source: str = "letter") -> Claims:
    def at(*places: tuple[int, int]) -> list[dict[str, object]]:
        return [
            {"paragraph": p, "sentence": s, "digest": text.by_place[p, s].digest} for p, s in places
        ]

    return Claims.model_validate(
        {
            "format": "claims/1",
            "sources": {
                source: {"title": "T", "author": "A", "kind": "letter", "sha256": text.sha256},
                "record": {"title": "R", "author": "B", "kind": "record"},
            },
            "speakers": {"fisher": {"name": "F", "sort": "author"}},
            "claims": {
                "low": {
                    "source": source, "at": at((1, 1), (1, 2)), "says": "Low.",
                    "speakers": ["fisher"], "kind": "fact", "strength": "certain",
                    "grade": "C3", "supports": ["pressures.lake"],
                },
                "known": {
                    "source": source, "at": at((1, 2)), "says": "Known.",
                    "speakers": ["fisher"], "kind": "fact", "strength": "certain",
                    "grade": "C3", "supports": ["trust.a.b", "pressures.lake"],
                },
            },
            "not_modelled": [{"source": source, "at": at((2, 1)), "reason": "A greeting."}],
        }
    )  # fmt: skip


def test_each_sentence_shows_its_claims_its_reason_or_that_it_is_uncovered() -> None:
    text = parse_text(LETTER)
    found = coverage(text, claims(text))
    assert found.same_text
    assert [(c.standing, c.claims, c.supports, c.reasons) for c in found.sentences] == [
        ("claimed", ("low",), ("pressures.lake",), ()),
        ("claimed", ("low", "known"), ("pressures.lake", "trust.a.b"), ()),
        ("not modelled", (), (), ("A greeting.",)),
        ("uncovered", (), (), ()),
    ]
    assert [c.sentence.text for c in found.uncovered] == ["Row on."]
    assert not found.complete


def test_a_changed_sentence_is_reported_and_no_longer_covered() -> None:
    text = parse_text(LETTER)
    changed = parse_text(LETTER.replace("knows", "doubts"))
    found = coverage(changed, claims(text))
    assert not found.same_text
    assert [(m.owner, m.locator.sentence, m.found, m.elsewhere) for m in found.mismatches] == [
        ("low", 2, "another sentence", ()),
        ("known", 2, "another sentence", ()),
    ]
    assert found.sentences[1].standing == "uncovered"


def test_a_moved_sentence_is_reported_with_where_it_went() -> None:
    text = parse_text(LETTER)
    moved = parse_text("Dear port,\n" + LETTER)
    found = coverage(moved, claims(text))
    assert [(m.owner, m.elsewhere) for m in found.mismatches] == [
        ("low", ((2, 1),)),
        ("low", ((2, 2),)),
        ("known", ((2, 2),)),
        (None, ((3, 1),)),
    ]


def test_a_shorter_text_has_no_such_sentence() -> None:
    text = parse_text(LETTER)
    found = coverage(parse_text("The lake is low."), claims(text))
    assert {m.found for m in found.mismatches} == {"no such sentence"}
    assert found.sentences[0].standing == "claimed"


def test_a_source_without_a_text_cannot_be_laid_beside_one() -> None:
    text = parse_text(LETTER)
    with pytest.raises(UsageError, match="no text is called record"):
        coverage(text, claims(text), "record")
    with pytest.raises(UsageError, match="did you mean letter"):
        coverage(text, claims(text), "leter")
