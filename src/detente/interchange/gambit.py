"""A point of a situation as a game in normal form, in the file format of Gambit (.nfg).

The game is the demand game of Nash (1953) over packages: all principals name one package at once,
and it is agreed on if all name the same; otherwise there is no deal. A payoff is the
surplus, the gain less the demand; no deal pays 0. Each package of the zone is then an
equilibrium in pure strategies, and so is naming different ones: the game shows what can be
agreed on, not which package is.
"""

from __future__ import annotations

import numpy as np

from detente.arrays import Floats, Ints
from detente.errors import UsageError
from detente.interchange.point import Point

MOST_STRATEGIES = 20
MOST_CELLS = 200_000


def demand_game(point: Point, title: str) -> str:
    """The text of the ``.nfg`` file. Raises UsageError where no package suits everybody.

    Strategies are the packages of the zone that no other beats for all, at most 20 and fewer with
    many principals: those with the largest product of surpluses. The account says so.
    """
    structure = point.structure
    surplus = np.maximum(point.surplus, 0.0)
    frontier = _frontier(surplus, np.nonzero(point.zone)[0])
    if not len(frontier):
        raise UsageError(
            "no package suits everybody here, so there is no game to write; a draw or a mean with a zone "
            "is allowed; the column zone of a run's outcomes says which draws have one: choose it "
            "with --draw, or --set a value"
        )
    count = _most(structure.principals)
    order = np.argsort(-surplus[frontier].prod(axis=1), kind="stable")[:count]
    if len(frontier) > count:
        point.account.left_out(
            f"{len(frontier) - count} packages of the frontier; those with the largest product of "
            "surpluses are the strategies"
        )
    strategies = np.sort(frontier[order])
    point.account.taken(
        f"the demand game over {len(strategies)} packages: all name the same one, or there is no deal"
    )
    names = [_name(point, index) for index in strategies]
    parties = structure.parties[: structure.principals]
    return _file(title, parties, names, surplus[strategies])


def _most(principals: int) -> int:
    count = MOST_STRATEGIES
    while count**principals > MOST_CELLS:
        count -= 1
    if count < 2:
        raise UsageError(
            f"{principals} principals; a normal form has a cell for every combination, so at most "
            "17 are allowed; give some another role"
        )
    return count


def _frontier(surplus: Floats, zone: Ints) -> Ints:
    """Packages of the zone that no other in it equals or beats for all and beats for one."""
    kept: list[int] = []
    for index in zone:
        others = surplus[zone]
        at_least = (others >= surplus[index]).all(axis=1)
        more = (others > surplus[index]).any(axis=1)
        if not (at_least & more).any():
            kept.append(int(index))
    return np.array(kept, dtype=np.int64)


def _name(point: Point, index: int) -> str:
    """The options of a package that differ from the status quo."""
    options = [point.structure.options[int(place)] for place in point.positions[index]]
    quiet = set(point.structure.status_quo)
    changed = [
        option.ref
        for option, place in zip(options, point.positions[index], strict=True)
        if int(place) not in quiet
    ]
    return " ".join(changed)


def _file(title: str, parties: tuple[str, ...], names: list[str], surplus: Floats) -> str:
    count = len(names)
    quoted = " ".join(map(_quoted, names))
    lines = [f"NFG 1 R {_quoted(title)} {{ {' '.join(map(_quoted, parties))} }}", ""]
    lines += ["{ " + "\n".join(f"{{ {quoted} }}" for _ in parties) + " }"]
    lines += ['"Nash demand game over packages: payoffs are surpluses; no deal pays 0"', "", "{"]
    lines += [
        f"{{ {_quoted(name)} {', '.join(_payoff(x) for x in row)} }}"
        for name, row in zip(names, surplus, strict=True)
    ]
    lines += [f'{{ "no deal" {", ".join("0" for _ in parties)} }}', "}"]
    cells = np.full(count ** len(parties), count + 1, dtype=np.int64)
    step = sum(count**p for p in range(len(parties)))  # all the same: on the diagonal
    cells[::step] = np.arange(1, count + 1)
    return "\n".join([*lines, " ".join(map(str, cells)), ""])


def _payoff(number: float) -> str:
    return f"{number:.12f}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
