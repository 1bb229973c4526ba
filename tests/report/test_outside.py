"""Inside and outside in words, on a terminal, as data and on the page."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from rich.console import Console

from detente.analysis.answer import Run
from detente.analysis.inside_view import drawn_in
from detente.analysis.outside_view import OutsideView, ahead, outside_view
from detente.figures.drawing import svg
from detente.figures.naming import Names, percent
from detente.figures.outside import VIEWS, outside_figure
from detente.outside.classes import reference_class, reference_classes
from detente.report.html import render
from detente.report.outside import NONE_NAMED, counted, outside_object, sentences
from detente.report.outside_html import render_outside
from detente.report.outside_terminal import print_beside, print_classes, print_outside
from detente.report.result_json import result_object
from detente.report.terminal import print_run
from detente.situation.lens_sections import Outside

HOSTILE = "<script>alert(1)</script> {{7*7}}"


def named(run: Run, text: str, weight: float | None = None) -> Run:
    """The run, its situation naming classes; they change no draw."""
    held = [
        {"class": "us-russia-summits-held", "why": f"{text} why"}, {"class": "unsc-votes-adopted"},
    ]  # fmt: skip
    outside = Outside.model_validate(
        {"held": held, "tangible_given_held": [{"class": "icb-formal"}],
         "lasts_given_deal": [{"class": "peace-agreements-10y"}], "weight": weight,
         "note": f"{text} note"}
    )  # fmt: skip
    return replace(run, situation=run.situation.model_copy(update={"outside": outside}))


@pytest.fixture(scope="module")
def run(road_run: Run) -> Run:
    """Two rounds under two readings, with classes."""
    return named(road_run, "Plain")


@pytest.fixture(scope="module")
def view(run: Run) -> OutsideView:
    """Its last round."""
    found = ahead(run)
    assert found is not None
    return found


def last(run: Run) -> Run:
    """The last scenario alone, which has fewer pictures to draw."""
    return replace(
        run, answers=run.answers[-1:], scenarios=run.scenarios[-1:],
        happened=run.happened[-1:], outcomes=run.outcomes[-1:],
    )  # fmt: skip


def told(run: Run, view: OutsideView | None = None) -> str:
    """What the terminal says, on one line."""
    out = io.StringIO()
    console = Console(file=out, width=100, highlight=False)
    if view is None:
        print_run(console, run, "plain.yaml", "9.9")
    else:
        print_outside(console, Names(run.situation), view, "the tail")
    return " ".join(out.getvalue().split())


def test_every_event_has_its_three_chances_in_words(run: Run, view: OutsideView) -> None:
    """Inside, outside, pooled, in that order."""
    said = sentences(Names(run.situation), view)
    for sentence, one in zip(said, view.events.values(), strict=False):
        p, q, both = one.inside.estimate.p, one.outside.mean, one.linear
        expected = f"{percent(p)} from inside, {percent(q)} from outside, {percent(both)} pooled."
        assert expected in sentence


def test_what_differs_is_said(run: Run, view: OutsideView) -> None:
    """Classes that differ or agree, another horizon, cases of later years, events without one."""
    said = " ".join(sentences(Names(run.situation), view))
    held = view.events["held"].outside
    assert (
        "The classes differ" if (held.heterogeneity or 0) >= 0.5 else "The classes agree"
    ) in said
    assert "count 10 years, the situation asks about 60 months" in said
    assert "after the meeting" not in said
    assert "only the inside view speaks: they meet and a deal closes" in said
    early = replace(view, eve=view.eve and view.eve.replace(year=1999))
    assert "icb-formal" in " ".join(sentences(Names(run.situation), early))


def test_the_run_shows_both_or_says_that_there_is_one(run: Run, road_run: Run) -> None:
    """On the terminal, in the JSON and on the page."""
    assert "inside, outside and pooled" in told(run)
    assert "a default that nobody chose" in told(run)
    assert NONE_NAMED in told(road_run)
    with_classes, without = (result_object(one, "x")["outside"] for one in (run, road_run))
    assert with_classes["round"] == "second"
    assert without is None
    both, one = (render(last(found), file="x", version="9") for found in (run, road_run))
    assert both.count('id="outside-view"') == one.count('id="outside-view"') == 1
    assert 'id="outside"' in both
    assert NONE_NAMED in one


def test_the_whole_answer_tells_every_class(run: Run, view: OutsideView) -> None:
    """Its counts, why it was chosen, what to mind; and the analyst's note."""
    said = told(run, view)
    for one in view.events.values():
        for share in one.outside.shares:
            assert " ".join(counted(share.found).split()) in said
            assert share.found.id in said
    assert "Plain why" in said
    assert "no reason given in the file" in said
    assert "Plain note" in said
    assert "2025-10-01" in said
    assert said.endswith("the tail")


