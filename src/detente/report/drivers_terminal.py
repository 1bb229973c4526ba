"""What drives an answer, on a terminal: sentences, then a table a grouping."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from detente.analysis.driver_scopes import DRAW, TOGETHER
from detente.analysis.groupings import REST
from detente.figures.group_names import letter, part_title
from detente.figures.naming import and_list
from detente.figures.ranks import players_of, ranked
from detente.figures.shares import share_cell
from detente.report.drivers import Telling, sentences

SHOWN = 8


def print_drivers(console: Console, tell: Telling, tail: str) -> None:
    """Print the answer in words, then every grouping over readings."""
    for sentence in sentences(tell):
        console.print(Padding(Text(sentence), (0, 0, 0, 2)))
    console.print()
    for part in tell.found.members:
        if part == DRAW or not tell.found.over.faint(tell.found.target):
            _print_part(console, tell, part)
    _print_together(console, tell)
    console.print(
        "In all: what a group has a part in, with others too; such shares overlap. Alone: what it "
        "does by itself. Behind each its 95 % interval (bootstrap). Shares are of what the "
        "uncertain values move, within a reading; of a single draw, and with readings and "
        "chance, they are of everything that varies.",
        style="dim",
    )
    console.print(Text(tail, style="dim"))


def _print_part(console: Console, tell: Telling, part: str) -> None:
    effects = tell.found.over.effects[part].get(tell.found.target)
    if not effects:
        return
    table = _table(part_title(part, several=False), "in all", "alone")
    names = ranked(effects)
    clear = [n for n in names if n == REST or not effects[n].total.blurred]
    for place, name in enumerate(names):
        if name in clear[:SHOWN] or name == REST:
            one = effects[name]
            count = len(tell.found.members[part][name])
            told = f"{tell.group(part, name)}" + (f" ({count})" if count > 1 else "")
            table.add_row(letter(place), Text(told), share_cell(one.total), share_cell(one.first))
    more = len([n for n in clear[SHOWN:] if n != REST])
    nothing = len(names) - len(clear)
    rest = [f"{more} more that do less"] if more else []
    rest += [f"{nothing} that cannot be told from nothing"] if nothing else []
    _print_table(console, table, rest)


def _print_together(console: Console, tell: Telling) -> None:
    shapley = tell.found.together.get(tell.found.target)
    if shapley is None:
        return
    title = part_title(TOGETHER, several=len(tell.found.readings) > 1)
    table = _table(title, "of all that varies", "without chance")
    for place, name in enumerate(players_of(shapley)):
        known = shapley.known.get(name)
        faint = shapley.inputs.low <= shapley.inputs.value / 2.0
        table.add_row(
            letter(place), Text(tell.group(TOGETHER, name)), share_cell(shapley.parts[name]),
            "–" if known is None or faint else share_cell(known),
        )  # fmt: skip
    _print_table(console, table, [])


def _table(title: str, one: str, other: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold")
    table.add_column("")
    table.add_column("", ratio=1)
    table.add_column(one, justify="right", no_wrap=True)
    table.add_column(other, justify="right", no_wrap=True)
    return table


def _print_table(console: Console, table: Table, rest: list[str]) -> None:
    table.caption = f"and {and_list(rest)}" if rest else None
    table.caption_justify = "left"
    console.print(table)
