"""The page of a marked text: words first, marks by shape, nothing that runs or loads."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from detente.report.annotated import Annotated
from detente.report.annotated_html import LEGEND, render_annotated
from detente.sources.claims import Claims
from detente.sources.coverage import coverage
from detente.sources.drafts.candidates import drawn
from detente.sources.drafts.drafting import Heading
from detente.sources.marks.actors import Known, finder
from detente.sources.marks.marking import KINDS, mark
from detente.sources.text import parse_text

STYLE = Path(__file__).parents[2] / "src/detente/report/templates/annotated.css.j2"
VOID = {"meta", "br", "link", "img", "input", "hr"}
HOSTILE = "<script>alert(1)</script>{{7*7}}"
LETTER = """\
The toll on the lake
Nordia warned that the dam might burst, if it rains.  It is said that the toll will fall!
Row on.
I think the pilot is probably right.
"""


class Tree(HTMLParser):
    """Elements with attributes, words, and whether tags close in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.misplaced: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element and that it is open."""
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the last element, or note that it is another."""
        if not self.open or self.open.pop() != tag:
            self.misplaced.append(tag)

    def handle_data(self, data: str) -> None:
        """Collect words."""
        self.words.append(data)


def annotated(letter: str, name: str = "Nordia", heading: Heading | None = None) -> Annotated:
    known = (Known("nordia", name, "state"),)
    marked = mark(parse_text(letter), 4, finder(known, ()))
    return Annotated(
        marked, drawn(marked, known), heading or Heading("letter.txt", "A letter"), known, {}
    )


@pytest.fixture(scope="module")
def page() -> str:
    return render_annotated(annotated(LETTER), version="9.9")


@pytest.fixture(scope="module")
def hostile() -> str:
    """Every string from outside is a script and a template."""
    letter = f"{HOSTILE} might {HOSTILE}.\nNordia warned {HOSTILE}.\n“It may,” said {HOSTILE}.\n{HOSTILE}"
    return render_annotated(
        annotated(letter, HOSTILE, Heading(HOSTILE, HOSTILE, HOSTILE)), version=HOSTILE
    )


