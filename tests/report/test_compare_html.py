"""The page of a comparison says what the comparison found, and runs nothing it was fed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from itertools import pairwise

import pytest

from detente.analysis.answer import Run
from detente.analysis.compare import Comparison
from detente.analysis.pooling import Difference
from detente.analysis.probabilities import Estimate
from detente.figures.naming import Names
from detente.report.compare_html import render_comparison
from detente.report.comparing import (
    change_sentence,
    drivers_sentence,
    headline,
    told,
    verdict,
    verdict_words,
)

Compare = Callable[[Run], list[Comparison]]


def rendered(run: Run, found: list[Comparison]) -> str:
    """The page of some comparisons of a run."""
    return render_comparison(run.situation, None, found, run.plan, file="road.yaml", version="9.9")


@pytest.fixture(scope="module")
def found(road_run: Run, compared: Compare) -> list[Comparison]:
    """Both rounds, under each reading."""
    return compared(road_run)


@pytest.fixture(scope="module")
def page(road_run: Run, found: list[Comparison]) -> str:
    """Their page."""
    return rendered(road_run, found)


def test_page_says_under_which_reading_the_claim_holds(
    page: str, road_run: Run, found: list[Comparison]
) -> None:
    """Headline, verdicts and sentences are those of the numbers."""
    names, words = Names(road_run.situation), unescape(page)
    open_, shut = found
    assert verdict(open_) == 1
    assert headline(names, found) in words
    assert "holds under \u201cPlain Open\u201d; it cannot be judged" in headline(names, found)
    assert verdict_words(shut) in words
    for one in found:
        assert change_sentence(names, one) in words
        assert drivers_sentence(one) in words
    assert drivers_sentence(open_).startswith("Of this, ")


def test_every_chance_is_on_the_page_with_its_error(page: str, found: list[Comparison]) -> None:
    """A row a chance and a pair."""
    rows = unescape(page).count('<span class="pieces">')
    assert rows == sum(len(one.differences) for one in found)
    for one in found:
        for name in one.differences:
            assert told(one, name) in unescape(page)


def test_what_differs_is_told_in_human_names(page: str) -> None:
    """Both values of an address, and at what distance an incident counts."""
    words = " ".join(unescape(re.sub("<[^>]+>", " ", page)).split())
    assert "Plain Alba: what time alone is expected to bring very high" in words
    assert "Plain drones does not count 35 days before the meeting" in words


def test_waterfall_stands_only_where_there_is_a_difference_to_tell(page: str) -> None:
    """One figure for the reading under which they meet, none for the other."""
    assert re.findall(r'<figure id="([^"]+)"', page) == ["waterfall-p1"]


def test_few_meetings_give_no_verdict(road_run: Run, found: list[Comparison]) -> None:
    """However large the difference, from twenty meetings nothing is told."""
    one, n = found[0], 1000
    rare = Estimate(0.02, (0.02 * 0.98 / n) ** 0.5)
    changed = {**one.differences, "held": Difference(rare, rare, 0.0, 0.0)}
    seldom = replace(one, differences=changed)
    assert verdict(seldom) == 0
    assert "cannot be judged" in headline(Names(road_run.situation), [seldom])
    assert "fewer than 30 draws" in change_sentence(Names(road_run.situation), seldom)
    assert drivers_sentence(seldom) == ""
    assert told(seldom, "tangible_given_held") == "too few draws"


def test_turned_round_and_within_error_have_their_words(
    road_run: Run, found: list[Comparison]
) -> None:
    """A clear fall, and a change smaller than its error."""
    one, names = found[0], Names(road_run.situation)
    base = one.differences[one.target]

    def changed(points: float) -> Comparison:
        return replace(
            one, differences={**one.differences, one.target: replace(base, points=points, se=0.01)}
        )

    assert "is turned round under" in headline(names, [changed(-0.3)])
    assert "cannot be told apart from chance" in headline(names, [changed(0.005)])
    assert "no more than Monte Carlo error" in change_sentence(names, changed(0.005))


def test_page_is_whole_and_loads_nothing(page: str) -> None:
    """A strict policy, headings in order, unique ids, every link with an end."""
    ids = re.findall(r' id="([^"]+)"', page)
    assert page.startswith("<!DOCTYPE html>")
    assert page.rstrip().endswith("</html>")
    assert "default-src 'none'" in page
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    assert not re.search(r"<(script|link|img|iframe)|url\((?!#)|@import", page)
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert all(b <= a + 1 for a, b in pairwise(levels))


def test_hostile_names_are_text(hostile_road_run: Run, compared: Compare, page: str) -> None:
    """The same elements as with harmless names; nothing is evaluated."""
    hostile = rendered(hostile_road_run, compared(hostile_road_run))
    tags = [set(re.findall(r"<([a-zA-Z0-9]+)", text)) for text in (hostile, page)]
    assert tags[0] - {"tspan"} == tags[1] - {"tspan"}  # long names take more lines
    assert "&lt;script&gt;alert(1)" in hostile
    assert "{{7*7}}" in hostile


def test_same_comparison_same_page(page: str, road_run: Run, found: list[Comparison]) -> None:
    """No time and no chance of its own."""
    assert rendered(road_run, found) == page
