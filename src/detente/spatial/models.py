"""The spatial models by name, in a fixed order: what forecasts a point on a scale."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from detente.arrays import Floats
from detente.spatial.baselines import largest_actor, mean, middle, reference_point, salience_mean
from detente.spatial.compromise import compromise
from detente.spatial.table import Table
from detente.spatial.weighted_median import median, weighted_median


@dataclass(frozen=True, slots=True)
class Model:
    """A model: from a table with axes (case, actor) to a forecast with axis (case,), 0 to 100.

    ``title`` is its name in tables and figures, ``says`` one sentence, ``source`` who published it.
    ``baseline`` marks what a model has to beat.
    """

    name: str
    title: str
    function: Callable[[Table], Floats]
    says: str
    source: str
    baseline: bool = False

    def __call__(self, table: Table) -> Floats:
        """The forecast for each case. Axis (case,)."""
        return self.function(table)


_ALL = (
    Model(
        "compromise", "compromise", compromise,
        "The mean of positions, weighted by salience times power.",
        "Van den Bos 1991; Achen 2006",
    ),
    Model(
        "weighted-median", "weighted median", weighted_median,
        "The position with at most half of the weight, salience times power, on either side.",
        "Black 1958",
    ),
    Model(
        "mean", "mean of positions", mean,
        "The mean of positions, every actor counting once.", "baseline", baseline=True,
    ),
    Model(
        "median", "median of positions", median,
        "The median of positions, every actor counting once.", "baseline", baseline=True,
    ),
    Model(
        "salience-mean", "mean by salience", salience_mean,
        "The mean of positions, weighted by salience alone.", "baseline", baseline=True,
    ),
    Model(
        "reference-point", "reference point", reference_point,
        "What holds if nothing is decided.", "baseline", baseline=True,
    ),
    Model(
        "largest-actor", "most powerful actor", largest_actor,
        "The position of the most powerful actor, or the mean of several as powerful.",
        "baseline", baseline=True,
    ),
    Model(
        "middle", "middle of the scale", middle,
        "The middle of the scale, 50, whoever stands where.", "baseline", baseline=True,
    ),
)  # fmt: skip

MODELS: dict[str, Model] = {model.name: model for model in _ALL}
