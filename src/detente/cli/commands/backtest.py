"""How far a lens can be trusted: backtest."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from detente.cli.options import AsJson, PageOut, Seed, names

app = typer.Typer()
backtest_app = typer.Typer(
    no_args_is_help=True, help="Models held against decisions that were taken."
)
app.add_typer(backtest_app, name="backtest", rich_help_panel="Other lenses")


@backtest_app.command()
def deu(
    data: Annotated[
        Path,
        typer.Argument(metavar="DATA", help="The folder with the data, or the original table."),
    ],
    models: Annotated[
        list[str] | None,
        typer.Option("--models", "--model", help="Only these models; several with commas."),
    ] = None,
    seed: Seed = 1,
    json: AsJson = False,
    out: PageOut = None,
) -> None:
    """Decision-making in the EU (doi:10.34810/data53): errors, calibrated distributions, coverage."""
    from detente.cli import backtesting  # noqa: PLC0415

    backtesting.deu(data, names(models), seed, as_json=json, out=out)
