"""Addresses whose names share words with a sentence."""

from __future__ import annotations

from detente.sources.marks.hints import MOST, Hints, content, naming

NAMINGS = [
    naming("pressures.drought", ["drought", "The drought empties the reservoirs"]),
    naming("pressures.trade", ["trade", "Trade with Suder has fallen"]),
    naming("preferences.nordia.toll.lower", ["toll", "The toll is lowered"], ["nordia"]),
    naming("preferences.suder.toll.lower", ["toll", "The toll is lowered"], ["suder"]),
]


def test_shared_words_make_a_hint_whatever_their_ending() -> None:
    assert Hints(NAMINGS).for_sentence("Reservoirs emptied.", ()) == ("pressures.drought",)


def test_what_a_party_wants_is_hinted_at_only_if_the_party_is_named() -> None:
    hints = Hints(NAMINGS)
    assert hints.for_sentence("The tolls are high.", ()) == ()
    assert hints.for_sentence("The tolls are high.", {"suder"}) == ("preferences.suder.toll.lower",)


def test_common_words_make_no_hint() -> None:
    assert Hints(NAMINGS).for_sentence("They would have been there with the others.", ()) == ()


def test_the_rarer_word_comes_first_and_the_list_is_short() -> None:
    many = [naming(f"pressures.p{i}", [f"trade number{i}"]) for i in range(9)]
    many.append(naming("links.salt", ["salt"]))
    found = Hints(many).for_sentence("Salt and trade.", ())
    assert found[0] == "links.salt"
    assert len(found) == MOST


def test_content_leaves_out_short_and_common_words() -> None:
    assert content("The dam and the reservoir which would be there") == {"reservoir"}
