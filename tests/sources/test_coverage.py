"""A reader's copy beside the claims."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from detente.errors import UsageError
from detente.sources.anchors.selectors import locate
from detente.sources.claims import Claims, Locator
from detente.sources.coverage import Coverage, coverage
from detente.sources.text import SourceText, parse_text

LETTER = "The lake is low. The warden knows it.\nGood day. Row on."


def claims(
    text: SourceText,
    source: str = "letter",
    *,
    sketched: bool = False,
    spots: Sequence[Locator] = (),
) -> Claims:
    """Two claims and a reason on LETTER, or two claims on two places of another text."""

    def at(*places: tuple[int, int]) -> list[dict[str, object]]:
        whole = [locate(text.by_place[place], text, quotes=False) for place in places]
        fields = {"paragraph", "sentence", "digest"} | ({"sketch", "near"} if sketched else set())
        return [one.model_dump(include=fields) for one in whole]

    low = [spots[0].model_dump()] if spots else at((1, 1), (1, 2))
    known = [spots[1].model_dump()] if spots else at((1, 2))
    gaps = [] if spots else [{"source": source, "at": at((2, 1)), "reason": "A greeting."}]
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
                    "source": source, "at": low, "says": "Low.",
                    "speakers": ["fisher"], "kind": "fact", "strength": "certain",
                    "grade": "C3", "supports": ["pressures.lake"],
                },
                "known": {
                    "source": source, "at": known, "says": "Known.",
                    "speakers": ["fisher"], "kind": "fact", "strength": "certain",
                    "grade": "C3", "supports": ["trust.a.b", "pressures.lake"],
                },
            },
            "not_modelled": gaps,
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


def told(found: Coverage) -> list[tuple[str | None, int, str, tuple[int, int] | None]]:
    """Of every mismatch: whose it is, of which sentence, and what became of it."""
    return [(m.owner, m.locator.sentence, m.status, m.at) for m in found.mismatches]


def test_a_changed_sentence_without_a_sketch_is_lost_and_no_longer_covered() -> None:
    text = parse_text(LETTER)
    found = coverage(parse_text(LETTER.replace("knows", "doubts")), claims(text))
    assert not found.same_text
    assert told(found) == [("low", 2, "lost", None), ("known", 2, "lost", None)]
    assert found.sentences[1].standing == "uncovered"


def test_a_changed_sentence_with_a_sketch_is_covered_but_for_a_person_to_look_at() -> None:
    text = parse_text(LETTER)
    changed = parse_text(LETTER.replace("warden knows", "old warden knows") + " Row on.")
    found = coverage(changed, claims(text, sketched=True))
    assert told(found) == [("low", 2, "fuzzy", (1, 2)), ("known", 2, "fuzzy", (1, 2))]
    assert found.mismatches[0].why.startswith("words differ: about ")
    assert 0 < found.mismatches[0].likeness < 1
    assert found.sentences[1].claims == ("low", "known")
    assert found.with_status("fuzzy") == found.mismatches
    assert not found.complete


def test_a_moved_sentence_is_covered_where_it_went() -> None:
    text = parse_text(LETTER)
    moved = parse_text("Good day. Row on.\n" + LETTER.split("\n", maxsplit=1)[0])
    found = coverage(moved, claims(text))
    assert told(found) == [
        ("low", 1, "moved", (2, 1)),
        ("low", 2, "moved", (2, 2)),
        ("known", 2, "moved", (2, 2)),
        (None, 1, "moved", (1, 1)),
    ]
    assert found.mismatches[0].why == "same words, one paragraph further down"
    assert [one.standing for one in found.sentences] == [
        "not modelled", "uncovered", "claimed", "claimed",
    ]  # fmt: skip


def test_what_only_moved_is_complete() -> None:
    text = parse_text(LETTER)
    found = coverage(parse_text(LETTER.replace(" Row on.", "").replace(". The", ".\nThe")), claims(text))  # fmt: skip
    assert {m.status for m in found.mismatches} == {"moved"}
    assert found.complete


def test_a_shorter_text_has_lost_what_it_leaves_out() -> None:
    text = parse_text(LETTER)
    found = coverage(parse_text("The lake is low."), claims(text))
    assert {m.status for m in found.mismatches} == {"lost"}
    assert found.sentences[0].standing == "claimed"
    assert not found.complete


def test_equal_sentences_of_the_claims_are_told_apart() -> None:
    """The claims know that a sentence stood twice: when one goes, it is not the other."""
    text = parse_text("A heron stands. Row on. The boat leaks.\nA lamp is lit. Row on. It is out.")
    ends = [locate(text.by_place[place], text, quotes=False) for place in ((1, 2), (2, 2))]
    two = claims(text, spots=ends)
    found = coverage(parse_text(text.text.replace(" Row on. The", " The")), two)
    assert told(found) == [("low", 2, "lost", None)]
    assert [one.claims for one in found.sentences] == [(), (), (), ("known",), ()]


def test_a_source_without_a_text_cannot_be_laid_beside_one() -> None:
    text = parse_text(LETTER)
    with pytest.raises(UsageError, match="no text is called record"):
        coverage(text, claims(text), "record")
    with pytest.raises(UsageError, match="did you mean letter"):
        coverage(text, claims(text), "leter")
