"""What is foreseen and what hangs on what."""

from __future__ import annotations

import pytest

from detente.sources.marks.outlooks import outlooks
from detente.sources.marks.wording import words_of


def cues(sentence: str, kind: str) -> list[str]:
    return [one.text for one in outlooks(words_of(sentence)) if one.kind == kind]


@pytest.mark.parametrize(
    ("sentence", "cue"),
    [
        ("The ferry will sail.", "will"),
        ("They\u2019ll sail.", "They\u2019ll"),
        ("It won't freeze.", "won't"),
        ("The toll is going to fall.", "going to"),
        ("The lock is set to open.", "set to"),
        ("The ferry is due to sail.", "due to"),
        ("Will the ferry sail?", "Will"),
        ("She said it would sail.", "would"),
    ],
)
def test_a_forecast_is_found(sentence: str, cue: str) -> None:
    assert cues(sentence, "forecast") == [cue]


@pytest.mark.parametrize(
    "sentence",
    [
        "The will of the bank is strong.",
        "He left it in his will.",
        "Sailing ended due to fog.",
        "They are going to the port.",
        "They are going to Nordia.",
        "It would have sunk.",
        "They know that Will sailed.",
    ],
)
def test_nouns_places_and_what_would_have_been_are_no_forecasts(sentence: str) -> None:
    assert cues(sentence, "forecast") == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("If it rains, we row.", ["If"]),
        ("We row unless it rains.", ["unless"]),
        ("It holds so long as the toll is paid.", ["so long as"]),
        ("We sail provided that it thaws.", ["provided that"]),
        ("Upon signing, both leave.", ["Upon"]),
        ("Once the ice melts, we sail.", ["Once"]),
        ("For that to happen, it must thaw.", ["For that to happen"]),
        ("Either it thaws or we walk.", ["Either"]),
        ("All depends on the toll.", ["depends on"]),
        ("Without a toll there is no ferry.", ["Without"]),
        ("Should the talks fail, we walk.", ["Should"]),
        ("Were they to fail, we would walk.", ["Were"]),
        ("We wait until it thaws.", ["until"]),
        ("They lower the toll in exchange for fish.", ["in exchange for"]),
    ],
)
def test_a_condition_is_found(sentence: str, expected: list[str]) -> None:
    assert cues(sentence, "condition") == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "He asked if it rained.",
        "He rowed as if it rained.",
        "Once a year we row.",
        "They met once.",
        "He came without a coat.",
        "We row until Monday.",
        "They called upon the warden.",
        "He provided the boat.",
        "Should we row?",
        "Come as soon as possible.",
    ],
)
def test_look_alikes_are_no_conditions(sentence: str) -> None:
    assert cues(sentence, "condition") == []
