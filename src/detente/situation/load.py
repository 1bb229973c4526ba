"""A situation file read and checked: all its mistakes at once, each with its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from detente.addresses import is_identifier, suggestion
from detente.errors import Problem, SituationError
from detente.situation.references import Names, faults
from detente.situation.schema import Model, Situation
from detente.situation.values import address_at
from detente.yamltree import Tree, TreePath, parse_tree, read_tree

MAX_PROBLEMS = 100
M = TypeVar("M", bound=Model)


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
    situation, problems, cut = validate(Situation, tree)
    if situation is not None:
        problems += [
            Problem(
                tree.place(fault.path), address_at(fault.path, tree.data),
                fault.found, fault.allowed, fault.remedy,
            )
            for fault in faults(situation, names)
            if not any(path[: len(fault.path)] == fault.path for path in cut)
        ]  # fmt: skip
    if problems or situation is None:
        raise SituationError(problems[:MAX_PROBLEMS])
    return Loaded(situation, tree, folder)


def validate(model: type[M], tree: Tree) -> tuple[M | None, list[Problem], list[TreePath]]:
    """Validate what can be validated: what fails is reported, cut out and tried again.

    So one wrong value hides no other. Returns the model, or None where nothing usable
    is left; the problems; and the paths that were cut out.
    """
    data: Any = _copy(tree.data)
    problems: dict[tuple[TreePath, str], Problem] = {}
    while len(problems) < MAX_PROBLEMS:
        try:
            valid = model.model_validate(data)
            return valid, list(problems.values()), [path for path, _ in problems]
        except ValidationError as error:
            new = 0
            for details in error.errors(include_url=False):
                path = _tree_path(details, data)
                key = (path, details["type"])
                new += key not in problems
                problems.setdefault(key, _problem(details, path, tree, model))
            cut = [_cut(data, _tree_path(details, data)) for details in _deepest(error)]
            if not new or not any(cut):
                break
    return None, list(problems.values()), [path for path, _ in problems]


def _deepest(error: ValidationError) -> list[ErrorDetails]:
    """Errors in an order in which cutting one does not move the next."""
    return sorted(error.errors(include_url=False), key=lambda e: [str(p) for p in e["loc"]])[::-1]


def _names(data: Any) -> Names:
    """Names as written, so that a mistake inside an actor does not unmake its name."""
    issues = _table(_table(data).get("issues"))
    options = {name: frozenset(_table(_table(body).get("options"))) for name, body in issues.items()}
    return Names(frozenset(_table(_table(data).get("actors"))), options)


def _table(data: Any) -> Mapping[str, Any]:
    return cast(Mapping[str, Any], data) if isinstance(data, Mapping) else {}


def _copy(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _copy(value) for key, value in cast(dict[str, Any], data).items()}
    if isinstance(data, list):
        return [_copy(item) for item in cast(list[Any], data)]
    return data


def _tree_path(details: ErrorDetails, data: Any) -> TreePath:
    """The part of pydantic's location that is a path in the file."""
    path: list[str | int] = []
    at = data
    for part in details["loc"]:
        if part == "[key]":
            continue
        inside = (isinstance(at, dict) and part in at) or (
            isinstance(at, list) and isinstance(part, int) and part < len(cast(list[Any], at))
        )
        if not inside:
            if details["type"] == "missing":
                path.append(part)
            break
        path.append(part)
        at = cast(Any, at)[part]
    key = details.get("ctx", {}).get("key")
    return (*path, key) if key is not None else tuple(path)


def _cut(data: Any, path: TreePath) -> bool:
    """Remove what stands at ``path``, or what holds it if it is missing there."""
    for length in range(len(path), 0, -1):
        holder = data
        try:
            for part in path[: length - 1]:
                holder = holder[part]
            del holder[path[length - 1]]
        except (KeyError, IndexError, TypeError):
            continue
        return True
    return False


def _problem(details: ErrorDetails, path: TreePath, tree: Tree, model: type[Model]) -> Problem:
    found, allowed, remedy = _words(details, model)
    return Problem(tree.place(path), address_at(path, tree.data), found, allowed, remedy)


def _words(details: ErrorDetails, model: type[Model]) -> tuple[str, str, str]:
    context = details.get("ctx", {})
    if details["type"] == "detente":
        return str(context["found"]), str(context["allowed"]), str(context["remedy"])
    name = str(details["loc"][-1]) if details["loc"] else "the file"
    if details["type"] == "extra_forbidden":
        keys = _sibling_keys(model, details["loc"][:-1])
        return f"unknown key {name}", "the keys of this section", suggestion(name, keys)
    if details["type"] == "missing":
        return f"{name} is missing", "it must be given", f"add {name}:"
    return _GENERIC.get(details["type"], _other)(details)


def _sibling_keys(model: type[Model], loc: tuple[int | str, ...]) -> list[str]:
    """Keys the section at ``loc`` takes, found by walking the model's JSON Schema."""
    schema = model.model_json_schema(by_alias=True)
    at: dict[str, Any] = schema
    for part in loc:
        at = _resolve(at, schema)
        if isinstance(part, int):
            at = at.get("items", {})
        elif part in at.get("properties", {}):
            at = at["properties"][part]
        elif is_identifier(str(part)) or "." in str(part):
            at = at.get("additionalProperties") or {}
    return list(_resolve(at, schema).get("properties", {}))


def _resolve(at: Any, schema: dict[str, Any]) -> dict[str, Any]:
    while isinstance(at, dict) and ("$ref" in at or "anyOf" in at):
        node = cast(dict[str, Any], at)
        if "$ref" in node:
            at = schema["$defs"][str(node["$ref"]).rsplit("/", 1)[-1]]
        else:
            at = next((o for o in node["anyOf"] if "$ref" in o or "properties" in o), {})
    return cast(dict[str, Any], at) if isinstance(at, dict) else {}


def _show(raw: object) -> str:
    text = repr(raw)
    return text if len(text) <= 60 else text[:57] + "..."


def _other(details: ErrorDetails) -> tuple[str, str, str]:
    message = details["msg"][0].lower() + details["msg"][1:]
    return f"found {_show(details['input'])}", message, "see the reference of the file format"


def _expects(what: str, remedy: str) -> Callable[[ErrorDetails], tuple[str, str, str]]:
    def words(details: ErrorDetails) -> tuple[str, str, str]:
        return f"found {_show(details['input'])}", what, remedy

    return words


def _choices(details: ErrorDetails) -> tuple[str, str, str]:
    expected = str(details.get("ctx", {}).get("expected", ""))
    names = expected.replace("'", "").replace(" or ", ", ").split(", ")
    return f"found {_show(details['input'])}", expected, suggestion(str(details["input"]), names)


_GENERIC: dict[str, Callable[[ErrorDetails], tuple[str, str, str]]] = {
    "string_type": _expects("text", "put it in quotes if it is meant as text"),
    "dict_type": _expects("a table of names and values", "indent name: value lines below"),
    "tuple_type": _expects("a list", "write it as [one, two]"),
    "model_type": _expects("a table of names and values", "indent name: value lines below"),
    "model_attributes_type": _expects("a table of names and values", "indent name: value lines"),
    "date_from_datetime_parsing": _expects("a date", "write it as 2025-08-15"),
    "date_parsing": _expects("a date", "write it as 2025-08-15"),
    "date_type": _expects("a date", "write it as 2025-08-15"),
    "date_from_datetime_inexact": _expects("a date", "write it as 2025-08-15"),
    "literal_error": _choices,
}
