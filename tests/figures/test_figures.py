"""Every figure carries its numbers, says them in words and draws them safely."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import altair as alt
import pytest

from detente.analysis.answer import Answer, Run
from detente.analysis.blockers import Blockers
from detente.analysis.probabilities import Estimate
from detente.analysis.support import by_basis
from detente.figures import drawing
from detente.figures.blocking import blocking
from detente.figures.causes import causes
from detente.figures.fan import fan
from detente.figures.forecast import forecast
from detente.figures.landscape import APART, _apart, landscape
from detente.figures.naming import Names
from detente.figures.pressures import pressures
from detente.figures.record import Figure
from detente.figures.spans import AT_ALL, FEW, IF_THEY_MEET, Z, half_width, main, met, span
from detente.figures.support import MOST, moving, stacks
from detente.figures.theme import INKS, Mode, concrete
from detente.figures.tree import tree

SVG = "{http://www.w3.org/2000/svg}"
Make = Callable[[Run], Figure | None]


def lively(run: Run) -> Answer:
    """The scenario in which some draws end with a deal and some do not."""
    return next(a for a in run.answers if 0.0 < a.probabilities["deal"].p < 1.0)


MAKERS: dict[str, Make] = {
    "forecast": forecast,
    "landscape": lambda run: landscape(run, lively(run)),
    "blocking": lambda run: blocking(run, lively(run)),
    "support": lambda run: moving(run, lively(run)),
    "bases": stacks,
    "tree": lambda run: tree(run, lively(run)),
    "causes": causes,
    "pressures": lambda run: pressures(Names(run.situation), run.scenarios[0].values),
    "fan": lambda run: fan(run, next(a for a in run.answers if a.road and a.road.marks)),
}


@pytest.fixture(params=MAKERS)
def make(request: pytest.FixtureRequest) -> Make:
    """Each kind of figure in turn."""
    return MAKERS[request.param]


def figure_of(make: Make, run: Run) -> Figure:
    """The figure, which must exist for these runs."""
    figure = make(run)
    assert figure is not None
    return figure


def test_figure_is_a_valid_specification_with_numbers_and_words(make: Make, plain_run: Run) -> None:
    """Rows fit their columns, and the drawing is what Vega-Lite allows."""
    figure = figure_of(make, plain_run)
    assert figure.rows
    assert {len(row) for row in figure.rows} == {len(figure.columns)}
    assert figure.title
    assert any(char.isdigit() for char in figure.alt)
    alt.Chart.from_dict(figure.spec, validate=True)


def test_same_run_same_drawing(make: Make, plain_run: Run) -> None:
    """A figure drawn twice is the same to the letter."""
    first, second = (drawing.inline_svg(figure_of(make, plain_run)) for _ in range(2))
    assert first == second


def test_svg_is_one_described_image(make: Make, plain_run: Run) -> None:
    """Well-formed, named by its title and its text alternative, of free width."""
    figure = figure_of(make, plain_run)
    root = ET.fromstring(drawing.inline_svg(figure))
    texts = {node.get("id"): node.text for node in root.iter() if node.get("id")}
    assert root.get("role") == "img"
    labels = (root.get("aria-labelledby") or "").split()
    assert [texts[label] for label in labels] == [figure.title, figure.alt]
    assert root.get("viewBox")
    assert root.get("width") is None
    assert all(key.startswith(figure.name) for key in texts if key)


def test_svg_follows_the_page_or_stands_alone(make: Make, plain_run: Run) -> None:
    """No placeholder colour is left: custom properties on a page, colours in a file."""
    figure = figure_of(make, plain_run)
    page, light = drawing.inline_svg(figure), drawing.svg(figure, "light")
    dark = drawing.svg(figure, "dark")
    for ink in INKS:
        assert ink.placeholder not in page + light + dark
    assert "var(--ink)" in page
    assert "var(" not in light + dark
    assert concrete("dark")[INKS[0].placeholder] in dark


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_drawing_taken_out_of_a_page_is_the_one_that_stands_alone(
    mode: Mode, make: Make, plain_run: Run
) -> None:
    """To the letter, whatever it shows."""
    figure = figure_of(make, plain_run)
    assert drawing.taken_out(drawing.inline_svg(figure), mode) == drawing.svg(figure, mode)


def test_type_is_never_smaller_than_12_px(make: Make, plain_run: Run) -> None:
    """Every text is readable at a phone's width."""
    root = ET.fromstring(drawing.inline_svg(figure_of(make, plain_run)))
    sizes = {node.get("font-size") for node in root.iter(f"{SVG}text")}
    assert sizes
    assert all(float((size or "0").removesuffix("px")) >= 12 for size in sizes)
    assert float((root.get("viewBox") or "").split()[2]) <= 440


