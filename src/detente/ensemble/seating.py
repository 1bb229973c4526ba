"""The table of some draws once more: the problems behind outcomes, for those who ask further.

Outcomes keep what was decided and not what it was decided from. That is cheap to make again,
the same to the last bit, and large to keep.
"""

from __future__ import annotations

import numpy as np

from detente.arrays import Ints
from detente.bargaining.without import joined_draws, some_draws
from detente.ensemble.run import CHUNK
from detente.model.gains import compile_gains, mood_at_start
from detente.model.runup import Scout, walk
from detente.model.structure import Structure
from detente.model.table import Table, set_table
from detente.sampling.draws import Draws, Plan
from detente.situation.scenarios import Scenario


def seated(
    structure: Structure, scenario: Scenario, scout: Scout, plan: Plan, start: int, stop: int
) -> Table:
    """The bargaining problems of draws ``start`` to ``stop``, as ``run_chunk`` sets them."""
    draws = Draws(scenario.values, plan, start, stop)
    mood = mood_at_start(draws)
    if scenario.calendar is not None:
        mood = walk(draws, scenario.calendar, structure.incident_kinds, scout).mood
    return set_table(structure, draws, compile_gains(structure, draws, mood), mood)


def seated_draws(
    structure: Structure, scenario: Scenario, scout: Scout, plan: Plan, rows: Ints,
    chunk: int = CHUNK,
) -> Table:  # fmt: skip
    """The bargaining problems of the draws ``rows``: rising, at least one.

    Only chunks that hold one of them are made; the result does not depend on ``chunk``.
    """
    parts: list[Table] = []
    for first in np.unique(rows // chunk) * chunk:
        start, stop = int(first), min(int(first) + chunk, plan.draws)
        inside = rows[(rows >= start) & (rows < stop)] - start
        whole = seated(structure, scenario, scout, plan, start, stop)
        parts.append(some_draws(whole, inside))
    return joined_draws(parts)
