"""The efficient packages as a table and as JSON."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table

from detente.analysis.efficient import Efficient
from detente.figures.naming import Names, percent
from detente.sampling.draws import Plan
from detente.situation.dumping import content_hash
from detente.situation.schema import Situation

SHOWN = 40  # rows on a terminal; JSON has all


def efficient_object(
    situation: Situation, found: Efficient, plan: Plan, *, name: str, scenario: str, version: str
) -> dict[str, Any]:
    """Every package of the frontier, with gains, and what it takes to get it again."""
    structure = found.structure
    principals = structure.parties[: structure.principals]
    return {
        "detente": version,
        "situation": {"name": name, "sha256": content_hash(situation)},
        "scenario": scenario,
        "draws": plan.draws,
        "seed": plan.seed,
        "draw": found.draw,
        "within_zone": found.frontier.within_zone,
        "demand": dict(zip(principals, found.demand.tolist(), strict=True)),
        "left_out": found.left_out,
        "packages": [
            {
                "number": int(number),
                "options": [structure.options[int(at)].ref for at in options],
                "gain": dict(zip(principals, gain.tolist(), strict=True)),
                "alike": int(alike),
            }
            for number, options, gain, alike in zip(
                found.frontier.package, found.options, found.frontier.gain, found.frontier.alike,
                strict=True,
            )
        ],
    }  # fmt: skip


def print_efficient(
    console: Console, names: Names, found: Efficient, scenario: str, tail: str
) -> None:
    """The packages that change something, by what changes, with everybody's gains."""
    which = "mean over all draws" if found.draw is None else f"draw {found.draw}"
    console.print(f"[bold]Efficient packages[/bold]: {scenario}, {which}", soft_wrap=True)
    best, structure = found.frontier, found.structure
    if not best.count:
        console.print("\nNo package suits everybody whose consent it needs.")
    else:
        console.print(_table(names, found))
    if best.count > SHOWN:
        console.print(f"{best.count - SHOWN:,} more: --json has all.")
    if best.count and not best.within_zone:
        console.print("Demands are put aside: some of these may not be agreed to.")
    for address, share in found.left_out.items():
        if found.draw is None:
            console.print(f"left out: {address}, in force in {percent(share)} of draws")
    if structure.at_table > structure.principals and best.within_zone:
        console.print("Consenters decide what is allowed, not what is efficient.")
    console.print(f"\n{tail}", soft_wrap=True, style="dim")


def _table(names: Names, found: Efficient) -> Table:
    structure, best = found.structure, found.frontier
    table = Table(box=None, pad_edge=False)
    table.add_column("what changes", overflow="fold")
    for name in structure.parties[: structure.principals]:
        table.add_column(names.actor(name), justify="right")
    table.add_column("alike", justify="right")
    table.add_row("(the least each agrees to)", *(f"{least:+.3f}" for least in found.demand), "")
    for options, gain, alike in zip(
        found.options[:SHOWN], best.gain[:SHOWN], best.alike[:SHOWN], strict=True
    ):
        changed = [
            names.option(structure.options[int(at)].ref)
            for at in options
            if at not in structure.status_quo
        ]
        told = "; ".join(changed) or "nothing"
        table.add_row(told, *(f"{one:+.3f}" for one in gain), f"{alike:,}")
    return table
