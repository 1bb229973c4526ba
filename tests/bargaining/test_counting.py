"""The size of the zone: exact against brute force and enumeration, estimates against exact."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.bargaining.allowed import allowed_packages
from detente.bargaining.counting import Counted, count_zone
from detente.bargaining.layout import lay_out_space
from detente.bargaining.nash import nash
from detente.bargaining.rows import TOLERANCE, link_masks
from detente.bargaining.solution import Question
from detente.bargaining.space import Rules, make_space
from detente.bargaining.without import some_draws
from detente.errors import SpaceTooLarge, UsageError
from detente.model.structure import LinkPlace, Quorum
from detente.testing.brute_force import Problem, gains, membership, zone
from detente.testing.problems import random_problem

SEEDS = st.integers(0, 2**32)
SIZES = st.lists(st.integers(1, 4), min_size=1, max_size=5)


def asked(problem: Problem) -> Question:
    """A problem as the protocols are asked it."""
    return Question(make_space(problem.rules), problem.table, problem.lines)


def counted(problem: Problem, **how: object) -> Counted:
    """The zone of a problem."""
    return count_zone(asked(problem), **how)  # type: ignore[arg-type]


@given(SEEDS, SIZES, st.integers(1, 4), st.integers(0, 2), st.integers(0, 4), st.integers(0, 4))
def test_exact_count_is_the_brute_force_count(
    seed: int, sizes: list[int], principals: int, consenters: int, links: int, lines: int
) -> None:
    """Links of every form, absolute lines, consenters, ties, ragged options, one issue."""
    problem = random_problem(
        seed, sizes, principals=principals, consenters=consenters, links=links, lines=lines,
        toughness=0.3, with_status_quo=bool(seed % 2),
    )  # fmt: skip
    found = counted(problem, how="exact")
    assert found.exact
    assert not found.error.any()
    assert found.size.tolist() == [zone(problem, d).sum() for d in range(4)]


@given(SEEDS, SIZES, st.integers(2, 5), st.booleans(), st.floats(0.05, 1.2))
def test_quorum_counts_votes(
    seed: int, sizes: list[int], principals: int, veto: bool, part: float
) -> None:
    """A package passes if whoever must agrees, and the others' votes reach the quorum."""
    rng = np.random.default_rng(seed)
    weights = tuple(float(w) for w in rng.choice([0.1, 0.2, 0.3, 1.0, 2.5], principals))
    quorum = Quorum(weights, part * sum(weights), (0,) if veto else ())
    problem = random_problem(seed, sizes, principals=principals, links=2)
    problem = replace(problem, rules=replace(problem.rules, quorum=quorum))
    member = membership(problem.rules)
    everyone = range(len(problem.rules.links), len(problem.rules.links) + principals)
    want: list[int] = []
    for draw in range(4):
        agree = gains(problem, draw, member) >= problem.table.demand[draw] - TOLERANCE
        passes = agree @ np.array(weights) >= quorum.needed - TOLERANCE
        passes &= agree[:, list(quorum.veto)].all(axis=1)
        want.append(int((passes & zone(problem, draw, everyone)).sum()))
    assert counted(problem, how="exact").size.tolist() == want


@pytest.mark.parametrize("sizes", [(4,) * 8, (4,) * 10, (2,) * 15, (300, 2, 3, 50), (5000, 3)])
@pytest.mark.parametrize("links", [0, 6])
def test_exact_count_is_the_enumerated_count(sizes: tuple[int, ...], links: int) -> None:
    """Larger spaces, even and uneven, many words of low rows: the same zone as enumeration."""
    problem = random_problem(
        7, sizes, principals=3, consenters=1, links=links, lines=3, draws=6, toughness=0.2
    )
    assert counted(problem).size.tolist() == nash(asked(problem)).zone.tolist()


@pytest.mark.parametrize("how", ["exact", "estimate"])
def test_any_chunk_of_draws_gives_the_same(how: str) -> None:
    """A draw's size and error depend on nothing but the draw."""
    problem = random_problem(3, (4,) * 6, consenters=1, links=3, lines=2, draws=9)
    whole = counted(problem, how=how)
    for rows in (np.arange(4), np.arange(4, 9), np.array([8])):
        part = counted(replace(problem, table=some_draws(problem.table, rows)), how=how)
        assert part.size.tolist() == whole.size[rows].tolist()
        assert part.error.tolist() == whole.error[rows].tolist()


