"""The conditional logit over the points of a scale: masses, likelihood, its slope and curvature.

Compiled loops in a fixed order, so that a fit has the same bits on every machine. A point's score is
features . weights + lean (pull . weights), the weights of the features first. Pulls belong to a case
and not to a point, so that their slope and curvature follow from those of ``lean`` alone.
"""

from __future__ import annotations

import numpy as np

from detente.arrays import Floats, Ints
from detente.kernels import exp, kernel, log

TINY = 1e-300  # what a logarithm is taken of at least


@kernel
def _shares(
    features: Floats, lean: Floats, pull: Floats, weights: Floats, case: int, mass: Floats
) -> None:
    """Fill ``mass`` (point,) with the probabilities of a case."""
    points, size = features.shape[1], features.shape[2]
    tilt = 0.0
    for actor in range(pull.shape[1]):
        tilt += pull[case, actor] * weights[size + actor]
    highest = -np.inf
    for point in range(points):
        score = tilt * lean[case, point]
        for k in range(size):
            score += features[case, point, k] * weights[k]
        mass[point] = score
        highest = max(highest, score)
    total = 0.0
    for point in range(points):
        mass[point] = exp(mass[point] - highest)
        total += mass[point]
    for point in range(points):
        mass[point] /= total


@kernel
def masses(features: Floats, lean: Floats, pull: Floats, weights: Floats) -> Floats:
    """The probability of each point: the exponential of its score, scaled to sum to 1.

    Axes: features (case, point, feature), lean (case, point), pull (case, actor), weights
    (feature + actor,), result (case, point).
    """
    cases, points = lean.shape
    out = np.empty((cases, points))
    for case in range(cases):
        _shares(features, lean, pull, weights, case, out[case])
    return out


@kernel
def _moments(
    features: Floats, lean: Floats, mass: Floats, case: int, mean: Floats, spread: Floats
) -> None:
    """Means of a case's features and of its lean, the last, and of their products, lower half."""
    points, size = features.shape[1], features.shape[2]
    row = np.empty(size + 1)
    mean[:] = 0.0
    spread[:] = 0.0
    for point in range(points):
        for k in range(size):
            row[k] = features[case, point, k]
        row[size] = lean[case, point]
        for k in range(size + 1):
            one = mass[point] * row[k]
            if one != 0.0:
                mean[k] += one
                for j in range(k + 1):
                    spread[k, j] += one * row[j]
    for k in range(size + 1):
        for j in range(k + 1):
            spread[k, j] -= mean[k] * mean[j]


@kernel
def _add(
    slope: Floats, bend: Floats, off: Floats, spread: Floats, pull: Floats, case: int, share: float
) -> None:
    """Add a case's part to slope and curvature; ``off`` is how far its means are from what was."""
    size = len(off) - 1
    for k in range(size):
        slope[k] += off[k] * share
        for j in range(k + 1):
            bend[k, j] += spread[k, j] * share
    for actor in range(pull.shape[1]):
        one = pull[case, actor] * share
        if one != 0.0:
            slope[size + actor] += off[size] * one
            for j in range(size):
                bend[size + actor, j] += spread[size, j] * one
            for other in range(actor + 1):
                bend[size + actor, size + other] += spread[size, size] * one * pull[case, other]


@kernel
def penalised(
    features: Floats, lean: Floats, pull: Floats, outcome: Ints, chosen: Ints, weights: Floats,
    ridge: float,
) -> tuple[float, Floats, Floats]:  # fmt: skip
    """Mean negative log probability of the outcomes plus ridge times the squared weights.

    ``chosen`` are the cases that count. Returns the value, its gradient and its Hessian in the
    weights; of the Hessian the lower half is filled.
    """
    size, every, share = features.shape[2], len(weights), 1.0 / len(chosen)
    value = 0.0
    slope, bend = np.zeros(every), np.zeros((every, every))
    mass, mean = np.empty(lean.shape[1]), np.empty(size + 1)
    spread = np.empty((size + 1, size + 1))
    for case in chosen:
        _shares(features, lean, pull, weights, case, mass)
        at = outcome[case]
        value -= log(max(float(mass[at]), TINY)) * share
        _moments(features, lean, mass, case, mean, spread)
        for k in range(size):
            mean[k] -= features[case, at, k]
        mean[size] -= lean[case, at]
        _add(slope, bend, mean, spread, pull, case, share)
    for k in range(every):
        value += ridge * weights[k] * weights[k]
        slope[k] += 2.0 * ridge * weights[k]
        bend[k, k] += 2.0 * ridge
    return value, slope, bend


@kernel
def newton_step(slope: Floats, bend: Floats) -> Floats:
    """The step against the slope for a positive definite curvature, by Cholesky's factors.

    ``bend`` holds the lower half and is overwritten.
    """
    size = len(slope)
    step = np.empty(size)
    for k in range(size):
        for j in range(k + 1):
            rest = bend[k, j]
            for i in range(j):
                rest -= bend[k, i] * bend[j, i]
            bend[k, j] = np.sqrt(rest) if j == k else rest / bend[j, j]
    for k in range(size):
        rest = -slope[k]
        for i in range(k):
            rest -= bend[k, i] * step[i]
        step[k] = rest / bend[k, k]
    for k in range(size - 1, -1, -1):
        rest = step[k]
        for i in range(k + 1, size):
            rest -= bend[i, k] * step[i]
        step[k] = rest / bend[k, k]
    return step
