"""A situation file read and checked: all its mistakes at once, each with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from detente.checking import MAX_PROBLEMS, validate
from detente.errors import Problem, SituationError
from detente.situation.faults import Names
from detente.situation.references import faults
from detente.situation.schema import Situation
from detente.situation.values import address_at
from detente.yamltree import Tree, parse_tree, read_tree


@dataclass(frozen=True, slots=True)
class Loaded:
    """A situation, the tree it was read from and the folder its claims stand in."""

    situation: Situation
    tree: Tree
    folder: Path


def load(path: Path, name: str | None = None) -> Loaded:
    """Load and check a situation file. Raises SituationError."""
    return check_tree(read_tree(path, name), path.parent)


def loads(raw: bytes, file: str = "-", folder: Path = Path()) -> Loaded:
    """Load and check a situation from bytes, such as standard input."""
    return check_tree(parse_tree(raw, file), folder)


def check_tree(tree: Tree, folder: Path) -> Loaded:
    """Validate parsed YAML. Raises SituationError with every problem."""
    names = _names(tree.data)
    situation, problems, cut = validate(Situation, tree, address_at)
    if situation is not None:
        problems += [
            Problem(
                tree.place(path), address_at(path, tree.data),
                fault.found, fault.allowed, fault.remedy,
            )
            for fault in faults(situation, names, complete=not cut.paths)
            if not cut.explains(path := cut.original(fault.path))
        ]  # fmt: skip
    if problems or situation is None:
        raise SituationError(problems[:MAX_PROBLEMS])
    return Loaded(situation, tree, folder)


def _names(data: Any) -> Names:
    """Names as written, so that a mistake inside an actor does not unmake its name."""
    issues = _table(_table(data).get("issues"))
    options = {
        name: frozenset(_table(_table(body).get("options"))) for name, body in issues.items()
    }
    return Names(frozenset(_table(_table(data).get("actors"))), options)


def _table(data: Any) -> Mapping[str, Any]:
    return cast(Mapping[str, Any], data) if isinstance(data, Mapping) else {}
