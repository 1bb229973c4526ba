"""Another lens on the same file: which outcomes hold in the graph model."""

from __future__ import annotations

from typing import Annotated

import typer

from detente.cli.options import AsJson, PageOut, Readings, RoundOf, Seed, Settings, names

app = typer.Typer()


@app.command(rich_help_panel="Other lenses")
def stability(
    what: Annotated[
        str,
        typer.Argument(
            metavar="CASE|FILE", help="A case, a situation file, - or a conflict in option form."
        ),
    ],
    round_: RoundOf = None,
    reading: Readings = None,
    concept: Annotated[
        str,
        typer.Option("--concept", help="How far all look ahead: nash, gmr, smr or seq."),
    ] = "seq",
    from_: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="OPTIONS|NUMBER",
            help="Where things stand, such as front.freeze,sanctions.eased; else the status quo.",
        ),
    ] = None,
    with_doubt: Annotated[
        bool,
        typer.Option("--with-doubt", help="Discount what parties doubt will be delivered."),
    ] = False,
    draws: Annotated[
        int, typer.Option("--draws", min=20, max=10_000, help="How many draws a reading.")
    ] = 100,
    seed: Seed = 1,
    set_: Settings = None,
    json: AsJson = False,
    out: PageOut = None,
) -> None:
    """Which outcomes would hold once reached, who would leave the rest, and what deters."""
    from detente.cli import holding, running  # noqa: PLC0415

    holding.hold(
        running.Request(what, names(round_), names(reading), draws, seed, tuple(set_ or ())),
        holding.Asked(concept, from_, with_doubt),
        as_json=json,
        out=out,
    )
