"""Weighed readings in words, each number one of the steps."""

from __future__ import annotations

import json

import pytest
from rich.console import Console

from detente.analysis.weighing import Weighing, weigh
from detente.figures.naming import Names, percent
from detente.report.weighing import print_weighing, weighing_object
from detente.report.weighing import sentences as weighing_sentences
from detente.sampling.draws import Plan
from detente.situation.scenarios import scenarios
from detente.situation.schema import Situation

PLAN = Plan(600, 8)


@pytest.fixture(scope="module")
def weighed(recorded: Situation) -> Weighing:
    return weigh(recorded, None, "spring", PLAN)


def test_weights_in_words_follow_from_the_steps(recorded: Situation, weighed: Weighing) -> None:
    told = weighing_sentences(Names(recorded), weighed)
    (first,) = (w for w in told if w.startswith("It was called off (2020-04-01)"))
    likelihood = weighed.steps[-1].likelihood
    for one in likelihood.values():
        assert one is not None
        assert percent(one.p) in first
    assert f"{weighed.steps[-1].bits:.2f} bits" in first
    assert any("Not counted" in sentence and "They met" in sentence for sentence in told)
    assert any("--all-events" in sentence for sentence in told)


def test_a_file_without_events_says_that_nothing_was_weighed(three_acts: Situation) -> None:
    told = weighing_sentences(Names(three_acts), weigh(three_acts, None, "spring", PLAN))
    assert any("no event is recorded" in sentence for sentence in told)


def test_the_terminal_shows_readings_side_by_side_and_the_matrix(
    recorded: Situation, weighed: Weighing
) -> None:
    console = Console(width=100)
    with console.capture() as capture:
        print_weighing(console, Names(recorded), weighed, "the tail")
    text = capture.get()
    for words in ("side by side", "What speaks for whom", "counted:", "Calm", "Dark", "the tail"):
        assert words in text


def test_weighed_readings_as_json(recorded: Situation, weighed: Weighing) -> None:
    values = scenarios(recorded, None, rounds=["spring"])[0].values
    plain = weighing_object(recorded, values, weighed, PLAN, name="x", version="9")
    again = json.loads(json.dumps(plain))
    assert again["format"] == "detente-readings/1"
    assert [step["event"] for step in again["steps"]] == [None, "off"]
    assert sum(w["p"] for w in again["steps"][-1]["weights"].values()) == pytest.approx(1.0)
    assert len(again["indicators"]) == len(weighed.indicators)
