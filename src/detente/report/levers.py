"""Levers printed: sentences and tables scenario by scenario; and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from detente.analysis.leverage import Goal, Leverage, Moved, Root, Ways
from detente.analysis.moving import WHY_WORDS
from detente.analysis.probabilities import Estimate
from detente.analysis.probing import STEPS
from detente.figures.levels import size_words, way
from detente.figures.naming import Names, percent
from detente.figures.owners import owners_words
from detente.figures.spans import Z
from detente.report.lever_words import common, headline, sentences, shorts_once
from detente.sampling.draws import Plan
from detente.situation.dumping import content_hash
from detente.situation.kinds import kind_of
from detente.situation.schema import Situation
from detente.situation.values import set_here
from detente.situation.writing import plain

SHOWN = 6  # single moves a table prints
NOTE = (
    "A move slides a value with all its range towards an end of its scale; by how much its mean "
    "moves is its size, on the value’s own scale. Every move was run: {draws:,} draws, and one "
    f"step of 1/{STEPS} of the way less falls short of the target. ± is 95 % Monte Carlo error; "
    "how sure anybody is of the values is not in it. Whose a move would be is by rule, not a "
    "forecast that it will be made."
)


@dataclass(frozen=True, slots=True)
class Line:
    """One move as a table tells it."""

    whose: str
    what: str
    way: str
    why: str
    size: str
    chance: str


def lines_of_root(names: Names, root: Root) -> tuple[Line, ...]:
    """A single move as one line, a pair as two; size and chance stand with the first."""
    lines = [_line(names, moved, "", "") for moved in root.moved]
    first = _line(names, root.moved[0], size_words(root.size), chance_words(root.chance))
    return (first, *lines[1:])


def short_lines(names: Names, ways: Ways) -> list[Line]:
    """What comes nearest, where it does not suffice."""
    return [
        _line(names, short.moved, size_words(short.moved.size), chance_words(short.chance))
        for short, _ in shorts_once(ways)
    ]


def _line(names: Names, moved: Moved, size: str, chance: str) -> Line:
    kind = kind_of(moved.lever.address)
    assert kind is not None
    return Line(
        owners_words(names, moved.lever),
        names.address(moved.lever.address),
        way(kind, moved.start, moved.stop),
        WHY_WORDS[moved.lever.why],
        size,
        chance,
    )


def chance_words(found: Estimate) -> str:
    """A chance with its Monte Carlo error."""
    return f"{found.p:.1%} ±{100 * Z * found.mc_se:.1f}"


def print_levers(
    console: Console, names: Names, found: Sequence[Leverage], plan: Plan, tail: str
) -> None:
    """Print the answer over all scenarios, then each in words and as a table."""
    console.print(Text(headline(names, found), style="bold"))
    if shared := common(names, found):
        console.print(Text(shared))
    for one in found:
        console.print()
        console.rule(Text(names.scenario(one.scenario.round, one.scenario.reading)), align="left")
        for sentence in sentences(names, one):
            console.print(Padding(Text(sentence), (0, 0, 0, 2)))
        if one.target.roots or one.target.pairs or one.target.shorts:
            console.print(_table(names, one.target))
    console.print()
    console.print(Text(NOTE.format(draws=plan.draws), style="dim"))
    console.print(Text(tail, style="dim"))


def _table(names: Names, ways: Ways) -> Table:
    verb = "to" if ways.raising else "below"
    table = Table(
        title=f"Moves that bring it {verb} {percent(ways.goal.p)}, the smallest first",
        title_justify="left", title_style="bold",
    )  # fmt: skip
    table.add_column("whose", ratio=2)
    table.add_column("what moves, and how", ratio=5)
    table.add_column("by", justify="right", no_wrap=True)
    table.add_column("chance", justify="right", no_wrap=True)
    for root in ways.roots[:SHOWN]:
        _add(table, lines_of_root(names, root))
    for root in ways.pairs:
        table.add_section()
        _add(table, lines_of_root(names, root))
    nearest = short_lines(names, ways)
    if nearest:
        table.add_section()
        table.add_row("", Text("cannot by itself; the nearest:", style="dim"), "", "")
        _add(table, nearest)
    more = len(ways.roots) - SHOWN + ways.larger if len(ways.roots) > SHOWN else ways.larger
    moves = "single move, a larger one" if more == 1 else "single moves, all of them larger"
    table.caption = f"and {more} more {moves}" if more > 0 else None
    table.caption_justify = "left"
    return table


def _add(table: Table, lines: Sequence[Line]) -> None:
    for line in lines:
        table.add_row(Text(line.whose), Text(f"{line.what}: {line.way}"), line.size, line.chance)


def levers_object(
    situation: Situation, found: Sequence[Leverage], goal: Goal, plan: Plan, *,
    actors: Sequence[str], name: str, version: str,
) -> dict[str, Any]:  # fmt: skip
    """The levers as one JSON object."""
    return {
        "format": "detente-levers/1",
        "detente": version,
        "situation": name,
        "sha256": content_hash(situation),
        "set": set_here(found[0].scenario.values),
        "seed": plan.seed,
        "draws": plan.draws,
        "round": found[0].scenario.round,
        "target": {"name": goal.name, "p": goal.p},
        "actors": list(actors),
        "steps": STEPS,
        "readings": [
            {
                "reading": one.scenario.reading,
                "looked_at": one.looked_at,
                "target": _ways(one.target),
                "zone": _ways(one.zone),
            }
            for one in found
        ],
    }


def _ways(ways: Ways) -> dict[str, Any]:
    return {
        "goal": {"name": ways.goal.name, "p": ways.goal.p},
        "base": _estimate(ways.base),
        "raising": ways.raising,
        "met": ways.met,
        "single": [_root(root) for root in ways.roots],
        "larger": ways.larger,
        "short": [
            {"actor": short.actor, "move": _moved(short.moved), "chance": _estimate(short.chance)}
            for short in ways.shorts
        ],
        "pairs": [_root(root) for root in ways.pairs],
    }


def _root(root: Root) -> dict[str, Any]:
    return {
        "moves": [_moved(moved) for moved in root.moved],
        "size": root.size,
        "steps": root.steps,
        "chance": _estimate(root.chance),
        "step_less": _estimate(root.short),
        "movers": list(root.movers),
    }


def _moved(moved: Moved) -> dict[str, Any]:
    lever = moved.lever
    return {
        "address": lever.address,
        "owners": list(lever.owners),
        "together": lever.together,
        "why": lever.why,
        "from": moved.start,
        "to": moved.stop,
        "value": plain(moved.value),
    }


def _estimate(found: Estimate | None) -> dict[str, float] | None:
    return None if found is None else {"p": found.p, "mc_se": found.mc_se}
