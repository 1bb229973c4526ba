"""One bargaining problem out of a situation, as NegMAS, Genius and Gambit take it, and back."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detente.ensemble.chunk import run_chunk
from detente.ensemble.scouting import scout
from detente.errors import UsageError
from detente.interchange.gambit import demand_game
from detente.interchange.importing import import_files
from detente.interchange.point import Point, point_of
from detente.interchange.scenario_files import write_genius, write_negmas
from detente.interchange.scenario_of import scenario_of
from detente.model.structure import structure_of
from detente.sampling.draws import Plan
from detente.situation.load import loads
from detente.situation.scenarios import scenarios
from detente.situation.schema import Situation

PLAN = Plan(200, 1)
# Two principals, nothing uncertain, no link and no package that changes nothing in the zone.
CERTAIN = """
detente: 1
title: A harbour and a road
actors:
  harbour: {name: Harbour, role: principal}
  road: {name: Road, role: principal}
issues:
  toll:
    status_quo: none
    options: {none: none, half: half, full: full}
    salience: {harbour: 0.6, road: 0.3}
    preferences: {harbour: {none: 0, half: 0.7, full: 1}, road: {none: 1, half: 0.6, full: 0}}
  hours:
    status_quo: day
    options: {day: day, night: night}
    salience: {harbour: 0.4, road: 0.7}
    preferences: {harbour: {day: 1, night: 0.4}, road: {day: 0, night: 1}}
outlook: {harbour: 0.05, road: 0.1}
misreading: {harbour: 0, road: 0}
"""


def certain() -> Situation:
    """The situation above."""
    return loads(CERTAIN.encode()).situation


def mean_point(situation: Situation) -> Point:
    """The mean over its draws, last scenario."""
    return point_of(situation, scenarios(situation, None)[-1], PLAN, None)


@pytest.mark.parametrize("form", ["genius", "yaml", "json"])
def test_there_and_back_keeps_zone_and_nash_package(
    form: str, tmp_path: Path, situation_in: Any, solved: Any
) -> None:
    """Export, import: as many packages suit everybody, and the same one is agreed on."""
    situation = certain()
    before = solved(situation)
    scenario = scenario_of(mean_point(situation), "harbour")
    if form == "genius":
        write_genius(scenario, tmp_path)
    else:
        write_negmas(scenario, tmp_path, f".{form}")
    after = solved(situation_in(import_files([tmp_path])))
    assert before.zone > 1
    # by hand: 0.6 - 0.24 - 0.05 = 0.31 for the harbour, -0.3 + 0.7 - 0.1 = 0.3 for the road
    assert before.package == {"toll": "full", "hours": "night"}
    assert after == before


def test_an_imported_scenario_is_exported_as_it_was(
    itex_cypress: Any, write: Any, zone_of: Any, tmp_path: Path, situation_in: Any, solved: Any
) -> None:
    """The added option and its links vanish again: nothing is lost on the way."""
    source, target = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    situation = situation_in(import_files([write(itex_cypress, source, "genius")]))
    point = mean_point(situation)
    scenario = scenario_of(point, "itex")
    assert [len(issue.values) for issue in scenario.issues] == [5, 4, 3, 3]
    assert not any("forbid" in str(remark) for remark in point.account.remarks)
    write_negmas(scenario, target)
    again = solved(situation_in(import_files([target])))
    assert again.zone == zone_of(itex_cypress)
    names = [option.removeprefix("option-") for option in again.package.values()]
    assert names == ["3-47", "45-days", "30-days", "5-spoilage"]


def test_a_draw_has_the_zone_that_the_run_found(every_term: Any) -> None:
    """With links, red lines and consents in force, draw by draw, by counting."""
    situation = every_term.situation
    scenario = scenarios(situation, None)[-1]
    structure = structure_of(situation)
    expects = scout(structure, scenario, seed=PLAN.seed)
    found = run_chunk(structure, scenario, expects, PLAN, 0, PLAN.draws, why=False)
    counts: list[int] = []
    for draw in range(0, PLAN.draws, 10):
        try:
            counts.append(int(point_of(situation, scenario, PLAN, draw).zone.sum()))
        except UsageError:
            counts.append(0)
    assert counts == found.zone[::10].tolist()
    assert max(counts) > 0


def test_what_is_lost_is_told(three_acts: Situation) -> None:
    """Links, consents, weights, misreading: nothing goes without a word."""
    point = mean_point(three_acts)
    scenario_of(point, "bridge")
    told = "\n".join(map(str, point.account.remarks))
    assert "means over all of 200 draws, seed 1" in told
    assert "misreading" in told


def test_a_demand_game_has_the_surpluses_on_its_diagonal() -> None:
    """All the same: that package's surpluses; anything else: nothing for anybody."""
    point = mean_point(certain())
    text = demand_game(point, 'the "harbour" game')
    assert text.startswith(r'NFG 1 R "the \"harbour\" game" { "harbour" "road" }')
    outcomes = re.findall(r'^\{ "([^"]*)" ([-\d., ]+) \}$', text, re.MULTILINE)
    cells = [int(number) for number in text.splitlines()[-1].split()]
    count = len(outcomes) - 1
    assert outcomes[-1] == ("no deal", "0, 0")
    assert len(cells) == count**2
    for first in range(count):
        for second in range(count):
            expected = first + 1 if first == second else count + 1
            assert cells[second * count + first] == expected
    surplus = {tuple(np.round(row, 9)) for row in point.surplus[point.zone]}
    for _, payoffs in outcomes[:-1]:
        assert tuple(round(float(x), 9) for x in payoffs.split(", ")) in surplus


def test_requests_that_cannot_be_met_are_refused() -> None:
    """A draw that is not there, a zone that is empty."""
    situation = certain()
    scenario = scenarios(situation, None)[0]
    with pytest.raises(UsageError, match="not among 200 draws"):
        point_of(situation, scenario, PLAN, 200)
    hopeless = loads(CERTAIN.replace("harbour: 0.05", "harbour: 1").encode()).situation
    with pytest.raises(UsageError, match="no package suits everybody"):
        demand_game(mean_point(hopeless), "none")
