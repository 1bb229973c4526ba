"""What the description of the API says of every page: the state in an address, a refusal."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from detente.web.state import MOST_DRAWS, QUICK


class Refusal(BaseModel):
    """Why a request was not answered, in words."""

    error: str
    messages: list[str] = Field(description="What was found, what is allowed, what to do.")


def _parameter(name: str, about: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": name, "in": "query", "required": False, "description": about, "schema": schema,
    }  # fmt: skip


_TEXT: dict[str, Any] = {"type": "string"}
_TEXTS: dict[str, Any] = {"type": "array", "items": _TEXT}
STATE: dict[str, Any] = {
    "parameters": [
        _parameter("round", "A round by its name; the last if left out.", _TEXT),
        _parameter("reading", "A reading by its name; the first if left out.", _TEXT),
        _parameter(
            "draws", "How many draws.",
            {"type": "integer", "minimum": 1, "maximum": MOST_DRAWS, "default": QUICK},
        ),
        _parameter("seed", "Of the draws.", {"type": "integer", "minimum": 0, "default": 1}),
        _parameter("set", "ADDRESS=VALUE, as often as need be.", _TEXTS),
        _parameter("without", "Whose word is left out, as sort:name.", _TEXTS),
        _parameter("over", "Addresses that a scan moves, one or two.", _TEXTS),
        _parameter("against", "Another reading, to compare with.", _TEXT),
    ]
}  # fmt: skip
REFUSALS: dict[int | str, dict[str, Any]] = {
    404: {"model": Refusal, "description": "There is no such situation, page or figure."},
    422: {"model": Refusal, "description": "That cannot be done; the messages say why."},
}


def answers(*media: str) -> dict[int | str, dict[str, Any]]:
    """What an answer is, for those whose form is that of a command."""
    return {200: {"content": {one: {} for one in media}}}


JSON = answers("application/json")
