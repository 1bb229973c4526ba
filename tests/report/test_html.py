"""The page says what the numbers say, loads nothing, and runs nothing it was fed."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from detente.analysis.answer import Answer, Run, answer
from detente.analysis.bases import BASIS_WORDS
from detente.analysis.probabilities import Estimate
from detente.analysis.support import by_basis
from detente.figures.naming import percent
from detente.figures.sides import is_clear
from detente.figures.spans import span
from detente.report.answering import answer_sentences
from detente.report.html import render
from detente.report.sentences import (
    blocking_sentence,
    change,
    change_between,
    range_of_round,
    rests_on,
    sides_of_even,
    widest_input,
    would_be_wrong,
    zone_sentence,
)
from detente.sampling.draws import Plan
from detente.situation.load import load
from detente.situation.scenarios import scenarios
from detente.sources.reading import loads_claims

HOSTILE = "<script>alert(1)</script> <img src=x onerror=alert(2)> {{7*7}} {% raw %} ]]> \\u0007"
MAIN = "tangible_given_held"
VOID = {"meta", "br", "link", "img", "input", "hr"}

SITUATION = """
detente: 1
title: "{0} Title"
question: "{0} Question?"
about: "{0} about"
actors:
  a: {{name: "{0} Alba", role: principal}}
  b: {{name: "{0} Birnam", role: principal}}
issues:
  land:
    name: "{0} land"
    status_quo: hold
    options: {{hold: "{0} keep", leave: "{0} leave"}}
    salience: {{a: high, b: medium}}
    preferences: {{a: {{leave: seeks, hold: resists}}, b: {{leave: favours, hold: indifferent}}}}
  trade:
    name: "{0} trade"
    status_quo: none
    options: {{none: "{0} no", some: "{0} some"}}
    salience: {{a: medium, b: high}}
    preferences: {{a: {{none: indifferent, some: favours}}, b: {{none: resists, some: seeks}}}}
red_lines: [{{actor: b, option: land.leave, cost: medium, absolute: unlikely}}]
links: [{{id: one-two, if: trade.some, requires: land.leave, note: "{0} because"}}]
outlook: {{a: medium, b: medium}}
rounds:
  first: {{title: "{0} First", set: {{outlook.a: very high}}}}
  second: {{title: "{0} Second"}}
readings:
  open: {{title: "{0} Open", speaker: "{0} one", note: "{0} why", claims: [own]}}
  shut: {{title: "{0} Shut", speaker: "{0} two", set: {{outlook.a: 1, outlook.b: 1}}}}
  sceptic: {{title: "{0} Sceptic", speaker: "{0} three", disbelieve: {{speakers: [service]}}}}
events:
  - {{id: off, date: 2025-10-21, until: 2025-10-23, round: second, outcome: not-held,
      says: "{0} called off", source: "{0} record"}}
"""

CLAIMS = """
format: claims/1
sources: {{text: {{title: "{0} Source", author: "{0} writer", kind: article}}}}
speakers:
  author: {{name: "{0} Author", sort: author}}
  service: {{name: "{0} Service", sort: service}}
claims:
  warned:
    {{source: text, says: "{0} warns", speakers: [author, service], kind: allegation,
      hedge: "{0} reportedly", strength: possible, grade: F6, supports: [preferences.a.land]}}
  own:
    {{source: text, says: "{0} says", speakers: [author], kind: motive, strength: probable,
      grade: C3, supports: [outlook.b]}}
"""


def made(folder: Path, text: str) -> Run:
    """The run of a situation whose every free text begins with ``text``."""
    path = folder / "situation.yaml"
    path.write_text(SITUATION.format(text), encoding="utf-8")
    claims = loads_claims(CLAIMS.format(text).encode())
    situation = load(path).situation
    return answer(situation, claims, scenarios(situation, claims), Plan(200, 3))


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Two rounds under three readings, one of them with nothing to agree on."""
    return made(tmp_path_factory.mktemp("plain"), "Plain")


