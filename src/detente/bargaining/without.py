"""What would be agreed on if some constraints gave way: the deal that a blocking set keeps out.

A constraint that gives way asks less, and changes nothing else:

* a link is not in force;
* a red line is not absolute, and its cost is given back to its owner;
* a consenter is not asked;
* a principal's reservation h falls to min(h, 0): it signs for less than it demands, but
  for nothing that it likes less than no deal.

So a package *preferred to no deal* brings every principal whose reservation is lifted a gain
of at least min(h, 0) over the status quo, and every other principal at least its demand h,
since below that it takes no deal. Blocking sets ask for less: there a reservation that is
taken away admits any loss. A set may thus open the zone to packages alone that one side
would rather do without; then there is no package here.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields, replace

import numpy as np

from detente.arrays import Ints
from detente.bargaining.solution import Solution
from detente.bargaining.solve import solve
from detente.bargaining.space import Space
from detente.model.structure import LinePlace
from detente.model.table import Table

# Below any loss a package can bring, and above what makes one forbidden: who is not asked
# agrees to all that its own absolute lines do not rule out.
NO_SAY = -1e6


def lifted(table: Table, lines: tuple[LinePlace, ...], constraints: Collection[int]) -> Table:
    """The same problems with ``constraints``, numbered as in blocking sets, giving way.

    Numbers run over links, then red lines, then parties at the table. Arrays that change are
    copies.
    """
    links: int = table.holds.shape[1]
    parties, principals = table.demand.shape[1], table.weight.shape[1]
    gain, demand, holds = table.gain.copy(), table.demand.copy(), table.holds.copy()
    cost, absolute = table.line_cost.copy(), table.absolute.copy()
    for number in constraints:
        place = number - links
        party = place - len(lines)
        if place < 0:
            holds[:, number] = False
        elif party < 0:
            line = lines[place]
            if line.party < parties:
                gain[:, line.party, line.option] += cost[:, place]
            cost[:, place], absolute[:, place] = 0.0, False
        elif party < principals:
            demand[:, party] = np.minimum(demand[:, party], 0.0)
        else:
            demand[:, party] = NO_SAY
    return replace(table, gain=gain, demand=demand, holds=holds, line_cost=cost, absolute=absolute)


def deals_without(
    space: Space, table: Table, lines: tuple[LinePlace, ...], constraints: Collection[int]
) -> Solution:
    """What is agreed on in every draw, by the asymmetric Nash solution, once they give way.

    Gains are those with the constraints lifted: a red line that gives way costs nothing.
    """
    return solve(space, lifted(table, lines, constraints), lines)


def some_draws(table: Table, rows: Ints) -> Table:
    """The problems of the draws ``rows``, in that order."""
    return Table(**{one.name: getattr(table, one.name)[rows] for one in fields(Table)})


def joined_draws(parts: list[Table]) -> Table:
    """The problems of several tables, one after the other; at least one."""
    return Table(
        **{one.name: np.concatenate([getattr(part, one.name) for part in parts])
           for one in fields(Table)}
    )  # fmt: skip
