"""The candidates as a file: it loads, whatever the text holds."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.sources.claims import Claims, Locator, OpenClaim
from detente.sources.drafts.candidates import drawn
from detente.sources.drafts.drafting import MOST_ENTRIES, Draft, Heading, draft
from detente.sources.marks.actors import Known, finder
from detente.sources.marks.marking import mark
from detente.sources.reading import loads_claims
from detente.sources.text import parse_text

KNOWN = (Known("nordia", "Nordia", "state"),)
HEADING = Heading("letter.txt", "A letter", "An editor", date(2025, 3, 1))
LETTER = (
    "Nordia warned that the dam might burst if it rains.\nThe toll is set to fall. She said no."
)
HOSTILE = [
    "It may: be # this 'or' \"that\" {{7*7}} {a: [b}",
    "- may - | > & * ! % @ ` ~",
    "It might be\u0007 \u200b \u202e \U0001f600 \ufffd be \x1b[31m red",
    "“It may \\n be \\x41 and \\\\ so on,” said <script>alert(1)</script>: # the Warden.",
    "--- may\n... may\n? may: : :",
    "!!python/object/apply:os.system may [echo]",
    "&anchor it may be *anchor <<",
]


def drafted(text: str, *, quotes: bool = True, heading: Heading = HEADING) -> Draft:
    marked = mark(parse_text(text), 2, finder(KNOWN, ()))
    return draft(marked, drawn(marked, KNOWN), heading, quotes=quotes)


def loaded(found: Draft) -> Claims:
    return loads_claims(found.text.encode("utf-8"))


def places(entry: OpenClaim) -> tuple[Locator, ...]:
    return entry.at or ()


def test_a_draft_loads_and_everything_in_it_is_open() -> None:
    claims = loaded(drafted(LETTER))
    assert claims.claims == {}
    assert list(claims.open) == ["s1-1", "s2-1", "s2-2"]
    first = claims.open["s1-1"]
    assert (first.says, first.grade, first.supports) == ("", None, ())
    assert (first.kind, first.hedge, first.strength) == ("allegation", "warned, might", "possible")
    assert first.speakers == ("author", "nordia")
    assert claims.open["s2-1"].speakers == ("commenter-1",)
    assert claims.speakers["nordia"].sort == "state"


def test_what_is_known_of_the_text_stands_in_its_source() -> None:
    text = parse_text(LETTER)
    source = loaded(drafted(LETTER)).sources["text"]
    assert (source.title, source.author, source.published) == ("A letter", "An editor", date(2025, 3, 1))  # fmt: skip
    assert source.sha256 == text.sha256
    assert loaded(drafted(LETTER, heading=Heading("x.txt"))).sources["text"].title == "x.txt"


def test_a_completed_entry_is_a_claim() -> None:
    text = drafted(LETTER).text.replace('says: ""', "says: The dam is weak.", 1)
    claims = loads_claims(text.replace("    grade:", "    grade: D6", 1).encode())
    assert list(claims.claims) == ["s1-1"]
    assert len(claims.open) == 2


@pytest.mark.parametrize("quotes", [True, False])
def test_locators_hold_the_words_only_if_asked(quotes: bool) -> None:
    found = drafted(LETTER, quotes=quotes)
    (at,) = places(loaded(found).open["s1-1"])
    assert (at.paragraph, at.sentence, at.digest) == (1, 1, parse_text(LETTER).sentences[0].digest)
    assert (at.quote is not None) == quotes == (at.position is not None)
    assert (loaded(found).sources["text"].title == "A letter") == quotes
    assert ("dam might burst" in found.text) == quotes == ("--no-quotes" in found.text)


@pytest.mark.parametrize("text", HOSTILE)
def test_text_that_looks_like_yaml_stays_text(text: str) -> None:
    heading = Heading(text[:100], text, text)
    claims = loaded(drafted(text, heading=heading))
    sentences = parse_text(text).by_place
    assert claims.open
    for entry in claims.open.values():
        (at,) = places(entry)
        assert at.quote is not None
        assert at.quote.exact == sentences[at.paragraph, at.sentence].text


@given(st.lists(st.text(max_size=40), max_size=4).map(" may ".join))
def test_any_text_makes_a_file_that_loads(text: str) -> None:
    marked = mark(parse_text(text.replace("\0", "")), None, finder(KNOWN, ()))
    found = drawn(marked, KNOWN)
    claims = loaded(draft(marked, found, Heading("x"), quotes=True))
    assert list(claims.open) == [one.id for one in found.candidates]
    quoted = [at.quote.exact for e in claims.open.values() for at in places(e) if at.quote]
    assert quoted == [one.sentence.sentence.text for one in found.candidates]


def test_a_file_that_could_not_be_read_is_not_written() -> None:
    found = drafted("It may rain. " * (MOST_ENTRIES + 5))
    assert found.entries == MOST_ENTRIES == len(loaded(found).open)
    assert f"first {MOST_ENTRIES} of {MOST_ENTRIES + 5}" in found.text


def test_suggestions_are_comments() -> None:
    marked = mark(parse_text("It may rain."), None, finder(KNOWN, ()))
    found = draft(
        marked, drawn(marked, KNOWN), HEADING, quotes=False, suggest=lambda _: ("pressures.rain",)
    )
    assert "# perhaps: pressures.rain" in found.text
    assert loaded(found).open["s1-1"].supports == ()
