"""The predictive distribution is fitted: maximum likelihood with a ridge, by Newton's method.

A conditional logit (McFadden 1974) whose alternatives are the points of the scale. The ridge is
chosen by cross-validation within the cases that the fit may see, never with those it is scored on.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.arrays import Floats, Ints
from detente.spatial.focal import Focal, focal
from detente.spatial.focal_kernel import masses, newton_step, penalised
from detente.spatial.scores import crps
from detente.spatial.table import Table

RIDGES = (0.003, 0.01, 0.03)
_STEPS, _HALVINGS = 60, 30
_GAIN = 1e-13  # what another step would gain is nothing any more


@dataclass(frozen=True, slots=True)
class Fit:
    """Weights of the features, then of the pulls, and the ridge they were fitted with."""

    weights: Floats
    ridge: float

    def distributions(self, of: Focal) -> Floats:
        """The probability of each point of the grid. Axes (case, point)."""
        return masses(of.features, of.lean, of.pull, self.weights)


@dataclass(frozen=True, slots=True)
class Held:
    """Distributions of cases by fits that did not see them.

    Attributes:
        mass: axes (case, point).
        fits: the fit of each fold, by fold.
    """

    mass: Floats
    fits: tuple[Fit, ...]


def fit(of: Focal, outcome: Ints, chosen: Ints, ridge: float, start: Floats) -> Floats:
    """The weights that make the outcomes of the ``chosen`` cases likeliest, less the ridge.

    Args:
        of: what the distributions are made of.
        outcome: the point that each case came to. Axis (case,).
        chosen: indices of the cases to learn from, at least one.
        ridge: above 0; the penalty is ridge times the sum of squared weights, against the mean
            log probability of a case.
        start: weights to begin with; what is found does not depend on them but for rounding.
    """
    parts = of.features, of.lean, of.pull, outcome, chosen
    weights = start
    value, slope, bend = penalised(*parts, weights, ridge)
    for _ in range(_STEPS):
        step = newton_step(slope, bend)
        if -(slope * step).sum() < _GAIN:
            return weights + step
        trial = penalised(*parts, weights + step, ridge)
        for _ in range(_HALVINGS):
            if trial[0] <= value:
                break
            step = step / 2.0
            trial = penalised(*parts, weights + step, ridge)
        weights = weights + step
        value, slope, bend = trial
    return weights


def fit_with_ridge_chosen(of: Focal, outcome: Ints, fold: Ints, chosen: Ints) -> Fit:
    """Weights from the ``chosen`` cases, with the ridge whose held-out CRPS is least among them.

    Axes: outcome and fold (case,). Each fold of the chosen cases is forecast by fits to the others;
    of equal ridges the smaller is taken.
    """
    start = np.zeros(of.features.shape[2] + of.pull.shape[1])
    fits = [Fit(fit(of, outcome, chosen, ridge, start), ridge) for ridge in RIDGES]
    inner = sorted(set(fold[chosen].tolist()))
    if len(inner) < 2:
        return fits[-1]
    lost = [0.0] * len(RIDGES)
    for one in inner:
        seen, kept = chosen[fold[chosen] != one], chosen[fold[chosen] == one]
        for i, whole in enumerate(fits):
            part = Fit(fit(of, outcome, seen, whole.ridge, whole.weights), whole.ridge)
            lost[i] += float(crps(part.distributions(of.of(kept)), outcome[kept]).sum())
    return fits[lost.index(min(lost))]


def held_out(of: Focal, outcome: Ints, fold: Ints) -> Held:
    """Each fold's cases as the fit to all other folds sees them. Needs two folds with cases."""
    mass = np.empty(of.lean.shape)
    fits: list[Fit] = []
    for one in sorted(set(fold.tolist())):
        kept = np.flatnonzero(fold == one)
        fits.append(fit_with_ridge_chosen(of, outcome, fold, np.flatnonzero(fold != one)))
        mass[kept] = fits[-1].distributions(of.of(kept))
    return Held(mass, tuple(fits))


def warm_fitting() -> None:
    """Compile the kernels of a fit, or load them, by fitting two cases."""
    position = np.array([[0.0, 100.0], [20.0, 80.0]])
    table = Table(position, np.ones((2, 2)), np.ones((2, 2)), np.array([0.0, np.nan]))
    of = focal(np.array([40.0, 60.0]), table, position[:, :1], pulls=True)
    held_out(of, np.array([0, 80]), np.array([0, 1]))
