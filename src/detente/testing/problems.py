"""Random bargaining problems that exercise every rule, for any protocol's tests."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from detente.arrays import Floats, Ints
from detente.bargaining.space import Rules
from detente.model.structure import LinePlace, LinkPlace
from detente.model.table import Table
from detente.testing.brute_force import Problem

GRID = 8  # values are multiples of an eighth, so sums are exact and ties are ties
FORMS = ("requires", "excludes", "with")


def plain_table(gain: Floats, demand: Floats, weight: Floats) -> Table:
    """A table with neither links nor red lines nor misreading.

    Args:
        gain: shape (draw, party, option).
        demand: shape (draw, party).
        weight: shape (draw, principal).
    """
    draws, parties, _ = gain.shape
    none = np.zeros((draws, 0), dtype=np.bool_)
    return Table(
        gain=gain,
        demand=demand,
        weight=weight,
        misreading=np.zeros_like(weight),
        line_cost=np.zeros((draws, 0)),
        absolute=none,
        holds=none,
        bonus=np.zeros((draws, 0, parties)),
    )


def random_problem(
    seed: int,
    sizes: Sequence[int],
    *,
    principals: int = 2,
    consenters: int = 0,
    links: int = 0,
    lines: int = 0,
    draws: int = 4,
    toughness: float = 0.5,
    with_status_quo: bool = True,
) -> Problem:
    """Problems on a grid, with many ties; higher ``toughness``, fewer agreements.

    The same arguments give the same problems. Red lines may belong to a party beyond
    the table, which must then be without effect.
    """
    rng = np.random.default_rng(seed)
    parties, options = principals + consenters, sum(sizes)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    status_quo = tuple(int(s + rng.integers(n)) for s, n in zip(starts, sizes, strict=True))
    rules = Rules(
        tuple(sizes),
        tuple(_link(rng, index, options) for index in range(links)),
        tuple(_some(rng, options) for _ in range(consenters)),
        status_quo if with_status_quo else None,
    )
    drawn = tuple(_lines(rng, lines, parties + 1, options))
    gain = rng.integers(-GRID, GRID + 1, (draws, parties, options)) / GRID
    gain[:, :, list(status_quo)] = 0.0
    absolute = rng.random((draws, len(drawn))) < 0.3
    cost = np.where(absolute, 0.0, rng.integers(0, GRID, (draws, len(drawn))) / GRID)
    for index, line in enumerate(drawn):
        if line.party < parties:
            gain[:, line.party, line.option] -= cost[:, index]
    holds = rng.random((draws, links)) < 0.8
    bonus = rng.integers(-GRID, GRID + 1, (draws, links, parties)) / (2 * GRID)
    counts = np.array([link.form == "with" for link in rules.links], dtype=np.bool_)
    bonus *= (holds & counts)[:, :, None]
    top = max(1, round(2 * GRID * toughness))
    table = Table(
        gain=gain,
        demand=rng.integers(-1, top + 1, (draws, parties)) / GRID,
        weight=rng.integers(1, 3, (draws, principals)).astype(np.float64),
        misreading=np.zeros((draws, principals)),
        line_cost=cost,
        absolute=absolute,
        holds=holds,
        bonus=bonus,
    )
    return Problem(rules, table, drawn)


def _some(rng: np.random.Generator, options: int, most: int = 3) -> tuple[int, ...]:
    count = int(rng.integers(1, min(most, options) + 1))
    chosen: Ints = rng.choice(options, size=count, replace=False)
    return tuple(sorted(int(option) for option in chosen))


def _link(rng: np.random.Generator, index: int, options: int) -> LinkPlace:
    form = FORMS[int(rng.integers(len(FORMS)))]
    return LinkPlace(
        f"link-{index}", form, _some(rng, options), _some(rng, options), bool(rng.integers(2)), ()
    )


def _lines(rng: np.random.Generator, count: int, parties: int, options: int) -> list[LinePlace]:
    pairs = dict.fromkeys(
        (int(rng.integers(parties)), int(rng.integers(options))) for _ in range(count)
    )
    return [LinePlace(f"line-{p}-{o}", p, o) for p, o in pairs]
