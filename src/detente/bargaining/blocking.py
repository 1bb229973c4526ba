"""Why there is no deal: the smallest sets of constraints whose removal opens the zone.

Constraints are: each link in force; each red line, by its cost or because it is
absolute; each principal's reservation (gain >= demand); each consent. A set is
*blocking* if some package meets everything else, and *minimal* if no part of it
is. All minimal sets of up to three constraints are found, exactly; where only
larger ones exist, none is reported and that is said.

Two ways lead there. Small spaces, where everybody must agree, are looked through package by
package (``blocking_kernel``); any other is searched (``blocking_search``).

A red line stands apart from its owner's reservation: a line taken away may give
its owner enough, and then the reservation need not go.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.arrays import Bools, Ints
from detente.bargaining.blocking_kernel import LARGEST_SET, MAX_SETS, block_draws
from detente.bargaining.blocking_search import search_blocking_sets
from detente.bargaining.layout import MOST_ENUMERATED, Layout, lay_out_space
from detente.bargaining.rows import Lists, bonus_links, line_arrays, link_masks, listed
from detente.bargaining.space import MAX_BITS, Space
from detente.errors import UsageError
from detente.model.structure import LinePlace, Structure
from detente.model.table import Table


@dataclass(frozen=True, slots=True)
class BlockingSets:
    """Minimal blocking sets of the draws that were asked about.

    Attributes:
        sets: shape (draw, MAX_SETS), bit masks of constraints, smallest first, 0 beyond.
        count: shape (draw,), how many; 0 where every blocking set is larger than three, or
            where ``cut`` and none was found in time.
        cut: shape (draw,), whether some may be missing: there were more than MAX_SETS, or a
            search took too long.
    """

    sets: Ints
    count: Ints
    cut: Bools


def constraint_names(structure: Structure) -> tuple[str, ...]:
    """What each bit stands for: links, then red lines, then reservations and consents."""
    links = [f"links.{link.id}" for link in structure.links]
    lines = [line.address for line in structure.lines]
    names = structure.parties[: structure.at_table]
    own = [f"reservation.{name}" for name in names[: structure.principals]]
    consents = [f"consent.{name}" for name in names[structure.principals :]]
    return (*links, *lines, *own, *consents)


def blocking_sets(
    space: Space, table: Table, lines: tuple[LinePlace, ...], draws: Ints
) -> BlockingSets:
    """Minimal blocking sets in ``draws``, row numbers of ``table`` whose zone is empty.

    Raises UsageError where there are more constraints than a bit mask holds.
    """
    constraints = len(space.rules.links) + len(lines) + table.gain.shape[1]
    if constraints > MAX_BITS:
        raise UsageError(
            f"{constraints} links, red lines and parties; at most {MAX_BITS} together; "
            "merge links or red lines that say the same"
        )
    found = BlockingSets(
        np.zeros((len(draws), MAX_SETS), dtype=np.int64),
        np.zeros(len(draws), dtype=np.int64),
        np.zeros(len(draws), dtype=np.bool_),
    )
    if space.rules.quorum is not None or space.packages > MOST_ENUMERATED:
        search_blocking_sets(space, table, lines, draws, found.sets, found.count, found.cut)
    else:
        _look_through(space, table, lines, draws, found)
    return found


def _look_through(
    space: Space, table: Table, lines: tuple[LinePlace, ...], draws: Ints, found: BlockingSets
) -> None:
    """Fill the sets by looking at every package."""
    in_force = link_masks(space.rules, table)
    layout = lay_out_space(space.rules)
    always = int(np.bitwise_and.reduce(in_force)) if len(in_force) else 0
    lists = _reachable(layout, always)
    owners, options = line_arrays(lines)
    block_draws(
        draws, table.gain, table.demand, table.bonus, bonus_links(space.rules), table.line_cost,
        table.absolute, in_force, owners, options, table.weight.shape[1],
        layout.high.options, layout.high.number, layout.class_of,
        layout.low.options, layout.low.number, lists.code, lists.start, lists.low,
        lists.code & space.breaking, _asked(space, table, owners, lists.code), space.barred,
        found.sets, found.count, found.cut,
    )  # fmt: skip


def _reachable(layout: Layout, always: int) -> Lists:
    """Low rows by class that break at most three of the links that always hold."""
    return listed(layout, np.bitwise_count(layout.code & always) <= LARGEST_SET)


def _asked(space: Space, table: Table, owners: Ints, code: Ints) -> Ints:
    """Bit mask of the constraints that count for each entry: shape (entry,).

    A consenter that a package does not touch has no say, and neither have its lines.
    """
    links, principals = len(space.rules.links), table.weight.shape[1]
    asked = np.full(len(code), -1, dtype=np.int64)
    for consenter in range(len(space.rules.consent_to)):
        own = sum(1 << (links + i) for i, p in enumerate(owners) if p == principals + consenter)
        untouched = code >> (links + consenter) & 1
        asked &= ~(untouched * own)
    return asked
