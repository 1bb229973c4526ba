"""One chunk of draws of one scenario, from quantities to outcomes.

A chunk is a pure function of its arguments, which pickle: it may run in a
thread, a process or on another machine, and its rows are the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from detente.arrays import Bools, Floats, Ints
from detente.bargaining.allowed import allowed_packages
from detente.bargaining.blocking import blocking_sets
from detente.bargaining.counting import count_zone
from detente.bargaining.protocols import ENUMERATE, NASH
from detente.bargaining.rows import link_masks, votes_of
from detente.bargaining.solution import Lots, Question, Solution, package_gains
from detente.bargaining.solve import method_for, solve
from detente.bargaining.space import NO_PACKAGE, Rules, Space, make_space
from detente.bargaining.without import some_draws
from detente.model.aftermath import collapse_hazard, escalates, months_lasted
from detente.model.causes import HELD, WAR
from detente.model.gains import Mood, compile_gains, mood_at_start
from detente.model.runup import Scout, judge_eve, walk
from detente.model.structure import Structure
from detente.model.table import Table, carrying_chance, closing_chance, set_table
from detente.sampling.draws import Draws, Plan
from detente.situation.scenarios import Scenario


@dataclass(frozen=True, slots=True)
class Outcomes:
    """One row a draw. What a scenario does not model is None.

    The table is set in every draw, also where the meeting was called off: ``zone``,
    ``package`` and ``closing`` say what would have been had they met.

    Attributes:
        cause: HELD, or why the meeting was not held (see ``model.runup``); None without
            a calendar, the meeting being taken as held.
        days: days after the announcement at which the run-up ended.
        incidents: how many came by chance from the announcement to the day of the meeting,
            called off or not; recorded ones are not counted.
        tension, fear: on the eve, 0..1.
        zone: packages in the zone of possible agreement; where ``zone_error`` is above 0, an
            estimate. 0 as well where nothing was found and nothing ruled out.
        zone_error: standard error of ``zone``; None where all packages were enumerated.
        gap: how much better another package could score, 0 where the draw is solved exactly,
            infinite where nothing was found and nothing ruled out; None where all packages
            were enumerated.
        allowed: packages that the links in force allow, the status quo left out.
        package: number of the package on the table, -1 where the zone is empty.
        ties: packages that score as well as the one chosen.
        gain: shape (draw, party), in stakes; NaN without a package.
        demand: shape (draw, party at the table), in stakes.
        closing: chance that the package closes if they meet, given how far sides misread
            each other.
        deal: whether they met and it closed.
        tangible: whether they met, it closed and the package counts as tangible.
        sets: shape (draw, k), minimal blocking sets as bit masks, 0 beyond the last.
        set_count: how many; 0 where there is a zone, or where sets exceed three.
        cut: whether sets may be missing: there were more than are kept, or a search took
            too long.
        felt: shape (draw, party), severity of pressures felt.
        risk: risk of escalation without a deal.
        months: how long the deal lasted; NaN without one; None without an aftermath.
        lasts: whether the deal outlasted the horizon.
        escalated: whether war came; None where the situation gives it no rate.
    """

    cause: Ints | None
    days: Floats | None
    incidents: Ints | None
    tension: Floats
    fear: Floats
    zone: Ints
    zone_error: Floats | None
    gap: Floats | None
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
    cut: Bools
    felt: Floats
    risk: Floats
    months: Floats | None
    lasts: Bools | None
    escalated: Bools | None

    def __len__(self) -> int:
        return len(self.zone)

    @property
    def held(self) -> Bools:
        """Whether they met: shape (draw,)."""
        if self.cause is None:
            return np.ones(len(self), dtype=np.bool_)
        return self.cause == HELD


def joined(parts: list[Outcomes]) -> Outcomes:
    """Chunks end to end, in the order given."""
    columns = {name: [getattr(part, name) for part in parts] for name in Outcomes.__slots__}
    width = max(part.shape[1] for part in columns["sets"])
    columns["sets"] = [
        np.pad(part, ((0, 0), (0, width - part.shape[1]))) for part in columns["sets"]
    ]
    whole: dict[str, Any] = {
        name: None if found[0] is None else np.concatenate(found) for name, found in columns.items()
    }
    return Outcomes(**whole)


@lru_cache(maxsize=8)
def space_for(structure: Structure) -> Space:
    """The package space of a situation. Raises SpaceTooLarge."""
    return make_space(Rules.of(structure))


def run_chunk(
    structure: Structure, scenario: Scenario, scout: Scout, plan: Plan, start: int, stop: int,
    why: bool = True, protocol: str = NASH,
) -> Outcomes:  # fmt: skip
    """Draws ``start`` to ``stop`` of one scenario; blocking sets only if ``why``.

    ``protocol`` says which package of the zone is agreed on. Raises UsageError for one
    that does not take this many principals.
    """
    draws = Draws(scenario.values, plan, start, stop)
    space = space_for(structure)
    road = None
    if scenario.calendar is not None:
        road = walk(draws, scenario.calendar, structure.incident_kinds, scout)
    mood = mood_at_start(draws) if road is None else road.mood
    gains = compile_gains(structure, draws, mood)
    table = set_table(structure, draws, gains, mood)
    lots = Lots(draws.chance("table.proposes"), draws.chance("table.lottery"))
    solution = solve(space, table, structure.lines, protocol, lots)
    surplus = (solution.gain - table.demand)[:, : structure.principals]
    misread = np.where(solution.to_win, table.misreading, 0.0)
    if structure.quorum is None:
        closing = closing_chance(surplus, misread)
    else:
        votes, needed = votes_of(space.rules, structure.principals)
        closing = carrying_chance(surplus, misread, votes, needed)
    zone, zone_error, gap = _zone(space, table, structure, solution, protocol)
    cause = None
    if road is not None:
        names = structure.parties[: structure.principals]
        cause = judge_eve(draws, names, closing, road.cause, scout)
    met = np.ones(draws.rows, dtype=np.bool_) if cause is None else cause == HELD
    deal = met & (draws.chance("table.closes") < closing)
    sets, set_count, cut = _blocking(structure, space, table, solution, why)
    n = structure.at_table
    others = package_gains(space, gains.option[:, n:], gains.bonus[:, :, n:], solution.package)
    everybody = np.concatenate([solution.gain, others], axis=1)
    months, lasts = _lasting(structure, draws, surplus, mood, everybody, deal)
    return Outcomes(
        cause=cause,
        days=None if road is None else road.days,
        incidents=None if road is None else road.incidents,
        tension=mood.tension,
        fear=mood.fear,
        zone=zone,
        zone_error=zone_error,
        gap=gap,
        allowed=allowed_packages(space.rules, link_masks(space.rules, table)),
        package=solution.package,
        ties=solution.ties,
        gain=everybody,
        demand=table.demand,
        closing=closing,
        deal=deal,
        tangible=deal & is_tangible(structure, space, solution.package),
        sets=sets,
        set_count=set_count,
        cut=cut,
        felt=gains.felt,
        risk=gains.risk,
        months=months,
        lasts=lasts,
        escalated=_war(structure, space, draws, gains.risk, solution.package, deal, cause),
    )


def _zone(
    space: Space, table: Table, structure: Structure, solution: Solution, protocol: str
) -> tuple[Ints, Floats | None, Floats | None]:
    """How many packages are in the zone, its standard error, and the gap: each (draw,)."""
    if method_for(space.rules, protocol) == ENUMERATE:
        return solution.zone, None, None
    zone, error = np.zeros_like(solution.zone), np.zeros(len(solution.zone))
    found = np.nonzero(solution.package != NO_PACKAGE)[0]
    if len(found):
        question = Question(space, some_draws(table, found), structure.lines)
        counted = count_zone(question, package=solution.package[found])
        zone[found] = np.maximum(np.rint(counted.size), 1.0).astype(np.int64)
        error[found] = counted.error
    return zone, error, solution.gap


def _blocking(
    structure: Structure, space: Space, table: Table, solution: Solution, why: bool
) -> tuple[Ints, Ints, Bools]:
    """Minimal blocking sets of every draw, (draw, k), how many, and whether cut, (draw,)."""
    rows = len(solution.package)
    # where nothing was ruled out, nothing is to be explained
    without = np.nonzero((solution.package == NO_PACKAGE) & (solution.gap == 0.0))[0]
    set_count, cut = np.zeros(rows, dtype=np.int64), np.zeros(rows, dtype=np.bool_)
    if not why or not len(without):
        return np.zeros((rows, 1), dtype=np.int64), set_count, cut
    found = blocking_sets(space, table, structure.lines, without)
    sets = np.zeros((rows, max(1, int(found.count.max()))), dtype=np.int64)
    sets[without] = found.sets[:, : sets.shape[1]]
    set_count[without] = found.count
    cut[without] = found.cut
    return sets, set_count, cut


def _lasting(
    structure: Structure, draws: Draws, surplus: Floats, mood: Mood, gain: Floats, deal: Bools
) -> tuple[Floats | None, Bools | None]:
    """Months each deal lasted, NaN without one, and whether it outlasted the horizon."""
    if not structure.has_aftermath:
        return None, None
    loss = np.where(np.isnan(gain), 0.0, np.maximum(-gain, 0.0))
    hazard = collapse_hazard(structure, draws, np.nan_to_num(surplus), mood.tension, loss)
    months = np.where(deal, months_lasted(hazard, draws.chance("aftermath.lasts")), np.nan)
    return months, deal & (np.nan_to_num(months) >= draws.value("aftermath.horizon"))


def _war(
    structure: Structure, space: Space, draws: Draws, risk: Floats, package: Ints, deal: Bools,
    cause: Ints | None,
) -> Bools | None:  # fmt: skip
    """Whether war came; None where the situation gives it no rate."""
    if draws.values["escalation.rate"].quantity.fixed == 0.0:
        return None
    removed = np.zeros(draws.rows)
    held = space.positions_of(package)
    for place, option in enumerate(structure.options):
        address = f"escalation.removed_by.{option.ref}"
        if address in draws.values:
            removed += np.where((held == place).any(axis=1), draws.value(address), 0.0)
    war = np.zeros(draws.rows, dtype=np.bool_) if cause is None else cause == WAR
    return escalates(draws, risk, removed, deal, war)


def is_tangible(structure: Structure, space: Space, numbers: Ints) -> Bools:
    """Whether packages count as tangible: shape (package,); no package does not.

    A situation that does not say what is tangible takes every deal for it.
    """
    known = numbers != NO_PACKAGE
    chosen = space.positions_of(numbers)
    held = [(chosen == option).any(axis=1) for option in structure.tangible_all]
    result = known.copy()
    for column in held:
        result &= column
    if structure.tangible_any:
        result &= np.isin(chosen, structure.tangible_any).any(axis=1)
    return result
