"""The graph drawn: its nodes, its arrows, and what they say."""

from __future__ import annotations

import numpy as np

from detente.analysis.holding import holding, worth_telling
from detente.figures.conflict_graph import (
    LEAVES,
    OTHER,
    SORTS,
    TOGETHER,
    conflict_figure,
    drawn_part,
)
from detente.figures.drawing import inline_svg
from detente.stability.concepts import stable_states
from detente.stability.graph import Graph, make_graph
from detente.testing.conflicts import elmira, random_conflict

MAKERS = ("Ministry", "Company", "Town")


def test_a_small_graph_shows_every_move_as_what_it_is() -> None:
    """All moves of Elmira, each once: preferred or not, deterred or not, and the joint jump."""
    graph = elmira()
    found = holding(graph, 0, "seq", range(12))
    figure = conflict_figure(MAKERS, found, "Elmira")
    assert figure is not None
    alone = [row for row in figure.rows if row[3] != SORTS[TOGETHER]]
    moves = {(x, y, g) for g in range(3) for x in range(12) for y in graph.moves(g, x).tolist()}
    assert {(str(x + 1), str(y + 1), MAKERS[g]) for x, y, g in moves} == {row[:3] for row in alone}
    assert len(alone) == len(moves)
    better = {(x, y, g) for x, y, g in moves if graph.rank[g, y] > graph.rank[g, x]}
    assert sum(row[3] != SORTS[OTHER] for row in alone) == len(better)
    joint = [row for row in figure.rows if row[3] == SORTS[TOGETHER]]
    assert ("7", "10", "Ministry and Company") in {row[:3] for row in joint}
    assert "5, 6, 7, 10, 11 and 12 hold" in figure.alt
    assert inline_svg(figure).startswith("<svg")


def test_thick_arrows_leave_exactly_the_states_that_do_not_hold() -> None:
    """For a maker that would leave there is an arrow that nothing deters, and else none."""
    graph = elmira()
    for name in ("nash", "gmr", "smr", "seq"):
        found = holding(graph, 0, name, range(12))
        _, arrows = drawn_part(found)
        thick = {(a.members[0], a.start) for a in arrows if a.sort == LEAVES}
        assert thick == {(int(m), int(s)) for m, s in np.argwhere(~found.stable[name])}


def test_of_a_large_graph_the_part_that_is_told_is_drawn_and_it_says_so() -> None:
    """No more nodes than a picture bears; those told come first."""
    graph: Graph = random_conflict(4, 3, 300, 50, 0.02, joint=True)
    told = worth_telling(graph, 0, stable_states(graph)["seq"])
    found = holding(graph, 0, "seq", told[:12])
    nodes, arrows = drawn_part(found)
    assert len(nodes) <= 40
    assert nodes[: len(found.told)] == [one.state for one in found.told]
    assert {a.start for a in arrows} | {a.end for a in arrows} <= set(nodes)
    figure = conflict_figure(MAKERS, found, "Large")
    assert figure is not None
    assert f"{len(nodes)} of 300 outcomes are drawn" in figure.alt


def test_without_moves_there_is_no_picture() -> None:
    """Nothing to draw an arrow for."""
    none = np.zeros(0, dtype=np.int64)
    graph = make_graph(["a"], np.array([[1, 2]]), {(0,): (none, none)})
    assert conflict_figure(("A",), holding(graph, 0, "nash", [0, 1]), "Still") is None
