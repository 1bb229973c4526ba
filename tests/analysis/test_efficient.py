"""The frontier of a situation's draw or mean."""

from __future__ import annotations

import numpy as np
import pytest

from detente.analysis.efficient import efficient
from detente.bargaining.rows import TOLERANCE
from detente.ensemble.chunk import run_chunk
from detente.ensemble.scouting import scout
from detente.interchange.point import point_of
from detente.model.structure import structure_of
from detente.sampling.draws import Plan
from detente.situation.scenarios import Scenario, scenarios
from detente.situation.schema import Situation

PLAN = Plan(200, 1)


@pytest.fixture
def scenario(three_acts: Situation) -> Scenario:
    """The last scenario of the made-up bridge."""
    return scenarios(three_acts, None)[-1]


def test_the_agreed_package_of_a_draw_is_efficient(
    three_acts: Situation, scenario: Scenario
) -> None:
    """What the ensemble chooses stands on the frontier of its draw, with the same gains."""
    structure = structure_of(three_acts)
    found = run_chunk(
        structure, scenario, scout(structure, scenario, seed=1), PLAN, 0, 200, why=False
    )
    draws = np.nonzero(found.package >= 0)[0][:20]
    assert len(draws) > 0
    for draw in draws:
        best = efficient(three_acts, scenario, PLAN, int(draw), within_zone=True).frontier
        own = found.gain[draw, : structure.principals]
        assert (abs(best.gain - own) < 1e-7).all(axis=1).any()


@pytest.mark.parametrize("draw", [None, 3])
def test_it_is_the_best_of_the_exported_problem(
    three_acts: Situation, scenario: Scenario, draw: int | None
) -> None:
    """The packages that none of those an export looks at dominates, and no other."""
    point = point_of(three_acts, scenario, PLAN, draw)
    gain = point.gains_of()[:, : point.structure.principals]
    better = (gain[:, None] >= gain[None] - TOLERANCE).all(axis=2)
    better &= (gain[:, None] > gain[None] + TOLERANCE).any(axis=2)
    expected = np.unique(np.round(gain[~better.any(axis=0)], 7), axis=0)
    found = efficient(three_acts, scenario, PLAN, draw, within_zone=False)
    assert np.unique(np.round(found.frontier.gain, 7), axis=0) == pytest.approx(expected)
    assert found.frontier.alike.sum() == (~better.any(axis=0)).sum()
