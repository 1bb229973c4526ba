"""Which packages are efficient: the Pareto frontier of one draw, or of the mean over draws."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.arrays import Floats, Ints
from detente.bargaining.frontier import Frontier, frontier
from detente.bargaining.solution import Question
from detente.ensemble.chunk import run_chunk, space_for
from detente.ensemble.scouting import scout
from detente.errors import UsageError
from detente.model.gains import Mood, compile_gains
from detente.model.structure import Structure, structure_of
from detente.model.table import Table, set_table
from detente.sampling.draws import Draws, Plan
from detente.situation.scenarios import Scenario
from detente.situation.schema import Situation


@dataclass(frozen=True, slots=True)
class Efficient:
    """The frontier of one problem.

    Attributes:
        structure: what it was made from.
        draw: which draw, None for the mean over all.
        frontier: packages and what principals gain from them.
        options: shape (row, issue), option positions of the packages.
        demand: shape (principal,), the least gain each agrees to.
        left_out: links and red lines in force in some draws only, and in what share; a mean
            goes without them.
    """

    structure: Structure
    draw: int | None
    frontier: Frontier
    options: Ints
    demand: Floats
    left_out: dict[str, float]


def efficient(
    situation: Situation, scenario: Scenario, plan: Plan, draw: int | None, *, within_zone: bool
) -> Efficient:
    """The frontier of draw ``draw``, or of mean gains and demands over all draws of ``plan``.

    Raises UsageError for a draw that the plan does not have, SpaceTooLarge as ``frontier`` does.
    """
    if draw is not None and not 0 <= draw < plan.draws:
        raise UsageError(
            f"draw {draw}: not among {plan.draws:,} draws; 0 to {plan.draws - 1} are allowed; choose one"
        )
    structure = structure_of(situation)
    start, stop = (0, plan.draws) if draw is None else (draw, draw + 1)
    draws = Draws(scenario.values, plan, start, stop)
    expects = scout(structure, scenario, seed=plan.seed)
    found = run_chunk(structure, scenario, expects, plan, start, stop, why=False)
    mood = Mood(found.tension, found.fear)
    table = set_table(structure, draws, compile_gains(structure, draws, mood), mood)
    space = space_for(structure)
    best = frontier(Question(space, mean_of(table), structure.lines), within_zone=within_zone)
    return Efficient(
        structure, draw, best, space.positions_of(best.package),
        table.demand.mean(axis=0)[: structure.principals], _unsure(structure, table),
    )  # fmt: skip


def mean_of(table: Table) -> Table:
    """One draw in which gains, demands and bonuses are means; what is not always so is not so."""
    mean = {
        name: getattr(table, name).mean(axis=0, keepdims=True)
        for name in ("gain", "demand", "weight", "misreading", "line_cost", "bonus")
    }
    always = {
        name: getattr(table, name).all(axis=0, keepdims=True) for name in ("absolute", "holds")
    }
    return Table(**mean, **always)


def _unsure(structure: Structure, table: Table) -> dict[str, float]:
    """Links and absolute red lines in force in some draws only: share of draws by address."""
    found: dict[str, float] = {}
    for index, link in enumerate(structure.links):
        if link.form != "with":
            found[f"links.{link.id}"] = float(np.mean(table.holds[:, index]))
    for index, line in enumerate(structure.lines):
        if line.party < structure.at_table:
            name, ref = structure.parties[line.party], structure.options[line.option].ref
            found[f"red_lines.{name}.{ref}"] = float(np.mean(table.absolute[:, index]))
    return {name: share for name, share in found.items() if 0.0 < share < 1.0}
