"""Positions of actors on scales: what every spatial model takes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.arrays import Bools, Floats

LENGTH = 100.0  # of every scale


@dataclass(frozen=True, slots=True)
class Table:
    """Who stands where, how much it matters to them, and with what power.

    A case is one decision on one scale, or one draw of it. Axes: position, salience and power
    (case, actor), reference (case,). Positions and reference from 0 to 100, NaN where an actor
    takes none or there is no reference point; salience from 0 to 1; power at least 0, on any scale.
    """

    position: Floats
    salience: Floats
    power: Floats
    reference: Floats

    def weight(self) -> Floats:
        """Salience times power, 0 for who takes no position. Axes (case, actor)."""
        return np.where(self.present(), self.salience * self.power, 0.0)

    def say(self) -> Floats:
        """The weight, or 1 for each present actor of a case in which nobody has any.

        Axes (case, actor).
        """
        weight = self.weight()
        weightless = weight.sum(axis=1, keepdims=True) == 0
        return np.where(weightless, self.present(), weight)

    def present(self) -> Bools:
        """Who takes a position. Axes (case, actor)."""
        return ~np.isnan(self.position)


def weighted_mean(position: Floats, weight: Floats) -> Floats:
    """The mean of positions by weight, NaN where there is no weight. Axes (case, actor) to (case,).

    The weight of who takes no position is 0.
    """
    total = weight.sum(axis=1)
    moment = np.where(weight > 0, weight * position, 0.0).sum(axis=1)
    return np.divide(moment, total, out=np.full(len(total), np.nan), where=total > 0)
