"""The pictures of drivers: their numbers, their names, and what is told of doubt."""

from __future__ import annotations

from dataclasses import replace

import pytest

from detente.analysis.driver_scopes import DRAW, TOGETHER, Drivers, Scope
from detente.analysis.drivers import drivers
from detente.analysis.groupings import DRIVER, REST, VALUE
from detente.analysis.resampling import Share
from detente.figures.drawing import inline_svg
from detente.figures.drivers import drivers_figure
from detente.figures.group_names import group_name, letter, part_title
from detente.figures.naming import Names
from detente.figures.ranks import players_of, ranked
from detente.figures.shapley import shapley_figure
from detente.figures.shares import about, share_cell, share_words, whole_percent
from detente.sampling.draws import Plan
from detente.situation.schema import Situation
from detente.sources.claims import Claims


@pytest.fixture(scope="module")
def found(three_acts: Situation, bridge_claims: Claims) -> Drivers:
    return drivers(three_acts, bridge_claims, "spring", Plan(4000, 4))


def test_the_picture_of_a_grouping_holds_every_share_in_the_order_of_what_is_done_in_all(
    three_acts: Situation, bridge_claims: Claims, found: Drivers
) -> None:
    names = Names(three_acts)
    for part in found.members:
        figure = drivers_figure(names, bridge_claims, found, found.over, part, "d")
        assert figure is not None
        effects = found.over.effects[part][found.target]
        order = ranked(effects)
        assert [row[0] for row in figure.rows] == [letter(i) for i in range(len(order))]
        for row, group in zip(figure.rows, order, strict=True):
            assert row[1] == group_name(names, bridge_claims, part, group)
            assert row[2:] == (
                effects[group].first.value, effects[group].first.low, effects[group].first.high,
                effects[group].total.value, effects[group].total.low, effects[group].total.high,
            )  # fmt: skip
        assert inline_svg(figure).startswith("<svg")
        totals = [effects[group].total.value for group in order if group != REST]
        assert totals == sorted(totals, reverse=True)


def test_what_is_left_over_comes_last_however_much_it_does(found: Drivers) -> None:
    effects = dict(found.over.effects[VALUE]["deal"])
    most = max(effects.values(), key=lambda effect: effect.total.value)
    assert ranked({REST: most, **effects})[-1] == REST


def test_where_little_is_left_by_chance_nothing_is_drawn_but_draws(
    three_acts: Situation, found: Drivers
) -> None:
    faint = replace(found.over, inputs={found.target: Share(0.01, -0.01, 0.03)})
    assert drivers_figure(Names(three_acts), None, found, faint, DRIVER, "d") is None
    assert drivers_figure(Names(three_acts), None, found, faint, DRAW, "d") is not None
    empty = Scope({}, {}, {})
    assert drivers_figure(Names(three_acts), None, found, empty, DRIVER, "d") is None


def test_the_picture_of_shapley_effects_holds_every_player(
    three_acts: Situation, bridge_claims: Claims, found: Drivers
) -> None:
    names, shapley = Names(three_acts), found.together[found.target]
    figure = shapley_figure(names, bridge_claims, found, "s")
    assert figure is not None
    order = players_of(shapley)
    assert [row[2] for row in figure.rows] == [shapley.parts[group].value for group in order]
    without = {row[1]: row[5] for row in figure.rows}
    assert without["chance"] is None
    assert without["which reading holds"] == shapley.known["*reading"].value
    assert inline_svg(figure).startswith("<svg")
    assert shapley_figure(names, None, replace(found, together={}), "s") is None
    assert part_title(TOGETHER, several=True) != part_title(TOGETHER, several=False)


def test_every_group_has_a_name_in_words(
    three_acts: Situation, bridge_claims: Claims, found: Drivers
) -> None:
    names = Names(three_acts)
    for part, members in {**found.members, TOGETHER: found.players}.items():
        for group in members:
            name = group_name(names, bridge_claims, part, group)
            assert "*" not in name
            assert name


@pytest.mark.parametrize(
    ("share", "words", "cell", "told"),
    [
        (Share(0.812, 0.729, 0.896), "81% (73 to 90%)", "81%  73..90", "81%"),
        (Share(0.034, -0.02, 0.09), "3% (\u22122 to 9%)", "3%  \u22122..9", "\u2248 3%"),
        (Share(-0.031, -0.08, 0.01), "\u22123% (\u22128 to 1%)", "\u22123%  \u22128..1", "\u2248 \u22123%"),
        (Share(0.002, 0.001, 0.003), "<1% (0 to 0%)", "<1%  0..0", "<1%"),
        (Share(0.0, 0.0, 0.0), "0%", "0%", "0%"),
    ],
)  # fmt: skip
def test_shares_in_words(share: Share, words: str, cell: str, told: str) -> None:
    """What is below nothing shows so; what is not nothing never looks like it."""
    assert (share_words(share), share_cell(share), about(share)) == (words, cell, told)
    assert whole_percent(-0.001) == "\u2248 0%"
