"""The answer under every protocol in words, as tables, as JSON and as a page."""

from __future__ import annotations

import json
import re

import pytest
from rich.console import Console

from detente.analysis.robustness import Robustness, robustness
from detente.bargaining.protocols import PROTOCOLS
from detente.figures.conclusions import spread
from detente.figures.drawing import inline_svg
from detente.figures.naming import Names, percent
from detente.figures.robustness import robustness_figure
from detente.report.robustness import (
    print_robustness,
    robustness_object,
    sentences,
    verdict,
)
from detente.report.robustness_html import render_robustness
from detente.sampling.draws import Plan
from detente.situation.schema import Situation

PLAN = Plan(500, 3)
HOSTILE = "<script>alert(1)</script>{{7*7}}"


@pytest.fixture(scope="module")
def found(three_acts: Situation) -> Robustness:
    return robustness(three_acts, None, "spring", PLAN, before="winter")


def test_every_number_of_a_sentence_is_one_of_the_answer(
    three_acts: Situation, found: Robustness
) -> None:
    known = {
        percent(under.probabilities["tangible"].p)
        for table in found.found.values()
        for under in table.values()
    }
    for sentence in sentences(Names(three_acts), found):
        assert set(re.findall(r"[<>]?\d+%", sentence)) <= known, sentence


def test_no_two_protocols_share_a_letter() -> None:
    assert len({one.letter for one in PROTOCOLS.values()}) == len(PROTOCOLS)


def test_the_picture_holds_every_chance(three_acts: Situation, found: Robustness) -> None:
    figure = robustness_figure(Names(three_acts), found)
    assert len(figure.rows) == len(found.protocols) * len(found.found)
    reading, low, high = spread(found)
    assert percent(low) in figure.alt
    assert percent(high) in figure.alt
    assert Names(three_acts).reading(reading) in figure.alt
    assert inline_svg(figure).startswith("<svg")


def test_the_terminal_tells_chances_and_verdicts(three_acts: Situation, found: Robustness) -> None:
    console = Console(width=100)
    with console.capture() as capture:
        print_robustness(console, Names(three_acts), found, "the tail")
    text = capture.get()
    for words in ("Spring", "Take it or leave it", "the tail"):
        assert words in text
    assert (verdict(True), verdict(False), verdict(None)) == ("yes", "no", "≈")


def test_the_json_holds_every_protocol(three_acts: Situation, found: Robustness) -> None:
    plain = robustness_object(three_acts, {}, found, PLAN, name="x", version="9")
    again = json.loads(json.dumps(plain))
    assert again["format"] == "detente-robustness/1"
    assert len(again["readings"]) == len(found.protocols) * len(found.found)
    assert len(again["conclusions"]) == len(found.conclusions)


def test_the_page_is_inert_and_tells_the_axioms(three_acts: Situation) -> None:
    body = three_acts.model_dump(by_alias=True, mode="json", exclude_defaults=True)
    for reading in body["readings"].values():
        reading["title"] = HOSTILE
    situation = Situation.model_validate({**body, "title": HOSTILE})
    found = robustness(situation, None, "spring", Plan(200, 1))
    page = render_robustness(situation, found, Plan(200, 1), file="f", version="9.9")
    assert "<script" not in page.lower()
    assert "{{7*7}}" in page
    for words in ("What survives", "scale invariance", "What this is not"):
        assert words in page
