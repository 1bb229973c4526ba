"""Data models read from a YAML tree: every mistake at once, each at its place.

What pydantic reports is turned into Problems with the file's own words; how a
place is called there (its address) is the caller's to say.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Any, TypeVar, cast

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from detente.addresses import IDENTIFIER_RULE, is_identifier, suggestion
from detente.errors import Problem
from detente.yamltree import Tree, TreePath

MAX_PROBLEMS = 100
MAX_SHOWN = 60
AddressAt = Callable[[TreePath, Any], str]


class Model(BaseModel):
    """Base of every section: unknown keys are mistakes, values do not change."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


M = TypeVar("M", bound=Model)


def refuse(found: str, allowed: str, remedy: str) -> PydanticCustomError:
    """What a validator raises: what was found, what is allowed, what to do."""
    context = {"found": found, "allowed": allowed, "remedy": remedy}
    return PydanticCustomError("detente", "{found}; {allowed}; {remedy}", context)


def _identifier(text: str) -> str:
    if not is_identifier(text):
        raise refuse(f"found the name {text!r}", IDENTIFIER_RULE, "rename it")
    return text


Id = Annotated[str, AfterValidator(_identifier)]
Text = Annotated[str, Field(max_length=4000)]
Label = Annotated[str, Field(min_length=1, max_length=200)]


def dotted_path(path: TreePath, data: Any) -> str:  # noqa: ARG001 -- an AddressAt that needs no data
    """The plain address of a place: its path with dots."""
    return ".".join(str(part) for part in path)


@dataclass(slots=True)
class Cut:
    """What was cut out of a tree, and where what is left of its lists stood in the file."""

    paths: list[TreePath] = field(default_factory=list[TreePath])
    kept: dict[TreePath, list[int]] = field(default_factory=dict[TreePath, list[int]])

    def original(self, path: TreePath) -> TreePath:
        """The path in the file of what stands at ``path`` now."""
        found: list[str | int] = []
        for part in path:
            places = self.kept.get(tuple(found))
            found.append(places[part] if places is not None and isinstance(part, int) else part)
        return tuple(found)

    def explains(self, path: TreePath) -> bool:
        """Whether a mistake at ``path`` may be there only because something was cut out."""
        return any(cut[: len(path)] == path for cut in self.paths)


def validate(
    model: type[M], tree: Tree, address_at: AddressAt = dotted_path
) -> tuple[M | None, list[Problem], Cut]:
    """Validate what can be validated: what fails is reported, cut out and tried again.

    So one wrong value hides no other. Returns the model, or None where nothing usable
    is left; the problems; and what was cut out. ``address_at`` names a path.
    """
    data: Any = _copy(tree.data)
    problems: dict[tuple[TreePath, str], Problem] = {}
    cut = Cut()
    while len(problems) < MAX_PROBLEMS:
        try:
            return model.model_validate(data), list(problems.values()), cut
        except ValidationError as error:
            found = [(_tree_path(e, data), e) for e in error.errors(include_url=False)]
            for path, details in found:
                at = cut.original(path)
                if not cut.explains(at):
                    problem = _problem(details, at, tree, model, address_at)
                    problems.setdefault((at, details["type"]), problem)
            deepest = sorted((path for path, _ in found), key=_order, reverse=True)
            if not sum(_cut(data, path, cut) for path in deepest):
                break
    return None, list(problems.values()), cut


def _order(path: TreePath) -> list[tuple[int, str]]:
    """Sorts paths so that, from the last, cutting one does not move the next."""
    return [(part, "") if isinstance(part, int) else (-1, part) for part in path]


def _copy(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _copy(value) for key, value in cast(dict[str, Any], data).items()}
    if isinstance(data, list):
        return [_copy(item) for item in cast(list[Any], data)]
    return data


def is_form(part: str | int) -> bool:
    """Whether a part of pydantic's location only tells which form of a model was tried."""
    return str(part).startswith("(")


def _tree_path(details: ErrorDetails, data: Any) -> TreePath:
    """The part of pydantic's location that is a path in the file."""
    path: list[str | int] = []
    at = data
    for part in details["loc"]:
        if part == "[key]" or is_form(part):
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


def _cut(data: Any, path: TreePath, cut: Cut) -> bool:
    """Remove what stands at ``path``, or what holds it if it is missing there."""
    for length in range(len(path), 0, -1):
        holder, last = data, path[length - 1]
        try:
            for part in path[: length - 1]:
                holder = holder[part]
            at = cut.original(path[:length])
            if isinstance(last, int):
                kept = cut.kept.setdefault(at[:-1], list(range(len(holder))))
                del kept[last]
            del holder[last]
        except (KeyError, IndexError, TypeError):
            continue
        cut.paths.append(at)
        return True
    return False


def _problem(
    details: ErrorDetails, path: TreePath, tree: Tree, model: type[Model], address_at: AddressAt
) -> Problem:
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
        if is_form(part):
            at = _form(at, str(part), schema)
            continue
        at = _resolve(at, schema)
        if isinstance(part, int):
            at = at.get("items", {})
        elif part in at.get("properties", {}):
            at = at["properties"][part]
        elif is_identifier(str(part)) or "." in str(part):
            at = at.get("additionalProperties") or {}
    return list(_resolve(at, schema).get("properties", {}))


def _form(at: dict[str, Any], tag: str, schema: dict[str, Any]) -> dict[str, Any]:
    """The alternative of a choice of models whose title is ``tag`` without its brackets."""
    found = (_resolve(one, schema) for one in at.get("oneOf", ()))
    return next((one for one in found if one.get("title") == tag.strip("()")), at)


def _resolve(at: Any, schema: dict[str, Any]) -> dict[str, Any]:
    node = _mapping(at)
    while "$ref" in node or "anyOf" in node:
        if "$ref" in node:
            node = _mapping(schema["$defs"][str(node["$ref"]).rsplit("/", 1)[-1]])
        else:
            tables = [o for o in node["anyOf"] if "$ref" in o or "properties" in o]
            node = _mapping(tables[0]) if tables else {}
    return node


def _mapping(data: Any) -> dict[str, Any]:
    return cast(dict[str, Any], data) if isinstance(data, dict) else {}


def shown(raw: object) -> str:
    """What was found, as a message quotes it: never longer than MAX_SHOWN."""
    text = repr(raw)
    return text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 3] + "..."


def _other(details: ErrorDetails) -> tuple[str, str, str]:
    message = details["msg"][0].lower() + details["msg"][1:]
    return f"found {shown(details['input'])}", message, "see the reference of the file format"


def _expects(what: str, remedy: str) -> Callable[[ErrorDetails], tuple[str, str, str]]:
    def words(details: ErrorDetails) -> tuple[str, str, str]:
        return f"found {shown(details['input'])}", what, remedy

    return words


def _choices(details: ErrorDetails) -> tuple[str, str, str]:
    expected = str(details.get("ctx", {}).get("expected", ""))
    names = expected.replace("'", "").replace(" or ", ", ").split(", ")
    return f"found {shown(details['input'])}", expected, suggestion(str(details["input"]), names)


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
