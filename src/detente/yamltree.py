"""YAML text to plain data, remembering where everything stood.

Parsing YAML straight to dicts loses positions, so the composed nodes are walked
here: each key and value keeps its line and column. Only plain data comes out:
no tags, no objects; duplicate keys, oversize files and alias bombs are refused.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from detente.errors import Place, Problem, SituationError

MAX_BYTES = 2_000_000
MAX_NODES = 60_000
MAX_DEPTH = 40

TreePath = tuple[str | int, ...]
Data = Any  # plain YAML data: dict, list, str, int, float, bool or None
Node = Any  # a composed node: ruamel.yaml ships no types for its attributes

_INT = re.compile(r"[-+]?\d+\Z")
_FLOAT = re.compile(r"[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?\Z")
_SPECIAL = {".inf": "inf", "-.inf": "-inf", "+.inf": "inf", ".nan": "nan"}
_WORDS: dict[str, bool | None] = {
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
    "null": None, "Null": None, "NULL": None, "~": None, "": None,
}  # fmt: skip
_PLAIN_TAGS = frozenset(
    f"tag:yaml.org,2002:{kind}"
    for kind in ("str", "int", "float", "bool", "null", "timestamp", "merge", "value", "map", "seq")
)


@dataclass(slots=True)
class Tree:
    """Plain data with the place of every key and value, by path from the root."""

    file: str
    data: Data
    places: dict[TreePath, Place]

    def place(self, path: TreePath) -> Place:
        """The place of ``path``, or of its nearest ancestor that has one."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Place(self.file))


def read_tree(path: Path, name: str | None = None) -> Tree:
    """Read a YAML file. Raises SituationError with every problem found."""
    file = name or str(path)
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise _refusal(Place(file), "found a folder", "a YAML file", "name the file in it")
        if size > MAX_BYTES:
            raise _too_large(file, size)
        raw = path.read_bytes()
    except FileNotFoundError:
        raise _refusal(
            Place(file), "no such file", "a situation file or a case's name", "check the path"
        ) from None
    except OSError as error:
        raise _refusal(
            Place(file), f"cannot be read ({error.strerror})", "a readable file", "check its rights"
        ) from None
    return parse_tree(raw, file)


def parse_tree(raw: bytes, file: str) -> Tree:
    """Parse YAML bytes. Raises SituationError."""
    if len(raw) > MAX_BYTES:
        raise _too_large(file, len(raw))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
        raise _refusal(
            Place(file, line, column),
            f"byte 0x{raw[error.start]:02x} is not UTF-8",
            "text in UTF-8",
            "save the file as UTF-8",
        ) from None
    walker = _Walker(file)
    data = walker.data(_compose(text, file), (), 0)
    if walker.problems:
        raise SituationError(walker.problems)
    return Tree(file, data, walker.places)


def _compose(text: str, file: str) -> Node:
    try:
        # the C parser, where it is installed, overruns its stack on deep nesting
        return cast(Node, YAML(typ="safe", pure=True)).compose(text)
    except MarkedYAMLError as raised:
        error = cast(Any, raised)
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
        found = " ".join(part for part in (error.context, error.problem) if part)
        raise _refusal(place, f"not valid YAML: {found}", "YAML", "mend the line") from None
    except RecursionError:
        raise _refusal(Place(file), *_TOO_DEEP) from None
    except (YAMLError, ValueError) as error:
        first = str(error).splitlines()[0]
        raise _refusal(Place(file), f"not valid YAML: {first}", "YAML", "mend the file") from None


_TOO_DEEP = (
    "nested too deeply",
    f"at most {MAX_DEPTH} levels",
    "a situation needs fewer than ten",
)


@dataclass(slots=True)
class _Walker:
    file: str
    places: dict[TreePath, Place] = field(default_factory=dict[TreePath, Place])
    problems: list[Problem] = field(default_factory=list[Problem])
    nodes: int = 0

    def data(self, node: Node, path: TreePath, depth: int) -> Data:
        if node is None:
            return None
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise _refusal(
                self._place(node),
                f"more than {MAX_NODES:,} values once aliases are followed",
                "a file that a person could read",
                "write it without nested aliases",
            )
        if depth > MAX_DEPTH:
            raise _refusal(self._place(node), *_TOO_DEEP)
        self.places.setdefault(path, self._place(node))
        if str(node.tag) not in _PLAIN_TAGS:
            found = f"found the tag {node.tag}"
            self._problem(self._place(node), path, found, "plain values", "remove the tag")
            return None
        if _is(node, MappingNode):
            return self._mapping(node, path, depth)
        if _is(node, SequenceNode):
            return [self.data(item, (*path, i), depth + 1) for i, item in enumerate(node.value)]
        return self._scalar(node)

    def _mapping(self, node: Node, path: TreePath, depth: int) -> dict[str, Data]:
        table: dict[str, Data] = {}
        first: dict[Hashable, Place] = {}
        for key_node, value_node in node.value:
            place = self._place(key_node)
            if not _is(key_node, ScalarNode):
                self._problem(place, path, "found a list or table as a key", "text", "use a name")
                continue
            key = str(key_node.value)
            if key in first:
                self._problem(
                    place,
                    (*path, key),
                    f"the key {key} stands twice (first on line {first[key].line})",
                    "each key once",
                    "merge the two or rename one",
                )
                continue
            first[key] = place
            self.places[(*path, key)] = place
            table[key] = self.data(value_node, (*path, key), depth + 1)
        return table

    def _scalar(self, node: Node) -> Data:
        text = str(node.value)
        if node.style not in (None, ""):  # quoted or block text is text
            return text
        return _plain_scalar(text)

    def _place(self, node: Node) -> Place:
        mark = node.start_mark
        return Place(self.file, mark.line + 1, mark.column + 1)

    def _problem(self, place: Place, path: TreePath, found: str, allowed: str, remedy: str) -> None:
        address = ".".join(str(part) for part in path)
        self.problems.append(Problem(place, address, found, allowed, remedy))


def _is(node: Node, kind: type[object]) -> bool:
    """``isinstance``, without narrowing to a class whose attributes have no types."""
    return isinstance(node, kind)


def _plain_scalar(text: str) -> Data:
    if text in _WORDS:
        return _WORDS[text]
    if _INT.match(text) and len(text) < 19:
        return int(text)
    if _FLOAT.match(text):
        return float(text)
    lowered = text.lower()
    if lowered in _SPECIAL:
        return float(_SPECIAL[lowered])
    return text


def _refusal(place: Place, found: str, allowed: str, remedy: str) -> SituationError:
    return SituationError([Problem(place, "", found, allowed, remedy)])


def _too_large(file: str, size: int) -> SituationError:
    return _refusal(
        Place(file),
        f"{size / 1e6:.1f} MB",
        f"at most {MAX_BYTES / 1e6:.0f} MB",
        "a situation file is a few pages: is this the right file?",
    )
