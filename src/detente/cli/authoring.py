"""detente new, words, schema: what an author of situation files needs."""

from __future__ import annotations

import json
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from detente.errors import UsageError
from detente.files import write_text
from detente.situation.schema import Situation
from detente.words import SCALES, TIE_RULE

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


def words(*, as_json: bool) -> None:
    """Print every scale, its source, its words and their ranges."""
    if as_json:
        plain = {
            scale.label: {
                "about": scale.about,
                "source": scale.source,
                "ranges": dict(scale.ranges),
            }
            for scale in SCALES
        }
        print(json.dumps({"scales": plain, "tie_rule": TIE_RULE}, indent=2))
        return
    console = Console(highlight=False)
    for scale in SCALES:
        table = Table(title=Text(f"{scale.label}: {scale.about}"), title_justify="left")
        table.add_column("word")
        table.add_column("from", justify="right")
        table.add_column("to", justify="right")
        for word, (low, high) in scale.ranges.items():
            table.add_row(word, f"{low:g}", f"{high:g}")
        console.print(table)
        console.print(Text(f"source: {scale.source}\n"))
    console.print(TIE_RULE)
