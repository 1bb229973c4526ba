"""Knock-outs in words: no sentence that its numbers do not support."""

from __future__ import annotations

import json
import re

import pytest
from rich.console import Console

from detente.analysis.knockout import Knockouts, knockouts
from detente.figures.naming import Names, percent
from detente.report.knockouts import (
    knockouts_object,
    print_knockouts,
    sentences,
    whole_sentence,
)
from detente.sampling.draws import Plan
from detente.situation.schema import Situation
from detente.sources.claims import Claims
from detente.sources.removal import removals

PLAN = Plan(600, 8)


@pytest.fixture(scope="module")
def found(three_acts: Situation, bridge_claims: Claims) -> Knockouts:
    return knockouts(three_acts, bridge_claims, removals(bridge_claims), "spring", PLAN)


def test_every_number_of_a_sentence_is_one_of_the_answer(
    three_acts: Situation, bridge_claims: Claims, found: Knockouts
) -> None:
    """Chances in the words are chances of the records, rounded."""
    known = {percent(one["tangible"].p) for one in found.base.values()}
    known |= {percent(found.whole["tangible"].p)}
    for row in found.found:
        for d in [row.overall, *row.changes.values()]:
            if "tangible" in d:
                known |= {percent(d["tangible"].first.p), percent(d["tangible"].second.p)}
    for sentence in sentences(Names(three_acts), bridge_claims, found):
        assert set(re.findall(r"[<>]?\d+%", sentence)) <= known, sentence


def test_the_whole_is_told_over_readings_and_by_reading(
    three_acts: Situation, found: Knockouts
) -> None:
    each = [one["tangible"].p for one in found.base.values()]
    text = whole_sentence(Names(three_acts), found)
    assert f"from {percent(min(each))} to {percent(max(each))}" in text


def test_services_are_always_told(
    three_acts: Situation, bridge_claims: Claims, found: Knockouts
) -> None:
    told = " ".join(sentences(Names(three_acts), bridge_claims, found))
    assert "intelligence services alone" in told
    assert "one origin" in told  # the scouts' word through letter and report


def test_the_terminal_tells_every_sort_of_removal(
    three_acts: Situation, bridge_claims: Claims, found: Knockouts
) -> None:
    console = Console(width=100, record=True, file=None, quiet=False)
    with console.capture() as capture:
        print_knockouts(console, Names(three_acts), bridge_claims, found, "the tail")
    text = capture.get()
    for words in ("Sources, speakers, grades", "Claims, taken away", "over readings", "the tail"):
        assert words in text


def test_knockouts_as_json_hold_every_row(
    three_acts: Situation, bridge_claims: Claims, found: Knockouts
) -> None:
    plain = knockouts_object(three_acts, bridge_claims, found, PLAN, name="x", version="9")
    again = json.loads(json.dumps(plain))
    assert again["format"] == "detente-knockout/1"
    assert [row["removal"] for row in again["knockouts"]] == [
        f"{row.removal.sort}:{row.removal.name}" for row in found.found
    ]
    for row in again["knockouts"]:
        assert row["origins"] >= 1
