"""What can be completed while one edits a situation: keys, names, words, addresses."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, cast

from pydantic import BaseModel

from detente.cases.opening import Opened
from detente.situation.schema import Situation
from detente.situation.values import base_values
from detente.words import SCALES


class Word(BaseModel):
    """Something that may be written, and what it is."""

    label: str
    detail: str


def completions(opened: Opened | None) -> list[Word]:
    """Keys and words of any situation; with one that can be read, its names and addresses."""
    found: dict[str, str] = {}
    if opened is not None:
        situation = opened.situation
        found |= {name: actor.name for name, actor in situation.actors.items()}
        for name, issue in situation.issues.items():
            found[name] = issue.name
            found |= {f"{name}.{option}": "option" for option in issue.options}
        found |= {address: value.kind.name for address, value in base_values(situation).items()}
    words = {word: scale.name for scale in SCALES for word in scale.ranges}
    found = {**dict.fromkeys(_keys(), "key"), **words, **found}
    return [Word(label=label, detail=detail) for label, detail in sorted(found.items())]


@cache
def _keys() -> tuple[str, ...]:
    """Every key that a situation file may have somewhere."""
    return tuple(sorted(set(_properties(Situation.model_json_schema(by_alias=True)))))


def _properties(schema: object) -> Iterator[str]:
    if isinstance(schema, dict):
        plain = cast(dict[str, Any], schema)
        yield from plain.get("properties", {})
        for value in plain.values():
            yield from _properties(value)
    elif isinstance(schema, list):
        for value in cast(list[Any], schema):
            yield from _properties(value)
