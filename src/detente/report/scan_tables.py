"""A scan as tables on a terminal and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from detente.analysis.crossing import Crossing
from detente.analysis.scan import Scan, Step, Track
from detente.figures.naming import Names, percent
from detente.figures.scanned import error_of, even_crossings, flips, stated_range
from detente.figures.sides import is_clear, points
from detente.figures.spans import FEW, Z
from detente.report.scanning import sentences, step_words
from detente.sampling.draws import Plan
from detente.situation.dumping import content_hash
from detente.situation.quantities import Quantity
from detente.situation.schema import Situation

NOTHING = "–"
ACROSS = 9  # columns of a table over two addresses on a terminal


def print_scan(console: Console, names: Names, scan: Scan, notes: Sequence[str]) -> None:
    """Print the answer in words, then every step, then ``notes``."""
    for sentence in sentences(names, scan):
        console.print(Padding(Text(sentence), (0, 0, 0, 2)))
    for title, table in _tables(names, scan):
        console.print(Text(f"\n{title}", style="bold"))
        console.print(table)
    console.print(
        "± is 95 % Monte Carlo error; all steps, readings and rounds use the same random numbers. "
        "≈ marks what is no more than that, – a chance whose condition comes true in fewer than "
        f"{FEW} draws. At each step the value is laid over round and reading, as --set would lay it.",
        style="dim",
    )
    for note in notes:
        console.print(Text(note, style="dim"))


def _tables(names: Names, scan: Scan) -> list[tuple[str, Table]]:
    if len(scan.sweeps) == 2:
        across, up = (names.address(sweep.address) for sweep in scan.sweeps)
        what = f"the chance in per cent; across: {across}; down: {up}"
        return [
            (f"{names.scenario(scan.round, track.reading)}: {what}", _plane(scan, track))
            for track in scan.tracks
        ]
    what = names.address(scan.sweeps[0].address)
    found = [(f"The chance over “{what}”", _line(names, scan, chance_cell))]
    if scan.against is not None:
        here, there = names.round(scan.round), names.round(scan.against)
        found.append((f"{here} less {there}, in points", _line(names, scan, difference_cell)))
    return found


def _line(names: Names, scan: Scan, cell: Callable[[Step], str]) -> Table:
    """Steps down, readings across."""
    table = Table(padding=(0, 1))
    table.add_column("at", justify="right", no_wrap=True)
    for track in scan.tracks:
        table.add_column(Text(names.reading(track.reading)), justify="right", overflow="fold")
    for i, value in enumerate(scan.sweeps[0].values):
        table.add_row(step_words(value), *(cell(track.steps[i]) for track in scan.tracks))
    return table


def chance_cell(step: Step) -> str:
    """``65% ±2.1``, or a dash for too few draws."""
    if step.chance is None:
        return NOTHING
    return f"{percent(step.chance.p)} ±{100 * error_of(step):.1f}"


def difference_cell(step: Step) -> str:
    """``+21.9 ±1.8``, with ≈ where it is no more than Monte Carlo error."""
    d = step.difference
    if d is None:
        return NOTHING
    return f"{'' if is_clear(d) else '≈ '}{points(d.points)} ±{100 * Z * d.se:.1f}"


def _plane(scan: Scan, track: Track) -> Table:
    """The first address across, the second up; of many columns only some, evenly spread."""
    first, second = (sweep.values for sweep in scan.sweeps)
    shown = list(range(0, len(first), -(-len(first) // ACROSS)))
    table = Table(padding=(0, 1))
    table.add_column("", justify="right", no_wrap=True)
    for i in shown:
        table.add_column(step_words(first[i]), justify="right", no_wrap=True)
    for j in reversed(range(len(second))):
        cells = (track.steps[i * len(second) + j].chance for i in shown)
        told = (NOTHING if one is None else f"{100 * one.p:.0f}" for one in cells)
        table.add_row(step_words(second[j]), *told)
    if len(shown) < len(first):
        table.caption = f"{len(shown)} of {len(first)} columns"
        table.caption_justify = "left"
    return table


def scan_object(
    situation: Situation, scan: Scan, plan: Plan, patch: Mapping[str, Quantity], *, name: str,
    version: str,
) -> dict[str, Any]:  # fmt: skip
    """The scan as one JSON object. ``patch`` is what the command line laid over every scenario."""
    return {
        "format": "detente-scan/1",
        "detente": version,
        "situation": name,
        "sha256": content_hash(situation),
        "set": {address: quantity.written for address, quantity in patch.items()},
        "seed": plan.seed,
        "draws": plan.draws,
        "round": scan.round,
        "against": scan.against,
        "target": scan.target,
        "over": [{"address": one.address, "values": list(one.values)} for one in scan.sweeps],
        "readings": [_reading(scan, track) for track in scan.tracks],
    }


def _reading(scan: Scan, track: Track) -> dict[str, Any]:
    line = len(scan.sweeps) == 1
    return {
        "reading": track.reading,
        "stated": [
            {"value": quantity.written, "low": low, "high": high}
            for quantity in track.stated
            for low, high in [stated_range(quantity)]
        ],
        "crosses_half": [_crossing(one) for one in even_crossings(scan, track)] if line else [],
        "flips": [_crossing(one) for one in flips(scan, track)] if line else [],
        "steps": [_step(step) for step in track.steps],
    }


def _crossing(one: Crossing) -> dict[str, Any]:
    return {"at": one.at, "low": one.low, "high": one.high, "rising": one.rising}


def _step(step: Step) -> dict[str, Any]:
    chance, d = step.chance, step.difference
    return {
        "at": list(step.cell),
        "p": None if chance is None else chance.p,
        "mc_se": None if chance is None else chance.mc_se,
        "draws": step.draws,
        "difference": None if d is None else d.points,
        "se": None if d is None else d.se,
    }