def test_the_page_is_whole(page: str) -> None:
    tree = Tree(page)
    assert (tree.open, tree.misplaced) == ([], [])
    assert page.startswith("<!DOCTYPE html>")
    ids = [attributes["id"] for _, attributes in tree.elements if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_the_page_loads_and_runs_nothing(page: str, hostile: str) -> None:
    for text in (page, hostile):
        assert "default-src 'none'" in text
        for tag, attributes in Tree(text).elements:
            assert tag not in {"script", "link", "iframe", "object", "img", "base", "form"}
            for key, value in attributes.items():
                assert not key.startswith("on"), (tag, key)
                if key in {"href", "src"}:
                    assert (value or "").startswith("#"), value
        assert not re.search(r"url\(|@import", text)


def test_hostile_strings_are_shown_and_nothing_else(page: str, hostile: str) -> None:
    tree = Tree(hostile)
    assert {tag for tag, _ in tree.elements} <= {tag for tag, _ in Tree(page).elements}
    assert (tree.open, tree.misplaced) == ([], [])
    words = "".join(tree.words)
    assert words.count("<script>alert(1)</script>") >= 8
    assert "{{7*7}}" in words
    assert "49" not in words


def test_the_text_stands_on_the_page_as_it_was_written(page: str) -> None:
    """Every sentence whole, however many marks cut through it."""
    bodies = re.findall(r'<span class="sentence" id="[^"]+"><a [^>]*>[^<]*</a>(.*)</span>\n', page)
    shown = ["".join(Tree(body).words) for body in bodies]
    assert shown == [sentence.text for sentence in parse_text(LETTER).sentences]


def test_every_link_leads_somewhere(page: str) -> None:
    tree = Tree(page)
    ids = {attributes.get("id") for _, attributes in tree.elements}
    links = [a["href"] or "" for tag, a in tree.elements if tag == "a"]
    assert len(links) > 10
    assert [link for link in links if link[1:] not in ids] == []


def test_words_come_first_and_say_what_there_is(page: str) -> None:
    words = " ".join("".join(Tree(page).words).split())
    told = [
        "5 sentences: 4 by the author and 1 by 1 commenter.",
        "3 are hedged or put in a third party\u2019s mouth: 2 hedged, 2 passed on from Nordia.",
        "The text",
    ]
    places = [words.index(one) for one in told]
    assert places == sorted(places)


def test_sections_are_told_by_letter_and_words(page: str) -> None:
    assert page.count('class="paragraph from-A"') == 3
    assert page.count('class="paragraph from-C"') == 1
    words = " ".join("".join(Tree(page).words).split())
    assert "C Commenter 1" in words
    assert "Q Nordia passed on by the author" in words


def test_marks_carry_kind_strength_and_their_ends(page: str) -> None:
    assert '<span class="k-hedge possible begins ends">might</span>' in page
    assert '<span class="k-forecast begins ends">will</span>' in page
    assert '<span class="k-condition itself begins ends">if</span>' in page
    assert re.search(r'<span class="k-speaker begins ends">.*Nordia</span>', page)


def test_every_kind_of_mark_can_be_switched_off_and_has_a_shape_of_its_own(page: str) -> None:
    style = STYLE.read_text(encoding="utf-8")
    shapes: list[str] = []
    for kind in KINDS:
        assert f'id="show-{kind}"' in page
        assert f"body:has(#show-{kind}:not(:checked)) .paragraph .k-{kind} " in page
        rules = re.findall(rf"^\.k-{kind}\S* \{{(.*?)\}}", style, re.MULTILINE)
        shapes.append(re.sub(r"(?<!-)color: [^;]+;|var\(--\w+\)", "", " ".join(rules)).strip())
    assert set(LEGEND) == set(KINDS)
    assert all(shapes)
    assert len(set(shapes)) == len(KINDS)


def test_notes_say_the_same_in_words(page: str) -> None:
    words = " ".join("".join(Tree(page).words).split())
    assert "hedge warned (possible), might (possible)" in words
    assert "says Nordia (state), warned" in words
    assert "says Somebody unnamed, said" in words
    assert "hedge I think (probable), probably (probable)" in words
    assert "nothing marked" in words


def test_existing_claims_are_shown_beside_a_case() -> None:
    text = parse_text(LETTER)
    place = {"paragraph": 2, "sentence": 1, "digest": text.by_place[2, 1].digest}
    claims = Claims.model_validate(
        {
            "format": "claims/1",
            "sources": {"l": {"title": "T", "author": "A", "kind": "k", "sha256": text.sha256}},
            "speakers": {"author": {"name": "F", "sort": "author"}},
            "claims": {
                "weak-dam": {
                    "source": "l", "at": [place], "says": "Weak.", "speakers": ["author"],
                    "kind": "fact", "strength": "certain", "grade": "C3",
                }
            },
        }
    )  # fmt: skip
    plain = annotated(LETTER)
    covered = {(2, 1): coverage(text, claims).sentences[1]}
    found = Annotated(
        plain.marked, drawn(plain.marked, plain.known, covered), plain.heading, plain.known,
        covered, "river",
    )  # fmt: skip
    words = " ".join("".join(Tree(render_annotated(found, version="1")).words).split())
    assert "claims weak-dam" in words
    assert "1 sentence carries claims of river" in words
    assert "s2-1" not in words
    assert "s2-2" in words


def test_tables_and_headings_are_in_order(page: str) -> None:
    for table in re.findall(r"<table.*?</table>", page, re.DOTALL):
        assert table.count("<caption>") == 1
        assert re.findall(r"<th(?![^>]*scope)[ >]", table) == []
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))


def test_the_same_text_gives_the_same_page(page: str) -> None:
    assert render_annotated(annotated(LETTER), version="9.9") == page
