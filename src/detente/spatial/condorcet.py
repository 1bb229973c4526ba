"""The probabilistic Condorcet election: every option against every other, won by chance.

Wise, Lester & Efird (2015). A coalition for one option against another is as strong as its members'
weights times what they would gain; it wins with the chance of its share of both strengths.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from detente.arrays import Floats
from detente.kernels import kernel
from detente.spatial.ordering import ranked
from detente.spatial.table import LENGTH, Table


def conditional(table: Table) -> Floats:
    """The mean over options, by their chance of beating all others at once. Axis (case,).

    The options are the positions of actors with a say, each position once.
    """
    return _forecast(table, lambda strength: chances_of_all(victory(strength)))


def markov_uniform(table: Table) -> Floats:
    """The mean over options, by how long each stands when any other is as likely to challenge it."""
    return _forecast(table, lambda strength: chances_uniform(victory(strength)))


def markov_incentive(table: Table) -> Floats:
    """The mean over options, by how long each stands when those who can win and gain challenge more."""
    return _forecast(table, chances_incentive)


def coalitions(worth: Floats, weight: Floats) -> Floats:
    """Strength of those who prefer a to b. Axes: worth (actor, option), weight (actor,), result (a, b)."""
    return _coalitions(np.ascontiguousarray(worth, dtype=np.float64), weight)


def victory(strength: Floats, law: int = 1) -> Floats:
    """The chance that a beats b, one half where nobody cares. Axes (a, b).

    ``law`` 1 takes strengths as they are, 2 their squares: then the stronger side wins oftener.
    """
    strength = np.multiply.reduce([strength] * law)
    both = strength + strength.T
    return np.divide(strength, both, out=np.full_like(strength, 0.5), where=both > 0.0)


def chances_of_all(wins: Floats) -> Floats:
    """Chances in proportion to that of beating every other option. Axes (a, b) to (option,)."""
    others = np.where(np.eye(len(wins), dtype=bool), 1.0, wins)
    alone = np.multiply.reduce(others, axis=1)
    total = alone.sum()
    return alone / total if total > 0.0 else np.full(len(wins), 1.0 / len(wins))


def chances_uniform(wins: Floats) -> Floats:
    """The share of time an option stands: each other one challenges with chance 1 / options."""
    return standing(wins / len(wins))


def chances_incentive(strength: Floats, law: int = 1) -> Floats:
    """The share of time an option stands: a challenges b in proportion to its strength times chance."""
    wins = victory(strength, law)
    drawn = strength * wins
    np.fill_diagonal(drawn, 0.0)
    total = drawn.sum(axis=0)
    asked = np.divide(drawn, total, out=np.zeros_like(drawn), where=total > 0.0)
    return standing(asked * wins)


def standing(moves: Floats) -> Floats:
    """The stationary shares of a chain that goes from b to a with chance ``moves`` (a, b).

    The diagonal does not matter. Without subtraction, so that small shares are as exact as large
    ones (Grassmann, Taksar & Heyman 1985). A chain that falls apart is shared out from its last
    option upwards: options that nothing leads to get 0.
    """
    return _standing(np.ascontiguousarray(moves.T, dtype=np.float64))


def _forecast(table: Table, shares: Callable[[Floats], Floats]) -> Floats:
    """The expected position in each case; one option, or none, needs no election."""
    actors = ranked(table)
    found = np.full(len(table.position), np.nan)
    for case, n in enumerate(actors.count):
        position, weight = actors.position[case, :n], actors.weight[case, :n]
        options = np.unique(position[weight > 0.0])
        if options.size < 2:
            found[case] = options[0] if options.size else np.nan
            continue
        worth = 1.0 - np.abs(position[:, None] - options[None, :]) / LENGTH
        found[case] = np.sum(shares(coalitions(worth, weight)) * options)
    return found


@kernel
def _coalitions(worth: Floats, weight: Floats) -> Floats:
    actors, options = worth.shape
    strength = np.zeros((options, options))
    for actor in range(actors):
        for a in range(options):
            for b in range(options):
                gain = worth[actor, a] - worth[actor, b]
                if gain > 0.0:
                    strength[a, b] += weight[actor] * gain
    return strength


@kernel
def _standing(leads: Floats) -> Floats:
    """Axes (from, to)."""
    n = leads.shape[0]
    work = leads.copy()
    for last in range(n - 1, 0, -1):
        out = 0.0
        for to in range(last):
            out += work[last, to]
        for start in range(last):
            work[start, last] = work[start, last] / out if out > 0.0 else 0.0
            for to in range(last):
                if to != start:
                    work[start, to] += work[start, last] * work[last, to]
    share = np.zeros(n)
    share[0] = 1.0
    for last in range(1, n):
        for start in range(last):
            share[last] += share[start] * work[start, last]
    return share / share.sum()
