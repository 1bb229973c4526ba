"""Every command and its options. What a command does stands in a module of its own.

Those modules are imported when their command is called, so that help is instant.
"""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from detente import __version__
from detente.errors import DetenteError, Interrupted, SituationError

UNUSABLE = 2
INTERRUPTED = 130

app = typer.Typer(
    name="detente",
    help="An account of a coming negotiation as an executable, attributed, checkable model.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
case_app = typer.Typer(help="Look into a case that ships with Detente.", no_args_is_help=True)
app.add_typer(case_app, name="case")


class Format(StrEnum):
    """How findings and mistakes are printed."""

    full = "full"
    concise = "concise"
    json = "json"
    github = "github"


What = Annotated[str, typer.Argument(metavar="CASE|FILE", help="A case's name, a file, or - .")]
CaseName = Annotated[str, typer.Argument(metavar="CASE", help="A case's name: see detente cases.")]
Rounds = Annotated[
    list[str] | None, typer.Option("--round", help="Only this round; several with commas.")
]
Readings = Annotated[
    list[str] | None,
    typer.Option("--reading", help="Only this reading; as-written for the file under none."),
]
DrawCount = Annotated[
    int, typer.Option("--draws", min=100, max=10_000_000, help="How many draws a scenario.")
]
Seed = Annotated[int, typer.Option("--seed", min=0, help="Same seed, same table.")]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="ADDRESS=VALUE", help="Set a value; may be given again."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"detente {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """An account of a coming negotiation as an executable, attributed, checkable model."""


@app.command()
def new(
    file: Annotated[Path, typer.Argument(help="The file to write.")],
    force: Annotated[bool, typer.Option("--force", help="Replace an existing file.")] = False,
) -> None:
    """Write a small situation file to start from, with its schema beside it."""
    from detente.cli import authoring  # noqa: PLC0415

    authoring.new(file, force=force)


@app.command()
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


@app.command()
def run(
    what: What,
    round_: Rounds = None,
    reading: Readings = None,
    draws: DrawCount = 10_000,
    seed: Seed = 1,
    set_: Settings = None,
    json: AsJson = False,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write tables, result and report there.")
    ] = None,
) -> None:
    """Which deals exist, how likely each is, what blocks it, and whose word that rests on."""
    from detente.cli import running  # noqa: PLC0415

    running.run(
        running.Request(what, _names(round_), _names(reading), draws, seed, tuple(set_ or ())),
        as_json=json,
        out=out,
    )


@app.command()
def compare(
    what: What,
    rounds: Annotated[
        list[str] | None, typer.Option("--rounds", "--round", help="Two rounds, with a comma.")
    ] = None,
    readings: Annotated[
        list[str] | None,
        typer.Option("--readings", "--reading", help="Two readings, or those to compare under."),
    ] = None,
    target: Annotated[
        str | None,
        typer.Option("--target", help="The probability whose difference is split; else tangible."),
    ] = None,
    draws: DrawCount = 10_000,
    seed: Seed = 1,
    set_: Settings = None,
    json: AsJson = False,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write the page and the JSON there.")
    ] = None,
) -> None:
    """Two rounds or readings side by side, and what carries the difference."""
    from detente.cli import comparing, running  # noqa: PLC0415

    comparing.compare(
        running.Request(what, _names(rounds), _names(readings), draws, seed, tuple(set_ or ())),
        target,
        as_json=json,
        out=out,
    )


@app.command()
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
    from detente.cli import casework  # noqa: PLC0415

    raise typer.Exit(casework.show_coverage(what, source, digests=digests, as_json=json))


@app.command()
def words(json: AsJson = False) -> None:
    """Print the verbal scales: every word and the range it stands for."""
    from detente.cli import authoring  # noqa: PLC0415

    authoring.words(as_json=json)


@app.command()
def schema() -> None:
    """Print the JSON Schema of situation files, for editors."""
    from detente.cli import authoring  # noqa: PLC0415

    authoring.schema()


def _names(given: list[str] | None) -> tuple[str, ...]:
    """Repeated and comma-separated names as one list."""
    parts = [part.strip() for text in given or () for part in text.split(",")]
    return tuple(part for part in parts if part)


def main() -> None:
    """Run the command line; mistakes of the user end in a message, never in a traceback."""
    try:
        app()
    except SituationError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        count = len(error.problems)
        print(f"{count} mistake{'s' if count > 1 else ''}; nothing was run", file=sys.stderr)
        sys.exit(UNUSABLE)
    except Interrupted as error:
        print(error, file=sys.stderr)
        sys.exit(INTERRUPTED)
    except DetenteError as error:
        print(f"detente: {error}", file=sys.stderr)
        sys.exit(UNUSABLE)
    except BrokenPipeError:
        # whoever reads our output has left; point it elsewhere so that closing stays quiet
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        print(f"detente: {error.filename or 'a file'}: {error.strerror}", file=sys.stderr)
        sys.exit(UNUSABLE)
    except KeyboardInterrupt:
        print("interrupted; nothing was written", file=sys.stderr)
        sys.exit(INTERRUPTED)
