"""Which deals exist and how likely: run and compare."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from detente.cli.options import (
    AsJson,
    DrawCount,
    ExecutorName,
    FewerDraws,
    PageOut,
    Readings,
    RoundOf,
    Rounds,
    Seed,
    Settings,
    What,
    names,
)

app = typer.Typer()


@app.command(rich_help_panel="Ask")
def run(
    what: What,
    round_: Rounds = None,
    reading: Readings = None,
    draws: DrawCount = 10_000,
    seed: Seed = 1,
    set_: Settings = None,
    protocol: Annotated[
        str,
        typer.Option(
            "--protocol",
            help="Which package of the zone is agreed on; nash:branch forces a method.",
        ),
    ] = "nash",
    json: AsJson = False,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write tables, result and report there.")
    ] = None,
    executor: ExecutorName = "threads",
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the unfinished run in --out.")
    ] = False,
    without_draws: Annotated[
        bool, typer.Option("--without-draws", help="Write no draws.parquet, the largest file.")
    ] = False,
) -> None:
    """Which deals exist, how likely each is, what blocks it, and whose word that rests on."""
    from detente.cli import running  # noqa: PLC0415

    running.run(
        running.Request(
            what, names(round_), names(reading), draws, seed, tuple(set_ or ()), executor
        ),
        protocol,
        running.Saving(out, resume, not without_draws),
        as_json=json,
    )


@app.command(rich_help_panel="Ask")
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
    out: PageOut = None,
    executor: ExecutorName = "threads",
) -> None:
    """Two rounds or readings side by side, and what carries the difference."""
    from detente.cli import comparing, running  # noqa: PLC0415

    comparing.compare(
        running.Request(
            what, names(rounds), names(readings), draws, seed, tuple(set_ or ()), executor
        ),
        target,
        as_json=json,
        out=out,
    )


@app.command(rich_help_panel="Ask")
def frontier(
    what: What,
    round_: RoundOf = None,
    reading: Annotated[
        str | None, typer.Option("--reading", help="Under this reading; else as written.")
    ] = None,
    draw: Annotated[
        int | None, typer.Option("--draw", min=0, help="This draw; else the mean over all draws.")
    ] = None,
    all_: Annotated[
        bool, typer.Option("--all", help="Put demands aside: every package that links allow.")
    ] = False,
    draws: FewerDraws = 1_000,
    seed: Seed = 1,
    set_: Settings = None,
    json: AsJson = False,
) -> None:
    """Efficient packages: those that no other is better than for every principal."""
    from detente.cli import efficiency, running  # noqa: PLC0415

    request = running.Request(
        what, names(round_), names([reading] if reading else None), draws, seed, tuple(set_ or ())
    )
    efficiency.frontier(request, draw, within_zone=not all_, as_json=json)


@app.command(rich_help_panel="Ask")
def outside(
    what: Annotated[
        str | None, typer.Argument(metavar="CASE|FILE", help="A case's name, a file, or - .")
    ] = None,
    list_: Annotated[
        bool, typer.Option("--list", help="List the reference classes that there are.")
    ] = False,
    round_: RoundOf = None,
    reading: Readings = None,
    weight: Annotated[
        float | None,
        typer.Option(
            "--weight", metavar="0..1", help="Of the outside view in the pool; else the file's."
        ),
    ] = None,
    prior: Annotated[
        str,
        typer.Option(
            "--prior", metavar="jeffreys|uniform", help="What is held of a share before counting."
        ),
    ] = "jeffreys",
    draws: DrawCount = 10_000,
    seed: Seed = 1,
    set_: Settings = None,
    json: AsJson = False,
    out: PageOut = None,
    executor: ExecutorName = "threads",
) -> None:
    """How often it went so in other cases, beside the forecast, and both pooled."""
    from detente.cli import outwarding, running  # noqa: PLC0415

    if list_:
        outwarding.list_classes(as_json=json)
        return
    if what is None:
        raise typer.BadParameter("name a case or a file, or give --list", param_hint="CASE|FILE")
    outwarding.show_outside(
        running.Request(
            what, names(round_), names(reading), draws, seed, tuple(set_ or ()), executor
        ),
        outwarding.Pool(weight, prior),
        as_json=json,
        out=out,
    )
