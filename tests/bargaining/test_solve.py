"""From a table to packages and gains."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.bargaining.solution import package_gains
from detente.bargaining.solve import solve
from detente.bargaining.space import make_space
from detente.testing.brute_force import gains, membership
from detente.testing.problems import random_problem


@given(
    seed=st.integers(0, 2**32),
    sizes=st.lists(st.integers(1, 3), min_size=1, max_size=4),
    consenters=st.integers(0, 2),
    links=st.integers(0, 4),
)
def test_gains_of_a_package_are_its_options_gains_and_bonuses(
    seed: int, sizes: list[int], **rules: Any
) -> None:
    """For any package in any draw, equal to the slow way's; NaN without a package."""
    problem = random_problem(seed, sizes, draws=5, **rules)
    space = make_space(problem.rules)
    member = membership(problem.rules)
    numbers = np.random.default_rng(seed).integers(-1, space.packages, 5)
    found = package_gains(space, problem.table.gain, problem.table.bonus, numbers)
    for draw, number in enumerate(numbers):
        if number < 0:
            assert np.isnan(found[draw]).all()
        else:
            assert found[draw] == pytest.approx(gains(problem, draw, member)[number], abs=1e-12)


def test_no_draws_are_no_work() -> None:
    """A table without rows has a solution without rows."""
    problem = random_problem(1, (2, 2), links=2, lines=1, draws=0)
    found = solve(make_space(problem.rules), problem.table, problem.lines)
    assert found.package.shape == found.zone.shape == (0,)
    assert found.gain.shape == (0, 2)


def test_draws_do_not_touch_each_other() -> None:
    """A draw solved alone has the solution it has among others."""
    problem = random_problem(5, (3, 3, 2), consenters=1, links=3, lines=3, draws=30)
    space = make_space(problem.rules)
    whole = solve(space, problem.table, problem.lines)
    assert (whole.package >= 0).any()
    assert (whole.package < 0).any()
    for draw in range(30):
        columns = {
            name: getattr(problem.table, name)[draw : draw + 1]
            for name in type(problem.table).__dataclass_fields__
        }
        alone = solve(space, type(problem.table)(**columns), problem.lines)
        assert (alone.package[0], alone.zone[0], alone.ties[0]) == (
            whole.package[draw],
            whole.zone[draw],
            whole.ties[draw],
        )
