"""First-order and total effects of groups from the pages of a pick-freeze design.

With x the inputs, l the chance in a draw, y = f(x, l) and p(x) = E[y | x]:

    first(g) = Var E[y | x_g]                     what g does by itself
    total(g) = E Var[p | all inputs but g]        that, and what g does with others

as shares of Var p, the variance of y that is not due to chance alone. The estimators are
those of Saltelli et al. (2010) and Jansen (1999), as in ``scipy.stats.sobol_indices``, with
products taken between different draws of chance, so that chance adds noise and no bias. For
a function without chance they are the same to the last digits. Nothing is cut off at 0: an
estimate below it says that the true one is small.

``of_draws`` takes chance as one more kind of input: shares of Var y.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from detente.analysis.pick_freeze import Pages
from detente.analysis.resampling import Resampling, Share, shares
from detente.arrays import Floats


@dataclass(frozen=True, slots=True)
class Effect:
    """What one group does by itself, and in all, as shares of the same variance."""

    first: Share
    total: Share


@dataclass(frozen=True, slots=True)
class Products:
    """Columns whose means are variances; rows are points.

    Attributes:
        groups: names.
        whole: shape (output, point), of the variance that is split.
        draws: shape (output, point), of the variance of y.
        first, total: shape (group, output, point).
    """

    groups: tuple[str, ...]
    whole: Floats
    draws: Floats
    first: Floats
    total: Floats


def of_chances(pages: Pages) -> Products:
    """What the inputs do to the chance of something: variance of p."""
    a, b, groups = _centred(pages)
    whole = (_between(a) + _between(b)) / 2.0
    return _products(pages, a, b, groups, whole, [_between(a - page) / 2.0 for page in groups])


def of_draws(pages: Pages) -> Products:
    """What decides a single draw, chance included: variance of y."""
    a, b, groups = _centred(pages)
    total = [((a - page) ** 2).mean(axis=-1) / 2.0 for page in groups]
    first = [(b * (page - a)).mean(axis=-1) for page in groups]
    whole = _squares(a, b)
    return Products(
        tuple(pages.groups), whole, whole, _stacked(first, whole), _stacked(total, whole)
    )


def _products(
    pages: Pages, a: Floats, b: Floats, groups: Sequence[Floats], whole: Floats,
    total: Sequence[Floats],
) -> Products:  # fmt: skip
    # b shares no chance with the other pages, so every pair of their draws will do
    first = [b.mean(axis=-1) * (page - a).mean(axis=-1) for page in groups]
    return Products(
        tuple(pages.groups), whole, _squares(a, b), _stacked(first, whole), _stacked(total, whole)
    )


def _centred(pages: Pages) -> tuple[Floats, Floats, list[Floats]]:
    """Every page less the mean of samples a and b (Sobol' & Levitan 1999)."""
    mean = (pages.a.mean(axis=(1, 2)) + pages.b.mean(axis=(1, 2)))[:, None, None] / 2.0
    return pages.a - mean, pages.b - mean, [page - mean for page in pages.groups.values()]


def _between(x: Floats) -> Floats:
    """Mean product of two different draws of chance at each point, or the square of the one."""
    lucks = x.shape[-1]
    squares = (x * x).sum(axis=-1)
    if lucks == 1:
        return squares
    return (x.sum(axis=-1) ** 2 - squares) / (lucks * (lucks - 1))


def _squares(a: Floats, b: Floats) -> Floats:
    return ((a * a).mean(axis=-1) + (b * b).mean(axis=-1)) / 2.0


def _stacked(columns: Sequence[Floats], like: Floats) -> Floats:
    return np.stack(columns) if columns else np.zeros((0, *like.shape))


def averaged(weights: Sequence[float], found: Sequence[Products]) -> Products:
    """The mean of variances within readings, by their weights. Groups and rows are the same."""

    def mean(columns: Sequence[Floats]) -> Floats:
        total = np.zeros_like(columns[0])
        for weight, column in zip(weights, columns, strict=True):
            total += weight * column
        return total

    return Products(
        found[0].groups,
        mean([one.whole for one in found]),
        mean([one.draws for one in found]),
        mean([one.first for one in found]),
        mean([one.total for one in found]),
    )


def effects(
    products: Products, outputs: Sequence[str], resampling: Resampling
) -> dict[str, dict[str, Effect]]:
    """Effects of every group by output; ``outputs`` names these in order."""
    found = shares(np.concatenate([products.first, products.total]), products.whole, resampling)
    count = len(products.groups)
    pairs = zip(products.groups, found[:count], found[count:], strict=True)
    by_group = {name: (first, total) for name, first, total in pairs}
    return {
        output: {name: Effect(first[i], total[i]) for name, (first, total) in by_group.items()}
        for i, output in enumerate(outputs)
    }


def share_of_inputs(
    products: Products, outputs: Sequence[str], resampling: Resampling
) -> dict[str, Share]:
    """By output, the share of the variance of y that is not due to chance alone."""
    (found,) = shares(products.whole[None], products.draws, resampling)
    return dict(zip(outputs, found, strict=True))
