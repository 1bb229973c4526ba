"""Which packages of a situation would hold once reached, on average and draw by draw."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from detente.analysis.holding import MOST_TOLD, Holding, holding
from detente.analysis.keeping import Kept, kept_packages
from detente.analysis.packages import LikelyPackage, likely_packages
from detente.arrays import Bools, Floats, Ints
from detente.ensemble.chunk import run_chunk, space_for
from detente.ensemble.scouting import scout
from detente.errors import UsageError
from detente.model.gains import Gains, Mood, compile_gains
from detente.model.structure import Structure, structure_of
from detente.sampling.draws import Draws, Plan
from detente.situation.quantities import Point, Quantity
from detente.situation.scenarios import Scenario
from detente.situation.schema import Situation
from detente.situation.values import Value, Values
from detente.stability.concepts import CONCEPTS, NASH, equilibria, stable_states, stable_under
from detente.stability.control import Control, control_of
from detente.stability.graph import Graph, improvements, make_graph
from detente.stability.packages import Packages
from detente.stability.worth import Ground, draw_values, ground_of, mean_values, ranks_of

BLOCK = 8  # draws that a thread takes at a time
MOST_LIKELY, MOST_BEST = 5, 8
Told = Callable[[int, int], None]
NOTHING_CHANGED: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Stability:
    """One scenario as a conflict graph, and what would hold in it.

    Attributes:
        scenario: what was asked about.
        structure, control, packages, kept: what the graph was made from.
        values: shape (maker, state), mean worth in stakes; NaN where an order is by hand.
        holding: the answer under mean preferences.
        likely: the packages that deals at the table most often consist of.
        share: under Nash and the concept asked for, shape (state,): in what share of draws nobody would leave.
        by_maker: shape (maker, state), the same for each maker under the concept asked for.
        links_in_force: by link, in what share of draws, where that is neither none nor all.
        doubting: whether doubts about delivery count, as at the table.
    """

    scenario: Scenario
    structure: Structure
    control: Control
    packages: Packages
    kept: Kept
    values: Floats
    holding: Holding
    likely: tuple[LikelyPackage, ...]
    share: dict[str, Floats]
    by_maker: Floats
    links_in_force: dict[str, float]
    doubting: bool

    def state_of(self, number: int) -> int:
        """The state that is a package, -1 if it was left out."""
        at = int(np.searchsorted(self.kept.numbers, number))
        known = at < len(self.kept.numbers) and self.kept.numbers[at] == number
        return at if known else -1


def stability(
    situation: Situation, scenario: Scenario, plan: Plan, name: str, *,
    start: Mapping[str, str] = NOTHING_CHANGED, doubting: bool = False,
    progress: Told | None = None,
) -> Stability:  # fmt: skip
    """Ask which packages would hold under concept ``name``.

    Args:
        situation: the file.
        scenario: the round and reading.
        plan: how many draws preferences are taken from.
        name: the concept told in full.
        start: where things stand: options by issue; the others are at the status quo.
        doubting: gains discount what parties doubt will be delivered, as at the table.
        progress: told how many draws are done, and of how many.

    Raises:
        UsageError: an unknown concept, or a start that links forbid.
        SpaceTooLarge: more than a graph takes.
    """
    structure, control = structure_of(situation), control_of(situation, structure_of(situation))
    expects = scout(structure, scenario, seed=plan.seed)
    outcomes = run_chunk(structure, scenario, expects, plan, 0, plan.draws, why=False)
    values = scenario.values if doubting else _as_delivered(scenario.values)
    draws = Draws(values, plan, 0, plan.draws)
    mood = Mood(outcomes.tension, outcomes.fear)
    gains, demand = compile_gains(structure, draws, mood), _demands(structure, draws, mood)
    forced = gains.holds.mean(axis=0)
    links = tuple(
        i for i, link in enumerate(structure.links) if link.form != "with" and forced[i] >= 0.5
    )
    packages = Packages(structure, space_for(structure), links)
    likely = likely_packages(structure, outcomes, MOST_LIKELY)
    begin = _beginning(packages, start)
    first = [begin, *(one.number for one in likely)]
    kept, moves = kept_packages(situation, scenario, plan, packages, control, first)
    ground = ground_of(packages, control, kept.numbers, situation.stability.order)
    worth = mean_values(ground, gains, demand)
    graph = make_graph(control.makers, ranks_of(ground, worth), moves)
    share, by_maker = _draw_by_draw(graph, ground, gains, demand, name, progress)
    at = int(np.searchsorted(kept.numbers, begin))
    stable = stable_states(graph)
    states = _states_to_tell(graph, at, kept, likely, stable[name], share[name], control)
    for maker in ground.by_hand:
        worth[maker] = np.nan
    return Stability(
        scenario, structure, control, packages, kept, worth,
        holding(graph, at, name, states, stable), likely, share, by_maker,
        {link.id: float(forced[i]) for i, link in enumerate(structure.links)
         if link.form != "with" and 0.0 < forced[i] < 1.0},
        doubting,
    )  # fmt: skip


def _beginning(packages: Packages, start: Mapping[str, str]) -> int:
    """The number of the package in which things stand. Raises UsageError."""
    structure = packages.structure
    held = np.array([structure.status_quo])
    for place, option in enumerate(structure.options):
        if start.get(option.issue) == option.name:
            held[0, structure.issues.index(option.issue)] = place
    broken = [structure.links[i].id for i in packages.links if packages.broken(i, held)[0]]
    if broken and start:
        raise UsageError(
            f"--from: these options break {', '.join(broken)}; options that links allow together; "
            "add what they need, or drop some"
        )
    return int(packages.numbers_of(held)[0])


def _as_delivered(values: Values) -> Values:
    """Trust and sincerity in full: a state is what has come about."""
    full = Quantity(Point(1.0), "1")
    return {
        address: Value(value.kind, full, value.origin)
        if address.split(".")[0] in {"trust", "sincerity"}
        else value
        for address, value in values.items()
    }


def _demands(structure: Structure, draws: Draws, mood: Mood) -> dict[str, Floats]:
    """What each party demands before it signs: shape (draw,) by party."""
    found: dict[str, Floats] = {}
    for party in structure.parties:
        found[party] = (
            draws.value(f"outlook.{party}")
            + draws.value(f"signing_cost.{party}")
            + draws.value(f"hardening.{party}") * mood.tension
        )
        if f"leverage.{party}" in draws.values:
            found[party] = found[party] - draws.value(f"leverage.{party}")
    return found


def _draw_by_draw(
    graph: Graph, ground: Ground, gains: Gains, demand: Mapping[str, Floats], name: str,
    progress: Told | None,
) -> tuple[dict[str, Floats], Floats]:  # fmt: skip
    """How often each state holds, by concept, and for each maker under concept ``name``."""
    draws, wanted = len(gains.option), list(dict.fromkeys((NASH, name)))

    def block(start: int) -> dict[str, Ints]:
        found = {key: np.zeros(graph.rank.shape, dtype=np.int64) for key in wanted}
        found |= {f"{key} by all": np.zeros(graph.states, dtype=np.int64) for key in wanted}
        for draw in range(start, min(start + BLOCK, draws)):
            now = graph.ranked(ranks_of(ground, draw_values(ground, gains, demand, draw)))
            better = improvements(now)
            for key in wanted:
                table = stable_under(now, CONCEPTS[key], better)
                found[key] += table
                found[f"{key} by all"] += equilibria(table)
        return found

    total: dict[str, Ints] = {}
    starts = range(0, draws, BLOCK)
    pool = ThreadPoolExecutor(max_workers=os.cpu_count())
    try:
        for done, found in zip(starts, pool.map(block, starts), strict=True):
            total = {key: total.get(key, 0) + table for key, table in found.items()}
            if progress is not None:
                progress(min(done + BLOCK, draws), draws)
    finally:
        pool.shutdown(cancel_futures=True)
    return {key: total[f"{key} by all"] / draws for key in wanted}, total[name] / draws


def _states_to_tell(
    graph: Graph, start: int, kept: Kept, likely: tuple[LikelyPackage, ...], stable: Bools,
    share: Floats, control: Control,
) -> list[int]:  # fmt: skip
    """All of few states; else the start, likely deals, and what holds and suits principals."""
    if graph.states <= MOST_TOLD:
        return [start, *(s for s in range(graph.states) if s != start)]
    where = {int(number): state for state, number in enumerate(kept.numbers)}
    deals = [where[one.number] for one in likely if one.number in where]
    suits = np.asarray(
        (graph.rank[list(control.heads)] > graph.rank[list(control.heads)][:, [start]]).all(axis=0)
    )
    good = np.flatnonzero(equilibria(stable) & suits)
    if not len(good):
        good = np.flatnonzero(equilibria(stable))
    worst = graph.rank[list(control.heads)][:, good].min(axis=0)
    return [start, *deals, *good[np.lexsort((good, -worst, -share[good]))][:MOST_BEST].tolist()]
