"""Plain functions of columns, to be run through the samplers that situations are run through."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from detente.analysis.pick_freeze import Evaluate, Groups, Pages, both_samples, pages_of
from detente.arrays import Floats
from detente.sampling.draws import Draws, Plan
from detente.situation.kinds import WORTH
from detente.situation.quantities import Quantity, Shape, Uniform
from detente.situation.values import STATED, Value, Values

Function = Callable[[Draws], Floats]  # a column, or shape (output, draw)

ISHIGAMI = {name: Uniform(-np.pi, np.pi) for name in ("x.one", "x.two", "x.three")}
# Variances of its parts for a = 7, b = 0.1 (Ishigami & Homma 1990).
_A, _B = 7.0, 0.1
_ONE = (1.0 + _B * np.pi**4 / 5.0) ** 2 / 2.0
_TWO = _A**2 / 8.0
_BOTH = _B**2 * np.pi**8 * (1.0 / 18.0 - 1.0 / 50.0)
_ALL = _ONE + _TWO + _BOTH
ISHIGAMI_FIRST = {"x.one": _ONE / _ALL, "x.two": _TWO / _ALL, "x.three": 0.0}
ISHIGAMI_TOTAL = {
    "x.one": (_ONE + _BOTH) / _ALL,
    "x.two": _TWO / _ALL,
    "x.three": _BOTH / _ALL,
}
ISHIGAMI_SHAPLEY = {
    "x.one": (_ONE + _BOTH / 2.0) / _ALL,
    "x.two": _TWO / _ALL,
    "x.three": _BOTH / 2.0 / _ALL,
}


def ishigami(draws: Draws) -> Floats:
    """The function sin x1 + 7 sin^2 x2 + 0.1 x3^4 sin x1, for x between -pi and pi."""
    one, two, three = (draws.value(name) for name in ISHIGAMI)
    return np.sin(one) + _A * np.sin(two) ** 2 + _B * three**4 * np.sin(one)


def values_of(shapes: Mapping[str, Shape]) -> Values:
    """Values of these distributions; the kind plays no part in drawing them."""
    return {name: Value(WORTH, Quantity(shape, ""), STATED) for name, shape in shapes.items()}


def evaluating(function: Function, shapes: Mapping[str, Shape]) -> Evaluate:
    """``function`` run by a plan, in place of a situation."""
    values = values_of(shapes)

    def evaluate(plan: Plan) -> Floats:
        return np.atleast_2d(function(Draws(values, plan, 0, plan.draws)))

    return evaluate


def plain_pages(
    function: Function, shapes: Mapping[str, Shape], groups: Groups, plan: Plan
) -> Pages:
    """The pick-freeze pages of a plain function."""
    evaluate = evaluating(function, shapes)
    return pages_of(evaluate, plan, groups, *both_samples(evaluate, plan, list(shapes)))
