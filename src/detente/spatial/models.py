"""The spatial models by name, in a fixed order: what forecasts a point on a scale."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from detente.arrays import Floats, Ints
from detente.spatial.baselines import largest_actor, mean, middle, reference_point, salience_mean
from detente.spatial.challenge import challenge
from detente.spatial.compromise import compromise
from detente.spatial.condorcet import conditional, markov_incentive, markov_uniform
from detente.spatial.exchange import position_exchange
from detente.spatial.nash import nash_failure, nash_reference
from detente.spatial.table import Table
from detente.spatial.weighted_median import median, weighted_median


@dataclass(frozen=True, slots=True)
class Model:
    """A model: from a table with axes (case, actor) to a forecast with axis (case,), 0 to 100.

    ``title`` is its name in tables and figures, ``says`` one sentence, ``source`` who published it.
    ``baseline`` marks what a model has to beat. ``linked`` marks a model whose function also takes
    ``together``, axis (case,): labels of cases that the same actors decide together.
    """

    name: str
    title: str
    function: Callable[..., Floats]
    says: str
    source: str
    baseline: bool = False
    linked: bool = False

    def __call__(self, table: Table, together: Ints | None = None) -> Floats:
        """The forecast for each case. Axis (case,).

        ``together`` is passed on to a linked model and means nothing to the others.
        """
        if self.linked:
            return self.function(table, together=together)
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
        "challenge", "challenge model", challenge,
        "Actors challenge one another for eight rounds; the weighted median of where they end.",
        "Bueno de Mesquita 1994; Scholz, Calbert & Smith 2011",
    ),
    Model(
        "position-exchange", "position exchange", position_exchange,
        "Pairs trade support across issues they weigh differently; then the weighted mean.",
        "Stokman & Van Oosten 1994", linked=True,
    ),
    Model(
        "condorcet-conditional", "Condorcet, conditional", conditional,
        "The mean over positions by the chance that each beats all others at once.",
        "Wise, Lester & Efird 2015",
    ),
    Model(
        "condorcet-uniform", "Condorcet, Markov uniform", markov_uniform,
        "The mean over positions by how long each stands, any other being as likely to challenge.",
        "Wise, Lester & Efird 2015",
    ),
    Model(
        "condorcet-incentive", "Condorcet, Markov incentive", markov_incentive,
        "The same, where those who can win and gain challenge more often.",
        "Wise, Lester & Efird 2015",
    ),
    Model(
        "nash-failure", "Nash, failure costs the scale", nash_failure,
        "Asymmetric Nash bargaining; no agreement is as bad to all as the far end of the scale.",
        "Nash 1950; Harsanyi & Selten 1972",
    ),
    Model(
        "nash-reference", "Nash, over the reference point", nash_reference,
        "Asymmetric Nash bargaining; without agreement the reference point stands.",
        "Nash 1950; Harsanyi & Selten 1972",
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


def warm_models() -> None:
    """Compile or load the kernels of all models."""
    one = np.ones((2, 2))
    table = Table(np.array([[0.0, 100.0], [100.0, 0.0]]), one / 2.0, one, np.zeros(2))
    for model in MODELS.values():
        model(table, np.zeros(2, dtype=np.int64))
