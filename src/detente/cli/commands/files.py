"""Files: write one, check it, look up words and schema."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from detente.cli.options import AsJson, Format, What

app = typer.Typer()


@app.command(rich_help_panel="Write and check")
def new(
    file: Annotated[Path, typer.Argument(help="The file to write.")],
    force: Annotated[bool, typer.Option("--force", help="Replace an existing file.")] = False,
) -> None:
    """Write a small situation file to start from, with its schema beside it."""
    from detente.cli import authoring  # noqa: PLC0415

    authoring.new(file, force=force)


@app.command(rich_help_panel="Write and check")
def check(
    what: What,
    output_format: Annotated[Format, typer.Option("--output-format")] = Format.full,
    strict: Annotated[bool, typer.Option("--strict", help="Notes count as findings.")] = False,
    forecast: Annotated[
        bool, typer.Option(help="Also run a few draws, to find forecasts beyond doubt.")
    ] = True,
) -> None:
    """Check a situation: mistakes (exit 2), findings (exit 1), or clean (exit 0)."""
    from detente.cli import checking  # noqa: PLC0415

    raise typer.Exit(checking.check(what, output_format.value, strict=strict, forecast=forecast))


@app.command(rich_help_panel="Write and check")
def words(json: AsJson = False) -> None:
    """Print the verbal scales: every word and the range it stands for."""
    from detente.cli import wording  # noqa: PLC0415

    wording.words(as_json=json)


@app.command(rich_help_panel="Write and check")
def schema() -> None:
    """Print the JSON Schema of situation files, for editors."""
    from detente.cli import authoring  # noqa: PLC0415

    authoring.schema()
