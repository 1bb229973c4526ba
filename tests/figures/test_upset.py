"""The matrix of blocking sets: its numbers, its marks and its words."""

from __future__ import annotations

import json
from typing import Any

import pytest

from detente.analysis.kept_out import Blocked, kept_out
from detente.figures.constraint_kinds import KINDS, giving_way, in_a_sentence, kind, letters
from detente.figures.drawing import inline_svg
from detente.figures.naming import Names, percent
from detente.figures.upset import MOST, rows_drawn, upset
from detente.sampling.draws import Plan
from detente.situation.load import Loaded
from detente.situation.scenarios import scenarios
from detente.situation.schema import Situation

PLAN = Plan(400, 8)


@pytest.fixture(scope="module")
def names(every_term: Loaded) -> Names:
    return Names(every_term.situation)


@pytest.fixture(scope="module")
def found(every_term: Loaded) -> tuple[Blocked, ...]:
    return kept_out(every_term.situation, scenarios(every_term.situation, None), PLAN)


def test_its_numbers_are_the_listed_sets_with_their_error(
    names: Names, found: tuple[Blocked, ...]
) -> None:
    figure = upset(names, found[0], "u")
    assert figure is not None
    assert [(row[2], row[3], row[4]) for row in figure.rows] == [
        (len(b.constraints), b.share.p, b.share.mc_se) for b in found[0].barriers
    ]
    top = found[0].barriers[0]
    assert f"{found[0].no_zone.p:.1%} of draws" in figure.alt
    assert f"{top.share.p:.1%}" in figure.alt
    assert names.blocking(top.constraints) in figure.alt


def test_each_drawn_set_has_a_bar_and_a_mark_a_constraint(
    names: Names, found: tuple[Blocked, ...]
) -> None:
    """Marks have the shape of their kind, stand under their set's bar, and a line joins them."""
    one = max(found, key=lambda one: sum(len(b.constraints) > 1 for b in one.barriers))
    assert any(len(b.constraints) > 1 for b in one.barriers[:MOST])
    figure = upset(names, one, "u")
    assert figure is not None
    layers = [figure.spec["datasets"][layer["data"]["name"]] for layer in figure.spec["layer"]]
    bars = next(rows for rows in layers if "foot" in rows[0])
    joins = next(rows for rows in layers if set(rows[0]) == {"x", "y", "y2"})
    full = layers[_first(layers, {"x", "y", "shape", "colour"}) + 1]
    assert len(bars) == len(joins) == min(len(one.barriers), MOST)
    for bar, join, barrier in zip(bars, joins, one.barriers, strict=False):
        marks = [row for row in full if row["x"] == bar["middle"]]
        assert sorted(m["shape"] for m in marks) == sorted(
            kind(name).shape for name in barrier.constraints
        )
        assert bar["label"] == percent(barrier.share.p)
        assert [join["y"], join["y2"]] == [f(m["y"] for m in marks) for f in (min, max)]
    assert len(rows_drawn(one)) == len({m["y"] for m in full})
    assert inline_svg(figure).startswith("<svg")


def _first(layers: list[list[dict[str, Any]]], keys: set[str]) -> int:
    """The first layer with these columns: faint marks; the full ones come next."""
    return next(i for i, rows in enumerate(layers) if set(rows[0]) == keys)


def test_where_something_always_suits_there_is_no_picture(three_acts: Situation) -> None:
    wanted = scenarios(three_acts, None, rounds=["spring"], readings=["calm"])
    (one,) = kept_out(three_acts, wanted, Plan(100, 1))
    empty = Blocked(one.round, one.reading, one.no_zone, 0, one.found, ())
    assert upset(Names(three_acts), empty, "u") is None


def test_kinds_differ_in_letter_and_shape() -> None:
    """Colour never tells alone."""
    assert len({mark.letter for mark in KINDS.values()}) == len(KINDS)
    assert len({mark.shape for mark in KINDS.values()}) == len(KINDS)
    assert kind("links.a").letter == "L"
    assert letters(("red_lines.a.b.c", "reservation.a")) == "R+P"


def test_what_gives_way_is_told_in_a_sentence(names: Names) -> None:
    assert in_a_sentence(names, "links.tariffs-first") == "the link “tariffs first”"
    line = in_a_sentence(names, "red_lines.north.tariffs.gone")
    assert line == "North\u2019s red line on “tariffs: none”"
    assert giving_way(names, ["reservation.north"]) == "North\u2019s reservation gives way"
    assert giving_way(names, ["links.no-both", "consent.isle"]) == (
        "the link “no both” and Isle\u2019s consent give way together"
    )


def test_the_drawing_is_plain_data(names: Names, found: tuple[Blocked, ...]) -> None:
    figure = upset(names, found[-1], "u")
    assert figure is not None
    assert json.loads(json.dumps(figure.spec)) == figure.spec
