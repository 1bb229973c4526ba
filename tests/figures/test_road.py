"""The road to the meeting in pictures: tree, causes, fan."""

from __future__ import annotations

from dataclasses import replace

import pytest

from detente.analysis.answer import Answer, Run
from detente.analysis.road import BANDS
from detente.figures import drawing
from detente.figures.causes import causes
from detente.figures.endings import why_not
from detente.figures.fan import APART, _badges, _ticks, fan
from detente.figures.tree import STEP_WORDS, tree
from detente.model.causes import CAUSES, HELD


@pytest.fixture(scope="module")
def lively(plain_run: Run) -> Answer:
    """A scenario that takes every fork."""
    return next(a for a in plain_run.answers if (a.round, a.reading) == ("second", "open"))


def test_branches_multiply_to_the_whole_way(plain_run: Run, lively: Answer) -> None:
    """Down the trunk, the product of the left column is the right column, row by row."""
    figure = tree(plain_run, lively)
    assert figure is not None
    rows = {row[0]: row for row in figure.rows}
    whole = 1.0
    for step in ("held", "deal", "tangible", "lasts"):
        on, off = rows[STEP_WORDS[step, True]], rows[STEP_WORDS[step, False]]
        assert float(on[1] or 0) + float(off[1] or 0) == pytest.approx(1.0)
        assert float(on[3] or 0) + float(off[3] or 0) == pytest.approx(whole)
        whole *= float(on[1] or 0)
        assert on[3] == pytest.approx(whole)
    assert 0.0 < whole < 1.0


def test_tree_keeps_the_two_chances_apart(plain_run: Run, lively: Answer) -> None:
    """Tangible if they meet and tangible at all are both in words, and both drawn."""
    figure = tree(plain_run, lively)
    assert figure is not None
    given, whole = (lively.probabilities[n].p for n in ("tangible_given_held", "tangible"))
    assert given != whole
    assert f"if they meet: {given:.1%}" in figure.alt
    assert f"at all: {whole:.1%}" in figure.alt
    text = drawing.inline_svg(figure)
    for words in ("Tangible, if they meet", f"{given:.0%}", "Tangible at all", f"{whole:.0%}"):
        assert f">{words}<" in text


def test_tree_of_a_meeting_never_held(plain_run: Run) -> None:
    """No share is given of what never came to be."""
    shut = next(a for a in plain_run.answers if a.probabilities["held"].p == 0.0)
    figure = tree(plain_run, shut)
    assert figure is not None
    assert "They never meet" in figure.alt
    assert {row[0]: row[1] for row in figure.rows}[STEP_WORDS["deal", True]] is None


def test_tree_without_a_run_up_takes_the_meeting_as_given(plain_run: Run, lively: Answer) -> None:
    """Then the first fork is the deal, and there is one chance only."""
    rest = tuple(b for b in lively.tree if b.step != "held")
    figure = tree(plain_run, replace(lively, tree=rest, road=None))
    assert figure is not None
    assert "taken as held" in figure.alt
    assert "Tangible, if they meet" not in drawing.inline_svg(figure)


def test_causes_are_whole(plain_run: Run) -> None:
    """The shares of a scenario sum to 1, with held among them; the words hold the least."""
    figure = causes(plain_run)
    assert figure is not None
    sums: dict[object, float] = {}
    for row in figure.rows:
        sums[row[0]] = sums.get(row[0], 0.0) + float(row[2] or 0)
    assert list(sums.values()) == [pytest.approx(1.0)] * len(plain_run.answers)
    least = min(a.probabilities["held"].p for a in plain_run.answers)
    assert f"held in {least:.1%}" in figure.alt
    without = tuple(replace(a, road=None) for a in plain_run.answers)
    assert causes(replace(plain_run, answers=without)) is None


def test_why_not_ranks_causes_and_leaves_out_held(lively: Answer) -> None:
    """What is left of 1 beside held, the largest cause first."""
    found = why_not(lively)
    assert CAUSES[HELD] not in dict(found)
    assert sum(share for _, share in found) == pytest.approx(1.0 - lively.probabilities["held"].p)
    assert [s for _, s in found] == sorted((s for _, s in found), reverse=True)
    assert why_not(replace(lively, road=None)) == ()


def test_fan_holds_every_quantile_of_every_day(plain_run: Run, lively: Answer) -> None:
    """Incidents, then both levels day by day, unrounded; the words give the last day."""
    figure, road = fan(plain_run, lively), lively.road
    assert figure is not None
    assert road is not None
    for what, days in (("tension", road.tension), ("fear", road.fear)):
        rows = [row for row in figure.rows if row[0] == what]
        assert [(row[1], row[2:]) for row in rows] == [(d.day, d.quantiles) for d in days]
    named = [row for row in figure.rows if str(row[0]).startswith("incident")]
    assert [row[1] for row in named] == [mark.day for mark in road.marks] == [-21, -19]
    assert f"median tension is {road.tension[-1].quantiles[BANDS.index(0.5)]:.2f}" in figure.alt
    assert "2 recorded incidents" in figure.alt
    assert ("day of the meeting", 14) in {row[:2] for row in figure.rows}
    assert fan(plain_run, replace(lively, road=None)) is None


def test_fan_names_its_incidents_in_the_picture(plain_run: Run, lively: Answer) -> None:
    """Each number has its line with the day and the name."""
    figure = fan(plain_run, lively)
    assert figure is not None
    text = drawing.inline_svg(figure)
    assert "10 Sep: Plain drones" in text
    assert "announced, 1 Oct" in text
    assert "meeting, 15 Oct" in text


def test_numbers_of_incidents_keep_apart(lively: Answer) -> None:
    """Incidents of one day get a row each."""
    assert lively.road is not None
    marks = [replace(lively.road.marks[0], id=str(i)) for i in range(5)]
    badges = _badges(marks, (-90, 14))
    assert [badge["row"] for badge in badges] == [0, 1, 2, 3, 4]
    far = _badges([marks[0], replace(marks[1], day=marks[0].day + 30)], (-90, 14))
    assert {badge["row"] for badge in far} == {0}
    assert APART > 0


@pytest.mark.parametrize("days", [(-90, 14), (-700, 30), (0, 3)])
def test_days_without_a_date_are_marked_by_number(days: tuple[int, int]) -> None:
    """All marks lie within the days, and not too many."""
    ticks = _ticks(days, None)
    assert 1 <= len(ticks) <= 9
    assert all(days[0] <= day <= days[1] and text == str(day) for day, text in ticks)
