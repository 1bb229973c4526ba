"""What ships with Detente."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from detente.cli.options import AsJson, CaseName, What

app = typer.Typer()
case_app = typer.Typer(help="Look into a case that ships with Detente.", no_args_is_help=True)
app.add_typer(case_app, name="case", rich_help_panel="Cases")


@app.command(rich_help_panel="Cases")
def cases(json: AsJson = False) -> None:
    """List the cases that ship with Detente."""
    from detente.cli import casework  # noqa: PLC0415

    casework.list_cases(as_json=json)


@case_app.command("show")
def case_show(
    what: What,
    addresses: Annotated[
        bool, typer.Option("--addresses", help="List every address with its value.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Show a case or file: actors, issues, rounds, readings, or every address."""
    from detente.cli import casework  # noqa: PLC0415

    casework.show(what, addresses=addresses, as_json=json)


@case_app.command("copy")
def case_copy(
    name: CaseName,
    to: Annotated[Path, typer.Argument(help="The folder to copy it to.")],
    force: Annotated[bool, typer.Option("--force", help="Replace existing files.")] = False,
) -> None:
    """Copy a shipped case into a folder of your own, to change it."""
    from detente.cli import casework  # noqa: PLC0415

    casework.copy(name, to, force=force)


@case_app.command("coverage")
def case_coverage(
    what: What,
    source: Annotated[Path, typer.Option("--source", help="Your own copy of the text.")],
    digests: Annotated[
        bool, typer.Option("--digests", help="Print each sentence's locator, for claims files.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Sentence by sentence: which claims rest on it, or why it is not modelled."""
    from detente.cli import covering  # noqa: PLC0415

    raise typer.Exit(covering.show_coverage(what, source, digests=digests, as_json=json))
