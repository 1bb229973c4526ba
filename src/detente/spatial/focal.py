"""What makes a point of the scale a likely outcome: the features of the predictive distribution.

Decisions fall on focal points (Schelling 1960): positions that somebody takes, what holds without
a decision, round numbers; and the nearer to where a model expects them, the likelier. An actor may
draw outcomes to its side more than its weight in the model says, or less.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.arrays import Bools, Floats, Ints
from detente.spatial.table import Table

POINTS = 101  # the grid: 0, 1, ..., 100
TOP = POINTS - 1
UNIT = 25.0  # points of the scale in which distance counts
BLUNT = 0.1  # units: below this, distance hardly tells; keeps the log mass smooth at the forecast
RESTRAINT = 0.1  # pulls are scaled by it, which makes their ridge a hundred times that of features

SAYS: dict[str, str] = {
    "ten": "a multiple of ten",
    "five": "a multiple of five",
    "middle": "the middle of the scale",
    "end": "an end of the scale",
    "position": "a position that an actor takes",
    "reference": "what holds if nothing is decided",
    "setter": "the position of an agenda setter, each that stands there",
    "within": "between the outermost positions",
    "distance": "distance from the forecast, each 25 points",
}
FEATURES = tuple(SAYS)


@dataclass(frozen=True, slots=True)
class Focal:
    """What the distribution of each case is made of.

    Attributes:
        features: of each point, in the order of FEATURES. Axes (case, point, feature).
        lean: signed distance from the forecast, in units of 25 points. Axes (case, point).
        pull: where each actor stands from the forecast, times salience and RESTRAINT; 0 for who
            takes no position. Axes (case, actor); no actors where pulls are not asked for.
    """

    features: Floats
    lean: Floats
    pull: Floats

    def of(self, cases: Ints) -> Focal:
        """Some of the cases."""
        return Focal(self.features[cases], self.lean[cases], self.pull[cases])


def focal(forecast: Floats, table: Table, setters: Floats, *, pulls: bool = False) -> Focal:
    """What the distributions around these forecasts are made of.

    Args:
        forecast: a model's point forecasts, 0 to 100. Axis (case,).
        table: the positions they are of.
        setters: positions of those who propose or must consent to the text, as the Commission and
            the Parliament in the European Union; NaN where one takes none. Axes (case, setter);
            no setters where none are known.
        pulls: whether every actor may draw outcomes to its side. Only where the actors of a column
            are the same in all cases.
    """
    grid = np.arange(POINTS, dtype=np.float64)
    lean = (grid - forecast[:, None]) / UNIT
    found = np.zeros((len(forecast), POINTS, len(FEATURES)))
    found[:, ::10, 0] = 1.0
    found[:, ::5, 1] = 1.0
    found[:, TOP // 2, 2] = 1.0
    found[:, [0, TOP], 3] = 1.0
    found[:, :, 4] = standing(table.position) > 0
    found[:, :, 5] = standing(table.reference[:, None])
    found[:, :, 6] = standing(setters)
    found[:, :, 7] = _within(table.position, grid)
    found[:, :, 8] = np.sqrt(lean * lean + BLUNT * BLUNT)
    pull = _pull(forecast, table) if pulls else np.zeros((len(forecast), 0))
    return Focal(found, lean, pull)


def on_grid(value: Floats) -> Ints:
    """The nearest point of the grid, halves to the even one. Any shape; no NaN."""
    return np.rint(value).astype(np.int64)


def standing(position: Floats) -> Floats:
    """How many stand at each point, from axes (case, actor). Axes (case, point)."""
    case, actor = np.nonzero(~np.isnan(position))
    place = case * POINTS + on_grid(position[case, actor])
    counts = np.bincount(place, minlength=len(position) * POINTS)
    return counts.reshape(len(position), POINTS).astype(np.float64)


def _within(position: Floats, grid: Floats) -> Bools:
    """Whether a point lies between the outermost positions. Axes (case, point)."""
    low = np.where(np.isnan(position), np.inf, position).min(axis=1)
    high = np.where(np.isnan(position), -np.inf, position).max(axis=1)
    return (grid >= low[:, None]) & (grid <= high[:, None])


def _pull(forecast: Floats, table: Table) -> Floats:
    apart = (table.position - forecast[:, None]) / UNIT * table.salience * RESTRAINT
    return np.where(table.present(), apart, 0.0)
