"""A comparison in sentences, each computed from its numbers, as tables, and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from detente.analysis.compare import Comparison, Difference, DriverShare
from detente.analysis.driving import DRIVER_WORDS
from detente.analysis.probabilities import MEANINGS
from detente.figures.naming import Names, and_list, percent
from detente.sampling.draws import Plan

Z = 1.96
TITLES = {
    "held": "held",
    "deal": "deal",
    "tangible_given_held": "tangible, if they meet",
    "tangible": "tangible",
    "lasts_given_deal": "lasts, if there is a deal",
    "escalates": "war",
}


def sides(names: Names, one: Comparison) -> tuple[str, str]:
    """What the two sides are called: rounds, or readings where the round is the same."""
    if one.first.round != one.second.round:
        return names.round(one.first.round), names.round(one.second.round)
    return names.reading(one.first.reading), names.reading(one.second.reading)


def frame(names: Names, one: Comparison) -> str:
    """What both sides have in common: ``Under “reading”`` or ``In round``."""
    if one.first.round != one.second.round:
        return f"Under “{names.reading(one.first.reading)}”"
    return f"In {names.round(one.first.round)}"


def driver_name(driver: str) -> str:
    """A driver in words."""
    return DRIVER_WORDS.get(driver, driver.replace("-", " "))


def points(value: float) -> str:
    """A difference in points of probability, signed."""
    return f"{100 * value:+.1f}".replace("-", "−")


def is_clear(difference: Difference | DriverShare) -> bool:
    """Whether a difference is more than Monte Carlo error."""
    return difference.points != 0.0 and abs(difference.points) > Z * difference.se


def verdict(one: Comparison) -> int:
    """1 if the second side is clearly likelier, -1 if clearly less likely, else 0."""
    found = one.differences.get(one.target)
    if found is None or not is_clear(found):
        return 0
    return 1 if found.points > 0 else -1


def headline(names: Names, found: Sequence[Comparison]) -> str:
    """Under how many readings, or in how many rounds, the second side is likelier."""
    first, second = sides(names, found[0])
    what = MEANINGS[found[0].target]
    holds = [one for one in found if verdict(one) > 0]
    fails = [one for one in found if verdict(one) < 0]
    start = f"“{second} is likelier than {first}: {what}”"
    if len(found) == 1:
        ends = {
            1: "holds",
            -1: "does not hold: it is less likely",
            0: "cannot be told apart from chance",
        }
        return f"{start} {ends[verdict(found[0])]} ({frame(names, found[0]).lower()})."
    parts = [f"holds {_where(names, holds, len(found))}"] if holds else []
    if fails:
        parts.append(f"is turned round {_where(names, fails, len(found))}")
    still = len(found) - len(holds) - len(fails)
    if still:
        rest = [one for one in found if verdict(one) == 0]
        parts.append(f"cannot be told apart from chance {_where(names, rest, len(found))}")
    return f"{start} {and_list(parts)}."


def _where(names: Names, some: Sequence[Comparison], of: int) -> str:
    by_rounds = some[0].first.round != some[0].second.round
    what = "reading" if by_rounds else "round"
    if len(some) == of:
        return f"under every one of the {of} {what}s" if by_rounds else f"in all {of} {what}s"
    titles = [
        f"“{names.reading(one.first.reading)}”" if by_rounds else names.round(one.first.round)
        for one in some
    ]
    return f"{'under' if by_rounds else 'in'} {and_list(titles)}"


def change_sentence(names: Names, one: Comparison) -> str:
    """From what to what, and by how much, beyond Monte Carlo error or not."""
    first, second = sides(names, one)
    found = one.differences.get(one.target)
    if found is None:
        return f"{frame(names, one)}: they never meet on one of the two sides."
    change = f"{points(found.points)} points (±{100 * Z * found.se:.1f})"
    doubt = "" if is_clear(found) else ", which is no more than Monte Carlo error"
    return (
        f"{frame(names, one)}: {percent(found.first.p)} for {first}, {percent(found.second.p)} "
        f"for {second}, a difference of {change}{doubt}."
    )


def drivers_sentence(one: Comparison) -> str:
    """Which driver carries how much, largest first."""
    if not one.shares:
        return "The two differ in nothing."
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
        console.print(Padding(Text(drivers_sentence(one), style="dim"), (0, 0, 0, 4)))
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
                Text(_other(names, one)) if index == 0 else "",
                TITLES[name],
                percent(d.first.p),
                percent(d.second.p),
                f"{points(d.points)} ±{100 * Z * d.se:.1f}",
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
        cells = [
            f"{points(by_driver[d].points)} ±{100 * Z * by_driver[d].se:.1f}"
            if d in by_driver
            else "same"
            for d in drivers
        ]
        table.add_row(Text(_other(names, one)), *cells)
    return table


def _other(names: Names, one: Comparison) -> str:
    """What the two sides share: the reading, or the round."""
    if one.first.round != one.second.round:
        return names.reading(one.first.reading)
    return names.round(one.first.round)


def comparison_object(
    found: Sequence[Comparison], plan: Plan, name: str, version: str
) -> dict[str, Any]:
    """The comparison as one JSON object."""
    return {
        "format": "detente-comparison/1",
        "detente": version,
        "situation": name,
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
