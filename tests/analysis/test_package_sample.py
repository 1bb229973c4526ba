"""Packages by number: which the links allow, what they bring, and samples of them."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from detente.analysis.package_sample import MOST_SAMPLED, allowed, mean_gains, sample_packages
from detente.bargaining.space import Rules, make_space
from detente.model.structure import LinkPlace
from detente.testing.brute_force import Problem, gains, membership, met
from detente.testing.problems import random_problem


def _allowed(problem: Problem, always: int) -> set[int]:
    """Numbers of the packages that the links in ``always`` allow, read off the rules."""
    member = membership(problem.rules)
    fits = np.ones(len(member), dtype=np.bool_)
    if problem.rules.status_quo is not None:
        fits &= ~member[:, list(problem.rules.status_quo)].all(axis=1)
    for index, link in enumerate(problem.rules.links):
        if always >> index & 1:
            first, second = met(member, link)
            fits &= ~(first & (~second if link.form == "requires" else second))
    return set(np.flatnonzero(fits).tolist())


@given(
    seed=st.integers(0, 2**32),
    sizes=st.lists(st.integers(1, 4), min_size=1, max_size=5),
    links=st.integers(0, 4),
    which=st.integers(0, 15),
    with_status_quo=st.booleans(),
)
def test_packages_allowed_and_what_they_bring_equal_brute_force(
    seed: int, sizes: list[int], which: int, **rules: Any
) -> None:
    """Every package is judged right and its gains are those of the brute force."""
    problem = random_problem(seed, sizes, draws=1, **rules)
    space = make_space(problem.rules)
    numbers = np.arange(space.packages)
    always = which & space.breaking
    assert set(numbers[allowed(space, always, numbers)].tolist()) == _allowed(problem, always)
    found = mean_gains(space, problem.table.gain[0], problem.table.bonus[0], numbers)
    np.testing.assert_allclose(found, gains(problem, 0, membership(problem.rules)), atol=1e-12)


@given(seed=st.integers(0, 2**32), links=st.integers(0, 4))
def test_a_sample_of_a_small_space_is_all_of_it(seed: int, links: int) -> None:
    """Where there are few packages, the sample finds each of those allowed, once."""
    problem = random_problem(seed, [3, 2, 3], links=links, draws=1)
    space = make_space(problem.rules)
    found = sample_packages(space, space.breaking)
    assert set(found.tolist()) == _allowed(problem, space.breaking)
    assert len(set(found.tolist())) == len(found)


def _chain(issues: int) -> Rules:
    """Options 0 of four each; the last option of an issue requires that of the one before."""
    links = tuple(
        LinkPlace(f"link-{i}", "requires", (4 * i + 3,), (4 * i - 1,), False, ())
        for i in range(1, issues)
    )
    return Rules((4,) * issues, links, (), tuple(4 * i for i in range(issues)))


def test_a_sample_of_a_large_space_is_full_allowed_even_and_the_same_again() -> None:
    """4^20 packages in a chain of links: options are as frequent as they are among all allowed."""
    issues = 20
    space = make_space(_chain(issues))
    found = sample_packages(space, space.breaking)
    assert 0.99 * MOST_SAMPLED < len(found) <= MOST_SAMPLED
    assert allowed(space, space.breaking, found).all()
    assert (found == sample_packages(space, space.breaking)).all()
    # an allowed package ends in a run of plain options: 3^(issues - k) of them begin with k last ones
    weights = np.array([3.0 ** (issues - k) for k in range(issues + 1)])
    lasts = (space.options_of(found) == 3).sum(axis=1)
    for k in range(4):
        share = weights[k] / weights.sum()
        error = 4.0 * np.sqrt(share * (1.0 - share) / len(found))
        assert abs((lasts == k).mean() - share) < error


def test_links_that_forbid_everything_leave_an_empty_sample() -> None:
    """An issue no option of which is allowed: no package, and no error."""
    link = LinkPlace("link", "excludes", (0, 1), (0, 1), False, ())
    space = make_space(Rules((2, 2), (link,)))
    assert len(sample_packages(space, space.breaking)) == 0
