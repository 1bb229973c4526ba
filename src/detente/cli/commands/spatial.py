"""Another lens: positions on a scale."""

from __future__ import annotations

from typing import Annotated

import typer

from detente.cli.options import AsJson, PageOut, RoundOf, Seed, Settings, names

app = typer.Typer()


@app.command(rich_help_panel="Other lenses")
def spatial(
    what: Annotated[
        str,
        typer.Argument(
            metavar="CASE|FILE|TABLE.csv",
            help="A case's name, a situation, - , or a table of actors: name, position, salience, power.",
        ),
    ],
    model: Annotated[
        list[str] | None,
        typer.Option("--model", help="Only this model; several with commas."),
    ] = None,
    issue: Annotated[
        list[str] | None,
        typer.Option("--issue", help="Only this issue, or scale; several with commas."),
    ] = None,
    power: Annotated[
        list[str] | None,
        typer.Option(
            "--power", metavar="ACTOR=NUMBER", help="An actor's power; 0 leaves it out of account."
        ),
    ] = None,
    status_quo: Annotated[
        list[str] | None,
        typer.Option(
            "--status-quo",
            metavar="SCALE=POSITION",
            help="What holds without a decision, for a table.",
        ),
    ] = None,
    round_: RoundOf = None,
    reading: Annotated[
        list[str] | None,
        typer.Option("--reading", help="This reading, or several; else the file as written."),
    ] = None,
    draws: Annotated[
        int, typer.Option("--draws", min=1, max=100_000, help="How many draws a scenario.")
    ] = 1000,
    seed: Seed = 1,
    set_: Settings = None,
    json: AsJson = False,
    out: PageOut = None,
) -> None:
    """Where on a scale each spatial model expects the decision, from positions and weights."""
    from detente.cli import locating, running  # noqa: PLC0415

    locating.spatial(
        running.Request(what, names(round_), names(reading), draws, seed, tuple(set_ or ())),
        locating.Wanted(names(model), names(issue), tuple(power or ()), tuple(status_quo or ())),
        as_json=json,
        out=out,
    )
