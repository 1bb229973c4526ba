"""Which words weaken a sentence, and which only look as if they did."""

from __future__ import annotations

import pytest

from detente.sources.marks.hedges import hedges
from detente.sources.marks.wording import words_of


def cues(sentence: str) -> list[tuple[str, str]]:
    return [(hedge.text, hedge.strength) for hedge in hedges(words_of(sentence))]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The toll is arguably too high.", [("arguably", "probable")]),
        ("Presumably the ferry sank.", [("Presumably", "probable")]),
        ("It is unlikely to freeze.", [("unlikely", "probable")]),
        ("The buoy seems to drift.", [("seems", "probable")]),
        ("The marks suggest that it drifted.", [("suggest", "probable")]),
        ("The ferry is expected to sail.", [("expected to", "probable")]),
        ("I guess the pilot slept.", [("I guess", "probable")]),
        ("A so-called pilot, a nascent fleet.", [("so-called", "probable"), ("nascent", "probable")]),
        ("The shark scare emptied the beach.", [("scare", "probable")]),
        ("The dam could burst.", [("could", "possible")]),
        ("It may rain, or it might snow.", [("may", "possible"), ("might", "possible")]),
        ("An alleged plot, allegedly foiled.", [("alleged", "possible"), ("allegedly", "possible")]),
        ("A possible sale to a potential buyer.", [("possible", "possible"), ("potential", "possible")]),
        ("THE DAM MIGHT BURST", [("MIGHT", "possible")]),
    ],
)  # fmt: skip
def test_a_hedge_is_found_as_written_with_its_strength(
    sentence: str, expected: list[tuple[str, str]]
) -> None:
    assert cues(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Neither bank could accept the toll.",
        "They could not leave, and no pilot could see the buoy.",
        "The lock was built so that barges could pass.",
        "We sail in May and return on 3 May.",
        "May the best oar win.",
        "The might of the fleet is gone.",
        "You might as well swim.",
        "Row as fast as possible.",
        "The treaty made it possible to sail at night.",
        "It is not possible to swim here.",
        "The lake has the potential for trade.",
        "The ferry appeared at noon.",
        "Do not scare the fish.",
        "He suggested moving the buoy.",
        "Pilots are supposed to sleep ashore.",
        "The toll is high.",
    ],
)
def test_ability_months_nouns_and_idioms_are_no_hedges(sentence: str) -> None:
    assert cues(sentence) == []


def test_a_hedge_stands_where_it_says() -> None:
    sentence = "If so, the dam — as far as I know — holds."
    (hedge,) = hedges(words_of(sentence))
    assert sentence[hedge.at.start : hedge.at.end] == "as far as I know" == hedge.text
