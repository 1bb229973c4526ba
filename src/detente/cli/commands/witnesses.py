"""According to whom: read a text, take claims away, weigh readings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from detente.cli.options import (
    AsJson,
    DrawCount,
    ExecutorName,
    PageOut,
    Priors,
    Readings,
    RoundOf,
    Seed,
    Settings,
    What,
    names,
)

app = typer.Typer()


@app.command(rich_help_panel="Whose word")
def read(
    text: Annotated[
        Path, typer.Argument(metavar="TEXT", help="An account as plain text, Markdown or HTML.")
    ],
    case: Annotated[
        str | None,
        typer.Option(
            "--case", metavar="CASE|FILE", help="Lay it beside a situation and its claims."
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Where claims and page go; else a folder named after TEXT."),
    ] = None,
    comments_from: Annotated[
        int | None,
        typer.Option("--comments-from", min=0, help="The first comment's paragraph; 0 for none."),
    ] = None,
    no_quotes: Annotated[
        bool, typer.Option("--no-quotes", help="Leave the text's words out of the claims file.")
    ] = False,
    all_: Annotated[
        bool, typer.Option("--all", help="Also candidates from sentences that have claims.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Replace an existing claims file.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Mark hedges, speakers, forecasts, conditions and actors; draft a claims file to complete."""
    from detente.cli import annotating  # noqa: PLC0415

    annotating.read(
        annotating.Reading(
            text, case, out, comments_from,
            quotes=not no_quotes, everything=all_, force=force, as_json=json,
        )
    )  # fmt: skip


@app.command(rich_help_panel="Whose word")
def propose(
    text: Annotated[
        Path, typer.Argument(metavar="TEXT", help="An account as plain text, Markdown or HTML.")
    ],
    model: Annotated[
        str | None,
        typer.Option(
            "--model", metavar="PROVIDER:NAME", help="The language model; else DETENTE_DRAFT_MODEL."
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="The file to write; else named after TEXT."),
    ] = None,
    comments_from: Annotated[
        int | None,
        typer.Option(
            "--comments-from", min=0, help="The first paragraph that is a comment; 0 for none."
        ),
    ] = None,
    paragraphs: Annotated[
        str | None, typer.Option("--paragraphs", metavar="FIRST-LAST", help="Send only these.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Send without asking.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be sent, and its cost; send nothing.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing file.")] = False,
) -> None:
    """Let a language model that you name propose claims, each anchored or flagged, to check."""
    from detente.cli import proposing  # noqa: PLC0415

    asked = proposing.Proposing(
        text, model, out, comments_from, paragraphs, yes=yes, dry_run=dry_run, force=force
    )
    raise typer.Exit(proposing.propose(asked))


@app.command(rich_help_panel="Whose word")
def knockout(
    what: What,
    without: Annotated[
        list[str] | None,
        typer.Option(
            "--without",
            metavar="SORT:NAME",
            help="Only this, such as speaker:svr or grade:C3; + joins several; may be repeated.",
        ),
    ] = None,
    round_: RoundOf = None,
    reading: Readings = None,
    prior: Priors = None,
    draws: DrawCount = 10_000,
    seed: Seed = 1,
    set_: Settings = None,
    json: AsJson = False,
    out: PageOut = None,
    executor: ExecutorName = "threads",
) -> None:
    """What is left of the forecast without a source, a speaker, a grade or a claim."""
    from detente.cli import knocking, running  # noqa: PLC0415

    knocking.knockout(
        running.Request(
            what, names(round_), names(reading), draws, seed, tuple(set_ or ()), executor
        ),
        tuple(without or ()),
        tuple(prior or ()),
        as_json=json,
        out=out,
    )


@app.command(rich_help_panel="Whose word")
def readings(
    what: What,
    event: Annotated[
        list[str] | None,
        typer.Option("--event", help="Only this recorded event counts; may be repeated."),
    ] = None,
    all_events: Annotated[
        bool,
        typer.Option("--all-events", help="Count also what was known when readings were written."),
    ] = False,
    round_: RoundOf = None,
    reading: Readings = None,
    prior: Priors = None,
    draws: DrawCount = 10_000,
    seed: Seed = 1,
    set_: Settings = None,
    json: AsJson = False,
    out: PageOut = None,
    executor: ExecutorName = "threads",
) -> None:
    """Rival readings side by side, weighed by what happened, and what would tell them apart."""
    from detente.cli import running, weighing  # noqa: PLC0415

    weighing.readings(
        running.Request(
            what, names(round_), names(reading), draws, seed, tuple(set_ or ()), executor
        ),
        names(event),
        tuple(prior or ()),
        every_event=all_events,
        as_json=json,
        out=out,
    )
