"""A text marked sentence by sentence. All texts here are invented."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from detente.sources.marks.actors import Known, finder
from detente.sources.marks.marking import Marked, MarkedSentence, mark
from detente.sources.text import parse_text

NORDIA = (
    Known("nordia", "Nordia", "state", ("Nordian",)),
    Known("suder", "Suder", "state"),
    Known("watch", "Lake Watch", "service"),
)
FIND = finder(NORDIA, ())
LETTER = """\
Nordia warned that the dam might burst. The lake is low.
The buoy has drifted a long way since spring, and the Lake Watch revealed that Suder moved it.
I think the pilot slept.
Suder is a thief! It will never pay.
"""


def marked(text: str, comments_from: int | None = None) -> Marked:
    return mark(parse_text(text), comments_from, FIND)


def only(sentence: str) -> MarkedSentence:
    (one,) = marked(sentence).sentences
    return one


def test_each_paragraph_of_the_comments_is_one_commenter() -> None:
    found = marked(LETTER, comments_from=3)
    assert [one.section.speaker for one in found.sentences] == [
        "author", "author", "author", "commenter-1", "commenter-2", "commenter-2",
    ]  # fmt: skip
    assert (found.commenters, marked(LETTER).commenters) == (2, 0)


def test_marks_of_every_kind_stand_where_they_say() -> None:
    text = "Nordia warned that the dam will burst unless Suder pays."
    told = [(mark.kind, text[mark.at.start : mark.at.end]) for mark in only(text).marks]
    assert told == [
        ("speaker", "Nordia"), ("actor", "Nordia"), ("attribution", "warned"), ("hedge", "warned"),
        ("forecast", "will"), ("condition", "unless"), ("actor", "Suder"),
    ]  # fmt: skip


@given(st.text(alphabet="aI .,’“”<&could say Nordia\u0301\U0001f600\t'\"", max_size=120))  # noqa: RUF001
def test_pieces_joined_are_the_sentence(text: str) -> None:
    for one in marked(text).sentences:
        assert "".join(piece.text for piece in one.pieces()) == one.sentence.text
        assert all(piece.text for piece in one.pieces())


def test_a_verb_of_saying_hedges_by_itself() -> None:
    assert (only("Nordia warned Suder.").strength(None), only("Nordia told him so.").hedged) == (
        "possible",
        False,
    )


def test_the_weakest_cue_decides() -> None:
    one = only("It is likely that the dam could burst.")
    assert one.cues(None) == (("likely", "probable"), ("could", "possible"))
    assert one.strength(None) == "possible"


def test_each_voice_has_its_own_part_with_its_own_cues() -> None:
    one = only("Nordia says the dam is likely safe, while Suder claims that it could burst.")
    assert [part.voice and part.voice.actor for part in one.parts] == ["nordia", "suder"]
    assert [one.cues(part) for part in one.parts] == [
        (("likely", "probable"),),
        (("claims", "possible"), ("could", "possible")),
    ]


def test_what_is_claimed_before_a_third_party_comes_in_is_the_authors() -> None:
    found = marked(LETTER).sentences[2]
    assert [part.voice and part.voice.actor for part in found.parts] == [None, "watch"]
    late = only("The buoy has drifted far since the spring, the Lake Watch said.")
    assert [part.voice and part.voice.actor for part in late.parts] == ["watch"]


def test_kinds_are_told_only_where_the_wording_tells_them() -> None:
    kinds = [
        [one.kind(part) for part in one.parts]
        for one in map(
            only,
            (
                "Nordia accused Suder of theft.",
                "The dam will burst.",
                "It might rain.",
                "The warden said that it will rain.",
                "The warden said so.",
                "Suder would be a fool to pay.",
            ),
        )
    ]
    assert kinds == [["allegation"], ["forecast"], ["forecast"], ["forecast"], ["allegation"], [None]]  # fmt: skip


def test_whoever_writes_speaking_of_himself_is_no_third_party() -> None:
    one = only("I think the pilot slept.")
    assert (one.attributed, one.hedged, one.candidate) == (False, True, True)


def test_a_candidate_has_a_mark_or_an_actor_who_does_something() -> None:
    assert [only(text).candidate for text in ("Suder pays.", "Suder!", "What a lake.", "It may rain.")] == [
        True, False, False, True,
    ]  # fmt: skip


def test_a_long_line_full_of_marks_is_cut_in_one_sweep() -> None:
    """Thousands of marks in one sentence: the pieces join to it, in time that does not square."""
    text = " and ".join(f"it might possibly end on day {n}" for n in range(4000))
    (one,) = marked(text).sentences
    pieces = one.pieces()
    assert "".join(piece.text for piece in pieces) == text
    assert sum(bool(piece.layers) for piece in pieces) >= 8000
