"""Distributions that know no model: outcomes of other cases, all of them or those most alike.

Axes: forecast and outcome (case,), mass (case, point). Cases of one group never see one another.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from detente.arrays import Floats, Ints
from detente.kernels import exp_each
from detente.spatial.focal import POINTS

WIDTH = 12.0  # points of the scale: a standard deviation of the weights by nearness


def climatology(outcome: Ints, group: Sequence[str]) -> Floats:
    """The outcomes of the cases of other groups, each alike."""
    return _weighed(outcome, np.ones((len(outcome), len(outcome))), group)


def analogues(forecast: Floats, outcome: Ints, group: Sequence[str]) -> Floats:
    """The outcomes of the cases of other groups, by nearness of their forecasts (a normal kernel)."""
    apart = (forecast[:, None] - forecast) / WIDTH
    return _weighed(outcome, exp_each(-0.5 * apart * apart), group)


def _weighed(outcome: Ints, weight: Floats, group: Sequence[str]) -> Floats:
    names = np.array(group)
    weight = np.where(names[:, None] == names, 0.0, weight)
    mass = np.zeros((len(outcome), POINTS))
    for case, point in enumerate(outcome.tolist()):
        mass[:, point] += weight[:, case]
    return mass / mass.sum(axis=1, keepdims=True)
