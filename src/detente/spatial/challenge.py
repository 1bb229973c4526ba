"""The challenge model: actors challenge one another round by round, and give way or do not.

Bueno de Mesquita's model (1984, 1994) as Scholz, Calbert & Smith (2011) document it. What they
leave open is read as stated in docs/explanation/spatial.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.arrays import Floats, Ints
from detente.kernels import exp, kernel, log
from detente.spatial.ordering import Ranked, ranked
from detente.spatial.table import Table, weighted_mean
from detente.spatial.weighted_median import median_of

ROUNDS = 8  # as many as Scholz, Calbert & Smith print
EVEN = 1e-9  # utilities closer than this are equal
LOSES, COMPROMISES, GIVES_IN, STAYS = 1, 2, 3, 4  # what a challenged actor does


def challenge(table: Table, *, rounds: int = ROUNDS, q: float = 1.0) -> Floats:
    """The weighted median of positions after the last round. Axis (case,), NaN where nobody stands.

    Args:
        table: axes (case, actor).
        rounds: how often everybody challenges and answers, at least 0. Positions need not settle.
        q: the chance each actor gives to others staying where they are unless challenged, 0 to 1.
    """
    return courses(table, rounds=rounds, q=q).median[:, -1]


@dataclass(frozen=True, slots=True)
class Courses:
    """What happened round by round, the start first. Axes (case, round)."""

    median: Floats
    mean: Floats


def courses(table: Table, *, rounds: int = ROUNDS, q: float = 1.0) -> Courses:
    """The weighted median and the weighted mean of positions from the start to the last round.

    Raises ValueError for rounds below 0 or a q that is no probability.
    """
    if rounds < 0 or not 0.0 <= q <= 1.0:
        raise ValueError(f"{rounds} rounds and q {q:g}: from 0, and from 0 to 1")
    actors = ranked(table)
    here = actors.position
    medians = [median_of(here, actors.weight)]
    means = [weighted_mean(here, actors.weight)]
    for _ in range(rounds):
        here = _next(here, medians[-1], actors, q)
        medians.append(median_of(here, actors.weight))
        means.append(weighted_mean(here, actors.weight))
    return Courses(np.stack(medians, axis=1), np.stack(means, axis=1))


def _next(here: Floats, median: Floats, actors: Ranked, q: float) -> Floats:
    """Where all stand after one more round. Axes (case, actor)."""
    return _round(
        here, actors.position, actors.salience, actors.weight, actors.count, median, q
    )  # fmt: skip


@kernel
def _round(
    here: Floats, start: Floats, salience: Floats, weight: Floats, count: Ints, median: Floats,
    q: float,
) -> Floats:  # fmt: skip
    """One round of every case; axes (case, actor), count and median (case,)."""
    after = here.copy()
    for case in range(here.shape[0]):
        n = count[case]
        length = 0.0 if n == 0 else start[case, n - 1] - start[case, 0]
        if length <= 0.0:
            continue
        w, s, x = weight[case], salience[case], here[case]
        away = np.abs(x[:n] - median[case]) / length
        risk = _risk(x, s, away, _chances(x, w, np.ones(n), n, length), n, length, q)
        wins = _chances(x, w, risk, n, length)
        _answer(x, s, away, wins, risk, n, length, q, after[case])
    return after


@kernel
def _power(base: float, exponent: float) -> float:
    return 0.0 if base <= 0.0 else base if exponent == 1.0 else exp(exponent * log(base))


@kernel
def _chances(x: Floats, weight: Floats, risk: Floats, n: int, length: float) -> Floats:
    """How far i beats j: votes that i gains over j, as a share of the votes of all contests.

    Axes (i, j). A voter's votes are its weight times how much nearer, to the power of its risk
    exponent, it has the one than the other.
    """
    wins = np.zeros((n, n))
    away = np.empty(n)
    total = 0.0
    for voter in range(n):
        for i in range(n):
            away[i] = _power(abs(x[voter] - x[i]) / length, risk[voter])
        for i in range(n):
            for j in range(n):
                votes = weight[voter] * (away[j] - away[i])
                total += abs(votes)
                if votes > 0.0:
                    wins[i, j] += votes
    for i in range(n):
        for j in range(n):
            wins[i, j] = 0.0 if total == 0.0 or x[i] == x[j] else wins[i, j] / total
    return wins


@kernel
def _worth(d: float, off: float, wins: float, resists: float, r: float, q: float) -> float:
    """What a challenge is worth to who makes it, as somebody with risk exponent r sees it.

    ``d`` is how far the challenged is, ``off`` the median, as shares of the length; ``wins`` the
    chance to beat it, ``resists`` the challenged actor's salience: the chance that it does.
    """
    gains = 2.0 - 4.0 * _power(0.5 - 0.5 * d, r)
    loses = 2.0 - 4.0 * _power(0.5 + 0.5 * d, r)
    left = 2.0 - 4.0 * _power(0.5, r)
    if q < 1.0:
        left = q * left + (1.0 - q) * _unasked(off, d, r)
    fought = wins * gains + (1.0 - wins) * loses
    return resists * fought + (1.0 - resists) * gains - left


@kernel
def _unasked(off: float, d: float, r: float) -> float:
    """What it is worth to i that j moves unasked, which is taken to be to the median.

    ``off`` is how far the median, ``d`` how far j is from i, as shares of the length: better where
    the median is nearer, worse where it is farther, half of each where they are as near.
    """
    shift = 0.25 * (off + d)
    better = 2.0 - 4.0 * _power(0.5 - shift, r)
    worse = 2.0 - 4.0 * _power(0.5 + shift, r)
    if abs(off - d) <= EVEN:
        return 0.5 * (better + worse)
    return better if off < d else worse


@kernel
def _risk(
    x: Floats, salience: Floats, away: Floats, wins: Floats, n: int, length: float, q: float
) -> Floats:
    """Each actor's risk exponent, 0.5 to 2: the more others gain by challenging it, the lower."""
    danger = np.zeros(n)
    for i in range(n):
        for j in range(n):
            if i != j:
                d = abs(x[i] - x[j]) / length
                danger[j] += _worth(d, away[i], wins[i, j], salience[j], 1.0, q)
    low, high = danger.min(), danger.max()
    risk = np.ones(n)
    if high - low > EVEN:
        for i in range(n):
            share = (2.0 * danger[i] - high - low) / (high - low)
            risk[i] = (1.0 - share / 3.0) / (1.0 + share / 3.0)
    return risk


