"""Levers in words, tables and JSON: no sentence that its numbers do not support."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from detente.analysis.leverage import Goal, Leverage
from detente.analysis.levers import find_levers
from detente.figures.levels import size_words
from detente.figures.naming import Names, percent
from detente.report.lever_words import MET, NONE, ONE, TWO, UNTOLD, headline, outcome, sentences
from detente.report.levers import levers_object, print_levers
from detente.report.levers_html import render_levers
from detente.sampling.draws import Plan
from detente.situation.scenarios import scenarios
from detente.situation.schema import Situation

PLAN = Plan(400, 8)
GOAL = Goal("tangible", 0.75)
HOSTILE = "<script>alert(1)</script>{{7*7}}"


@pytest.fixture(scope="module")
def found(three_acts: Situation) -> list[Leverage]:
    wanted = scenarios(three_acts, None, rounds=["spring"])
    return find_levers(three_acts, wanted, GOAL, PLAN)


@pytest.fixture(scope="module")
def met(three_acts: Situation) -> list[Leverage]:
    """The target lies below where the chance stands."""
    wanted = scenarios(three_acts, None, rounds=["spring"], readings=["calm"])
    return find_levers(three_acts, wanted, Goal("tangible", 0.05), PLAN)


def test_every_share_and_size_in_the_words_is_one_of_the_answer(
    three_acts: Situation, found: list[Leverage], met: list[Leverage]
) -> None:
    for one in (*found, *met):
        known: set[str] = set()
        sizes: set[str] = set()
        for ways in (one.target, one.zone):
            assert ways.base is not None
            known |= {percent(ways.base.p), f"{ways.base.p:.1%}", percent(ways.goal.p)}
            known |= {percent(short.chance.p) for short in ways.shorts}
            sizes |= {size_words(root.size) for root in (*ways.roots, *ways.pairs)}
        for sentence in sentences(Names(three_acts), one):
            assert set(re.findall(r"[<>]?\d+(?:\.\d)?%", sentence)) <= known, sentence
            told = re.findall(r"by (\d\.\d+)[;.]|(\d\.\d+) in all", sentence)
            assert {a or b for a, b in told} <= sizes, sentence


def test_the_headline_sorts_readings_by_how_the_target_is_reached(
    three_acts: Situation, found: list[Leverage]
) -> None:
    one = found[0]
    bare = replace(one.target, roots=(), pairs=())
    assert outcome(one.target) == (ONE if one.target.roots else TWO)
    assert outcome(bare) == NONE
    assert outcome(replace(bare, base=None)) == UNTOLD
    high = replace(one.target, goal=Goal("tangible", 0.001))
    assert outcome(high) == MET
    text = headline(Names(three_acts), [one, replace(found[1], target=bare)])
    assert "was found under “Dark”" in text
    assert text.startswith("Spring, to bring the chance that they meet")


def test_a_target_that_is_met_is_told_as_what_would_undo_it(
    three_acts: Situation, met: list[Leverage]
) -> None:
    told = " ".join(sentences(Names(three_acts), met[0]))
    assert "is there. What follows would undo that." in told
    assert "below 5%" in told
    assert "to 5%" not in told


def test_principals_are_told_each_what_they_could_do_alone(
    three_acts: Situation, found: list[Leverage]
) -> None:
    """Somebody else's move is never told as one's own."""
    names = Names(three_acts)
    for one in found:
        told = " ".join(sentences(names, one))
        for actor in three_acts.with_role("principal"):
            root = one.target.alone(actor)
            if root is None:
                assert (
                    f"{names.actor(actor)} cannot do it alone" in told
                    or f"for {names.actor(actor)} alone brings it clearly nearer" in told
                )
            else:
                assert f"{names.actor(actor)} cannot do it alone" not in told


def test_the_terminal_tells_every_reading_and_what_is_not_in_the_numbers(
    three_acts: Situation, found: list[Leverage]
) -> None:
    console = Console(width=100, file=None)
    with console.capture() as capture:
        print_levers(console, Names(three_acts), found, PLAN, "the tail")
    text = capture.get()
    for words in ("Spring, Calm", "Spring, Dark", "Moves that bring it to 75%", "400 draws",
                  "the tail"):  # fmt: skip
        assert words in text


def test_the_json_holds_every_move_with_the_value_to_set(
    three_acts: Situation, found: list[Leverage]
) -> None:
    plain = levers_object(three_acts, found, GOAL, PLAN, actors=(), name="x", version="9")
    again: dict[str, Any] = json.loads(json.dumps(plain))
    assert again["format"] == "detente-levers/1"
    assert [one["reading"] for one in again["readings"]] == ["calm", "dark"]
    for one, told in zip(found, again["readings"], strict=True):
        for ways, object_ in ((one.target, told["target"]), (one.zone, told["zone"])):
            assert len(object_["single"]) == len(ways.roots)
            assert len(object_["pairs"]) == len(ways.pairs)
            for root, row in zip(ways.roots, object_["single"], strict=True):
                assert row["moves"][0]["address"] == root.moved[0].lever.address
                assert row["moves"][0]["value"] is not None
                assert row["chance"]["p"] == root.chance.p


def hostile(situation: Situation) -> Situation:
    """The same with script in every name that is shown."""
    body = situation.model_dump(by_alias=True, mode="json", exclude_defaults=True)
    body["title"] = HOSTILE
    for actor in body["actors"].values():
        actor["name"] = HOSTILE
    for reading in body["readings"].values():
        reading["title"] = reading["speaker"] = HOSTILE
    return Situation.model_validate(body)


def test_the_page_is_inert_whole_and_the_same_every_time(
    three_acts: Situation, found: list[Leverage]
) -> None:
    situation = hostile(three_acts)
    pages = [render_levers(situation, found, PLAN, file="f.yaml", version="9.9") for _ in range(2)]
    assert pages[0] == pages[1]
    assert "<script" not in pages[0].lower()
    assert "{{7*7}}" in pages[0]
    for words in ("What would have to be true", "Single moves", "Method", "What this is not"):
        assert words in pages[0]


def test_war_is_asked_to_be_seldom(three_acts: Situation) -> None:
    """Above its target it is not there yet, and moves bring it below."""
    wanted = scenarios(three_acts, None, rounds=["spring"], readings=["calm"])
    (one,) = find_levers(three_acts, wanted, Goal("escalates", 0.05), PLAN)
    assert one.target.base is not None
    assert one.target.base.p > 0.05
    assert not one.target.met
    told = " ".join(sentences(Names(three_acts), one))
    assert "less than 5% is asked for" in told
    assert "undo" not in told
    assert "below 5%" in headline(Names(three_acts), [one])


def test_every_field_of_the_json_is_documented(
    three_acts: Situation, found: list[Leverage]
) -> None:
    page = (Path(__file__).parents[2] / "docs" / "reference" / "result-json.md").read_text("utf-8")
    section = page.split("## Levers as JSON")[1].split("\n## ")[0]
    named = set(re.findall(r"`([\w.-]+)`", page.split("## ")[1] + section))
    plain = levers_object(three_acts, found, GOAL, PLAN, actors=(), name="x", version="9")
    assert fields(plain) <= named | {"name", "p", "mc_se", "set", "detente", "format"}


def fields(value: Any) -> set[str]:
    """Every key of an object and of all below it."""
    if isinstance(value, dict):
        below = (fields(inner) for inner in value.values())
        return set(value).union(*below)
    return set[str]().union(*map(fields, value)) if isinstance(value, list) else set()
