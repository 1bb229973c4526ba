"""The schema: what editors are told is what the reader takes."""

from __future__ import annotations

from typing import Any

from detente.situation.kinds import PREFERENCE_OF
from detente.situation.load import Loaded
from detente.situation.schema import Situation
from detente.words import MAGNITUDE

SCHEMA: dict[str, Any] = Situation.model_json_schema(by_alias=True)


def _resolved(node: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in node:
        return SCHEMA["$defs"][node["$ref"].rsplit("/", 1)[-1]]
    tables = [option for option in node.get("anyOf", []) if "$ref" in option]
    return _resolved(tables[0]) if tables else node


def _unknown(data: Any, node: dict[str, Any], at: str) -> list[str]:
    """Keys of ``data`` that the JSON Schema does not name."""
    node = _resolved(node)
    if isinstance(data, list):
        return [
            u
            for i, item in enumerate(data)
            for u in _unknown(item, node.get("items", {}), f"{at}[{i}]")
        ]
    if not isinstance(data, dict) or (
        "properties" not in node and "additionalProperties" not in node
    ):
        return []
    named, rest = node.get("properties", {}), node.get("additionalProperties")
    missing = [f"{at}.{key}" for key in data if key not in named and not rest]
    inner = [(k, named.get(k, rest)) for k in data if isinstance(named.get(k, rest), dict)]
    return missing + [u for key, below in inner for u in _unknown(data[key], below, f"{at}.{key}")]


def test_a_valid_file_has_no_key_that_editors_would_underline(every_term: Loaded) -> None:
    """Every key of the test situation is in the JSON Schema, aliases as they are written."""
    assert _unknown(every_term.tree.data, SCHEMA, "") == []
    assert _unknown({"titel": "T"}, SCHEMA, "") == [".titel"]


def test_words_are_offered_where_they_are_taken() -> None:
    """Each quantity lists its scale's words and its bounds."""
    issue = SCHEMA["$defs"]["Issue"]["properties"]
    preference = issue["preferences"]["additionalProperties"]["additionalProperties"]
    salience = issue["salience"]["additionalProperties"]
    assert preference["anyOf"][0] == {"enum": list(PREFERENCE_OF.words)}
    assert salience["anyOf"][0] == {"enum": list(MAGNITUDE.ranges)}
    assert salience["anyOf"][1] == {"type": "number", "minimum": 0.0, "maximum": 1.0}


def test_what_must_be_given_is_little() -> None:
    """A first file needs a version, a title, actors and issues."""
    assert SCHEMA["required"] == ["detente", "title", "actors", "issues"]
