"""Because and unless: what drives, blocks and would change the answer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from detente.cli.options import (
    Against,
    AsJson,
    DrawCount,
    ExecutorName,
    PageOut,
    Priors,
    Readings,
    RoundOf,
    Rounds,
    Seed,
    Settings,
    What,
    names,
)

app = typer.Typer()


@app.command(rich_help_panel="Why")
def drivers(
    what: What,
    by: Annotated[
        list[str] | None,
        typer.Option(
            "--by",
            help="Only these: driver, actor, issue, source, value, draw, together.",
        ),
    ] = None,
    target: Annotated[
        str | None,
        typer.Option("--target", help="The probability, or zone, told first; else tangible."),
    ] = None,
    round_: RoundOf = None,
    reading: Readings = None,
    prior: Priors = None,
    draws: Annotated[
        int,
        typer.Option(
            "--draws", min=200, max=100_000, help="How many draws a page: one a group and reading."
        ),
    ] = 4096,
    seed: Seed = 1,
    set_: Settings = None,
    json: AsJson = False,
    out: PageOut = None,
    executor: ExecutorName = "threads",
) -> None:
    """Which uncertain values the answer depends on, how they rank, and how much is chance."""
    from detente.cli import driving_command, running  # noqa: PLC0415

    driving_command.show_drivers(
        running.Request(
            what, names(round_), names(reading), draws, seed, tuple(set_ or ()), executor
        ),
        names(by),
        tuple(prior or ()),
        target,
        as_json=json,
        out=out,
    )


@app.command(rich_help_panel="Why")
def blockers(
    what: What,
    round_: Rounds = None,
    reading: Readings = None,
    draws: DrawCount = 10_000,
    seed: Seed = 1,
    set_: Settings = None,
    json: AsJson = False,
    out: PageOut = None,
    executor: ExecutorName = "threads",
) -> None:
    """What stands in the way of a deal, and the deal that was there but for it."""
    from detente.cli import blocking, running  # noqa: PLC0415

    blocking.blockers(
        running.Request(
            what, names(round_), names(reading), draws, seed, tuple(set_ or ()), executor
        ),
        as_json=json,
        out=out,
    )


@app.command(rich_help_panel="Why")
def levers(
    what: What,
    target: Annotated[
        str | None,
        typer.Option(
            "--target", metavar="NAME=P", help="The chance and where it should be; else one half."
        ),
    ] = None,
    actor: Annotated[
        list[str] | None,
        typer.Option("--actor", help="Only what this actor could move alone; may be repeated."),
    ] = None,
    round_: RoundOf = None,
    reading: Readings = None,
    draws: DrawCount = 4000,
    seed: Seed = 1,
    set_: Settings = None,
    json: AsJson = False,
    out: PageOut = None,
    executor: ExecutorName = "threads",
) -> None:
    """What would have to be true: the least moves that bring a chance to a target, and whose."""
    from detente.cli import levering, running  # noqa: PLC0415

    levering.levers(
        running.Request(
            what, names(round_), names(reading), draws, seed, tuple(set_ or ()), executor
        ),
        target,
        names(actor),
        as_json=json,
        out=out,
    )


@app.command(rich_help_panel="Why")
def whatif(
    what: What,
    set_: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="ADDRESS=VALUE", help="Part of a what-if; may be given again."
        ),
    ] = None,
    from_: Annotated[
        Path | None, typer.Option("--from", metavar="FILE", help="Named what-ifs, as YAML.")
    ] = None,
    target: Annotated[
        str | None,
        typer.Option("--target", help="The probability to explain; else tangible."),
    ] = None,
    round_: RoundOf = None,
    reading: Readings = None,
    draws: DrawCount = 10_000,
    seed: Seed = 1,
    json: AsJson = False,
    out: PageOut = None,
    executor: ExecutorName = "threads",
) -> None:
    """Before, after and the difference, for values set here or for named what-ifs of a file."""
    from detente.cli import running, whatif  # noqa: PLC0415

    whatif.what_if(
        running.Request(
            what, names(round_), names(reading), draws, seed, tuple(set_ or ()), executor
        ),
        from_,
        target,
        as_json=json,
        out=out,
    )


@app.command(rich_help_panel="Why")
def scan(
    what: What,
    over: Annotated[
        list[str] | None,
        typer.Option(
            "--over",
            metavar="ADDRESS=FROM..TO:STEPS",
            help="The value to move, such as outlook.russia=-0.2..0.6:11; given twice, two values.",
        ),
    ] = None,
    target: Annotated[
        str | None, typer.Option("--target", help="The probability that is told; else tangible.")
    ] = None,
    against: Against = None,
    round_: RoundOf = None,
    reading: Readings = None,
    draws: DrawCount = 2000,
    seed: Seed = 1,
    set_: Settings = None,
    json: AsJson = False,
    out: PageOut = None,
    executor: ExecutorName = "threads",
) -> None:
    """A probability as a function of one or two values, and where a claim turns round."""
    from detente.cli import running, scanning  # noqa: PLC0415

    scanning.scan(
        running.Request(
            what, names(round_), names(reading), draws, seed, tuple(set_ or ()), executor
        ),
        tuple(over or ()),
        target,
        against,
        as_json=json,
        out=out,
    )


@app.command(rich_help_panel="Why")
def robustness(
    what: What,
    protocol: Annotated[
        list[str] | None,
        typer.Option("--protocol", help="Only this protocol beside Nash; may be repeated."),
    ] = None,
    target: Annotated[
        str | None, typer.Option("--target", help="The probability to conclude from.")
    ] = None,
    against: Against = None,
    round_: RoundOf = None,
    reading: Readings = None,
    draws: DrawCount = 10_000,
    seed: Seed = 1,
    set_: Settings = None,
    json: AsJson = False,
    out: PageOut = None,
    executor: ExecutorName = "threads",
) -> None:
    """The same questions under every theory of bargaining: which conclusions survive."""
    from detente.cli import protocols, running  # noqa: PLC0415

    protocols.robustness(
        running.Request(
            what, names(round_), names(reading), draws, seed, tuple(set_ or ()), executor
        ),
        names(protocol),
        target,
        against,
        as_json=json,
        out=out,
    )
