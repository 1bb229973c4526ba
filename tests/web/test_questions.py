"""Long questions: each is answered by a whole page, or says why it cannot be asked."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from detente.errors import UsageError
from detente.web.answering import untold
from detente.web.library import library
from detente.web.questions import QUESTIONS, answered
from detente.web.state import State

PLAIN = State(reading="article", draws=200)
STATES = {
    "readings": PLAIN.but(against="worthless-word"),
    "scan": PLAIN.but(over=("trust.russia.us",)),
}


def _asked(name: str, state: State, folder: Path) -> str:
    opened = library("budapest-2025", folder).open("budapest-2025")
    with ThreadPoolExecutor(2) as pool:
        return answered(QUESTIONS[name], opened, state, pool, untold)


@pytest.mark.parametrize("name", STATES)
def test_questions_that_need_a_choice_are_answered_by_a_page(name: str, tmp_path: Path) -> None:
    """A whole document without a script, on the shipped case."""
    page = _asked(name, STATES[name], tmp_path)
    assert page.startswith("<!DOCTYPE html>")
    assert "<script" not in page
    assert "Budapest" in page


@pytest.mark.parametrize(
    ("name", "state", "says"),
    [
        ("compare", PLAIN.but(round="anchorage"), "no earlier round"),
        ("readings", PLAIN, "no other reading"),
        ("readings", PLAIN.but(against="article"), "the same reading twice"),
        ("scan", PLAIN, "no value to move"),
        ("scan", PLAIN.but(over=("trust.russia.nobody",)), "trust.russia.nobody"),
    ],
)
def test_what_cannot_be_asked_is_told_with_its_reason(
    name: str, state: State, says: str, tmp_path: Path
) -> None:
    """In words that say what to do."""
    with pytest.raises(UsageError, match=says):
        _asked(name, state, tmp_path)


@pytest.mark.parametrize("name", [name for name in QUESTIONS if name not in {"levers", "drivers"}])
def test_what_is_left_out_is_left_out_of_every_question(name: str, tmp_path: Path) -> None:
    """The page says so at its foot, and is another page than with everybody's word."""
    state = STATES.get(name, PLAIN).but(draws=60)
    away = state.but(without=("group:service",))
    told, quiet = _asked(name, away, tmp_path), _asked(name, state, tmp_path)
    assert "group:service" in told.partition("Laid on the file")[2]
    assert "Laid on the file" not in quiet
    assert told.partition("<footer>")[0] != quiet.partition("<footer>")[0]