def test_hostile_names_are_text_and_nothing_else(make: Make, hostile_run: Run) -> None:
    """The same elements as with harmless names: nothing is run, linked or evaluated."""
    figure = figure_of(make, hostile_run)
    for text in (drawing.inline_svg(figure), drawing.svg(figure)):
        root = ET.fromstring(text)
        tags = {node.tag.removeprefix(SVG) for node in root.iter()}
        assert tags <= {
            "svg",
            "g",
            "path",
            "line",
            "text",
            "tspan",
            "title",
            "desc",
            "rect",
            "defs",
        }
        assert not any(
            key.startswith("on") or "href" in key for n in root.iter() for key in n.attrib
        )
        seen = "".join(root.itertext())
        assert "alert(1)" in seen
        assert "{{7*7}}" in seen
        assert "<script" not in text


def test_specification_holds_hostile_text_as_values_only(make: Make, hostile_run: Run) -> None:
    """User text is never a field, an expression or a key."""
    spec = json.loads(drawing.vega_lite(figure_of(make, hostile_run)))

    def fields(value: object) -> list[str]:
        if isinstance(value, dict):
            own = [str(v) for k, v in value.items() if k in {"field", "expr", "signal"}]
            return [*own, *map(str, value), *(f for v in value.values() for f in fields(v))]
        return [f for v in value for f in fields(v)] if isinstance(value, list) else []

    assert not any("alert" in field or "datum" in field for field in fields(spec))


def test_names_tell_ids_of_two_figures_apart(plain_run: Run) -> None:
    """The same figure under two names shares no id."""

    def ids(name: str) -> set[str]:
        figure = landscape(plain_run, lively(plain_run), name)
        root = ET.fromstring(drawing.inline_svg(figure))
        return {key for node in root.iter() if (key := node.get("id"))}

    assert not ids("one") & ids("two")
    assert len(ids("one")) >= 2


def test_png_is_a_picture(plain_run: Run) -> None:
    """The PNG twin has the signature of one and some content."""
    picture = drawing.png(figure_of(forecast, plain_run), "dark")
    assert picture.startswith(b"\x89PNG\r\n")
    assert len(picture) > 5000


def test_forecast_rows_are_the_answers(plain_run: Run) -> None:
    """One row a scenario, each with the run's own numbers, unrounded."""
    figure, names = figure_of(forecast, plain_run), Names(plain_run.situation)

    def given(a: Answer) -> float | None:
        return a.probabilities[IF_THEY_MEET].p if IF_THEY_MEET in a.probabilities else None

    expected = {
        (names.reading(a.reading), names.round(a.round),
         a.probabilities[AT_ALL].p, a.probabilities[AT_ALL].mc_se, *span(a),
         given(a), a.probabilities["deal"].p, met(plain_run, a))
        for a in plain_run.answers
    }  # fmt: skip
    assert set(figure.rows) == expected
    assert None in {row[6] for row in figure.rows}  # some never meet
    assert figure.title == "Chance that they meet and agree on something tangible"


def test_forecast_says_its_extremes(plain_run: Run) -> None:
    """The text alternative names the lowest and the highest chance."""
    chances = [a.probabilities[AT_ALL].p for a in plain_run.answers]
    alt_text = figure_of(forecast, plain_run).alt
    assert f"{min(chances):.1%}" in alt_text
    assert f"{max(chances):.1%}" in alt_text
    assert min(chances) < max(chances)


