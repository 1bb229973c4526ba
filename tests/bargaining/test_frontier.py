"""The Pareto frontier: brute force, published sets, and what must hold of any frontier."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.arrays import Floats, Ints
from detente.bargaining.branch import domain
from detente.bargaining.frontier import Frontier, forget, frontier
from detente.bargaining.rows import TOLERANCE, votes_of
from detente.bargaining.solution import Question
from detente.bargaining.solve import solve
from detente.bargaining.space import Rules, make_space
from detente.errors import SpaceTooLarge, UsageError
from detente.model.structure import Quorum
from detente.testing.brute_force import Problem, gains, membership, zone
from detente.testing.problems import plain_table, random_problem

Published = Callable[[dict[str, Any]], Problem]
SIZES = st.lists(st.integers(1, 4), min_size=1, max_size=4)
SEEDS = st.integers(0, 2**32)
ANYTHING = -1e3  # no sum of gains in these tests comes near


def question_of(problem: Problem) -> Question:
    """A problem as the solvers take it."""
    return Question(make_space(problem.rules), problem.table, problem.lines)


def slow_zone(problem: Problem, draw: int, *, within_zone: bool = True) -> np.ndarray[Any, Any]:
    """Which packages are looked at: shape (package,); a quorum is counted vote by vote."""
    table = problem.table
    if not within_zone:
        free = replace(table, demand=np.full_like(table.demand, ANYTHING))
        return slow_zone(replace(problem, table=free), draw)
    if problem.rules.quorum is None:
        return zone(problem, draw)
    member = membership(problem.rules)
    links, lines = len(problem.rules.links), len(problem.lines)
    own = range(problem.principals)
    asked = {links + i for i, line in enumerate(problem.lines) if line.party in own}
    fits = zone(problem, draw, asked | {links + lines + p for p in own})
    votes, needed = votes_of(problem.rules, problem.parties)
    total, willing = gains(problem, draw, member), np.zeros(len(member))
    for p in own:
        agrees = total[:, p] >= table.demand[draw, p] - TOLERANCE
        for index, line in enumerate(problem.lines):
            if line.party == p and table.absolute[draw, index]:
                agrees &= ~member[:, line.option]
        if votes[p] < 0.0:
            fits &= agrees
        else:
            willing += votes[p] * agrees
    return fits & (willing >= needed)


def slow_frontier(problem: Problem, draw: int, *, within_zone: bool = True) -> Frontier:
    """Every pair of packages compared; alike ones counted; the tie rule read as written."""
    member = membership(problem.rules)
    inside = np.nonzero(slow_zone(problem, draw, within_zone=within_zone))[0]
    own = gains(problem, draw, member)[inside][:, : problem.principals]
    atleast = (own[:, None] >= own[None] - TOLERANCE).all(axis=2)
    more = (own[:, None] > own[None] + TOLERANCE).any(axis=2)
    best = ~(atleast & more).any(axis=0)
    own, inside = own[best], inside[best]
    quo = problem.rules.status_quo
    changes = len(problem.rules.sizes) - member[:, list(quo or ())].sum(axis=1)
    found: dict[tuple[float, ...], list[int]] = {}
    for row, package in zip(own, inside, strict=True):
        found.setdefault(tuple(np.round(row, 8)), []).append(int(package))
    rows = sorted(found, reverse=True)
    chosen = [min(found[row], key=lambda number: (changes[number], number)) for row in rows]
    return Frontier(
        np.array(chosen, dtype=np.int64),
        np.array(rows).reshape(-1, problem.principals),
        np.array([len(found[row]) for row in rows], dtype=np.int64),
        within_zone,
    )


def check_equal(found: Frontier, expected: Frontier) -> None:
    """Packages, counts and gains agree."""
    assert found.package.tolist() == expected.package.tolist()
    assert found.alike.tolist() == expected.alike.tolist()
    assert found.gain == pytest.approx(expected.gain, abs=1e-7)


@given(
    seed=SEEDS,
    sizes=SIZES,
    principals=st.integers(2, 6),
    consenters=st.integers(0, 3),
    links=st.integers(0, 4),
    lines=st.integers(0, 4),
    toughness=st.sampled_from([0.0, 0.2, 0.5]),
    with_status_quo=st.booleans(),
    within_zone=st.booleans(),
    merged=st.booleans(),
)
def test_it_agrees_with_brute_force(
    seed: int, sizes: list[int], *, within_zone: bool, merged: bool, **rules: Any
) -> None:
    """Packages, gains and how many are alike, with ties; links merged or carried along."""
    problem = random_problem(seed, sizes, **rules)
    question = question_of(problem)
    with pytest.MonkeyPatch.context() as patch:
        if not merged:
            patch.setattr(domain, "MOST_CHOICES", 4)
        clear()
        for draw in range(question.draws):
            found = frontier(question, draw, within_zone=within_zone)
            check_equal(found, slow_frontier(problem, draw, within_zone=within_zone))
    clear()


def clear() -> None:
    """Forget how issues were grouped."""
    domain.make_domain.cache_clear()
    forget()


@given(
    seed=SEEDS,
    sizes=SIZES,
    principals=st.integers(3, 5),
    consenters=st.integers(0, 2),
    lines=st.integers(0, 6),
)
def test_a_quorum_lets_voters_be_outvoted(seed: int, sizes: list[int], **rules: Any) -> None:
    """Packages that enough votes and every veto carry; an absolute line is a vote against."""
    problem = random_problem(seed, sizes, toughness=0.3, **rules)
    rng = np.random.default_rng(seed)
    weights = tuple(float(w) for w in rng.integers(1, 4, problem.principals))
    veto = tuple(int(p) for p in np.nonzero(rng.random(problem.principals) < 0.3)[0])
    quorum = Quorum(weights=weights, needed=0.6 * sum(weights), veto=veto)
    problem = replace(problem, rules=replace(problem.rules, quorum=quorum))
    for draw in range(len(problem.table.demand)):
        check_equal(frontier(question_of(problem), draw), slow_frontier(problem, draw))


def _continuous(
    seed: int, sizes: tuple[int, ...], principals: int, consenters: int = 0, demand: float = -0.5
) -> Problem:
    """One draw without ties; each consenter is touched by some options."""
    rng = np.random.default_rng(seed)
    parties = principals + consenters
    consent_to = tuple(
        tuple(int(o) for o in np.nonzero(rng.random(sum(sizes)) < 0.3)[0]) or (0,)
        for _ in range(consenters)
    )
    gain = rng.normal(size=(1, parties, sum(sizes)))
    table = plain_table(gain, np.full((1, parties), demand), np.ones((1, principals)))
    return Problem(Rules(sizes, consent_to=consent_to), table)


@given(seed=SEEDS, principals=st.integers(2, 6), consenters=st.integers(0, 2))
def test_larger_frontiers_without_ties(seed: int, principals: int, consenters: int) -> None:
    """Hundreds of efficient packages: every way of comparing states is used."""
    problem = _continuous(seed, (3, 4, 3, 2, 4), principals, consenters)
    found = frontier(question_of(problem))
    check_equal(found, slow_frontier(problem, 0))


@given(
    seed=SEEDS, sizes=SIZES, principals=st.integers(2, 3), links=st.integers(0, 4),
    lines=st.integers(0, 3), toughness=st.sampled_from([0.0, 0.2, 0.5]),
)  # fmt: skip
def test_consents_that_every_package_needs(seed: int, sizes: list[int], **rules: Any) -> None:
    """Where two consenters are always asked, bounds at prices leave nothing out that is a deal."""
    problem = random_problem(seed, sizes, consenters=2, with_status_quo=False, **rules)
    everything = tuple(range(sum(sizes)))
    problem = replace(problem, rules=replace(problem.rules, consent_to=(everything, everything)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(domain, "MOST_CHOICES", 4)
        clear()
        for draw in range(len(problem.table.demand)):
            check_equal(frontier(question_of(problem), draw), slow_frontier(problem, draw))
    clear()


@given(
    seed=SEEDS, order=st.permutations(range(4)), actors=st.permutations(range(4)),
    principals=st.integers(2, 4),
)  # fmt: skip
def test_relabelling_changes_nothing(
    seed: int, order: list[int], actors: list[int], principals: int
) -> None:
    """The same gains are efficient however issues and principals are ordered."""
    sizes = (3, 2, 4, 2)
    actors = [actor for actor in actors if actor < principals]
    problem = _continuous(seed, sizes, principals)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    columns = np.concatenate([np.arange(sizes[i]) + starts[i] for i in order])
    table = problem.table
    other = Problem(
        Rules(tuple(sizes[i] for i in order)),
        plain_table(
            np.ascontiguousarray(table.gain[:, actors][:, :, columns]), table.demand[:, actors],
            table.weight[:, actors],
        ),
    )  # fmt: skip
    first, second = frontier(question_of(problem)), frontier(question_of(other))
    assert in_order(first.gain[:, actors]) == pytest.approx(in_order(second.gain))


def in_order(gain: Floats) -> Floats:
    """Rows sorted: shape (row, principal)."""
    return gain[np.lexsort(gain.T)]


@given(seed=SEEDS, principals=st.integers(2, 4), loss=st.floats(0.001, 1.0))
def test_dominated_packages_change_nothing(seed: int, principals: int, loss: float) -> None:
    """An option that is worse for everybody than one that is there leaves the frontier alone."""
    problem = _continuous(seed, (3, 4, 3), principals, 1)
    table = problem.table
    worse = table.gain[:, :, 9:10] - loss  # of the last issue, and asking no less
    asked = problem.rules.consent_to[0]
    wider = Problem(
        Rules((3, 4, 4), consent_to=((*asked, 10) if 9 in asked else asked,)),
        replace(table, gain=np.concatenate([table.gain, worse], axis=2)),
    )
    before, after = frontier(question_of(problem)), frontier(question_of(wider))
    assert after.gain == pytest.approx(before.gain)
    assert after.alike.tolist() == before.alike.tolist()


@given(seed=SEEDS, principals=st.integers(2, 4), consenters=st.integers(0, 2))
def test_what_protocols_choose_lies_on_it(seed: int, principals: int, consenters: int) -> None:
    """The Nash and the utilitarian package of the zone; no zone, no frontier."""
    problem = random_problem(
        seed, (3, 3, 2), principals=principals, consenters=consenters, links=2, lines=2,
        toughness=0.2,
    )  # fmt: skip
    question = question_of(problem)
    own = slice(0, principals)
    for name in ("nash", "utilitarian"):
        chosen = solve(question.space, problem.table, problem.lines, name)
        for draw in range(question.draws):
            found = frontier(question, draw)
            assert (found.count == 0) == (chosen.package[draw] < 0)
            surplus = chosen.gain[draw, own] - problem.table.demand[draw, own]
            if found.count and (name == "utilitarian" or (surplus > TOLERANCE).all()):
                assert (abs(found.gain - chosen.gain[draw, own]) < TOLERANCE).all(axis=1).any()


@given(seed=SEEDS, principals=st.integers(2, 4))
def test_merging_two_issues_changes_nothing(seed: int, principals: int) -> None:
    """Two issues written as one whose options are their pairs: the same packages, row by row."""
    problem = _continuous(seed, (3, 2, 3), principals)
    gain = problem.table.gain
    pairs = [gain[:, :, a] + gain[:, :, 3 + b] for a in range(3) for b in range(2)]
    merged = np.concatenate([np.stack(pairs, axis=2), gain[:, :, 5:]], axis=2)
    other = Problem(Rules((6, 3)), replace(problem.table, gain=merged))
    check_equal(frontier(question_of(other)), frontier(question_of(problem)))


def test_alike_packages_are_counted_and_one_stands_for_them() -> None:
    """Nobody minds anything: all but the barred package are alike, fewest changes stands."""
    table = plain_table(np.zeros((1, 2, 6)), -np.ones((1, 2)), np.ones((1, 2)))
    found = frontier(Question(make_space(Rules((2, 2, 2), status_quo=(0, 2, 4))), table, ()))
    assert (found.package.tolist(), found.alike.tolist()) == ([1], [7])


def test_thirds_and_tenths_tie() -> None:
    """A sum of floats that should be equal is equal: 0.1 and 0.2 make 0.3, three thirds one."""
    for unit in (1 / 3, 0.1, 0.7, 1 / 7):
        row = [k * unit for k in range(4)] * 6
        gain = np.array([[row, [-one for one in row]]])
        table = plain_table(gain, np.full((1, 2), -100.0), np.ones((1, 2)))
        found = frontier(Question(make_space(Rules((4,) * 6)), table, ()))
        assert found.count == 19
        assert found.alike.sum() == 4**6


def _scenarios() -> list[str]:
    path = Path(__file__).parents[3] / "shared" / "verification" / "bargaining_scenarios.json"
    return list(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else ["absent"]


@pytest.mark.parametrize("name", _scenarios())
def test_published_scenarios_have_their_known_frontier(
    name: str, shared: Path, published: Published
) -> None:
    """Every point of the published Pareto set, and no other."""
    text = (shared / "bargaining_scenarios.json").read_text(encoding="utf-8")
    case: dict[str, Any] = json.loads(text)[name]
    found = frontier(question_of(published(case)), within_zone=False)
    expected = np.unique(
        np.round(np.array(case["expected"]["pareto_points"], dtype=np.float64), 7), axis=0
    )
    assert found.count == case["expected"]["pareto_unique_utility_points"]
    assert in_order(found.gain) == pytest.approx(in_order(expected), abs=1e-6)


@pytest.mark.parametrize(
    ("issues", "size", "nash"), [(6, 62, 752), (8, 209, 51155), (10, 547, 602730)]
)
def test_random_spaces_have_their_known_frontier(
    issues: int, size: int, nash: int, shared: Path
) -> None:
    """Three parties, four options an issue: size within reservations, and the Nash package on it."""
    text = (shared / "package_spaces_4x6_4x8_4x10.json").read_text(encoding="utf-8")
    case: dict[str, Any] = json.loads(text)[str(issues)]
    gain = np.array(case["weights"])[:, :, None] * np.array(case["values"])
    table = plain_table(
        gain.reshape(1, 3, -1), np.array([case["reserved"]]), np.ones((1, 3))
    )  # fmt: skip
    question = Question(make_space(Rules((4,) * issues)), table, ())
    found = frontier(question)
    assert found.count == size
    surplus: Floats = found.gain - np.array(case["reserved"])
    assert found.package[surplus.prod(axis=1).argmax()] == nash
    everywhere = frontier(question, within_zone=False)
    inside = (everywhere.gain >= np.array(case["reserved"])).all(axis=1)
    assert everywhere.package[inside].tolist() == found.package.tolist()


def test_a_space_that_nobody_could_list() -> None:
    """Twenty issues of four options: 1.1e12 packages, and nothing on the frontier is dominated."""
    problem = _continuous(1, (4,) * 20, 2)
    found = frontier(question_of(problem))
    first, second = found.gain.T
    assert found.count > 50
    rng = np.random.default_rng(2)
    some = rng.integers(0, 4, (20_000, 20)) + 4 * np.arange(20)
    for own in problem.table.gain[0][:, some].sum(axis=2).T:
        assert not (
            (own >= found.gain).all(axis=1) & (own > found.gain + TOLERANCE).any(axis=1)
        ).any()
    assert (np.diff(first) < -TOLERANCE).all()
    assert (np.diff(second) > TOLERANCE).all()


def test_too_many_states_end_in_a_message() -> None:
    """What was found, what is allowed, what to do; the same number of states suffices elsewhere."""
    question = question_of(_continuous(1, (4,) * 8, 4))
    with pytest.raises(SpaceTooLarge, match=r"over 100 partial packages .* at most 100 are kept; "):
        frontier(question, most_states=100)
    assert frontier(question_of(_continuous(1, (4,) * 2, 4)), most_states=100).count > 1


def test_a_draw_that_is_not_there_ends_in_a_message() -> None:
    """Draws count from 0."""
    with pytest.raises(UsageError, match="draw 1: not among 1 draws; 0 to 0 are allowed"):
        frontier(question_of(_continuous(1, (2, 2), 2)), 1)


def test_numbers_are_packages_of_the_space() -> None:
    """The gains shown are those of the package shown."""
    problem = _continuous(3, (3, 4, 3, 2), 3, 1)
    found = frontier(question_of(problem))
    numbers: Ints = found.package
    own = gains(problem, 0, membership(problem.rules))[numbers][:, :3]
    assert found.gain == pytest.approx(own)
