"""Inside and outside views on a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from detente.analysis.outside_view import OutsideView, Share, Together
from detente.analysis.probabilities import MEANINGS
from detente.figures.naming import Names, percent, tidy
from detente.outside.classes import ReferenceClass
from detente.report.outside import (
    NONE_NAMED,
    counted,
    further,
    interval,
    margin_of,
    sentences,
    title_of,
    up_to,
    weight_words,
)

INDENT = (0, 0, 0, 2)


def print_beside(console: Console, names: Names, view: OutsideView | None) -> None:
    """The short form: a table, or that there is nothing to show."""
    console.print()
    if view is None:
        console.print(Text("Inside and outside", style="bold"))
        console.print(Padding(Text(NONE_NAMED), INDENT))
        return
    console.print(_table(names, view))
    console.print(
        Text(
            f"Outside: how often it went so in the classes the file names. Pooled: "
            f"{weight_words(view)} of the weight on the outside view. In brackets 90 % intervals; "
            "inside, nine in ten points within the stated ranges. More: detente outside.",
            style="dim",
        )
    )


def print_outside(console: Console, names: Names, view: OutsideView, tail: str) -> None:
    """The whole answer."""
    console.print(Text(tidy(names.situation.title), style="bold"))
    console.print()
    for sentence in sentences(names, view):
        console.print(Padding(Text(sentence), INDENT))
        console.print()
    console.print(_table(names, view))
    console.print(
        Text(
            f"Weight of the outside view: {weight_words(view)}; prior of each share: {view.prior}. "
            "± is Monte Carlo error (95 %). In brackets 90 %: inside, where the chance lies at nine "
            "in ten points within the stated ranges and over readings; outside, of the share; "
            f"pooled, of both together.{up_to(view)}",
            style="dim",
        )
    )
    for name, event in view.events.items():
        _print_classes(console, name, event)
    if view.note:
        console.print(Text(f"\nOn the choice of classes: {tidy(view.note)}"))
    console.print(Text(f"\n{tail}", style="dim"))


def _table(names: Names, view: OutsideView) -> Table:
    table = Table(
        title=f"{names.round(view.round)}: inside, outside and pooled", title_justify="left",
        title_style="bold",
    )  # fmt: skip
    table.add_column("chance that")
    for heading in ("inside", "outside", "pooled", "by log odds"):
        table.add_column(heading, justify="right")
    for name, event in view.events.items():
        inside = Text.assemble(
            (percent(event.inside.estimate.p), "bold"), f" {margin_of(event.inside)}\n",
            (f"[{interval(event.inside.most)}]", "dim"),
        )  # fmt: skip
        table.add_row(
            Text(MEANINGS[name]), inside,
            _cell(event.outside.mean, event.outside.most), _cell(event.linear, event.most),
            percent(event.log_odds),
        )  # fmt: skip
    return table


def _cell(p: float, span: tuple[float, float]) -> Text:
    return Text.assemble((percent(p), "bold"), "\n", (f"[{interval(span)}]", "dim"))


def _print_classes(console: Console, name: str, event: Together) -> None:
    console.print()
    console.rule(Text(MEANINGS[name].capitalize(), style="bold"), align="left")
    if not event.outside.shares:
        console.print(Padding(Text("The product of meeting and of a result if they meet."), INDENT))
    for share in event.outside.shares:
        grid = Table.grid(padding=(0, 2))
        grid.add_column(style="dim", no_wrap=True)
        grid.add_column()
        for heading, text in (
            ("class", f"{share.found.id}, weight {percent(share.weight)}"),
            ("counts", f"{title_of(share.found)}: {counted(share.found)}"),
            (
                "share",
                f"{percent(share.share.mean)} {_both(share)}; of the next ten, {further(share)}",
            ),
            ("why", tidy(share.why) or "no reason given in the file"),
            ("mind", tidy(share.found.caveats)),
        ):
            grid.add_row(heading, Text(text))
        console.print(Padding(grid, (0, 0, 1, 2)))


def _both(share: Share) -> str:
    return f"[50 %: {interval(share.half)}; 90 %: {interval(share.most)}]"


def print_classes(console: Console, classes: Iterable[ReferenceClass]) -> None:
    """Every class: its name, what it counts, how many, from where, by which rules."""
    for found in classes:
        console.print(Text(found.id, style="bold"))
        for text in (
            f"{title_of(found)}: {counted(found)}.",
            f"From: {tidy(found.source)}.",
            f"Rules: {tidy(found.rules)}",
            f"Mind: {tidy(found.caveats)}",
        ):
            console.print(Padding(Text(text), INDENT))
        console.print()
