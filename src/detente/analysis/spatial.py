"""Where on each scale every spatial model expects the decision, and how far draws differ."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from detente.arrays import Floats
from detente.spatial.calibrated import calibrated
from detente.spatial.compromise import compromise
from detente.spatial.condorcet import (
    chances_incentive,
    chances_of_all,
    chances_uniform,
    coalitions,
    victory,
)
from detente.spatial.models import Model
from detente.spatial.scale import Scale
from detente.spatial.table import Table
from detente.spatial.value import values

LOW, HIGH = 0.05, 0.95
CENTRAL = (0.1, 0.5, 0.9)
LIKELIEST = 3  # single points worth a word
NARROWEST = 50.0  # between the outermost positions, of a scale that nobody marked
BLOCK = 200  # draws a step, so that progress is seen and work can be stopped

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Spread:
    """A number over draws: its mean, its 5, 50 and 95 % quantiles, and the share of draws it has one in."""

    mean: float
    low: float
    median: float
    high: float
    share: float


@dataclass(frozen=True, slots=True)
class Standing:
    """One actor on one scale: where, how much it minds, with what power and share of all weight."""

    name: str
    position: Spread
    salience: float
    power: float
    weight: float
    power_assumed: bool


@dataclass(frozen=True, slots=True)
class Forecast:
    """What one model expects; no spread where it expects nothing in any draw."""

    model: Model
    spread: Spread | None


@dataclass(frozen=True, slots=True)
class Scatter:
    """Where the decision falls if it scatters around the compromise as recorded decisions do.

    Attributes:
        mass: the chance of each point from 0 to 100, mean over draws, shape (101,); sums to 1.
        low, median, high: points below which 10, 50 and 90 % of it lie.
        likeliest: single points with the most, with their chances, the first the greatest.
    """

    mass: Floats
    low: int
    median: int
    high: int
    likeliest: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """One scale: who stands where, what each model expects, and how far off that may be.

    ``scatter`` is None where it cannot be told: see ``scatter_of``.
    """

    scale: Scale
    standings: tuple[Standing, ...]
    forecasts: tuple[Forecast, ...]
    scatter: Scatter | None


@dataclass(frozen=True, slots=True)
class Whole:
    """An actor's place on all scales at once, and its chance in three Condorcet elections."""

    name: str
    conditional: float
    uniform: float
    incentive: float


def placed(
    scales: Sequence[Scale], models: Sequence[Model], progress: Progress | None = None
) -> tuple[Placed, ...]:
    """Forecasts of every model on every scale; the scales share actors and draws.

    Row r of one scale and row r of another are decided together, for models that look across issues.
    """
    rows = len(scales[0].table.position)
    found = np.full((len(models), len(scales), rows), np.nan)
    starts = range(0, rows, BLOCK)
    for index, model in enumerate(models):
        for block, start in enumerate(starts):
            part = _joined(scales, start, min(start + BLOCK, rows))
            points = model(
                part, np.tile(np.arange(len(part.reference) // len(scales)), len(scales))
            )
            found[index, :, start : start + BLOCK] = points.reshape(len(scales), -1)
            if progress is not None:
                progress(index * len(starts) + block + 1, len(models) * len(starts))
    return tuple(
        Placed(
            scale,
            _standings(scale),
            tuple(
                Forecast(model, spread_of(points[index]))
                for model, points in zip(models, found, strict=True)
            ),
            scatter_of(scale),
        )
        for index, scale in enumerate(scales)
    )


def scatter_of(scale: Scale) -> Scatter | None:
    """The calibrated distribution around the compromise, mean over draws in which there is one.

    None where no draw has a compromise, and for a table without marks whose positions lie
    together so closely that its scale is hardly one from 0 to 100.
    """
    table = scale.table
    if not scale.marks and np.nanmax(table.position) - np.nanmin(table.position) < NARROWEST:
        return None
    points = compromise(table)
    total, count = np.zeros(101), 0
    for start in range(0, len(points), BLOCK):
        part = slice(start, start + BLOCK)
        there = ~np.isnan(points[part])
        rows = Table(
            table.position[part][there], table.salience[part][there], table.power[part][there],
            table.reference[part][there],
        )  # fmt: skip
        if there.any():
            total += calibrated(points[part][there], rows).sum(axis=0)
            count += int(there.sum())
    if not count:
        return None
    mass = total / count
    low, median, high = (int(at) for at in np.searchsorted(np.cumsum(mass), CENTRAL))
    order = np.argsort(-mass, kind="stable")[:LIKELIEST]
    return Scatter(mass, low, median, high, tuple((int(at), float(mass[at])) for at in order))


def _joined(scales: Sequence[Scale], start: int, stop: int) -> Table:
    """Rows ``start`` to ``stop`` of all scales, one scale after the other. Axes (case, actor)."""
    tables = [one.table for one in scales]
    return Table(
        np.concatenate([one.position[start:stop] for one in tables]),
        np.concatenate([one.salience[start:stop] for one in tables]),
        np.concatenate([one.power[start:stop] for one in tables]),
        np.concatenate([one.reference[start:stop] for one in tables]),
    )


def whole_positions(scales: Sequence[Scale]) -> tuple[Whole, ...]:
    """Chances of the place each actor takes on all scales at once; the likeliest first.

    Worth falls with distance over all scales (``spatial.value``), weights are powers alone since
    salience is in the worth. Actors that take no position on a scale, or have no power, are no
    candidates. Of tables with one case; nothing where fewer than two candidates stand apart.
    """
    position = np.stack([one.table.position[0] for one in scales], axis=1)
    salience = np.stack([one.table.salience[0] for one in scales], axis=1)
    power = scales[0].table.power[0]
    seated = np.flatnonzero(~np.isnan(position).any(axis=1) & (power > 0.0))
    options, first = np.unique(position[seated], axis=0, return_index=True)
    if len(options) < 2:
        return ()
    strength = coalitions(values(position[seated], salience[seated], options), power[seated])
    wins = victory(strength)
    chances = (chances_of_all(wins), chances_uniform(wins), chances_incentive(strength))
    names = [scales[0].actors[seated[at]] for at in first]
    rows = [
        Whole(name, *(float(one[i]) for one in chances)) for i, name in enumerate(names)
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: -row.uniform))


def spread_of(points: Floats) -> Spread | None:
    """The spread of the numbers that are there; None if none is. Axis (draw,)."""
    there = points[~np.isnan(points)]
    if not there.size:
        return None
    low, median, high = (float(one) for one in np.quantile(there, [LOW, 0.5, HIGH]))
    mean = float(np.clip(there.mean(), there.min(), there.max()))
    return Spread(mean, low, median, high, there.size / points.size)


def _standings(scale: Scale) -> tuple[Standing, ...]:
    """Actors that take a position in some draw, as in the table."""
    weight = scale.table.weight()
    total = weight.sum(axis=1, keepdims=True)
    share = np.divide(weight, total, out=np.zeros_like(weight), where=total > 0.0)
    found: list[Standing] = []
    for index, name in enumerate(scale.actors):
        where = spread_of(scale.table.position[:, index])
        if where is not None:
            found.append(
                Standing(
                    name,
                    where,
                    float(scale.table.salience[:, index].mean()),
                    float(scale.table.power[:, index].mean()),
                    float(share[:, index].mean()),
                    name in scale.without_power,
                )
            )
    return tuple(found)