@pytest.fixture(scope="module")
def page(run: Run) -> str:
    """Its page."""
    return render(run, file="plain.yaml", version="9.9")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of a situation in which every free text tries to break out."""
    run = made(tmp_path_factory.mktemp("hostile"), HOSTILE)
    return render(run, file=HOSTILE, version="9.9")


class Tree(HTMLParser):
    """Every element with its attributes, and whether tags close in order."""

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

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that closes itself."""
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Note a tag that closes what was not opened last."""
        if not self.open or self.open.pop() != tag:
            self.misplaced.append(tag)

    def handle_data(self, data: str) -> None:
        """Note visible text."""
        self.words.append(data)

    def each(self, tag: str) -> Iterator[dict[str, str | None]]:
        """The attributes of every element called ``tag``."""
        return (attributes for name, attributes in self.elements if name == tag)


def test_page_is_whole_and_well_formed(page: str) -> None:
    """Every element closes in order; ids are unique; links within the page have an end."""
    tree = Tree(page)
    ids = [a["id"] for _, a in tree.elements if "id" in a]
    inner = {a["href"] for a in tree.each("a") if (a["href"] or "").startswith("#")}
    assert page.startswith("<!DOCTYPE html>")
    assert not tree.misplaced
    assert not tree.open
    assert len(ids) == len(set(ids))
    assert inner
    assert {(href or "")[1:] for href in inner} <= set(ids)
    assert page.rstrip().endswith("</html>")


def test_page_loads_nothing(page: str, hostile: str) -> None:
    """No script, no address of the network in any attribute or style; a strict policy."""
    for text in (page, hostile):
        tree = Tree(text)
        assert "default-src 'none'" in text
        assert not {"script", "link", "iframe", "object", "img", "base"} & {
            t for t, _ in tree.elements
        }
        for tag, attributes in tree.elements:
            for key, value in attributes.items():
                assert not key.startswith("on"), (tag, key)
                assert (
                    key in {"xmlns", "xmlns:xlink"}
                    or "//" not in (value or "")
                    or key == "aria-label"
                ), (tag, key, value)
                if key in {"href", "src"}:
                    assert (value or "").startswith(("#", "data:text/csv")), value
        assert not re.search(r"url\((?!#)|@import", text)


def test_hostile_text_is_shown_and_nothing_else(page: str, hostile: str) -> None:
    """The same elements as with harmless names; template syntax is not evaluated."""
    harmless, tree = Tree(page), Tree(hostile)
    assert {tag for tag, _ in tree.elements} == {tag for tag, _ in harmless.elements}
    words = "".join(tree.words)
    assert "<script>alert(1)</script>" in words
    assert "{{7*7}}" in words
    assert "onerror=alert(2)> 49" not in words
    assert "\u0007" not in hostile


def test_answer_stands_first(page: str, run: Run) -> None:
    """Title, question, answer; every sentence of the answer is on the page."""
    words = "".join(Tree(page).words)
    places = [words.index(s) for s in (*answer_sentences(run), "Reading by reading")]
    assert places == sorted(places)
    assert words.index("Plain Question?") < places[0]


def test_same_run_same_page(page: str, run: Run) -> None:
    """The page holds no time and no chance of its own."""
    assert render(run, file="plain.yaml", version="9.9") == page


def test_every_figure_has_words_and_a_table(page: str, run: Run) -> None:
    """A title, a description, a table with caption and scopes, and all numbers as CSV."""
    figures = re.findall(r"<figure.*?</figure>", page, re.DOTALL)
    assert len(figures) >= 2 + len(run.situation.readings)
    for figure in figures:
        assert 'role="img"' in figure
        assert re.search(r"<desc [^>]*>[^<]+</desc>", figure)
        assert "<caption>" in figure
        assert 'scope="col"' in figure
        assert 'scope="row"' in figure
        found = re.search(r"base64,([^\"]+)", figure)
        assert found
        rows = base64.b64decode(found[1]).decode().count("\n") - 1
        shown = figure.count('scope="row"')
        more = re.search(r"(\d+) more rows", figure)
        assert rows == shown + (int(more[1]) if more else 0)


def test_every_table_has_caption_and_headings(page: str) -> None:
    """Tables explain themselves to those who hear them."""
    for table in re.findall(r"<table>.*?</table>", page, re.DOTALL):
        assert table.count("<caption>") == 1
        assert re.findall(r"<th(?![^>]*scope)[ >]", table) == []


def test_headings_descend_one_level_at_a_time(page: str) -> None:
    """One h1, and no level is skipped."""
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))


def test_claims_are_attributed(page: str) -> None:
    """Each claim shows its chain of speakers, hedge and grade; the event is no input."""
    words = " ".join("".join(Tree(page).words).split())
    assert "Plain Author, citing Plain Service" in words
    assert "hedge: Plain reportedly (possible); grade F6" in words
    assert "counts only under Plain Open" in words
    assert "not an input" in words
    assert "2025-10-21 to 2025-10-23" in words


def test_reproducibility_is_on_the_page(page: str) -> None:
    """File, seed, draws and version."""
    words = "".join(Tree(page).words)
    assert "plain.yaml; seed 3; draws 200; Detente 9.9" in words


def with_chances(run: Run, chances: dict[tuple[str, str], float]) -> Run:
    """The run with other probabilities, to test sentences against known numbers."""

    def changed(one: Answer) -> Answer:
        p = chances[one.round or "", one.reading or ""]
        return replace(one, probabilities={MAIN: Estimate(p, 0.01)})

    return replace(run, answers=tuple(changed(a) for a in run.answers))


@pytest.fixture
def known(run: Run) -> Run:
    """Chances made up by hand."""
    second = {("second", "open"): 0.7, ("second", "shut"): 0.0, ("second", "sceptic"): 0.31}
    first = {("first", r): 0.2 for r in ("open", "shut", "sceptic")}
    return with_chances(run, first | second)


def test_range_names_lowest_and_highest(known: Run) -> None:
    """The extremes and their readings; equal chances are said to be equal."""
    assert range_of_round(known, "second") == (
        "Plain Second: over 3 readings, the chance of something tangible, if they meet, runs "
        "from 0% (\u201cPlain Shut\u201d) to 70% (\u201cPlain Open\u201d)."
    )
    assert "20% under every one of the 3 readings" in range_of_round(known, "first")


def test_one_scenario_has_its_chance_and_its_error(known: Run) -> None:
    """With one reading there is no range, but an error."""
    alone = replace(known, answers=known.answers[-1:])
    assert "is 31% (\u00b12.0 points" in range_of_round(alone, "second")
    assert sides_of_even(alone, "second") is None
    assert would_be_wrong(alone, "second") is None


def test_sides_of_even(known: Run) -> None:
    """Readings above one half are named; all or none is said as such."""
    assert sides_of_even(known, "second") == (
        "Plain Second: that is more likely than not under \u201cPlain Open\u201d only, "
        "of 3 readings."
    )
    assert sides_of_even(known, "first") == (
        "Plain First: that is more likely than not under no reading."
    )
    high = with_chances(known, {(a.round or "", a.reading or ""): 0.9 for a in known.answers})
    assert "more likely than not under every reading." in (sides_of_even(high, "second") or "")


def test_what_counts_against_whom(known: Run) -> None:
    """Success counts against the lowest reading, failure against the highest."""
    assert would_be_wrong(known, "second") == (
        "Plain Second: if they meet and something tangible follows, that counts most against "
        "\u201cPlain Shut\u201d, which gave it 0%; if nothing does, most against "
        "\u201cPlain Open\u201d, which gave that 30%."
    )
    assert would_be_wrong(known, "first") is None


def test_change_between_rounds_is_the_paired_difference(run: Run) -> None:
    """Direction, size and reading are those of the draws, with the error of the difference."""
    n = len({a.reading for a in run.answers})
    changes = {run.answers[i].reading: change(run, i, i + n) for i in range(n)}
    for i, (reading, one) in enumerate(changes.items()):
        direct = run.answers[i + n].probabilities[MAIN].p - run.answers[i].probabilities[MAIN].p
        assert one.points == pytest.approx(direct), reading
        independent = sum(run.answers[j].probabilities[MAIN].mc_se ** 2 for j in (i, i + n)) ** 0.5
        assert one.se <= independent * 1.01
    assert not is_clear(changes["shut"])
    assert changes["open"].points > 0
    sentence = change_between(run, "first", "second") or ""
    most = max(changes.values(), key=lambda d: abs(d.points))
    assert f"by {100 * most.points:.0f} points" in sentence
    assert "rises under 2 of 3 readings" in sentence
    assert "does not change by more than Monte Carlo error under \u201cPlain Shut\u201d" in sentence


def test_widest_input_span_is_the_widest(run: Run) -> None:
    """The scenario named is the one whose span is widest."""
    spans = {i: span(a) for i, a in enumerate(run.answers)}
    most = max(spans, key=lambda i: spans[i][1] - spans[i][0])
    wide, sentence = run.answers[most], widest_input(run)
    assert run.situation.readings[wide.reading or ""].title in sentence
    assert f"to {percent(spans[most][1])}." in sentence


def test_zone_and_blocking_sentences_follow_the_numbers(run: Run) -> None:
    """Nothing to agree on, and something, are told apart."""
    for one in run.answers:
        zone, blocks = zone_sentence(one), blocking_sentence(run, one)
        assert ("In no draw" in zone) == (one.zone.exists == 0.0)
        assert ("in every draw" in blocks) == (one.blockers.no_zone == 0.0)
    shut = next(a for a in run.answers if a.reading == "shut")
    assert "In 100% of draws nothing suits everybody" in blocking_sentence(run, shut)


def test_bases_are_the_mean_of_the_scenarios(run: Run) -> None:
    """Every basis that moves something is named, the largest first."""
    shares = [found for found in (by_basis(a.rests) for a in run.answers) if found]
    sentence = rests_on(run) or ""
    means = {b: sum(s.get(b, 0.0) for s in shares) / len(shares) for b in BASIS_WORDS}
    named = [b for b in sorted(means, key=lambda b: -means[b]) if means[b] > 0.0]
    places = [sentence.index(f"on {BASIS_WORDS[b]}") for b in named]
    assert len(named) >= 2
    assert places == sorted(places)
