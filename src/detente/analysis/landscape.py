"""Packages by what they bring the first two principals, on average over draws.

All of them, or a sample where there are more than can be laid out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.analysis.package_sample import allowed, mean_gains, sample_packages
from detente.analysis.packages import LikelyPackage
from detente.arrays import Floats, Ints
from detente.bargaining.layout import MOST_ENUMERATED, lay_out_space
from detente.bargaining.space import Space
from detente.ensemble.chunk import space_for
from detente.model.gains import Mood, compile_gains
from detente.model.structure import Structure
from detente.model.table import set_table
from detente.sampling.draws import Draws, Plan
from detente.situation.values import Values

SAMPLE = 400  # draws averaged over
BINS = 36


@dataclass(frozen=True, slots=True)
class Cell:
    """How many packages bring the two principals about this much, in stakes."""

    first: float
    second: float
    width: float
    height: float
    packages: int


@dataclass(frozen=True, slots=True)
class Spot:
    """One package's mean gains; ``share`` of deals it makes up, 0 on the frontier only."""

    first: float
    second: float
    share: float
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Landscape:
    """Packages that the links allow, by the mean gains of the first two principals.

    Attributes:
        principals: their names.
        demands: the mean gain each demands before it signs, in stakes.
        cells: a grid of counts over all allowed packages, or over the sample.
        frontier: packages that no other of those beats for both, by mean gains.
        likely: the packages that deals most often consist of.
        packages: how many packages there are in the grid.
        sampled: whether they are a sample of those that the links allow, the likely ones
            among them.
    """

    principals: tuple[str, str]
    demands: tuple[float, float]
    cells: tuple[Cell, ...]
    frontier: tuple[Spot, ...]
    likely: tuple[Spot, ...]
    packages: int
    sampled: bool = False


def landscape(
    structure: Structure,
    values: Values,
    plan: Plan,
    eve: Mood,
    likely: tuple[LikelyPackage, ...],
) -> Landscape:
    """Mean gains over the first draws of a plan, for packages that the links allow.

    For every one of them in a space that can be laid out, else for a fixed sample.
    ``eve`` is the mood of at least those draws.
    """
    draws = Draws(values, plan, 0, min(SAMPLE, plan.draws))
    mood = Mood(eve.tension[: draws.rows], eve.fear[: draws.rows])
    gains = compile_gains(structure, draws, mood)
    table = set_table(structure, draws, gains, mood)
    space = space_for(structure)
    mean = table.gain[:, :2, :].mean(axis=0)
    bonus = table.bonus[:, :, :2].mean(axis=0)
    certain = np.flatnonzero(table.holds.all(axis=0)).tolist()
    always = sum(1 << int(link) for link in certain) & space.breaking
    sampled = space.packages > MOST_ENUMERATED
    if sampled:
        known = np.array([found.number for found in likely], dtype=np.int64)
        both, numbers = _sample_means(space, mean, bonus, always, known)
    else:
        both, numbers = _package_means(space, mean, bonus, always)
    front = _frontier(both)
    demands = table.demand[:, :2].mean(axis=0)
    return Landscape(
        (structure.parties[0], structure.parties[1]),
        (float(demands[0]), float(demands[1])),
        _grid(both),
        tuple(_spot(structure, numbers[i], both[i], 0.0) for i in front),
        tuple(
            _spot(structure, found.number, both[numbers == found.number][0], found.share)
            for found in likely
            if (numbers == found.number).any()
        ),
        len(both),
        sampled,
    )


def _sample_means(
    space: Space, mean: Floats, bonus: Floats, always: int, likely: Ints
) -> tuple[Floats, Ints]:
    """As ``_package_means``, for a sample and the ``likely`` packages."""
    likely = likely[allowed(space, always, likely)]
    numbers = np.union1d(sample_packages(space, always), likely)
    return mean_gains(space, mean, bonus, numbers), numbers


def _package_means(space: Space, mean: Floats, bonus: Floats, always: int) -> tuple[Floats, Ints]:
    """Mean gains (package, principal) and numbers of packages that break no link in ``always``."""
    layout = lay_out_space(space.rules)
    high = mean[:, layout.high.options].sum(axis=2)
    low = mean[:, layout.low.options].sum(axis=2)
    bits = layout.code[layout.class_of]
    both = high.T[:, None, :] + low.T[None, :, :]
    for index, link in enumerate(space.rules.links):
        if link.form == "with":
            both += ((bits >> index) & 1)[:, :, None] * bonus[index]
    numbers = layout.high.number[:, None] + layout.low.number[None, :]
    kept = ((bits & always) == 0) & (numbers != space.barred)
    return both[kept], numbers[kept]


def _frontier(both: Floats) -> list[int]:
    """Positions of packages that no other beats for both, from the first's worst to best."""
    if not len(both):
        return []
    order = np.lexsort((-both[:, 1], -both[:, 0]))
    best = np.maximum.accumulate(both[order, 1])
    rises = np.concatenate([[True], best[1:] > best[:-1] + 1e-9])
    return [int(i) for i in order[rises][::-1]]


def _grid(both: Floats) -> tuple[Cell, ...]:
    if not len(both):
        return ()
    counts, first, second = np.histogram2d(both[:, 0], both[:, 1], bins=BINS)
    width, height = float(first[1] - first[0]), float(second[1] - second[0])
    return tuple(
        Cell(float(first[i]), float(second[j]), width, height, int(counts[i, j]))
        for i, j in np.argwhere(counts > 0)
    )


def _spot(structure: Structure, number: int, gains: Floats, part: float) -> Spot:
    chosen = np.unravel_index(int(number), structure.sizes)
    places = [start + int(o) for start, o in zip(structure.starts, chosen, strict=True)]
    changes = [structure.options[p].ref for p in places if structure.options[p].status_quo != p]
    return Spot(float(gains[0]), float(gains[1]), part, tuple(changes))
