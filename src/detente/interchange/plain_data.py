"""JSON and YAML as plain data with places, and careful ways to take values out of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, cast

from detente.checking import shown
from detente.errors import Place
from detente.interchange.reading import Source
from detente.interchange.record import Account, refusal
from detente.yamltree import Tree, TreePath, parse_tree


def parse(source: Source) -> Tree:
    """A JSON or YAML file. Raises SituationError with every problem.

    JSON is read as YAML, which it is but for tabs, so that every value has a place.
    """
    text = source.text.removeprefix("\ufeff")
    if text.lstrip()[:1] in {"{", "["}:
        try:
            json.loads(text)
        except json.JSONDecodeError as error:
            place = Place(source.file, error.lineno, error.colno)
            found = f"not valid JSON: {error.msg[0].lower()}{error.msg[1:]}"
            raise refusal(place, found, "JSON", "mend the line") from None
        except (RecursionError, ValueError):
            raise refusal(source.place, "not valid JSON", "JSON", "mend the file") from None
        text = text.replace("\t", " ")
    return parse_tree(text.encode(), source.file)


@dataclass(frozen=True, slots=True)
class Reader:
    """Takes values out of a tree and notes what is not as it should be."""

    tree: Tree
    account: Account

    def at(self, path: TreePath) -> Any:
        """What stands at ``path``, or None."""
        found: Any = self.tree.data
        for part in path:
            try:
                found = found[part]
            except (KeyError, IndexError, TypeError):
                return None
        return found

    def wrong(self, path: TreePath, allowed: str, remedy: str) -> None:
        """Note that what stands at ``path`` is not what is allowed there."""
        found = self.at(path)
        what = "nothing" if found is None else shown(found)
        address = ".".join(str(part) for part in path)
        self.account.wrong(self.tree.place(path), f"found {what}", allowed, remedy, address)

    def table(self, path: TreePath) -> dict[str, Any]:
        """A table, empty (and noted) where there is none."""
        found = self.at(path)
        if isinstance(found, dict):
            return cast(dict[str, Any], found)
        self.wrong(path, "a table of names and values", "see the documentation of the format")
        return {}

    def items(self, path: TreePath) -> list[Any]:
        """A list, empty (and noted) where there is none."""
        found = self.at(path)
        if isinstance(found, list):
            return cast(list[Any], found)
        self.wrong(path, "a list", "see the documentation of the format")
        return []

    def number(self, path: TreePath, default: float | None = None) -> float:
        """A finite number; ``default`` where nothing stands, if given; 0 (and noted) otherwise."""
        found = self.at(path)
        if found is None and default is not None:
            return default
        number = as_number(found)
        if number is None or abs(number) == float("inf"):
            self.wrong(path, "a finite number", "give a number")
            return 0.0
        return number


def as_number(raw: object) -> float | None:
    """A number, also one written as text; None for anything else, NaN included."""
    if isinstance(raw, bool) or not isinstance(raw, (int, float, str)):
        return None
    try:
        number = float(raw)
    except ValueError:
        return None
    return number if number == number else None  # noqa: PLR0124 -- only NaN differs from itself


def kind_of(data: Any) -> str:
    """The last part of the class name that NegMAS writes beside an object, or empty."""
    if not isinstance(data, dict):
        return ""
    table = cast(dict[str, Any], data)
    name = table.get("type") or table.get("__python_class__") or table.get("$type") or ""
    return str(name).rsplit(".", 1)[-1]
