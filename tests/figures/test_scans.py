"""Pictures of scans: their numbers, their marks and their words."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from detente.analysis.crossing import Crossing
from detente.analysis.pooling import Difference
from detente.analysis.probabilities import Estimate
from detente.analysis.scan import Scan, Step, Track, lay_out, scan
from detente.figures.curves import LOOKS, PLOT, TOP, Curve, Frame, Piece, curves, pieces, shaded
from detente.figures.drawing import inline_svg
from detente.figures.heatmap import borders, chances, differences, heatmap, roomy, shade
from detente.figures.naming import Names, percent
from detente.figures.scanned import even_crossings, flips, stated_range
from detente.figures.scans import chance_figure, difference_figure
from detente.figures.theme import ROUND_SHAPES, WIDTH
from detente.sampling.draws import Plan
from detente.situation.quantities import Beta, Normal, Point, Quantity, Triangle, Uniform
from detente.situation.schema import Situation
from detente.situation.sweeping import Sweep

PLAN = Plan(400, 6)
EAST = Sweep("outlook.east", (0.0, 0.25, 0.5, 0.75, 1.0))
FEAR = Sweep("runup.fear", (0.0, 0.5, 1.0))


@pytest.fixture(scope="module")
def names(three_acts: Situation) -> Names:
    return Names(three_acts)


@pytest.fixture(scope="module")
def line(three_acts: Situation) -> Scan:
    layout = lay_out(three_acts, None, [EAST], "tangible", round_="spring", against="winter")
    return scan(layout, PLAN)


@pytest.fixture(scope="module")
def plane(three_acts: Situation) -> Scan:
    layout = lay_out(
        three_acts, None, [EAST, FEAR], "tangible",
        round_="spring", against="winter", readings=["calm"],
    )  # fmt: skip
    return scan(layout, PLAN)


def layers_of(spec: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """The data of every layer."""
    return [spec["datasets"][layer["data"]["name"]] for layer in spec["layer"]]


def test_the_chance_picture_holds_every_step_of_every_reading(names: Names, line: Scan) -> None:
    figure = chance_figure(names, line)
    assert figure is not None
    assert [row[:4] for row in figure.rows] == [
        (names.reading(t.reading), s.cell[0], s.chance.p if s.chance else None,
         s.chance.mc_se if s.chance else None)
        for t in line.tracks for s in t.steps
    ]  # fmt: skip
    for track in line.tracks:
        first, last = track.steps[0].chance, track.steps[-1].chance
        assert first is not None
        assert last is not None
        told = f"{names.reading(track.reading)} {percent(first.p)} and {percent(last.p)}"
        assert told in figure.alt
    assert inline_svg(figure).startswith("<svg")


def test_the_claim_picture_is_there_with_a_second_round_only(names: Names, line: Scan) -> None:
    figure = difference_figure(names, line)
    assert figure is not None
    assert [row[2] for row in figure.rows] == [
        s.difference.points for t in line.tracks for s in t.steps if s.difference
    ]
    assert inline_svg(figure).startswith("<svg")
    alone = Scan(line.round, None, line.target, line.sweeps, line.tracks)
    assert difference_figure(names, alone) is None


def test_without_any_known_step_there_is_no_picture(names: Names, line: Scan) -> None:
    empty = Scan("spring", "winter", "tangible", (EAST,), (unknown(line.tracks[0]),))
    assert chance_figure(names, empty) is None
    assert difference_figure(names, empty) is None


def unknown(track: Track) -> Track:
    """The same reading with too few draws everywhere."""
    steps = tuple(Step(step.cell, None, 3, None) for step in track.steps)
    return Track(track.reading, track.stated, steps)


def test_a_gap_breaks_the_curve(names: Names, line: Scan) -> None:
    """Where a step is not known no line is drawn, and the numbers say so."""
    track = line.tracks[0]
    steps = (*track.steps[:2], Step(track.steps[2].cell, None, 3, None), *track.steps[3:])
    gappy = Track(track.reading, track.stated, steps)
    figure = chance_figure(names, Scan("spring", None, "tangible", (EAST,), (gappy,)))
    assert figure is not None
    assert figure.rows[2][2] is None
    bands = [rows for rows in layers_of(figure.spec) if rows and "high" in rows[0]]
    drawn = {tuple(mark["x"] for mark in rows) for rows in bands}
    assert drawn == {EAST.values[:2], EAST.values[3:]}
    assert pieces((1.0, 2.0), [None, None]) == ()


def test_crossings_come_from_the_chance_and_its_error(line: Scan) -> None:
    """Between a step clearly above one half and one clearly below, with the band's own reach."""
    track = line.tracks[0]
    (found,) = even_crossings(line, track)
    assert not found.rising
    assert 0.75 < found.low < found.at < found.high < 1.0
    made = Track(
        None, track.stated,
        tuple(
            Step((x,), Estimate(0.5, 0.0), 400, Difference(Estimate(0, 0), Estimate(0, 0), y, 0.01))
            for x, y in zip(EAST.values, (0.1, 0.1, 0.1, -0.1, -0.1), strict=True)
        ),
    )  # fmt: skip
    (flip,) = flips(line, made)
    assert flip.at == pytest.approx(0.625)
    assert (flip.high - flip.low) == pytest.approx(0.25 * 2 * 1.96 * 0.01 / 0.2)