def drawn(figure: Figure, start: str, end: str | None = None) -> list[float]:
    """Where the marks of a forecast stand that go from the field ``start`` (to ``end``)."""
    layers: list[dict[str, Any]] = [
        one for one in figure.spec["layer"] if one["encoding"]["x"].get("field") == start
    ]
    assert len(layers) == 1
    if end is not None:
        assert layers[0]["encoding"]["x2"]["field"] == end
    rows = figure.spec["datasets"][layers[0]["data"]["name"]]
    return [row[end or start] for row in rows]


def test_a_stroke_is_the_chance_if_they_meet(plain_run: Run) -> None:
    """The mark stands at the chance at all, the stroke at the chance once they meet."""
    answer = lively(plain_run)
    found = answer.probabilities
    assert met(plain_run, answer) >= FEW
    assert found[AT_ALL].p < found[IF_THEY_MEET].p
    figure = figure_of(forecast, replace(plain_run, answers=(answer,)))
    assert drawn(figure, "p") == [found[AT_ALL].p]
    assert drawn(figure, "deal") == [found[IF_THEY_MEET].p]
    assert "stroke, where there is one, is the chance of something tangible, if they meet" in (
        figure.reading_aid
    )


@pytest.mark.parametrize("meetings", [FEW - 1, FEW])
def test_a_share_of_few_meetings_is_not_drawn(plain_run: Run, meetings: int) -> None:
    """Where they meet in under thirty draws, a row keeps its numbers and loses its stroke only."""
    open_, n = lively(plain_run), plain_run.plan.draws
    rare = {
        **open_.probabilities,
        "held": Estimate(meetings / n, 0.02), IF_THEY_MEET: Estimate(1.0, 0.0),
    }  # fmt: skip
    figure = figure_of(forecast, replace(plain_run, answers=(replace(open_, probabilities=rare),)))
    assert figure.rows[0][6] == 1.0
    assert drawn(figure, "p") == [open_.probabilities[AT_ALL].p]
    assert drawn(figure, "deal") == ([] if meetings < FEW else [1.0])
    assert ("something tangible, if they meet" in words_of(figure)) == (meetings >= FEW)


def words_of(figure: Figure) -> str:
    """What is written in the drawing, without its title and its text alternative."""
    root = ET.fromstring(drawing.inline_svg(figure))
    return " ".join("".join(node.itertext()) for node in root.iter(f"{SVG}text"))


def test_without_a_run_up_the_mark_is_the_chance_if_they_meet(plain_run: Run) -> None:
    """A meeting taken as held has no chance at all apart; the stroke is that of any deal."""
    bare = {
        "deal": Estimate(0.6, 0.02), IF_THEY_MEET: Estimate(0.4, 0.02),
    }  # fmt: skip
    answer = replace(lively(plain_run), probabilities=bare, road=None)
    figure = figure_of(forecast, replace(plain_run, answers=(answer,)))
    assert figure.rows[0][2:4] == (0.4, 0.02)
    assert (drawn(figure, "p"), drawn(figure, "deal")) == ([0.4], [0.6])
    assert figure.title == "Chance of something tangible, if they meet"
    assert "the chance of any deal, tangible or not" in figure.reading_aid


def test_unanimous_draws_still_carry_an_error() -> None:
    """The rule of three where the standard error is 0; 1.96 of them elsewhere."""
    assert half_width(Estimate(0.0, 0.0), 600) == pytest.approx(0.005)
    assert half_width(Estimate(0.5, 0.01), 600) == pytest.approx(Z * 0.01)


def test_blocking_says_the_most_frequent_set(plain_run: Run) -> None:
    """Rows and words are the run's; without sets there is no figure."""
    answer, names = lively(plain_run), Names(plain_run.situation)
    figure, top = blocking(plain_run, answer), answer.blockers.sets[0]
    assert figure is not None
    assert [row[2] for row in figure.rows] == [s.share for s in answer.blockers.sets]
    assert names.blocking(top.constraints) in figure.alt
    assert f"{top.share:.1%}" in figure.alt
    none = replace(answer, blockers=Blockers(0.0, 0.0, 0.0, 0.0, (), {}, {}))
    assert blocking(plain_run, none) is None


