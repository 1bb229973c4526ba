"""The table of some draws, made once more."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from detente.bargaining.solve import solve
from detente.ensemble.chunk import space_for
from detente.ensemble.run import run
from detente.ensemble.scouting import scout
from detente.ensemble.seating import seated, seated_draws
from detente.model.structure import structure_of
from detente.model.table import Table
from detente.sampling.draws import Plan
from detente.situation.load import Loaded
from detente.situation.scenarios import scenarios
from detente.situation.schema import Situation

PLAN = Plan(600, 5)


@pytest.mark.parametrize("reading", ["calm", "dark"])
def test_it_is_the_table_behind_the_outcomes(three_acts: Situation, reading: str) -> None:
    """Demands to the last bit after the run-up, and the same packages when it is solved."""
    structure = structure_of(three_acts)
    (scenario,) = scenarios(three_acts, None, rounds=["spring"], readings=[reading])
    expects = scout(structure, scenario, seed=PLAN.seed)
    (outcomes,) = run(structure, [scenario], PLAN, scouts=[expects])
    table = seated(structure, scenario, expects, PLAN, 0, PLAN.draws)
    assert np.array_equal(table.demand, outcomes.demand)
    again = solve(space_for(structure), table, structure.lines)
    assert np.array_equal(again.package, outcomes.package)


def test_some_draws_do_not_depend_on_the_chunks_they_come_from(every_term: Loaded) -> None:
    situation = every_term.situation
    structure = structure_of(situation)
    scenario = scenarios(situation, None)[-1]
    expects = scout(structure, scenario, seed=PLAN.seed)
    rows = np.array([3, 76, 77, 150, 599])
    whole = seated(structure, scenario, expects, PLAN, 0, PLAN.draws)
    for chunk in (77, 600, 10_000):
        some = seated_draws(structure, scenario, expects, PLAN, rows, chunk)
        for one in fields(Table):
            assert np.array_equal(getattr(some, one.name), getattr(whole, one.name)[rows])
