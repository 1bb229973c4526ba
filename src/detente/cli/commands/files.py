"""Files: write one, check it, look up words and schema."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from detente.cli.options import (
    AsJson,
    DrawCount,
    ExportName,
    Format,
    FormatName,
    RoundOf,
    Seed,
    Settings,
    What,
    names,
)

app = typer.Typer()


class Evaluations(StrEnum):
    """Who reads an evaluation above 1: NegMAS as it stands, Genius as a share of the largest."""

    negmas = "negmas"
    genius = "genius"


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


@app.command("import", rich_help_panel="Exchange")
def import_(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="Files of another tool, or their folder.")
    ],
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="The situation file to write; else it is printed."),
    ] = None,
    from_: Annotated[
        FormatName | None, typer.Option("--from", help="The format; else found from the content.")
    ] = None,
    steps: Annotated[
        int, typer.Option(min=2, max=11, help="Most options that a range of numbers becomes.")
    ] = 11,
    status_quo: Annotated[
        list[str] | None,
        typer.Option(
            "--status-quo", metavar="ISSUE=OPTION",
            help="What holds without a deal, as the source writes it; may be given again.",
        ),
    ] = None,
    evaluations: Annotated[
        Evaluations, typer.Option(help="How evaluations above 1 in Genius files are meant.")
    ] = Evaluations.negmas,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing file.")] = False,
) -> None:  # fmt: skip
    """Read a file of another tool as a situation, and say what became of each part.

    Formats: scenarios of Genius, GeniusWeb and NegMAS, KTAB actor tables, DECIDE data, GMCR+ conflicts.
    """
    from detente.cli import importing  # noqa: PLC0415

    importing.import_(
        importing.Wanted(
            tuple(files), None if from_ is None else from_.value, steps,
            tuple(status_quo or ()), evaluations is Evaluations.genius,
        ),
        out,
        force=force,
    )  # fmt: skip


@app.command(rich_help_panel="Exchange")
def export(
    what: Annotated[
        str,
        typer.Argument(
            metavar="RESULTS|CASE|FILE",
            help="Results of detente run --out, as a table; or a case or file, as a problem.",
        ),
    ],
    out: Annotated[
        Path, typer.Option("-o", "--out", help="A .csv, .nc or .nfg file; a folder for scenarios.")
    ],
    to: Annotated[
        ExportName | None,
        typer.Option("--to", help="Write one bargaining problem in the form of another tool."),
    ] = None,
    round_: RoundOf = None,
    reading: Annotated[
        str | None, typer.Option("--reading", help="Under this reading; else as written.")
    ] = None,
    draw: Annotated[
        int | None, typer.Option("--draw", min=0, help="This draw; else the mean over all draws.")
    ] = None,
    draws: DrawCount = 1_000,
    seed: Seed = 1,
    set_: Settings = None,
    force: Annotated[bool, typer.Option("--force", help="Replace existing files.")] = False,
) -> None:
    """Give outcomes to tools for data, or a bargaining problem to NegMAS, Genius or Gambit.

    What the other form has no place for is said, part by part.
    """
    from detente.cli import exporting, running  # noqa: PLC0415

    request = running.Request(
        what, names(round_), names([reading] if reading else None), draws, seed, tuple(set_ or ())
    )
    exporting.export(request, out, None if to is None else to.value, draw, force=force)


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
