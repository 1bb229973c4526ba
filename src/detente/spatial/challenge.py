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
        ones = np.ones(n)
        wins = _chances(x, w, ones, n, length)
        risk = _risk(_views(x, s, ones, wins, n, length, median[case], q, True), n)
        wins = _chances(x, w, risk, n, length)
        _answer(x, _views(x, s, risk, wins, n, length, median[case], q, False), n, after[case])
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
def _views(
    x: Floats, salience: Floats, risk: Floats, wins: Floats, n: int, length: float, median: float,
    q: float, same: bool,
) -> Floats:  # fmt: skip
    """What challenging j is worth to i, as each viewer sees it. Axes (viewer, i, j).

    With ``same`` all viewers have the same exponent, and one stands for all.
    """
    worth = np.zeros((1 if same else n, n, n))
    for viewer in range(worth.shape[0]):
        r = risk[viewer]
        stays = 2.0 - 4.0 * _power(0.5, r)
        for i in range(n):
            for j in range(n):
                if i == j:
                    continue
                d = abs(x[i] - x[j]) / length
                gains = 2.0 - 4.0 * _power(0.5 - 0.5 * d, r)
                loses = 2.0 - 4.0 * _power(0.5 + 0.5 * d, r)
                fought = wins[i, j] * gains + (1.0 - wins[i, j]) * loses
                left = stays
                if q < 1.0:
                    off = abs(x[i] - median) / length
                    shift = 0.25 * (off + d)
                    sign = (
                        -1.0 if off < d else 1.0
                    )  # nearer to the median than to j: it gets better
                    left = q * stays + (1.0 - q) * (2.0 - 4.0 * _power(0.5 + sign * shift, r))
                resists = salience[j]
                worth[viewer, i, j] = resists * fought + (1.0 - resists) * gains - left
    return worth


@kernel
def _risk(worth: Floats, n: int) -> Floats:
    """Each actor's risk exponent, 0.5 to 2: the more others gain by challenging it, the lower."""
    danger = np.zeros(n)
    for i in range(n):
        for j in range(n):
            danger[j] += worth[0, i, j]
    low, high = danger.min(), danger.max()
    risk = np.ones(n)
    if high - low > EVEN:
        for i in range(n):
            share = (2.0 * danger[i] - high - low) / (high - low)
            risk[i] = (1.0 - share / 3.0) / (1.0 + share / 3.0)
    return risk


@kernel
def _answer(x: Floats, worth: Floats, n: int, after: Floats) -> None:
    """Where each actor goes, as it sees things itself; written into ``after``.

    A lost confrontation comes before a compromise, and that before giving in. Of several the
    nearest, but of compromises the one whose challenger expects most.
    """
    for i in range(n):
        best, kept = 4, 0.0
        for j in range(n):
            if x[i] == x[j]:
                continue
            mine, theirs = worth[i, i, j], worth[i, j, i]
            if theirs <= EVEN:
                continue
            move = abs(x[j] - x[i])
            if mine > EVEN:
                kind, key, place = (1, move, x[j]) if theirs > mine + EVEN else (4, 0.0, x[i])
            elif mine < -EVEN and theirs > -mine + EVEN:
                kind, key, place = 2, -theirs, x[i] + (x[j] - x[i]) * (-mine / theirs)
            elif mine < -EVEN:
                kind, key, place = 3, move, x[j]
            else:
                kind, key, place = 4, 0.0, x[i]
            if kind < best or (kind == best and kind < 4 and key < kept - EVEN):
                best, kept = kind, key
                after[i] = place