def test_landscape_counts_every_package_once(plain_run: Run) -> None:
    """The cells hold all packages; likely deals and frontier are marked with their gains."""
    answer = lively(plain_run)
    field, figure = answer.landscape, landscape(plain_run, answer)
    cells = [row for row in figure.rows if str(row[0]).startswith("cell")]
    assert sum(int(row[5] or 0) for row in cells) == field.packages
    likely = [row for row in figure.rows if str(row[0]).startswith("likely")]
    assert [row[4] for row in likely] == [spot.share for spot in field.likely]
    assert f"{field.packages:,} packages" in figure.alt


def test_a_landscape_of_a_sample_says_so(plain_run: Run) -> None:
    """Caption and description call a sample a sample, and all packages not."""
    answer = lively(plain_run)
    whole = landscape(plain_run, answer)
    part = landscape(plain_run, replace(answer, landscape=replace(answer.landscape, sampled=True)))
    assert "a sample" in part.reading_aid
    assert "a sample of those that the links allow" in part.alt
    assert "sample" not in whole.reading_aid + whole.alt


def test_number_labels_keep_apart() -> None:
    """Six deals at one place get six labels that can be told apart."""
    places = _apart([(100.0, 100.0 + i) for i in range(6)])
    gaps = [
        ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5
        for i, a in enumerate(places)
        for b in places[:i]
    ]
    assert min(gaps) > 0.7 * APART


def test_moving_lists_what_moves_most_first(plain_run: Run) -> None:
    """At most a dozen addresses, in falling order, each with its basis in words."""
    answer = lively(plain_run)
    figure = figure_of(lambda run: moving(run, answer), plain_run)
    moves = [float(row[4] or 0) for row in figure.rows]
    assert moves == sorted(moves, reverse=True)
    assert len(moves) <= MOST
    assert moves[0] == max(rest.moves or 0.0 for rest in answer.rests)
    assert f"{moves[0]:.1%}" in figure.alt


def test_bases_of_a_scenario_sum_to_one(plain_run: Run) -> None:
    """A bar is whole, and scenarios that nothing moves have none."""
    figure = figure_of(stacks, plain_run)
    sums: dict[str, float] = {}
    for row in figure.rows:
        sums[str(row[0])] = sums.get(str(row[0]), 0.0) + float(row[2] or 0)
    assert all(total == pytest.approx(1.0) for total in sums.values())
    assert len(sums) == sum(bool(by_basis(a.rests)) for a in plain_run.answers)


def test_every_scenario_has_the_box_of_its_input_span(plain_run: Run) -> None:
    """Also where they never meet: the box goes from low to high, and the widest is told."""
    figure = figure_of(forecast, plain_run)
    assert sorted(drawn(figure, "low")) == sorted(a.spread.low for a in plain_run.answers)
    assert sorted(drawn(figure, "low", "high")) == sorted(a.spread.high for a in plain_run.answers)
    wide = max((a.spread for a in plain_run.answers), key=lambda s: s.high - s.low)
    assert wide.high > wide.low
    assert f"{wide.low:.1%} to {wide.high:.1%}." in figure.alt


def test_where_they_never_meet_the_chance_is_nought(plain_run: Run) -> None:
    """There is an estimate with its error all the same, and no stroke."""
    never = tuple(a for a in plain_run.answers if IF_THEY_MEET not in a.probabilities)
    assert never
    assert {main(a) for a in never} == {AT_ALL}
    figure = figure_of(forecast, replace(plain_run, answers=never))
    assert drawn(figure, "p") == [0.0] * len(never)
    assert drawn(figure, "deal") == []
    assert drawn(figure, "from", "to") == [3.0 / plain_run.plan.draws] * len(never)
    assert "0.0%" in figure.alt
    assert forecast(replace(plain_run, answers=())) is None
