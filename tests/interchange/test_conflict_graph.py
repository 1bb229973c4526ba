"""A conflict file as a graph: directions, own options, feasible states."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detente.ensemble.chunk import space_for
from detente.interchange.conflict import Conflict, read_conflict
from detente.interchange.conflict_graph import graph_of, state_name
from detente.interchange.importing import import_files
from detente.interchange.reading import read_source
from detente.interchange.record import Account
from detente.model.structure import structure_of
from detente.stability.concepts import equilibria, stable_states
from detente.stability.control import control_of
from detente.stability.moving import single_moves
from detente.stability.packages import Packages
from detente.testing.conflicts import ELMIRA_FILE, elmira


def read(conflict: dict[str, Any], folder: Path) -> Conflict:
    path = folder / "conflict.json"
    path.write_text(json.dumps(conflict), encoding="utf-8")
    account = Account()
    return read_conflict(read_source(path, account), account)


def test_the_elmira_file_is_the_published_graph(tmp_path: Path) -> None:
    """Moves, and the order of states, are those of the table; so are the equilibria."""
    conflict = read(ELMIRA_FILE, tmp_path)
    graph, table = graph_of(conflict), elmira()
    assert np.array_equal(graph.first, table.first)
    assert np.array_equal(graph.to, table.to)
    for one, other in zip(graph.rank, table.rank, strict=True):
        assert np.array_equal(
            np.sign(np.subtract.outer(one, one)), np.sign(np.subtract.outer(other, other))
        )
    held = {name: np.flatnonzero(equilibria(s)) + 1 for name, s in stable_states(graph).items()}
    assert held["seq"].tolist() == [5, 6, 7, 10, 11, 12]
    assert state_name(conflict, 0) == "NYNNN"


@pytest.mark.parametrize(
    ("way", "moves"), [("both", {(0, 1), (1, 0)}), ("fwd", {(0, 1)}), ("back", {(1, 0)}),
                       ("none", set())],
)  # fmt: skip
def test_an_option_moves_in_its_direction(
    way: str, moves: set[tuple[int, int]], tmp_path: Path
) -> None:
    """Some may only be taken, some only be dropped, some neither."""
    graph = graph_of(
        read(
            {
                "options": [{"name": "Act", "permittedDirection": way}],
                "infeasibles": [],
                "decisionMakers": [{"name": "One", "options": [0], "preferenceVector": [1, 2]}],
            },
            tmp_path,
        )
    )
    found = {(x, y) for x in range(2) for g in range(1) for y in graph.moves(g, x).tolist()}
    assert found == moves


def test_an_imported_conflict_has_the_moves_of_its_file(tmp_path: Path, situation_in: Any) -> None:
    """Options, links and what is irreversible make the same graph, by another way."""
    conflict = read(ELMIRA_FILE, tmp_path)
    graph, weights = graph_of(conflict), 2 ** np.arange(5)
    expected = {
        (g, int(conflict.states[x] @ weights), int(conflict.states[y] @ weights))
        for g in range(3)
        for x in range(graph.states)
        for y in graph.moves(g, x)
    }
    situation = situation_in(import_files([tmp_path / "conflict.json"]))
    structure = structure_of(situation)
    packages = Packages(structure, space_for(structure), tuple(range(len(structure.links))))
    numbers = packages.every()
    assert numbers is not None
    held = packages.space.positions_of(numbers)
    taken = np.array([option.name == "yes" for option in structure.options])
    state = taken[held] @ weights
    moves = single_moves(packages, control_of(situation, structure), numbers)
    found = {
        (group[0], int(state[x]), int(state[y]))
        for group, (start, end) in moves.items()
        for x, y in zip(start, end, strict=True)
        if x != y
    }
    assert found == expected
