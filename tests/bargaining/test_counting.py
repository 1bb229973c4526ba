"""The size of the zone without walking it: exact counts, honest estimates."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.bargaining.counting import MOST_VOTED, count_zone
from detente.bargaining.solution import Question
from detente.bargaining.solve import solve
from detente.bargaining.space import Rules, make_space
from detente.errors import UsageError
from detente.model.structure import Quorum
from detente.testing.brute_force import Problem, zone
from detente.testing.problems import plain_table, random_problem

SIZES = st.lists(st.integers(1, 4), min_size=1, max_size=5)


def _question(problem: Problem) -> Question:
    return Question(make_space(problem.rules), problem.table, problem.lines)


@given(
    seed=st.integers(0, 2**32),
    sizes=SIZES,
    principals=st.integers(2, 4),
    consenters=st.integers(0, 2),
    links=st.integers(0, 4),
    lines=st.integers(0, 4),
    toughness=st.sampled_from([0.2, 0.5, 1.0]),
    with_status_quo=st.booleans(),
)
def test_meeting_in_the_middle_counts_what_brute_force_counts(
    seed: int, sizes: list[int], principals: int, consenters: int, links: int, lines: int,
    toughness: float, with_status_quo: bool,
) -> None:  # fmt: skip
    """Every draw's zone, whatever links, consents and red lines there are."""
    problem = random_problem(
        seed, sizes, principals=principals, consenters=consenters, links=links, lines=lines,
        toughness=toughness, with_status_quo=with_status_quo,
    )  # fmt: skip
    found = count_zone(_question(problem), how="exact")
    assert found.exact
    assert not found.error.any()
    assert found.size.tolist() == [float(zone(problem, d).sum()) for d in range(4)]


@pytest.mark.parametrize("quorum", [None, Quorum((3.0, 2.0, 1.0), 4.0, (1,))])
def test_larger_spaces_are_counted_as_by_enumeration(quorum: Quorum | None) -> None:
    """4^9 packages with links and consents, by unanimity and by votes."""
    problem = random_problem(
        3, (4,) * 9, principals=3, consenters=1, links=6, lines=4, draws=10, toughness=1.0
    )
    problem = replace(problem, rules=replace(problem.rules, quorum=quorum))
    question = _question(problem)
    expected = solve(question.space, problem.table, problem.lines).zone
    assert expected.max() > 1000
    assert count_zone(question, how="exact").size.tolist() == expected.tolist()


def _plain(issues: int, draws: int, demand: float) -> Question:
    rng = np.random.default_rng(9)
    gain = rng.normal(size=(draws, 3, 4 * issues))
    table = plain_table(gain, np.full((draws, 3), demand), np.ones((draws, 2)))
    rules = Rules((4,) * issues, consent_to=(tuple(range(0, 4 * issues, 3)),))
    return Question(make_space(rules), table, ())


def test_estimates_are_right_on_average_and_their_errors_cover_the_truth() -> None:
    """Over 200 draws at 4^10: no bias beyond chance, and 1.96 errors cover at least 88 %."""
    question = _plain(10, 200, 0.0)
    exact, guess = (count_zone(question, how=how) for how in ("exact", "estimate"))
    assert not guess.exact
    off = (guess.size - exact.size) / question.space.packages
    assert abs(off.mean()) < 4.0 * off.std() / np.sqrt(10)  # draws share the sampled rows
    covered = np.abs(guess.size - exact.size) <= 1.96 * guess.error
    assert covered.mean() >= 0.88
    assert np.median(guess.error / exact.size) < 0.2


def test_an_estimate_of_nothing_admits_what_may_have_been_missed() -> None:
    """A zone that no sampled pair hits: at least 1 where a package is known, with an error."""
    question = _plain(20, 4, 22.0)
    found = count_zone(question, package=np.array([5, -1, -1, -1]))
    assert found.size.tolist() == [1.0, 0.0, 0.0, 0.0]
    assert (1.96 * found.error >= 2.9 / 1024 * question.space.packages).all()


def test_a_draw_counts_the_same_alone_and_among_others() -> None:
    """Whatever the chunk, exact or estimated."""
    question = _plain(12, 6, 1.0)
    for how in ("exact", "estimate"):
        whole = count_zone(question, how=how)
        for draw in range(6):
            columns = {
                name: getattr(question.table, name)[draw : draw + 1]
                for name in type(question.table).__dataclass_fields__
            }
            table = type(question.table)(**columns)
            alone = count_zone(Question(question.space, table, ()), how=how)
            assert (alone.size[0], alone.error[0]) == (whole.size[draw], whole.error[draw])


def test_what_cannot_be_counted_is_refused_if_it_must_be_exact() -> None:
    """Beyond the limit, which is lower where principals vote."""
    with pytest.raises(UsageError, match=r"at most 300,000,000 can be counted; take an estimate"):
        count_zone(_plain(15, 1, 0.0), how="exact")
    voting = _plain(13, 1, 0.0)
    rules = replace(voting.space.rules, quorum=Quorum((1.0, 1.0), 1.0))
    with pytest.raises(UsageError, match=f"at most {MOST_VOTED:,}"):
        count_zone(Question(make_space(rules), voting.table, ()), how="exact")