@kernel
def _answer(
    x: Floats, salience: Floats, away: Floats, wins: Floats, risk: Floats, n: int, length: float,
    q: float, after: Floats,
) -> None:  # fmt: skip
    """Where each actor goes, as it sees things itself; written into ``after``.

    A lost confrontation comes before a compromise, and that before giving in. Of several the
    nearest, but of compromises the one whose challenger expects most.
    """
    for i in range(n):
        best, kept = STAYS, 0.0
        for j in range(n):
            if x[i] == x[j]:
                continue
            d = abs(x[j] - x[i]) / length
            mine = _worth(d, away[i], wins[i, j], salience[j], risk[i], q)
            theirs = _worth(d, away[j], wins[j, i], salience[i], risk[i], q)
            kind = _kind(mine, theirs)
            key = -theirs if kind == COMPROMISES else d
            if kind < best or (kind == best and kind < STAYS and key < kept - EVEN):
                best, kept = kind, key
                share = -mine / theirs if kind == COMPROMISES else 1.0
                after[i] = x[i] + (x[j] - x[i]) * share if share < 1.0 else x[j]


@kernel
def _kind(mine: float, theirs: float) -> int:
    """What comes of a challenge to an actor, by what it is worth to it and to the challenger."""
    if theirs <= EVEN:
        return STAYS
    if mine > EVEN:
        return LOSES if theirs > mine + EVEN else STAYS
    if mine >= -EVEN:
        return STAYS
    return COMPROMISES if theirs > -mine + EVEN else GIVES_IN
