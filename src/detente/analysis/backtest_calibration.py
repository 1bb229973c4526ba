"""Whether distributions can be taken at their word: PIT, coverage, reliability, focal points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from detente.analysis.backtest import Backtest, Tested
from detente.analysis.grouped import Measured, groups
from detente.arrays import Bools, Floats, Ints
from detente.interchange.deu_record import Decisions
from detente.spatial.focal import POINTS, TOP, on_grid, standing
from detente.spatial.scores import central, pit_shares

BINS = 10  # of the PIT
LEVELS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
RELIABLE_BINS = 8
MIDDLE = TOP // 2


@dataclass(frozen=True, slots=True)
class Compared:
    """What was foretold and what came, over some issues: a share each, and how many issues."""

    foretold: float
    came: Measured
    issues: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """How a forecaster's distributions compare with what came.

    Attributes:
        pit: share of outcomes in each tenth of their distributions; a tenth each is right.
        coverage: of central intervals by the PIT, by what they promise.
        reliability: of the chance that the outcome lies above the middle, by rising chance.
        kinds: by kind of point, the mass there and how often the outcome was one.
    """

    pit: tuple[Measured, ...]
    coverage: Mapping[float, Measured]
    reliability: tuple[Compared, ...]
    kinds: Mapping[str, Compared]


def calibration(found: Backtest, of: Tested) -> Calibration:
    """Compare one forecaster's distributions with the outcomes of its issues."""
    here = found.decisions.of(of.cases)
    outcome = on_grid(here.outcome)
    drawn = groups(here.proposal, found.seed, found.replicates)
    shares = pit_shares(of.mass, outcome, BINS)
    return Calibration(
        tuple(drawn.mean(shares[:, one]) for one in range(BINS)),
        {level: drawn.mean(central(of.mass, outcome, level)) for level in LEVELS},
        _reliability(found, here, of.mass, outcome),
        {
            name: compared
            for name, points in kinds(here).items()
            if (compared := _compared(found, here, of.mass, outcome, points)) is not None
        },
    )


def kinds(decisions: Decisions) -> dict[str, Bools]:
    """Kinds of points, which overlap, by name; none where an issue has no such. Axes (case, point)."""
    table = decisions.table
    commission, parliament = (decisions.setters()[:, [column]] for column in (0, 1))
    position = standing(table.position) > 0
    points = np.arange(POINTS)
    ten = np.broadcast_to(points % 10 == 0, position.shape)
    reference = standing(table.reference[:, None]) > 0
    focal = position | reference
    return {
        "0": np.broadcast_to(points == 0, position.shape),
        "100": np.broadcast_to(points == TOP, position.shape),
        "the reference point": reference,
        "a position that somebody takes": position,
        "the Commission\u2019s position": standing(commission) > 0,
        "the Parliament\u2019s position": standing(parliament) > 0,
        "another multiple of ten": ten & ~focal,
        "any other point": ~ten & ~focal,
    }


def _compared(
    found: Backtest, here: Decisions, mass: Floats, outcome: Ints, points: Bools
) -> Compared | None:
    """Over the issues that have such a point; None where hardly any has."""
    cases = np.flatnonzero(points.any(axis=1))
    names = [here.proposal[case] for case in cases.tolist()]
    if len(set(names)) < 2:
        return None
    came = points[np.arange(len(outcome)), outcome][cases].astype(np.float64)
    foretold = np.where(points, mass, 0.0).sum(axis=1)[cases]
    drawn = groups(names, found.seed, found.replicates)
    return Compared(float(foretold.mean()), drawn.mean(came), len(names))


def _reliability(
    found: Backtest, here: Decisions, mass: Floats, outcome: Ints
) -> tuple[Compared, ...]:
    chance = mass[:, MIDDLE + 1 :].sum(axis=1)
    order = np.argsort(chance, kind="stable").astype(np.int64)
    edges = np.linspace(0, len(order), RELIABLE_BINS + 1).astype(np.int64).tolist()
    return tuple(
        _one_bin(found, here, chance, outcome, order[start:stop].tolist())
        for start, stop in pairwise(edges)
        if start < stop
    )


def _one_bin(
    found: Backtest, here: Decisions, chance: Floats, outcome: Ints, rows: list[int]
) -> Compared:
    came = np.where(outcome[rows] > MIDDLE, 1.0, 0.0)
    drawn = groups([here.proposal[row] for row in rows], found.seed, found.replicates)
    return Compared(float(chance[rows].mean()), drawn.mean(came), len(rows))
