"""The command line: its groups of commands, and how it ends.

Modules that do the work are imported when their command is called, so that help is instant.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from detente import __version__
from detente.cli.commands import (
    answers,
    backtest,
    cases,
    files,
    reasons,
    spatial,
    witnesses,
    workbench,
)
from detente.errors import DetenteError, Interrupted, SituationError
from detente.printable import printable

UNUSABLE = 2
INTERRUPTED = 130

app = typer.Typer(
    name="detente",
    help="An account of a coming negotiation as an executable, attributed, checkable model.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for group in (answers, reasons, witnesses, spatial, backtest, workbench, files, cases):
    app.add_typer(group.app)


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


def main() -> None:
    """Run the command line; mistakes of the user end in a message, never in a traceback."""
    try:
        app()
    except SituationError as error:
        for problem in error.problems:
            print(printable(str(problem)), file=sys.stderr)
        count = len(error.problems)
        print(f"{count} mistake{'s' if count > 1 else ''}; nothing was run", file=sys.stderr)
        sys.exit(UNUSABLE)
    except Interrupted as error:
        print(printable(str(error)), file=sys.stderr)
        sys.exit(INTERRUPTED)
    except DetenteError as error:
        print(printable(f"detente: {error}"), file=sys.stderr)
        sys.exit(UNUSABLE)
    except BrokenPipeError:
        # whoever reads our output has left; point it elsewhere so that closing stays quiet
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        print(
            printable(f"detente: {error.filename or 'a file'}: {error.strerror}"), file=sys.stderr
        )
        sys.exit(UNUSABLE)
    except KeyboardInterrupt:
        print("interrupted; nothing was written", file=sys.stderr)
        sys.exit(INTERRUPTED)
