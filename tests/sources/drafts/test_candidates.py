"""What a marked sentence may turn into."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.addresses import is_identifier
from detente.sources.drafts.candidates import Candidate, Drawn, drawn, slug
from detente.sources.marks.actors import Known, finder
from detente.sources.marks.marking import mark
from detente.sources.text import parse_text

KNOWN = (Known("nordia", "Kingdom of Nordia", "state", ("Nordia",)), Known("watch", "Lake Watch", "service"))  # fmt: skip


def draw(text: str, comments_from: int | None = None) -> Drawn:
    return drawn(mark(parse_text(text), comments_from, finder(KNOWN, ())), KNOWN)


def one(text: str) -> Candidate:
    (found,) = draw(text).candidates
    return found


def test_a_sentence_of_the_authors_own() -> None:
    found = one("The dam might burst.")
    assert (found.id, found.speakers, found.kind, found.hedge, found.strength) == (
        "s1-1", ("author",), "forecast", "might", "possible",
    )  # fmt: skip
    assert one("Nordia lowered the toll.").strength == "certain"
    assert one("Nordia lowered the toll.").hedge == "none"


def test_a_known_actor_is_the_last_of_the_chain_by_its_id() -> None:
    found = draw("Nordia warned that it leaks.\nThe Lake Watch claims it.", comments_from=2)
    assert [c.speakers for c in found.candidates] == [
        ("author", "nordia"), ("commenter-1", "watch"),
    ]  # fmt: skip
    assert [(p.id, p.name, p.sort) for p in found.parties] == [
        ("nordia", "Kingdom of Nordia", "state"), ("watch", "Lake Watch", "service"),
    ]  # fmt: skip


def test_others_get_a_name_and_a_sort_and_keep_them() -> None:
    found = draw(
        "The harbour master said so. Two newspapers denied it. The harbour master said no."
    )
    assert [c.speakers[-1] for c in found.candidates] == [
        "harbour-master", "two-newspapers", "harbour-master",
    ]  # fmt: skip
    assert [(p.name, p.sort) for p in found.parties] == [
        ("harbour master", "official"), ("Two newspapers", "media"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "unclear"),
    [("She said that it leaks.", "She"), ("It is said that it leaks.", ""), ("It leaks, Nordia said.", None)],
)  # fmt: skip
def test_a_speaker_whom_only_a_reader_can_tell_is_left_open(text: str, unclear: str | None) -> None:
    found = one(text)
    assert found.unclear == unclear
    assert len(found.speakers) == (2 if unclear is None else 1)


def test_two_third_parties_in_one_sentence_are_two_candidates() -> None:
    found = draw("Nordia claims that it leaks, but the warden denied it.").candidates
    assert [(c.id, c.speakers[-1]) for c in found] == [("s1-1", "nordia"), ("s1-1-b", "warden")]


def test_places_left_out_give_no_candidate() -> None:
    marked = mark(parse_text("It may rain. It may snow."), None, finder(KNOWN, ()))
    assert [c.id for c in drawn(marked, KNOWN, {(1, 1)}).candidates] == ["s1-2"]


def test_the_letter_follows_the_coding_rules() -> None:
    letters = [
        c.letter[0]
        for c in draw(
            "It may rain. Nordia warned him. The Lake Watch warned him.\nIt may snow.", 2
        ).candidates
    ]
    assert letters == ["C", "B", "D", "F"]


@given(st.text(min_size=1, max_size=90))
def test_a_slug_is_always_an_identifier(text: str) -> None:
    assert is_identifier(slug(text))


def test_a_name_taken_by_the_author_or_an_actor_is_not_taken_again() -> None:
    found = draw("The author said so. “It leaks,” said a watch officer. The watch said so.")
    assert [p.id for p in found.parties] == ["author-2", "watch-officer", "watch-2"]
