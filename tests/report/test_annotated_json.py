"""A marked text as JSON."""

from __future__ import annotations

import json
from typing import Any

from detente.report.annotated import Annotated
from detente.report.annotated_json import annotation_object
from detente.sources.drafts.candidates import drawn
from detente.sources.drafts.drafting import Heading
from detente.sources.marks.actors import Known, finder
from detente.sources.marks.marking import mark
from detente.sources.text import parse_text

KNOWN = (Known("nordia", "Nordia", "state"),)
LETTER = "Nordia warned that it might burst.\nIt may rain."


def plain(*, quotes: bool) -> dict[str, Any]:
    marked = mark(parse_text(LETTER), 2, finder(KNOWN, ()))
    found = Annotated(marked, drawn(marked, KNOWN), Heading("x.txt"), KNOWN, {})
    return json.loads(
        json.dumps(annotation_object(found, quotes=quotes, read_as="plain", border=""))
    )


def test_offsets_lead_back_to_the_words() -> None:
    text = parse_text(LETTER).text
    found = plain(quotes=True)
    assert found["format"] == "detente-annotation/1"
    for one in found["sentences"]:
        body = text[one["start"] : one["end"]]
        assert body == one["text"]
        assert all(body[s["start"] : s["end"]] == s["text"] for s in one["spans"])


def test_it_says_whose_word_and_how_sure() -> None:
    first, second = plain(quotes=True)["sentences"]
    assert (first["section"], second["section"]) == ("author", "commenter-1")
    assert first["parts"][0]["third_party"]["actor"] == "nordia"
    assert (first["hedged"], first["attributed"], first["strength"]) == (True, True, "possible")
    assert first["open"][0]["speakers"] == ["author", "nordia"]
    assert second["parts"] == [
        {"start": 0, "end": 12, "third_party": None, "kind": "forecast", "strength": "possible"}
    ]


def test_without_quotes_no_sentence_of_the_text_is_in_it() -> None:
    found = json.dumps(plain(quotes=False))
    assert "might burst" not in found
    assert "It may rain" not in found
