"""What is said of the meeting itself follows the numbers of its run-up."""

from __future__ import annotations

from dataclasses import replace
from html import unescape
from itertools import pairwise

import pytest
from rich.console import Console

from detente.analysis.answer import Answer, Run
from detente.analysis.probabilities import Estimate
from detente.analysis.uncertainty import POINTS
from detente.figures.endings import in_short, why_not
from detente.figures.naming import percent
from detente.figures.spans import met
from detente.model.causes import CAUSES, IN_TENSION, NO_RESULT
from detente.published import PEACE_AGREEMENTS
from detente.report.answering import answer_sentences
from detente.report.html import render
from detente.report.meeting import (
    falls_through,
    meets_at_all,
    road_sentence,
    tangible_if_they_meet,
)
from detente.report.result_json import result_object
from detente.report.sentences import (
    change_between,
    margin,
    range_of_round,
    sides_of_even,
    widest_input,
    would_be_wrong,
)
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
    whole, held, given = (
        tell(road_run, "second") or ""
        for tell in (range_of_round, meets_at_all, tangible_if_they_meet)
    )
    assert whole == (
        "Plain Second: over 2 readings, the chance that they meet and agree on something tangible "
        f"runs from 0% (\u201cPlain Shut\u201d) to {percent(found['tangible'].p)} "
        "(\u201cPlain Open\u201d)."
    )
    assert f"to {percent(found['held'].p)} (\u201cPlain Open\u201d)" in held
    assert f"is {percent(found['tangible_given_held'].p)} under \u201cPlain Open\u201d" in given
    error = margin(found["tangible_given_held"], met(road_run, of(road_run, "second", "open")))
    assert f"({error}); too seldom to tell under \u201cPlain Shut\u201d." in given
    sentences = answer_sentences(road_run)
    places = [sentences.index(one) for one in (whole, held, given)]
    assert places == sorted(places)
    assert places[0] == 0


def known(run: Run, chances: dict[str, tuple[float, float, float]]) -> Run:
    """The second round alone, with P(held), P(tangible given held) and P(tangible) by reading."""
    names = ("held", "tangible_given_held", "tangible")
    answers = tuple(
        replace(
            of(run, "second", reading),
            probabilities={n: Estimate(p, 0.01) for n, p in zip(names, found, strict=True)},
        )
        for reading, found in chances.items()
    )
    return replace(run, answers=answers)


def test_the_main_sentences_are_of_the_chance_at_all(road_run: Run) -> None:
    """A chance near certain if they meet leads nobody astray where they seldom do."""
    run = known(road_run, {"open": (0.7, 0.8, 0.56), "shut": (0.2, 0.95, 0.19)})
    assert "from 19% (\u201cPlain Shut\u201d) to 56%" in range_of_round(run, "second")
    assert sides_of_even(run, "second") == (
        "Plain Second: that is more likely than not under every reading but \u201cPlain Shut\u201d."
    )
    wrong = would_be_wrong(run, "second") or ""
    assert "against \u201cPlain Shut\u201d, which gave it 19%" in wrong
    assert "against \u201cPlain Open\u201d, which gave that 44%" in wrong
    given = tangible_if_they_meet(run, "second") or ""
    assert "runs from 80% (\u201cPlain Open\u201d) to 95% (\u201cPlain Shut\u201d)." in given
    assert given.endswith("says little without the chance that they meet.")


def test_one_reading_has_its_chances_and_their_errors(road_run: Run) -> None:
    """Each with the error of its own draws; where they seldom meet, there is none if they do."""
    run = known(road_run, {"open": (0.7, 0.8, 0.56)})
    assert "is 56% (\u00b12.0 points" in range_of_round(run, "second")
    assert meets_at_all(run, "second") == (
        "Plain Second: the chance that they meet at all is 70% (\u00b12.0 points)."
    )
    assert tangible_if_they_meet(run, "second") == (
        "Plain Second: once they meet, the chance of something tangible is 80% (\u00b12.0 points)."
    )
    seldom = known(road_run, {"open": (0.05, 0.8, 0.04)})
    assert "cannot be told" in (tangible_if_they_meet(seldom, "second") or "")
    assert "is 4% (" in range_of_round(seldom, "second")


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
    assert meets_at_all(run, "second") is tangible_if_they_meet(run, "second") is None
    assert range_of_round(run, "second") == (
        "Plain Second: the chance of something tangible, if they meet, is 40% under every one of "
        "the 2 readings."
    )
    assert road_sentence(answers[0]) is None


def test_change_is_told_also_where_they_do_not_meet(road_run: Run) -> None:
    """Nothing tangible comes of no meeting, before as after: that chance does not move."""
    sentence = change_between(road_run, "first", "second") or ""
    before, after = (
        of(road_run, r, "open").probabilities["tangible"].p for r in ("first", "second")
    )
    assert after > before
    assert f"rises under \u201cPlain Open\u201d, by {100 * (after - before):.0f} points" in sentence
    assert "does not change by more than Monte Carlo error under \u201cPlain Shut\u201d" in sentence


