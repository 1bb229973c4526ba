"""Forecasts on scales as JSON and on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from detente.analysis.spatial import Forecast, Placed, Scatter, Spread, Whole
from detente.figures.naming import percent, tidy
from detente.spatial.calibrated import EU_DECISIONS

NARROW = 0.5  # points: a spread not worth a word
FEW = 3  # scales that get every model on a terminal
TOLD = (
    "compromise", "weighted-median", "challenge", "position-exchange", "condorcet-uniform",
)  # fmt: skip
EVENLY = "options evenly spread in the file\u2019s order: nobody wrote where they stand (at:)"
TOO_NARROW = (
    "How far the decision may fall from there is not told: the positions lie close together, so "
    "their unit may be another one than a scale from 0 to 100."
)
NO_POWER = "*: nobody wrote its power, so a default holds (--power ACTOR=NUMBER)"


@dataclass(frozen=True, slots=True)
class Located:
    """Forecasts of one scenario, or of one table.

    Attributes:
        title: the round and the reading, or the table's title.
        draws: how many cases each scale has.
        scales: what was found on each.
        whole: chances of whole positions, for a table of several scales.
    """

    title: str
    draws: int
    scales: tuple[Placed, ...]
    whole: tuple[Whole, ...] = ()


def located_object(one: Located) -> dict[str, Any]:
    """Everything, unrounded."""
    return {
        "title": one.title,
        "scales": [_scale_object(placed) for placed in one.scales],
        "whole_positions": [asdict(row) for row in one.whole],
    }


def _scale_object(placed: Placed) -> dict[str, Any]:
    scale = placed.scale
    reference = float(scale.table.reference[0])
    return {
        "name": scale.name,
        "title": scale.title,
        "places": [{"at": at, "means": text} for at, text in scale.marks],
        "places_assumed": scale.assumed,
        "reference": None if reference != reference else reference,  # noqa: PLR0124 -- NaN
        "actors": [asdict(standing) for standing in placed.standings],
        "models": [
            {
                "name": forecast.model.name,
                "baseline": forecast.model.baseline,
                "forecast": None if forecast.spread is None else asdict(forecast.spread),
            }
            for forecast in placed.forecasts
        ],
        "scatter": _scatter_object(placed.scatter),
    }


def _scatter_object(found: Scatter | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "around": "compromise", "interval": 0.8, "low": found.low, "median": found.median,
        "high": found.high, "chance_of_each_point": found.mass.tolist(),
        "fitted_to": EU_DECISIONS.source, "caveat": EU_DECISIONS.caveat,
    }  # fmt: skip


def print_located(console: Console, found: Sequence[Located], tail: str) -> None:
    """Who stands where and what the models expect; many scales in one table."""
    for one in found:
        console.print(Text(tidy(one.title), style="bold"))
        if len(one.scales) <= FEW:
            for placed in one.scales:
                _print_scale(console, placed)
        else:
            _print_overview(console, one)
        if one.whole:
            console.print(_whole_table(one.whole))
    console.print(f"\n{tail}", soft_wrap=True, style="dim")


def notes(found: Sequence[Located]) -> list[str]:
    """What holds by default and is nobody's word."""
    placed = [placed for one in found for placed in one.scales]
    evenly = [tidy(p.scale.title) for p in placed if p.scale.assumed and len(p.scale.marks) > 2]
    said = [f"{', '.join(dict.fromkeys(evenly))}: {EVENLY}"] if evenly else []
    if any(standing.power_assumed for p in placed for standing in p.standings):
        said.append(NO_POWER)
    return said


def spread_text(spread: Spread | None) -> str:
    """``62``, with ``55\u201370`` where draws differ."""
    if spread is None:
        return "\u2013"
    wide = spread.high - spread.low >= NARROW
    span = f" ({spread.low:.0f}\u2013{spread.high:.0f})" if wide else ""
    number = f"{spread.mean:.0f}" if span else f"{spread.mean:.1f}"
    part = f" in {percent(spread.share)}" if spread.share < 1.0 else ""
    return number + span + part


def scatter_text(placed: Placed) -> str:
    """The interval in which the decision falls in eight of ten cases like it, and its peaks."""
    found = placed.scatter
    if found is None:
        return TOO_NARROW if not placed.scale.marks else ""
    peaks = ", ".join(f"{at} ({percent(p)})" for at, p in found.likeliest)
    return (
        f"If the decision scatters around the compromise as decisions of the EU do: {found.low} to "
        f"{found.high} in eight of ten cases, median {found.median}; likeliest single points: {peaks}."
    )


def ends_text(placed: Placed) -> str:
    """What the points of the scale mean."""
    return ", ".join(f"{at:.0f} {tidy(text)}" for at, text in placed.scale.marks)


def _print_scale(console: Console, placed: Placed) -> None:
    console.print(Text(f"\n{tidy(placed.scale.title)}", style="bold"))
    if placed.scale.marks:
        console.print(Text(ends_text(placed)))
    console.print(_standing_table(placed))
    console.print(_model_table(placed.forecasts))
    if told := scatter_text(placed):
        console.print(Text(told))


def _standing_table(placed: Placed) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("actor", overflow="fold")
    for heading in ("stands at", "salience", "power", "weight"):
        table.add_column(heading, justify="right")
    for one in placed.standings:
        star = "*" if one.power_assumed else ""
        table.add_row(
            Text(tidy(one.name)), spread_text(one.position), f"{one.salience:.2f}",
            f"{one.power:.4g}{star}", percent(one.weight),
        )  # fmt: skip
    return table


def _model_table(forecasts: Sequence[Forecast]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("model", overflow="fold")
    table.add_column("expects", justify="right")
    for one in forecasts:
        mark = " (to beat)" if one.model.baseline else ""
        table.add_row(one.model.title + mark, spread_text(one.spread))
    return table


def _print_overview(console: Console, one: Located) -> None:
    told = [f for f in one.scales[0].forecasts if f.model.name in TOLD] or list(
        one.scales[0].forecasts[: len(TOLD)]
    )
    table = Table(box=None, pad_edge=False)
    table.add_column("issue", no_wrap=True)
    for forecast in told:
        table.add_column(forecast.model.title, justify="right", overflow="fold")
    names = {forecast.model.name for forecast in told}
    for placed in one.scales:
        cells = [
            Text(spread_text(f.spread), no_wrap=True)
            for f in placed.forecasts
            if f.model.name in names
        ]
        table.add_row(Text(placed.scale.name), *cells)
    console.print(table)
    console.print(
        "Every model and who stands where: --issue NAME, or --out for the page.", style="dim"
    )


def _whole_table(rows: Sequence[Whole]) -> Table:
    table = Table(title="Whole positions, over all scales", title_justify="left", box=None)
    for heading in ("where it stands", "conditional", "uniform", "incentive"):
        table.add_column(heading, justify="left" if heading.startswith("where") else "right")
    for row in rows:
        table.add_row(
            Text(tidy(row.name)), percent(row.conditional), percent(row.uniform),
            percent(row.incentive),
        )  # fmt: skip
    return table
