"""Shapley effects: one share a group, what groups do together divided evenly among them.

The game's worth of a set u of groups is Var E[y | u], known exactly for no set, so it is
estimated for all of them at once. Every one of the 2^k pages is run in which some of k
groups come from a second sample. Two pages agree in u if they differ in all other groups;
the mean product of all such pairs, less that of pages that share nothing, estimates the
worth of u without bias. (Owen 2014; Song, Nelson & Staum 2016.)

Which reading holds is one more group, drawn by the readings' weights, that moves every
patched address at once. It needs no draws of its own: every page is run under every
reading, and the mean over readings is exact. All pages share their draws between readings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from detente.analysis.compare import shapley, subsets
from detente.analysis.resampling import Resampling, Share, shares
from detente.arrays import Floats

READING, CHANCE = "*reading", "*chance"
MOST_PLAYERS = 7  # the reading and chance among them

Game = dict[frozenset[str], Floats]  # worth of each set, (output, draw)


@dataclass(frozen=True, slots=True)
class Shapley:
    """How the variance of one output is divided.

    Attributes:
        parts: by group, chance and the reading among them: shares of the variance in a
            draw; they sum to 1.
        known: by group without chance: shares of the variance that is not due to chance
            alone; they sum to 1.
        first, total: by group, of the variance in a draw: what it does by itself, in all.
        inputs: the share of the variance that is not due to chance alone.
    """

    parts: dict[str, Share]
    known: dict[str, Share]
    first: dict[str, Share]
    total: dict[str, Share]
    inputs: Share


def game(
    groups: Sequence[str], pages: Mapping[str | None, Floats], weights: Mapping[str | None, float]
) -> tuple[tuple[str, ...], Game]:
    """The worth of every set of groups, draw by draw.

    Args:
        groups: k names.
        pages: by reading, shape (2^k, output, draw): in page m those groups are drawn
            anew whose bit of m is set.
        weights: of the readings, summing to 1.

    Returns:
        The players, the reading first where there are several, and the game.
    """
    names = list(pages)
    mean = sum(weights[r] * pages[r].mean(axis=(0, 2)) for r in names)
    centred = {r: pages[r] - np.asarray(mean)[None, :, None] for r in names}
    together = _summed([weights[r] * centred[r] for r in names])
    blind = agreeing(together)
    seeing = _summed([weights[r] * agreeing(centred[r]) for r in names])
    every = len(blind) - 1
    found: Game = {}
    for known in subsets(groups):
        differ = every - sum(1 << groups.index(name) for name in known)
        found[known] = blind[differ] - blind[every]
        if len(names) > 1:
            found[known | {READING}] = seeing[differ] - blind[every]
    return ((READING,) if len(names) > 1 else ()) + tuple(groups), found


def _summed(columns: Sequence[Floats]) -> Floats:
    total = np.zeros_like(columns[0])
    for column in columns:
        total += column
    return total


def agreeing(pages: Floats) -> Floats:
    """Mean product of all pairs of pages that differ in the groups of d: at d, as ``pages``.

    The autocorrelation over exclusive or, by two Walsh-Hadamard transforms.
    """
    count = len(pages)
    return _walsh(_walsh(pages) ** 2) / count**2


def _walsh(pages: Floats) -> Floats:
    found, half = pages.copy(), 1
    while half < len(found):
        split = found.reshape(-1, 2, half, *found.shape[1:])
        found = np.stack([split[:, 0] + split[:, 1], split[:, 0] - split[:, 1]], axis=1)
        found = found.reshape(pages.shape)
        half *= 2
    return found


def shapley_effects(
    players: Sequence[str], worth: Game, outputs: Sequence[str], resampling: Resampling
) -> dict[str, Shapley]:
    """Divide the variance of every output among the players; ``outputs`` names them in order."""
    every = frozenset(players)
    others = [name for name in players if name != CHANCE]
    known = worth[frozenset(others)]
    columns = [
        *shapley(players, worth).values(),
        *(worth[frozenset({name})] for name in players),
        *(worth[every] - worth[every - {name}] for name in players),
        known,
    ]
    found = shares(np.stack(columns), worth[every], resampling)
    ours = shapley(others, {taken: worth[taken] for taken in subsets(others)})
    without = shares(np.stack(list(ours.values())), known, resampling)
    n = len(players)

    def by(names: Sequence[str], rows: Sequence[Sequence[Share]], output: int) -> dict[str, Share]:
        return {name: row[output] for name, row in zip(names, rows, strict=True)}

    return {
        name: Shapley(
            by(players, found[:n], i),
            by(others, without, i),
            by(players, found[n : 2 * n], i),
            by(players, found[2 * n : 3 * n], i),
            found[-1][i],
        )
        for i, name in enumerate(outputs)
    }
