"""Nash, GMR, SMR and SEQ against published equilibria, the definitions, and what must hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import SpaceTooLarge, UsageError
from detente.stability.concepts import CONCEPTS, concept, equilibria, stable_states
from detente.stability.graph import Graph, make_graph
from detente.testing.conflicts import (
    brute_stable,
    elmira,
    graph_from,
    prisoners,
    random_conflict,
)

GRAPHS = st.builds(
    random_conflict, st.integers(0, 2**32 - 1), st.integers(2, 4), st.integers(1, 7),
    st.integers(1, 6), st.sampled_from([0.1, 0.3, 0.6]), joint=st.booleans(),
)  # fmt: skip


def found(graph: Graph) -> dict[str, list[int]]:
    """Equilibria by concept, counted from 1."""
    stable = stable_states(graph)
    return {name: (np.flatnonzero(equilibria(s)) + 1).tolist() for name, s in stable.items()}


def test_two_prisoners_may_hold_on_to_silence() -> None:
    """Confessing is the only Nash equilibrium; who looks ahead may stay with cooperation."""
    assert found(prisoners()) == {"nash": [1], "gmr": [1, 4], "smr": [1, 4], "seq": [1, 4]}


def test_the_elmira_conflict_has_its_published_equilibria() -> None:
    """Hipel, Fang, Kilgour & Haight (1993), every one of 12 states that are not merged."""
    narrow, wide = [5, 6, 7, 10, 11, 12], [1, 4, 5, 6, 7, 10, 11, 12]
    assert found(elmira()) == {"nash": narrow, "gmr": wide, "smr": wide, "seq": narrow}


@pytest.mark.parametrize("name", ["Prisoners", "Elmira"])
def test_the_tables_are_those_of_the_verification_file(name: str, shared: Path) -> None:
    """What was retyped here is what the file holds, equilibria included."""
    case: dict[str, Any] = json.loads((shared / "conflict_graphs.json").read_text("utf-8"))[name]
    moves = [{int(s): ends for s, ends in t.items()} for t in case["reachable"].values()]
    graph = graph_from(list(case["payoffs"].values()), moves)
    typed = prisoners() if name == "Prisoners" else elmira()
    for one, other in ((graph.rank, typed.rank), (graph.first, typed.first), (graph.to, typed.to)):
        assert np.array_equal(one, other)
    expected = case["equilibria_independent"]
    assert found(graph) == {concept: expected[concept] for concept in CONCEPTS}


@given(GRAPHS)
@settings(max_examples=60)
def test_every_state_is_what_the_definitions_say(graph: Graph) -> None:
    """Each definition is followed word by word, for every maker and state."""
    stable = stable_states(graph)
    for maker in range(len(graph.makers)):
        for state in range(graph.states):
            expected = brute_stable(graph, (maker,), state)
            assert {n: bool(s[maker, state]) for n, s in stable.items()} == expected


@given(GRAPHS)
def test_concepts_lie_within_each_other(graph: Graph) -> None:
    """Nash within SEQ within GMR, and Nash within SMR within GMR, for everybody."""
    s = stable_states(graph)
    for inner, outer in (("nash", "seq"), ("seq", "gmr"), ("nash", "smr"), ("smr", "gmr")):
        assert (s[inner] <= s[outer]).all()


def relabelled(graph: Graph, order: Any, makers: Any) -> Graph:
    """State and maker number i become order[i] and makers[i]."""
    rank = np.empty_like(graph.rank)
    rank[np.ix_(makers, order)] = graph.rank
    arcs: dict[tuple[int, ...], Any] = {}
    for g, group in enumerate(graph.groups):
        pairs = [(order[x], order[y]) for x in range(graph.states) for y in graph.moves(g, x)]
        named = tuple(sorted(int(makers[m]) for m in group))
        arcs[named] = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return make_graph(graph.makers, rank, arcs)


@given(GRAPHS, st.integers(0, 2**32 - 1))
@settings(max_examples=30)
def test_names_of_states_and_makers_do_not_matter(graph: Graph, seed: int) -> None:
    """Relabelled, the same states are stable for the same makers."""
    rng = np.random.default_rng(seed)
    order, makers = rng.permutation(graph.states), rng.permutation(len(graph.makers))
    before, after = stable_states(graph), stable_states(relabelled(graph, order, makers))
    for name, stable in before.items():
        assert np.array_equal(after[name][np.ix_(makers, order)], stable)


@given(GRAPHS)
@settings(max_examples=30)
def test_only_the_order_of_preferences_counts(graph: Graph) -> None:
    """Any rising function of the ranks changes nothing."""
    steeper = graph.ranked(graph.rank**3 * 7 + 11 * graph.rank)
    before, after = stable_states(graph), stable_states(steeper)
    assert all(np.array_equal(before[name], after[name]) for name in before)


def test_whoever_has_no_move_is_content_with_everything() -> None:
    """A maker without moves never leaves."""
    none = np.zeros(0, dtype=np.int64)
    graph = make_graph(["a", "b"], np.array([[1, 2], [2, 1]]), {(0,): (none, none)})
    assert all(stable.all() for stable in stable_states(graph).values())


def test_what_cannot_be_a_graph_is_refused() -> None:
    """Sizes, ranks, groups and moves are checked, and concepts are known by name."""
    one = np.array([0])
    with pytest.raises(UsageError, match="at least one of each"):
        make_graph(["a"], np.zeros((2, 3), dtype=np.int64), {})
    with pytest.raises(UsageError, match="rising positions"):
        make_graph(["a", "b"], np.zeros((2, 3), dtype=np.int64), {(1, 0): (one, one)})
    with pytest.raises(UsageError, match="not there"):
        make_graph(["a"], np.zeros((1, 3), dtype=np.int64), {(0,): (one, one + 3)})
    with pytest.raises(SpaceTooLarge, match="at most 8,192"):
        make_graph(["a"], np.zeros((1, 9000), dtype=np.int64), {})
    with pytest.raises(UsageError, match="did you mean nash"):
        concept("nsh")
