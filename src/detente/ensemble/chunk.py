"""One chunk of draws of one scenario, from quantities to outcomes.

A chunk is a pure function of its arguments, which pickle: it may run in a
thread, a process or on another machine, and its rows are the same.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from detente.bargaining.blocking import blocking_sets
from detente.bargaining.solve import solve
from detente.bargaining.space import NO_PACKAGE, Ints, Rules, Space, make_space
from detente.model.gains import Bools, compile_gains, mood_at_start
from detente.model.structure import Structure
from detente.model.table import closing_chance, set_table
from detente.sampling.draws import Draws, Plan
from detente.sampling.streams import Floats
from detente.situation.values import Values


@dataclass(frozen=True, slots=True)
class Outcomes:
    """One row a draw.

    Attributes:
        zone: packages in the zone of possible agreement.
        allowed: packages that the links in force allow, the status quo left out.
        package: number of the package on the table, -1 where the zone is empty.
        ties: packages that score as well as the one chosen.
        gain, demand: shape (draw, party at the table), in stakes; gain is NaN without
            a package.
        closing: chance that the package closes, given how far sides misread each other.
        deal: whether it closed.
        tangible: whether it closed and the package counts as tangible.
        sets: shape (draw, k), minimal blocking sets as bit masks, 0 beyond the last.
        set_count: how many; 0 where there is a zone, or where sets exceed three.
        felt: shape (draw, party at the table), severity of pressures felt.
        risk: risk of escalation without a deal.
    """

    zone: Ints
    allowed: Ints
    package: Ints
    ties: Ints
    gain: Floats
    demand: Floats
    closing: Floats
    deal: Bools
    tangible: Bools
    sets: Ints
    set_count: Ints
    felt: Floats
    risk: Floats

    def __len__(self) -> int:
        return len(self.zone)


def joined(parts: list[Outcomes]) -> Outcomes:
    """Chunks end to end, in the order given."""
    columns = {
        field.name: [getattr(part, field.name) for part in parts] for field in fields(Outcomes)
    }
    width = max(part.shape[1] for part in columns["sets"])
    columns["sets"] = [
        np.pad(part, ((0, 0), (0, width - part.shape[1]))) for part in columns["sets"]
    ]
    return Outcomes(**{name: np.concatenate(parts) for name, parts in columns.items()})


@lru_cache(maxsize=8)
def space_for(structure: Structure) -> Space:
    """The package space of a situation. Raises SpaceTooLarge."""
    return make_space(Rules.of(structure))


def run_chunk(
    structure: Structure, values: Values, plan: Plan, start: int, stop: int, why: bool = True
) -> Outcomes:
    """Draws ``start`` to ``stop`` of one scenario; blocking sets only if ``why``."""
    draws = Draws(values, plan, start, stop)
    space = space_for(structure)
    mood = mood_at_start(draws)
    gains = compile_gains(structure, draws, mood)
    table = set_table(structure, draws, gains, mood)
    solution = solve(space, table, structure.lines)
    surplus = (solution.gain - table.demand)[:, : structure.principals]
    closing = closing_chance(surplus, table.misreading)
    deal = draws.chance("table.closes") < closing
    without = np.nonzero(solution.package == NO_PACKAGE)[0]
    sets = np.zeros((draws.rows, 1), dtype=np.int64)
    set_count = np.zeros(draws.rows, dtype=np.int64)
    if why and len(without):
        blocking = blocking_sets(space, table, structure.lines, without)
        sets = np.zeros((draws.rows, max(1, int(blocking.count.max()))), dtype=np.int64)
        sets[without] = blocking.sets[:, : sets.shape[1]]
        set_count[without] = blocking.count
    return Outcomes(
        zone=solution.zone,
        allowed=_allowed(space, table.holds),
        package=solution.package,
        ties=solution.ties,
        gain=solution.gain,
        demand=table.demand,
        closing=closing,
        deal=deal,
        tangible=deal & is_tangible(structure, space, solution.package),
        sets=sets,
        set_count=set_count,
        felt=gains.felt[:, : structure.at_table],
        risk=gains.risk,
    )


def is_tangible(structure: Structure, space: Space, numbers: Ints) -> NDArray[np.bool_]:
    """Whether packages count as tangible: shape (package,); no package does not.

    A situation that does not say what is tangible takes every deal for it.
    """
    known = numbers != NO_PACKAGE
    chosen = space.options_of(np.where(known, numbers, 0)) + np.asarray(structure.starts)
    held = [(chosen == option).any(axis=1) for option in structure.tangible_all]
    result = known.copy()
    for column in held:
        result &= column
    if structure.tangible_any:
        result &= np.isin(chosen, structure.tangible_any).any(axis=1)
    return result


def _allowed(space: Space, holds: Bools) -> Ints:
    """How many packages the links in force allow: shape (draw,)."""
    patterns, which = np.unique(holds, axis=0, return_inverse=True)
    rows = np.bincount(space.class_of, minlength=space.code.shape[0])
    counts = np.empty(len(patterns), dtype=np.int64)
    for index, pattern in enumerate(patterns):
        mask = sum(1 << bit for bit, on in enumerate(pattern) if on) & space.breaking
        counts[index] = (rows * ((space.code & mask) == 0).sum(axis=1)).sum()
    return counts[which.reshape(-1)] - (space.barred != NO_PACKAGE)