def test_stated_is_a_range_or_nine_tenths_of_what_has_no_sharp_ends() -> None:
    assert stated_range(Quantity(Uniform(0.1, 0.3), "")) == (0.1, 0.3)
    assert stated_range(Quantity(Triangle(0.1, 0.2, 0.3), "")) == (0.1, 0.3)
    assert stated_range(Quantity(Point(0.4), "")) == (0.4, 0.4)
    assert stated_range(Quantity(Beta(1.0, 1.0), "")) == pytest.approx((0.05, 0.95))
    low, high = stated_range(Quantity(Normal(0.5, 0.1, 0.0, 1.0), ""))
    assert (low, high) == pytest.approx((0.5 - 0.16449, 0.5 + 0.16449), abs=1e-4)


def made(count: int, **how: Any) -> list[Curve]:
    """Curves that end near each other."""
    return [
        Curve(
            f"reading {i}",
            (Piece((0.0, 0.5, 1.0), (0.5, 0.3, 0.1 + 0.001 * i), (0.02, 0.02, 0.02)),),
            how.get("stated", (0.2, 0.4)), how.get("crossings", ()),
        )
        for i in range(count)
    ]  # fmt: skip


FRAME = Frame((0.0, 1.0), (0.0, 1.0), 0.5, "Chance", "What", "%")


def test_curves_are_told_apart_without_colour() -> None:
    """Dash and marker differ as far as there are looks; names stand clear of each other."""
    assert len({dash for _, dash in LOOKS}) == len(LOOKS) <= len(ROUND_SHAPES)
    spec = curves(FRAME, made(6))
    places = sorted(
        rows[0]["y"] for rows in layers_of(spec)
        if len(rows) == 1 and str(rows[0].get("label", "")).startswith("['reading")
    )  # fmt: skip
    assert len(places) == 6
    assert min(np.diff(places)) >= 17
    assert spec["width"] == WIDTH
    assert max(places) <= TOP + PLOT


def test_what_most_readings_state_is_shaded() -> None:
    some = [*made(1, stated=(0.0, 0.1)), *made(2, stated=(0.2, 0.4))]
    assert shaded(some) == (0.2, 0.4)
    outside = curves(FRAME, made(1, stated=(2.0, 3.0)))
    inside = curves(FRAME, made(1))
    assert len(inside["layer"]) == len(outside["layer"]) + 1


