"""A comparison in sentences, each computed from its numbers, as tables, and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from detente.analysis.compare import Comparison, DriverShare
from detente.analysis.probabilities import MEANINGS
from detente.figures.naming import Names, and_list, percent
from detente.figures.sides import (
    by_rounds,
    driver_name,
    is_clear,
    points,
    shared,
    sides,
    too_few,
)
from detente.figures.spans import FEW, Z
from detente.sampling.draws import Plan
from detente.situation.dumping import content_hash
from detente.situation.schema import Situation
from detente.situation.values import set_here

TITLES = {
    "held": "held",
    "deal": "deal",
    "tangible_given_held": "tangible, if they meet",
    "tangible": "tangible",
    "lasts_given_deal": "lasts, if there is a deal",
    "escalates": "war",
}


def frame(names: Names, one: Comparison) -> str:
    """What both sides have in common: ``Under “reading”`` or ``In round``."""
    return f"Under “{shared(names, one)}”" if by_rounds(one) else f"In {shared(names, one)}"


def verdict(one: Comparison) -> int:
    """1 if the second side is clearly likelier, -1 if clearly less likely, else 0."""
    found = one.differences.get(one.target)
    if found is None or too_few(one, one.target) or not is_clear(found):
        return 0
    return 1 if found.points > 0 else -1


def verdict_words(one: Comparison) -> str:
    """What becomes of the claim that the second side is likelier."""
    if too_few(one, one.target):
        return "cannot be judged, for want of draws"
    return {1: "holds", -1: "is turned round", 0: "cannot be told apart from chance"}[verdict(one)]


def headline(names: Names, found: Sequence[Comparison]) -> str:
    """Under how many readings, or in how many rounds, the second side is likelier."""
    first, second = sides(names, found[0])
    start = f"“{second} is likelier than {first}: {MEANINGS[found[0].target]}”"
    groups: dict[str, list[Comparison]] = {}
    for one in sorted(found, key=lambda one: (too_few(one, one.target), -verdict(one))):
        groups.setdefault(verdict_words(one), []).append(one)
    parts = [f"{words} {_where(names, some, len(found))}" for words, some in groups.items()]
    return f"{start} {'; it '.join(parts)}."


def _where(names: Names, some: Sequence[Comparison], of: int) -> str:
    under = by_rounds(some[0])
    if len(some) == of and of > 1:
        return f"under every one of the {of} readings" if under else f"in all {of} rounds"
    titles = [f"“{shared(names, one)}”" if under else shared(names, one) for one in some]
    return f"{'under' if under else 'in'} {and_list(titles)}"


def change_sentence(names: Names, one: Comparison) -> str:
    """From what to what, and by how much, beyond Monte Carlo error or not."""
    first, second = sides(names, one)
    found = one.differences.get(one.target)
    if found is None:
        return f"{frame(names, one)}: on one of the two sides it never comes to that."
    if too_few(one, one.target):
        return (
            f"{frame(names, one)}: {percent(found.first.p)} for {first}, "
            f"{percent(found.second.p)} for {second}, but one of these rests on fewer than "
            f"{FEW} draws: no difference can be told."
        )
    change = f"{points(found.points)} points (±{100 * Z * found.se:.1f})"
    doubt = "" if is_clear(found) else ", which is no more than Monte Carlo error"
    return (
        f"{frame(names, one)}: {percent(found.first.p)} for {first}, {percent(found.second.p)} "
        f"for {second}, a difference of {change}{doubt}."
    )


def drivers_sentence(one: Comparison) -> str:
    """Which driver carries how much, largest first; empty where no difference can be told."""
    if not one.shares and one.what.drivers:
        return "It cannot be split: under some mixes of the two they meet too seldom to tell."
    if not one.shares:
        return "The two differ in nothing."
    if too_few(one, one.target):
        return ""
    ranked = sorted(one.shares, key=lambda share: -abs(share.points))
    clear = [share for share in ranked if is_clear(share)]
    if not clear:
        return "No driver carries more than Monte Carlo error."
    listed = and_list(f"{driver_name(s.driver)} {points(s.points)}" for s in clear)
    quiet = [driver_name(s.driver) for s in ranked if s not in clear]
    rest = f"; {and_list(quiet)} nothing beyond Monte Carlo error" if quiet else ""
    return f"Of this, {listed} points{rest}."


def print_comparison(
    console: Console, names: Names, found: Sequence[Comparison], tail: str
) -> None:
    """Print the answer in words, then the table of every probability, then the split."""
    console.print(Text(headline(names, found), style="bold"))
    console.print()
    for one in found:
        console.print(Padding(Text(change_sentence(names, one)), (0, 0, 0, 2)))
        if carried := drivers_sentence(one):
            console.print(Padding(Text(carried, style="dim"), (0, 0, 0, 4)))
    console.print()
    console.print(_table(names, found))
    console.print(_split(names, found))
    console.print(
        "± is 95 % Monte Carlo error; both sides use the same random numbers. The split is by "
        "Shapley value over every subset of drivers and sums to the difference.",
        style="dim",
    )
    console.print(tail, style="dim")


def _table(names: Names, found: Sequence[Comparison]) -> Table:
    first, second = sides(names, found[0])
    table = Table(title="Both sides", title_justify="left", title_style="bold")
    table.add_column("")
    table.add_column("chance")
    for heading in (first, second, "difference"):
        table.add_column(Text(heading), justify="right")
    for one in found:
        for index, (name, d) in enumerate(one.differences.items()):
            table.add_row(
                Text(shared(names, one)) if index == 0 else "",
                TITLES[name],
                percent(d.first.p),
                percent(d.second.p),
                told(one, name),
                end_section=index == len(one.differences) - 1,
            )
    return table


def _split(names: Names, found: Sequence[Comparison]) -> Table:
    drivers = list(dict.fromkeys(share.driver for one in found for share in one.shares))
    title = f"What carries the difference in: {TITLES[found[0].target]} (points)"
    table = Table(title=title, title_justify="left", title_style="bold")
    table.add_column("")
    for driver in drivers:
        table.add_column(driver_name(driver), justify="right")
    for one in found:
        by_driver = {share.driver: share for share in one.shares}
        cells = [_carried(one, by_driver[d]) if d in by_driver else "same" for d in drivers]
        table.add_row(Text(shared(names, one)), *cells)
    return table


def told(one: Comparison, name: str) -> str:
    """A difference with its error, or that it rests on too few draws."""
    found = one.differences[name]
    if too_few(one, name):
        return "too few draws"
    return f"{points(found.points)} ±{100 * Z * found.se:.1f}"


def _carried(one: Comparison, share: DriverShare) -> str:
    if too_few(one, one.target):
        return "–"
    return f"{points(share.points)} ±{100 * Z * share.se:.1f}"


def comparison_object(
    situation: Situation, found: Sequence[Comparison], plan: Plan, *, name: str, version: str
) -> dict[str, Any]:
    """The comparison as one JSON object."""
    return {
        "format": "detente-comparison/1",
        "detente": version,
        "situation": name,
        "sha256": content_hash(situation),
        "set": set_here(found[0].first.values) if found else {},
        "seed": plan.seed,
        "draws": plan.draws,
        "comparisons": [
            {
                "first": {"round": one.first.round, "reading": one.first.reading},
                "second": {"round": one.second.round, "reading": one.second.reading},
                "probabilities": {
                    name: {
                        "first": {"p": d.first.p, "mc_se": d.first.mc_se},
                        "second": {"p": d.second.p, "mc_se": d.second.mc_se},
                        "difference": d.points,
                        "se": d.se,
                    }
                    for name, d in one.differences.items()
                },
                "target": one.target,
                "drivers": [
                    {"driver": s.driver, "points": s.points, "se": s.se} for s in one.shares
                ],
                "differs": {
                    "addresses": {d: list(a) for d, a in one.what.addresses.items()},
                    "incidents": {d: list(i) for d, i in one.what.incidents.items()},
                    "timing": one.what.timing,
                },
            }
            for one in found
        ],
    }
