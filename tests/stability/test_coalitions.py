"""Coalitions: the definitions word by word, and what they must be for one alone."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from detente.stability.coalitions import coalitions, departures, leaving
from detente.stability.concepts import stable_states
from detente.stability.graph import Graph
from detente.testing.conflicts import brute_stable, elmira, prisoners, random_conflict

GRAPHS = st.builds(
    random_conflict, st.integers(0, 2**32 - 1), st.integers(2, 4), st.integers(1, 7),
    st.integers(1, 6), st.sampled_from([0.1, 0.3, 0.6]), joint=st.booleans(),
)  # fmt: skip


@given(GRAPHS)
@settings(max_examples=40)
def test_every_coalition_is_what_the_definitions_say(graph: Graph) -> None:
    """Coalitions of any size, every state, all four concepts."""
    for size in range(1, len(graph.makers) + 1):
        for members in combinations(range(len(graph.makers)), size):
            for state in range(min(graph.states, 4)):
                left = departures(graph, state, members)
                expected = brute_stable(graph, members, state)
                assert {name: not goals for name, goals in left.items()} == expected


@given(GRAPHS)
@settings(max_examples=30)
def test_a_coalition_of_one_is_a_decision_maker(graph: Graph) -> None:
    """The coalition concepts for one member are the usual ones."""
    stable = stable_states(graph)
    for maker in range(len(graph.makers)):
        for state in range(graph.states):
            left = departures(graph, state, (maker,))
            assert {n: bool(s[maker, state]) for n, s in stable.items()} == {
                name: not goals for name, goals in left.items()
            }


def test_both_prisoners_leave_for_silence_together() -> None:
    """The Nash equilibrium does not hold against both; silence does, nobody being left to answer."""
    graph = prisoners()
    (gone,) = leaving(graph, 0, coalitions(graph), "gmr")
    assert (gone.members, gone.state) == ((0, 1), 3)
    assert not leaving(graph, 3, coalitions(graph), "nash")


def test_ministry_and_company_jump_from_one_elmira_equilibrium_to_another() -> None:
    """Kilgour, Hipel, Fang & Peng (2001): nobody leaves delay alone, the two do for a deal."""
    graph = elmira()
    stable = stable_states(graph)["nash"]
    assert stable[:, [6, 9]].all()
    gone = {d.members: d.state for d in leaving(graph, 6, coalitions(graph), "nash")}
    assert gone == {(0, 1): 9}
    assert not leaving(graph, 9, coalitions(graph), "nash")
