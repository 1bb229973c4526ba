"""detente new and schema: what an author of situation files starts from."""

from __future__ import annotations

import json
from pathlib import Path

from detente.errors import UsageError
from detente.files import write_text
from detente.situation.schema import Situation

SCHEMA_FILE = "situation.schema.json"
TEMPLATE = Path(__file__).with_name("new.yaml")


def new(file: Path, *, force: bool) -> None:
    """Write the starting file and the schema it points to. Raises UsageError."""
    if file.exists() and not force:
        raise UsageError(f"{file} exists; a new name is allowed; choose one, or give --force")
    write_text(file, TEMPLATE.read_text(encoding="utf-8"))
    write_text(file.parent / SCHEMA_FILE, schema_text())
    print(f"{file}: a situation of two principals to start from")
    print(f"check it with: detente check {file}")
    print(f"run it with:   detente run {file}")


def schema_text() -> str:
    """The JSON Schema of situation files, as text."""
    schema = Situation.model_json_schema(by_alias=True)
    body = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "Detente situation",
    }
    return json.dumps(body, indent=2, ensure_ascii=False) + "\n"


def schema() -> None:
    """Print the JSON Schema."""
    print(schema_text(), end="")
