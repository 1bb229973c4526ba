"""Witnesses and reach: moves and answers that can be followed step by step."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.stability.concepts import CONCEPTS, stable_states
from detente.stability.graph import Graph, improvements
from detente.stability.reaching import FAR, least_reached
from detente.stability.status_quo import distance_from
from detente.stability.witnesses import temptations
from detente.testing.conflicts import brute_reach, elmira, random_conflict

GRAPHS = st.builds(
    random_conflict, st.integers(0, 2**32 - 1), st.integers(2, 4), st.integers(1, 7),
    st.integers(1, 6), st.sampled_from([0.1, 0.3, 0.6]), joint=st.booleans(),
)  # fmt: skip


@given(GRAPHS)
@settings(max_examples=40)
def test_a_state_is_stable_exactly_if_every_temptation_is_deterred(graph: Graph) -> None:
    """Each temptation is a move that its maker prefers; each answer is legal and does deter."""
    stable, better = stable_states(graph), improvements(graph)
    for name, one in CONCEPTS.items():
        for maker in range(len(graph.makers)):
            for state in range(graph.states):
                found = temptations(graph, one, maker, state, better)
                assert all(t.deterred for t in found) == stable[name][maker, state]
                for tempted in found:
                    assert graph.rank[maker, tempted.state] > graph.rank[maker, state]
                    if tempted.deterred:
                        follow(graph, name, maker, state, tempted.state, tempted.answer)


def follow(graph: Graph, name: str, maker: int, state: int, at: int, answer: object) -> None:
    """Go along an answer and look whether it is one."""
    last: object = None
    assert isinstance(answer, tuple)
    for step in answer:
        group = graph.groups.index(step.members)
        assert maker not in step.members
        assert step.members != last
        assert step.state in graph.moves(group, at).tolist()
        if name == "seq":
            assert all(graph.rank[m, step.state] > graph.rank[m, at] for m in step.members)
        at, last = step.state, step.members
    assert graph.rank[maker, at] <= graph.rank[maker, state]
    if name == "smr":
        away = brute_reach(graph, at, {maker}, better=False)
        assert all(graph.rank[maker, z] <= graph.rank[maker, state] for z in away)


@given(GRAPHS)
@settings(max_examples=40)
def test_the_least_reached_is_least_among_what_is_reached(graph: Graph) -> None:
    """For every set of movers that leaves one maker out."""
    for maker in range(len(graph.makers)):
        others = set(range(len(graph.makers))) - {maker}
        found = least_reached(graph, graph.rank[maker], graph.others((maker,)))
        for state in range(graph.states):
            reached = brute_reach(graph, state, others, better=False)
            least = min((int(graph.rank[maker, y]) for y in reached), default=FAR)
            assert found[state] == least


@given(GRAPHS)
@settings(max_examples=40)
def test_distances_count_the_fewest_moves(graph: Graph) -> None:
    """Reached is what legal sequences of everybody reach; one move where one suffices."""
    everybody = set(range(len(graph.makers)))
    found = distance_from(graph, 0)
    for steps, better in ((found.legal, False), (found.improving, True)):
        reached = brute_reach(graph, 0, everybody, better=better) | {0}
        assert set(np.flatnonzero(steps >= 0).tolist()) == reached
        assert steps[0] == 0
    near = {y for g in range(len(graph.groups)) for y in graph.moves(g, 0).tolist()}
    assert set(np.flatnonzero(found.legal == 1).tolist()) == near


def test_elmira_is_left_at_once_and_ends_where_company_and_ministry_agree() -> None:
    """From the status quo the town insists; modifying and accepting takes three moves."""
    found = distance_from(elmira(), 0)
    assert found.legal[6] == found.improving[6] == 1
    assert found.legal[9] == 3
