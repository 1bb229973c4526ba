"""The picture of levers: its numbers and its words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from detente.analysis.leverage import Goal, Leverage
from detente.analysis.levers import find_levers
from detente.figures.drawing import inline_svg
from detente.figures.levers import ALONE, PAIRED, SHORT, levers_figure
from detente.figures.naming import Names
from detente.sampling.draws import Plan
from detente.situation.scenarios import scenarios
from detente.situation.schema import Situation


@pytest.fixture(scope="module")
def found(three_acts: Situation) -> list[Leverage]:
    wanted = scenarios(three_acts, None, rounds=["spring"])
    return find_levers(three_acts, wanted, Goal("tangible", 0.75), Plan(400, 8))


def test_the_picture_holds_every_move_with_where_it_starts_and_ends(
    three_acts: Situation, found: list[Leverage]
) -> None:
    names = Names(three_acts)
    for one in found:
        figure = levers_figure(names, one)
        assert figure is not None
        rows = {sort: [row for row in figure.rows if row[0] == sort] for sort in
                (ALONE, PAIRED, SHORT)}  # fmt: skip
        assert [(row[3], row[4]) for row in rows[ALONE]] == [
            (root.moved[0].start, root.moved[0].stop) for root in one.target.roots
        ]
        assert len(rows[PAIRED]) == 2 * len(one.target.pairs)
        assert {row[2] for row in rows[SHORT]} == {
            names.address(short.moved.lever.address) for short in one.target.shorts
        }
        assert one.target.base is not None
        assert f"{one.target.base.p:.1%}" in figure.alt
        top = one.target.roots[0] if one.target.roots else one.target.pairs[0]
        assert names.address(top.moved[0].lever.address) in figure.alt
        assert inline_svg(figure).startswith("<svg")


def test_without_any_move_there_is_no_picture(three_acts: Situation, found: list[Leverage]) -> None:
    bare = replace(found[0].target, roots=(), pairs=(), shorts=())
    assert levers_figure(Names(three_acts), replace(found[0], target=bare)) is None