def test_estimate_is_unbiased_and_its_error_covers() -> None:
    """Over seeds: the mean is the exact size, and 1.96 errors cover it nine times in ten."""
    problem = random_problem(
        5, (4,) * 8, principals=3, consenters=1, links=3, draws=12, toughness=0.1
    )
    exact = counted(problem).size
    found = [counted(problem, how="estimate", seed=seed) for seed in range(200)]
    size, error = np.stack([f.size for f in found]), np.stack([f.error for f in found])
    common = exact > 0.02 * problem.rules.packages
    assert common.sum() >= 3
    off = (size.mean(axis=0) - exact) / (size.std(axis=0, ddof=1) / np.sqrt(len(found)))
    assert (np.abs(off[common]) < 4.0).all()
    covers = (np.abs(size - exact) <= 1.96 * error).mean(axis=0)
    assert (covers[common] > 0.88).all()
    assert error.mean(axis=0)[common] == pytest.approx(size.std(axis=0)[common], rel=0.2)


def test_estimate_that_met_no_package_gives_a_bound() -> None:
    """A zone too rare to meet has an error that covers it, and is marked; a known package counts."""
    problem = random_problem(5, (4,) * 20, principals=4, draws=3, toughness=6.0)
    problem = replace(problem, table=replace(problem.table, demand=problem.table.demand + 20.0))
    found = counted(problem, package=np.array([17, -1, -1]))
    assert not found.exact
    assert found.size.tolist() == [1.0, 0.0, 0.0]
    assert found.bound.all()
    assert found.error[0] * 1.96 == pytest.approx(
        3 * problem.rules.packages / 2048
    )  # 64 blocks of 32


def test_estimate_follows_the_quorum() -> None:
    """With a quorum the estimate agrees with the exact count within five errors."""
    problem = random_problem(11, (4,) * 7, principals=4, links=2, draws=8, toughness=0.4)
    rules = replace(problem.rules, quorum=Quorum((1.0, 2.0, 1.5, 1.0), 3.5, (3,)))
    problem = replace(problem, rules=rules)
    found, exact = counted(problem, how="estimate"), counted(problem)
    assert exact.size.max() > 0
    assert (np.abs(found.size - exact.size) <= 5.0 * found.error + 1.0).all()


@given(SEEDS, SIZES, st.integers(0, 6), st.booleans())
def test_allowed_packages_are_those_that_break_no_link(
    seed: int, sizes: list[int], links: int, quo: bool
) -> None:
    """As by brute force, where nobody demands anything, and as by the layout's codes."""
    problem = random_problem(seed, sizes, links=links, with_status_quo=quo)
    masks = link_masks(problem.rules, problem.table)
    found = allowed_packages(problem.rules, masks)
    free = replace(problem, table=replace(problem.table, demand=problem.table.demand - 1e6))
    assert found.tolist() == [zone(free, d).sum() for d in range(4)]
    layout = lay_out_space(problem.rules)
    codes = layout.code[layout.class_of]
    every = allowed_packages(replace(problem.rules, status_quo=None), masks)
    assert every.tolist() == [(codes & mask == 0).sum() for mask in masks]


def test_allowed_packages_of_a_huge_space_follow_from_independent_pairs() -> None:
    """Fifteen pairs of issues, each pair ruling out one of sixteen: 15^15; a chain is counted."""
    pairs = tuple(
        LinkPlace(f"l{i}", "excludes", (8 * i,), (8 * i + 4,), False, ()) for i in range(15)
    )
    rules = Rules((4,) * 30, pairs)
    assert allowed_packages(rules, np.array([2**15 - 1, 0])).tolist() == [15**15, 4**30]
    chain = tuple(
        LinkPlace(f"l{i}", "requires", (2 * i,), (2 * i + 2,), True, ()) for i in range(29)
    )
    assert allowed_packages(Rules((2,) * 30, chain), np.array([2**29 - 1])).tolist() == [31]


def test_what_cannot_be_counted_is_refused() -> None:
    """An exact count of too large a space, an unknown way, no sample."""
    problem = random_problem(1, (4,) * 15, draws=1)
    with pytest.raises(SpaceTooLarge, match="ask for an estimate"):
        counted(problem, how="exact")
    with pytest.raises(UsageError, match="auto, exact, estimate"):
        counted(problem, how="guess")
    with pytest.raises(UsageError, match="at least 1"):
        counted(problem, samples=0)
