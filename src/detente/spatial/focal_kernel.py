"""The conditional logit over the points of a scale: masses, likelihood, its slope and curvature.

Compiled loops in a fixed order, so that a fit has the same bits on every machine. A point's score is
features . weights + lean (pull . weights), the weights of the features first. Pulls belong to a case
and not to a point, so that their slope and curvature follow from those of ``lean`` alone.
"""

from __future__ import annotations

import numpy as np

from detente.arrays import Floats, Ints
from detente.kernels import exp, kernel, log


@kernel
def masses(features: Floats, lean: Floats, pull: Floats, weights: Floats) -> Floats:
    """The probability of each point: the exponential of its score, scaled to sum to 1.

    Axes: features (case, point, feature), lean (case, point), pull (case, actor), weights
    (feature + actor,), result (case, point).
    """
    cases, points, size = features.shape
    out = np.empty((cases, points))
    for case in range(cases):
        tilt = 0.0
        for actor in range(pull.shape[1]):
            tilt += pull[case, actor] * weights[size + actor]
        highest = -np.inf
        for point in range(points):
            score = tilt * lean[case, point]
            for k in range(size):
                score += features[case, point, k] * weights[k]
            out[case, point] = score
            highest = max(highest, score)
        total = 0.0
        for point in range(points):
            out[case, point] = exp(out[case, point] - highest)
            total += out[case, point]
        for point in range(points):
            out[case, point] /= total
    return out


@kernel
def penalised(
    features: Floats, lean: Floats, pull: Floats, outcome: Ints, chosen: Ints, weights: Floats,
    ridge: float,
) -> tuple[float, Floats, Floats]:  # fmt: skip
    """Mean negative log probability of the outcomes plus ridge times the squared weights.

    ``chosen`` are the cases that count. Returns the value, its gradient and its Hessian in the
    weights; of the Hessian the lower half is filled.
    """
    points, size, actors = features.shape[1], features.shape[2], pull.shape[1]
    value = 0.0
    slope = np.zeros(size + actors)
    bend = np.zeros((size + actors, size + actors))
    mass, row = np.empty(points), np.empty(size + 1)
    mean, spread = np.empty(size + 1), np.empty((size + 1, size + 1))
    count = len(chosen)
    for case in chosen:
        tilt = 0.0
        for actor in range(actors):
            tilt += pull[case, actor] * weights[size + actor]
        highest = -np.inf
        for point in range(points):
            score = tilt * lean[case, point]
            for k in range(size):
                score += features[case, point, k] * weights[k]
            mass[point] = score
            highest = max(highest, score)
        at = outcome[case]
        value -= (mass[at] - highest) / count
        total = 0.0
        for point in range(points):
            mass[point] = exp(mass[point] - highest)
            total += mass[point]
        value += log(total) / count
        mean[:] = 0.0
        spread[:] = 0.0
        for point in range(points):
            for k in range(size):
                row[k] = features[case, point, k]
            row[size] = lean[case, point]
            share = mass[point] / total
            for k in range(size + 1):
                one = share * row[k]
                if one != 0.0:
                    mean[k] += one
                    for j in range(k + 1):
                        spread[k, j] += one * row[j]
        for k in range(size):
            slope[k] += (mean[k] - features[case, at, k]) / count
            for j in range(k + 1):
                bend[k, j] += (spread[k, j] - mean[k] * mean[j]) / count
        off = mean[size] - lean[case, at]
        wide = spread[size, size] - mean[size] * mean[size]
        for actor in range(actors):
            one = pull[case, actor] / count
            if one != 0.0:
                slope[size + actor] += off * one
                for j in range(size):
                    bend[size + actor, j] += (spread[size, j] - mean[size] * mean[j]) * one
                for other in range(actor + 1):
                    bend[size + actor, size + other] += wide * one * pull[case, other]
    for k in range(size + actors):
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