def test_counts_say_what_they_leave_out() -> None:
    """Cases without a code with what they could change; survival with its interval."""
    signed = reference_class("us-russia-summits-signed")
    assert "if none of them counts" in counted(signed)
    assert counted(reference_class("icb-formal")).startswith("106 of 486, 1918 to 2017; 1 ")
    assert "Kaplan-Meier" in counted(reference_class("peace-agreements-5y"))
    assert counted(replace(signed, n=0.0, k=0.0)) == "no case by then"


def test_the_object_holds_what_is_shown(view: OutsideView) -> None:
    """Numbers as they are, unrounded."""
    found = outside_object(view)
    assert found is not None
    assert [one["event"] for one in found["events"]] == list(view.events)
    first, held = found["events"][0], view.events["held"]
    assert first["inside"]["p"] == held.inside.estimate.p
    assert first["outside"]["classes"][0]["class"] == "us-russia-summits-held"
    assert first["pooled"]["log_odds"] == held.log_odds
    assert found["weight_from"] == "default"
    assert found["cases_before"] == "2025-10-01"


def test_the_picture_has_three_dots_an_event(run: Run, view: OutsideView) -> None:
    """And a row of numbers for each of them and each class; what is drawn lies in the picture."""
    figure = outside_figure(Names(run.situation), view)
    classes = sum(len(one.outside.shares) for one in view.events.values())
    assert len(figure.rows) == len(VIEWS) * len(view.events) + classes
    for row in figure.rows:
        p, half_low, half_high, low, high = (float(cell or 0) for cell in row[2:7])
        assert 0 <= low <= half_low <= half_high <= high <= 1
        assert 0 <= p <= 1
    assert svg(figure).count("<desc") == 1


def test_the_page_is_whole_and_takes_no_hostile_word(hostile_road_run: Run, run: Run) -> None:
    """The same elements as with harmless names; the same text each time."""
    pages: list[str] = []
    for one in (run, named(hostile_road_run, HOSTILE)):
        found = outside_view(one.situation, drawn_in(one, "second"))
        assert found is not None
        pages.append(render_outside(one.situation, found, one.plan, file="x.yaml", version="9"))
    elements = [sorted(set(re.findall(r"<([a-z0-9]+)", page))) for page in pages]
    assert elements[0] == elements[1]
    assert "script" not in elements[1]
    assert pages[0].count("<table") == pages[0].count("</table>")
    levels = [int(level) for level in re.findall(r"<h([1-6])", pages[0])]
    assert all(b <= a + 1 for a, b in pairwise(levels))


def test_the_list_tells_every_class() -> None:
    """Name, counts, source, rules."""
    out = io.StringIO()
    print_classes(Console(file=out, width=200), reference_classes().values())
    for found in reference_classes().values():
        assert found.id in out.getvalue()


def test_nothing_to_show_is_said(road_run: Run) -> None:
    """In one sentence that tells what to do."""
    out = io.StringIO()
    print_beside(Console(file=out, width=300), Names(road_run.situation), None)
    assert "detente outside --list" in out.getvalue()
