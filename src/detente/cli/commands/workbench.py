"""The workbench: look, move, compare in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer()


@app.command(rich_help_panel="Look")
def serve(
    what: Annotated[
        str | None,
        typer.Argument(help="A case, a situation file or a folder of them; all cases if left out."),
    ] = None,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="0 for one that is free.")
    ] = 0,
    host: Annotated[str, typer.Option("--host", help="The address to listen at.")] = "127.0.0.1",
    expose: Annotated[
        bool, typer.Option("--expose", help="Let others on the network in, by --host.")
    ] = False,
    source: Annotated[
        Path | None, typer.Option("--source", help="Your own copy of the text that was coded.")
    ] = None,
    ledger: Annotated[
        str | None,
        typer.Option(
            "--ledger", metavar="FILE|URL", envvar="DETENTE_LEDGER",
            help="The ledger to show; else ledger.db, and those that ship with the cases.",
        ),
    ] = None,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open the page in your browser.")
    ] = True,
) -> None:  # fmt: skip
    """Open the workbench in a browser: answers, what-ifs, whose word; on this machine only."""
    from detente.web import serving  # noqa: PLC0415

    serving.serve(serving.Wish(what, host, port, expose, browser, source, ledger))
