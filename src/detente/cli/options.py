"""Options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """How findings and mistakes are printed."""

    full = "full"
    concise = "concise"
    json = "json"
    github = "github"


class FormatName(StrEnum):
    """Formats of other tools that can be read as situations."""

    genius = "genius"
    negmas = "negmas"
    geniusweb = "geniusweb"
    ktab = "ktab"
    decide = "decide"
    gmcr = "gmcr"


class ExportName(StrEnum):
    """Forms of other tools in which one bargaining problem can be written."""

    negmas = "negmas"
    negmas_json = "negmas-json"
    genius = "genius"
    gambit = "gambit"


What = Annotated[str, typer.Argument(metavar="CASE|FILE", help="A case's name, a file, or - .")]
CaseName = Annotated[str, typer.Argument(metavar="CASE", help="A case's name: see detente cases.")]
Rounds = Annotated[
    list[str] | None, typer.Option("--round", help="Only this round; several with commas.")
]
Readings = Annotated[
    list[str] | None,
    typer.Option("--reading", help="Only this reading; as-written for the file under none."),
]
RoundOf = Annotated[
    list[str] | None, typer.Option("--round", help="The meeting to forecast; else the last.")
]
Priors = Annotated[
    list[str] | None,
    typer.Option("--prior", metavar="READING=WEIGHT", help="Weigh a reading; may be repeated."),
]
Against = Annotated[
    str | None,
    typer.Option(
        "--against", help="The round to compare with; else the one before; none for no comparison."
    ),
]
DrawCount = Annotated[
    int, typer.Option("--draws", min=100, max=10_000_000, help="How many draws a scenario.")
]
FewerDraws = Annotated[
    int, typer.Option("--draws", min=100, max=100_000, help="How many draws a scenario.")
]
Seed = Annotated[int, typer.Option("--seed", min=0, help="Same seed, same table.")]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="ADDRESS=VALUE", help="Set a value; may be given again."),
]
ExecutorName = Annotated[
    str,
    typer.Option(
        "--executor",
        metavar="threads|processes|dask|tcp://HOST:PORT",
        help="Who does the work: of this machine, or a Dask scheduler elsewhere.",
    ),
]
PageOut = Annotated[Path | None, typer.Option("--out", help="Write the page and the JSON there.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def names(given: list[str] | None) -> tuple[str, ...]:
    """Repeated and comma-separated names as one list."""
    parts = [part.strip() for text in given or () for part in text.split(",")]
    return tuple(part for part in parts if part)
