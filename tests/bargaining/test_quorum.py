"""Packages chosen where principals may be outvoted: against brute force."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.bargaining.branch.solving import branch_and_bound
from detente.bargaining.branch.task import LEAST, NASH, SUM
from detente.bargaining.solution import Question
from detente.bargaining.space import make_space
from detente.model.structure import Quorum
from detente.testing.brute_force import Choice, Problem, nash_choice, scored_choice
from detente.testing.problems import random_problem

HOW: dict[str, tuple[int, bool]] = {
    "nash": (NASH, False),
    "utilitarian": (SUM, False),
    "egalitarian": (LEAST, False),
    "kalai-smorodinsky": (LEAST, True),
}


def _expected(problem: Problem, draw: int, name: str) -> Choice:
    return nash_choice(problem, draw) if name == "nash" else scored_choice(problem, draw, name)


@pytest.mark.parametrize("name", HOW)
@given(
    seed=st.integers(0, 2**32),
    sizes=st.lists(st.integers(1, 3), min_size=1, max_size=4),
    consenters=st.integers(0, 2),
    links=st.integers(0, 3),
    lines=st.integers(0, 3),
    toughness=st.sampled_from([0.25, 0.5, 1.0]),
    votes=st.lists(st.integers(1, 3), min_size=3, max_size=3),
    needed=st.integers(1, 6),
    veto=st.sets(st.integers(0, 2)),
)
def test_choices_equal_brute_force(
    name: str, seed: int, sizes: list[int], votes: list[int], needed: int, veto: set[int],
    **rules: Any,
) -> None:  # fmt: skip
    """The package and how many score alike, for every way to score one."""
    problem = random_problem(seed, sizes, draws=3, principals=3, **rules)
    quorum = Quorum(tuple(float(vote) for vote in votes), float(needed), tuple(sorted(veto)))
    problem = replace(problem, rules=replace(problem.rules, quorum=quorum))
    how, by_ideal = HOW[name]
    question = Question(make_space(problem.rules), problem.table, problem.lines)
    found = branch_and_bound(question, how=how, by_ideal=by_ideal)
    expected = [_expected(problem, draw, name) for draw in range(3)]
    assert found.package.tolist() == [choice.package for choice in expected]
    assert found.ties.tolist() == [choice.ties for choice in expected]
    assert not found.gap.any()