def test_no_change_is_told_from_a_round_taken_as_held(road_run: Run) -> None:
    """A chance if they meet is not the same thing as a chance that they meet and agree."""
    bare = tuple(
        replace(a, road=None, probabilities={"tangible_given_held": Estimate(0.4, 0.01)})
        if a.round == "first"
        else a
        for a in road_run.answers
    )
    assert change_between(replace(road_run, answers=bare), "first", "second") is None


def test_input_spread_says_what_it_is_of(road_run: Run) -> None:
    """Of the main probability, also under a reading in which they never meet."""
    runs = result_object(road_run, "road")["runs"]
    assert [run["input_spread"]["of"] for run in runs] == ["tangible"] * len(road_run.answers)
    for found, answer in zip(runs, road_run.answers, strict=True):
        spread = found["input_spread"]
        assert (spread["low"], spread["high"]) == (answer.spread.low, answer.spread.high)
        assert spread["points"] == POINTS
    bare = {"tangible_given_held": Estimate(0.4, 0.01)}
    plain = replace(road_run, answers=(replace(road_run.answers[0], probabilities=bare),))
    assert result_object(plain, "road")["runs"][0]["input_spread"]["of"] == "tangible_given_held"


def test_widest_span_is_told_with_the_error_of_its_own_chance(road_run: Run) -> None:
    """The error beside it is that of the chance at all, over all draws."""
    wide = max(road_run.answers, key=lambda a: a.spread.high - a.spread.low)
    sentence, found = widest_input(road_run), wide.probabilities["tangible"]
    assert f"from {percent(wide.spread.low)} to {percent(wide.spread.high)}." in sentence
    assert f"there {margin(found, road_run.plan.draws)}." in sentence


def test_page_shows_tree_fan_and_causes(page: str, road_run: Run) -> None:
    """The road has its pictures, its table and its words."""
    for name in ("tree-r1", "fan-r1", "tree-r2", "causes"):
        assert f'<figure id="{name}">' in page
    assert (road_sentence(of(road_run, "second", "open")) or "nothing") in page
    assert page.count("three chances that are not the same</caption>") == 2
    shut = of(road_run, "second", "shut")
    assert f"if not, mostly: {in_short(why_not(shut)[0][0])}" in page


def test_page_shows_the_chance_at_all_first(page: str, road_run: Run) -> None:
    """Table, heading and cells are of the main probability; the others follow it."""
    asked = "Chance that they meet and agree on something tangible"
    assert f"<caption>{asked}</caption>" in page
    assert f'aria-label="Table: {asked}"' in page
    for reading in ("open", "shut"):
        found = of(road_run, "second", reading)
        chance = percent(found.probabilities["tangible"].p)
        assert f"<h4>Plain Second: {chance}</h4>" in page
        assert f'<span class="big">{chance}</span>' in page
        assert f"{percent(found.spread.low)} to {percent(found.spread.high)} inputs" in page
    assert "<li>they meet and agree on something tangible:" not in page
    assert page.count("<li>something tangible is agreed, if they meet:") == sum(
        "tangible_given_held" in a.probabilities for a in road_run.answers
    )


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
    assert cells[1].startswith(f"{percent(found['tangible'].p)} \u00b1")
    assert cells[2] == percent(found["held"].p)
    assert cells[3].startswith(f"{percent(found['tangible_given_held'].p)} \u00b1")
    below = next(line for line in printed[printed.index(row) + len(row) :].splitlines() if line)
    spread = of(road_run, "second", "open").spread
    assert f"[{percent(spread.low)} to {percent(spread.high)}]" in below
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


def test_terminal_tells_few_meetings_from_none(road_run: Run) -> None:
    """The chance at all has its error and its span in both; the chance if they meet in neither."""
    text = terminal(known(road_run, {"open": (0.05, 1.0, 0.05), "shut": (0.0, 0.0, 0.0)}))
    rows = [line for line in text.splitlines() if line.startswith("\u2502 Plain")]
    assert [row.strip("\u2502").split("\u2502")[3].strip() for row in rows] == [
        "seldom meet",
        "never meet",
    ]
    assert [row.strip("\u2502").split("\u2502")[1].split()[0] for row in rows] == ["5%", "0%"]
    inside = [line for line in text.splitlines() if line.startswith("\u2502")]
    assert sum("[" in line for line in inside) == len(rows)


def test_headings_of_the_page_descend(page: str) -> None:
    """No level is skipped."""
    levels = [int(part[0]) for part in page.split("<h")[1:] if part[0].isdigit()]
    assert all(b <= a + 1 for a, b in pairwise(levels))
