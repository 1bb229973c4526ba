"""What-ifs: values by address, under a name, set on the command line or read from a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from detente.checking import Id, Label, Model, Text, refuse, validate
from detente.errors import Problem, SituationError, UsageError
from detente.situation.forms import Patch
from detente.situation.quantities import Quantity
from detente.situation.references import address_advice
from detente.situation.scenarios import read_settings
from detente.situation.schema import Situation
from detente.situation.values import Values, base_values
from detente.yamltree import Tree, TreePath, read_tree

AS_SET = "as set"  # what the command line asks: no identifier, so no file can hold it


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Values laid over every scenario. ``name`` is an identifier, or AS_SET."""

    name: str
    title: str
    patch: Mapping[str, Quantity]
    note: str = ""


def _not_empty(found: dict[str, Any]) -> dict[str, Any]:
    if not found:
        raise refuse("found nothing here", "name: value lines", "add one, or drop the heading")
    return found


class _Body(Model):
    title: Label | None = None
    note: Text = ""
    set: Annotated[Patch, AfterValidator(_not_empty)]


class _File(Model):
    """A file of what-ifs."""

    what_ifs: Annotated[dict[Id, _Body], Field(max_length=100), AfterValidator(_not_empty)]


def as_set(situation: Situation, settings: Sequence[str]) -> WhatIf:
    """``address=value`` texts as one what-if. Raises UsageError naming every mistake."""
    return WhatIf(AS_SET, AS_SET, read_settings(situation, settings))


def load_what_ifs(path: Path, situation: Situation) -> tuple[WhatIf, ...]:
    """The what-ifs of a file, in its order.

    Raises:
        SituationError: with every mistake at its place, addresses that the situation does
            not have among them.
        UsageError: where there is no such file.
    """
    if not path.is_file():
        raise UsageError(
            f"--from {path}: no such file; a YAML file with what_ifs: is allowed; check the path"
        )
    tree = read_tree(path)
    found, problems, _ = validate(_File, tree, _address_at)
    base = base_values(situation)
    if found is not None:
        for name, body in found.what_ifs.items():
            problems += _unknown(tree, name, body, base)
    if problems or found is None:
        raise SituationError(problems)
    return tuple(
        WhatIf(name, body.title or name.replace("-", " ").replace("_", " "), body.set)
        for name, body in found.what_ifs.items()
    )


def _unknown(tree: Tree, name: str, body: _Body, base: Values) -> list[Problem]:
    """Addresses of the right form that this situation does not have."""
    return [
        Problem(
            tree.place(("what_ifs", name, "set", address)), f"{name}: {address}",
            "not in this situation", "an address of it", address_advice(address, base),
        )
        for address in body.set
        if address not in base
    ]  # fmt: skip


def _address_at(path: TreePath, _: Any) -> str:
    """``name: address`` for a value, the dotted path elsewhere."""
    parts = [str(part) for part in path]
    if len(parts) > 3 and parts[2] == "set":
        return f"{parts[1]}: {parts[3]}"
    return ".".join(parts[1:] if len(parts) > 1 else parts)