def test_a_crossing_has_a_bar_and_a_tick() -> None:
    spec = curves(FRAME, made(1, crossings=(Crossing(0.4, 0.35, 0.45, False),)))
    bars = [rows[0] for rows in layers_of(spec) if set(rows[0]) == {"x", "x2", "y"}]
    assert [(bar["x"], bar["x2"], bar["y"]) for bar in bars] == [(0.35, 0.45, TOP + PLOT / 2)]
    ticks = [rows[0] for rows in layers_of(spec) if set(rows[0]) == {"x", "y", "y2"}]
    assert [tick["x"] for tick in ticks] == [0.4]


def test_the_plane_holds_every_cell_with_chance_and_difference(names: Names, plane: Scan) -> None:
    (track,) = plane.tracks
    figure = heatmap(names, plane, track, "h")
    assert figure is not None
    assert len(figure.rows) == 15
    for row, step in zip(figure.rows, track.steps, strict=True):
        assert row[:2] == step.cell
        assert row[2] == (step.chance.p if step.chance else None)
        assert row[4] == (step.difference.points if step.difference else None)
    table = chances(plane, track)
    assert table.shape == (3, 5)
    assert table[1, 3] == figure.rows[3 * 3 + 1][2]
    assert differences(plane, track)[2, 0] == figure.rows[2][4]
    assert inline_svg(figure).startswith("<svg")


def test_cells_lie_about_their_values_and_the_line_of_one_half_between_them(
    names: Names, plane: Scan
) -> None:
    (track,) = plane.tracks
    assert borders(EAST.values) == pytest.approx([-0.125, 0.125, 0.375, 0.625, 0.875, 1.125])
    figure = heatmap(names, plane, track, "h")
    assert figure is not None
    cells, *_ = layers_of(figure.spec)
    assert len(cells) == 15
    for cell, step in zip(cells, track.steps, strict=True):
        assert cell["x"] < step.cell[0] < cell["x2"]
        assert cell["y"] < step.cell[1] < cell["y2"]
        assert step.chance is not None
        assert (cell["shade"], cell["label"]) == (
            shade(step.chance.p),
            f"{100 * step.chance.p:.0f}",
        )
    lines = [rows for rows in layers_of(figure.spec) if rows and "line" in rows[0]]
    assert lines
    table = chances(plane, track)
    for mark in lines[0]:
        row = FEAR.values.index(mark["y"]) if mark["y"] in FEAR.values else None
        if row is not None:
            at = float(np.interp(mark["x"], EAST.values, table[row]))
            assert at == pytest.approx(0.5, abs=1e-9)


def test_numbers_are_left_out_where_cells_are_too_small(plane: Scan) -> None:
    assert roomy(plane)
    fine = Sweep("outlook.east", tuple(i / 40 for i in range(41)))
    small = Scan("spring", None, "tangible", (fine, FEAR), ())
    assert not roomy(small)


def test_an_unknown_plane_has_no_picture(names: Names, plane: Scan) -> None:
    assert heatmap(names, plane, unknown(plane.tracks[0]), "h") is None


@pytest.mark.parametrize(
    "stated",
    [
        (Uniform(0.2, 0.6), Uniform(0.1, 0.4)),
        (Point(0.5), Uniform(0.1, 0.4)),
        (Point(0.5), Point(0.5)),
        (Uniform(3.0, 4.0), Point(0.5)),
    ],
)
def test_the_stated_values_are_a_box_a_line_a_spot_or_outside(
    names: Names, plane: Scan, stated: tuple[Any, Any]
) -> None:
    track = Track("calm", tuple(Quantity(s, "") for s in stated), plane.tracks[0].steps)
    figure = heatmap(names, plane, track, "h")
    assert figure is not None
    boxes = [rows for rows in layers_of(figure.spec) if set(rows[0]) == {"x", "x2", "y", "y2"}]
    assert len(boxes) == (stated[0] != Uniform(3.0, 4.0))
    assert inline_svg(figure).startswith("<svg")
