"""What is said of the meeting itself follows the numbers of its run-up."""

from __future__ import annotations

from dataclasses import replace
from html import unescape
from itertools import pairwise

import pytest
from rich.console import Console

from detente.analysis.answer import Answer, Run
from detente.analysis.probabilities import Estimate
from detente.figures.causes import in_short, why_not
from detente.figures.naming import percent
from detente.model.runup import CAUSES, IN_TENSION, NO_RESULT
from detente.published import PEACE_AGREEMENTS
from detente.report.answering import answer_sentences
from detente.report.html import render
from detente.report.meeting import falls_through, meets_at_all, road_sentence, tangible_at_all
from detente.report.sentences import change_between, range_of_round
from detente.report.terminal import print_run


def of(run: Run, round_: str, reading: str) -> Answer:
    """One scenario of the run."""
    return next(a for a in run.answers if (a.round, a.reading) == (round_, reading))


@pytest.fixture(scope="module")
def page(road_run: Run) -> str:
    """The page of the run, entities resolved."""
    return unescape(render(road_run, file="road.yaml", version="9.9"))


def terminal(run: Run) -> str:
    """What the terminal shows of a run, 80 columns wide."""
    console = Console(width=80)
    with console.capture() as caught:
        print_run(console, run, "road.yaml", "9.9")
    return caught.get()


@pytest.fixture(scope="module")
def printed(road_run: Run) -> str:
    """What the terminal shows of it, 80 columns wide."""
    return terminal(road_run)


def test_three_chances_are_told_apart(road_run: Run) -> None:
    """Held, tangible if held, and tangible at all each have a sentence with their own numbers."""
    found = of(road_run, "second", "open").probabilities
    assert len({found[n].p for n in ("held", "tangible_given_held", "tangible")}) == 3
    held, given, whole = (
        tell(road_run, "second") or "" for tell in (meets_at_all, range_of_round, tangible_at_all)
    )
    assert f"to {percent(found['held'].p)} (\u201cPlain Open\u201d)" in held
    assert f"is {percent(found['tangible_given_held'].p)} under \u201cPlain Open\u201d" in given
    assert "too seldom to tell under \u201cPlain Shut\u201d" in given
    assert f"to {percent(found['tangible'].p)} (\u201cPlain Open\u201d)" in whole
    assert {held, given, whole} <= set(answer_sentences(road_run))


def test_last_round_comes_first(road_run: Run) -> None:
    """What lies ahead, or happened last, is told before what came before it."""
    sentences = answer_sentences(road_run)
    places = [sentences.index(range_of_round(road_run, r)) for r in ("second", "first")]
    assert places == sorted(places)


def test_why_meetings_fall_through(road_run: Run) -> None:
    """The most frequent cause under each reading is named."""
    shut = of(road_run, "second", "shut")
    cause, share = why_not(shut)[0]
    assert cause == CAUSES[NO_RESULT]
    assert share > 0.5
    sentence = falls_through(road_run, "second") or ""
    assert cause in sentence
    assert CAUSES[IN_TENSION] in (road_sentence(of(road_run, "second", "open")) or "")
    missing = tuple(replace(a, road=None) for a in road_run.answers)
    assert falls_through(replace(road_run, answers=missing), "second") is None


def test_nothing_of_it_is_said_without_a_run_up(road_run: Run) -> None:
    """A meeting taken as held has no chance of being held."""
    bare = {"tangible_given_held": Estimate(0.4, 0.01), "deal": Estimate(0.4, 0.01)}
    answers = tuple(replace(a, road=None, probabilities=bare) for a in road_run.answers)
    run = replace(road_run, answers=answers)
    assert meets_at_all(run, "second") is tangible_at_all(run, "second") is None
    assert road_sentence(answers[0]) is None


def test_no_change_is_told_where_they_do_not_meet(road_run: Run) -> None:
    """A reading without meetings is named, not counted as unmoved."""
    sentence = change_between(road_run, "first", "second")
    assert "cannot be told under \u201cPlain Shut\u201d" in sentence
    assert "rises by" in sentence


def test_page_shows_tree_fan_and_causes(page: str, road_run: Run) -> None:
    """The road has its pictures, its table and its words."""
    for name in ("tree-r1", "fan-r1", "tree-r2", "causes"):
        assert f'<figure id="{name}">' in page
    assert (road_sentence(of(road_run, "second", "open")) or "nothing") in page
    assert page.count("three chances that are not the same</caption>") == 2
    shut = of(road_run, "second", "shut")
    assert f"if not, mostly: {in_short(why_not(shut)[0][0])}" in page


def test_page_says_where_the_rate_of_collapse_comes_from(page: str) -> None:
    """Number, source and caveat of the published rate."""
    assert PEACE_AGREEMENTS.source in page
    assert PEACE_AGREEMENTS.caveat in page
    assert f"{100 * PEACE_AGREEMENTS.rate:.2f} % a month" in page


def test_terminal_keeps_the_chances_apart(printed: str, road_run: Run) -> None:
    """Three columns a round; a meeting that is never held is said to be."""
    found = of(road_run, "second", "open").probabilities
    row = next(line for line in printed.splitlines() if line.startswith("\u2502 Plain Open"))
    cells = [cell.strip() for cell in row.strip("\u2502").split("\u2502")]
    assert cells[1] == percent(found["held"].p)
    assert cells[2].startswith(percent(found["tangible_given_held"].p))
    assert cells[3] == percent(found["tangible"].p)
    assert "never meet" in printed
    assert "falls through" in printed
    assert max(len(line.rstrip()) for line in printed.splitlines()) <= 80


def test_terminal_lists_the_next_packages_by_what_differs(printed: str, road_run: Run) -> None:
    """The first package is told choice by choice; what the next share with it is not repeated."""
    first, *others = of(road_run, "second", "open").packages[:3]
    assert others
    part = printed[printed.index("likely deal") : printed.index("in the way")]
    assert part.count("\u00b7") == len(first.changes)
    assert part.count("the same, but") == len(others)


def test_terminal_runs_without_a_span(road_run: Run) -> None:
    """An answer whose input uncertainty is unknown is printed without it."""
    answers = tuple(replace(a, spread=None) for a in road_run.answers)
    rows = [
        line
        for line in terminal(replace(road_run, answers=answers)).splitlines()
        if line.startswith("\u2502")
    ]
    assert rows
    assert not any("[" in row for row in rows)


def test_headings_of_the_page_descend(page: str) -> None:
    """No level is skipped."""
    levels = [int(part[0]) for part in page.split("<h")[1:] if part[0].isdigit()]
    assert all(b <= a + 1 for a, b in pairwise(levels))
