"""Solve the table in every draw: from a Table to which package, how large the zone."""

from __future__ import annotations

from detente.bargaining.layout import MOST_ENUMERATED
from detente.bargaining.protocols import AUTO, BRANCH, ENUMERATE, NASH, protocol
from detente.bargaining.solution import Lots, Question, Solution
from detente.bargaining.space import Rules, Space
from detente.errors import UsageError
from detente.model.structure import LinePlace
from detente.model.table import Table


def solve(
    space: Space,
    table: Table,
    lines: tuple[LinePlace, ...] = (),
    name: str = NASH,
    lots: Lots | None = None,
) -> Solution:
    """The solution of every draw by a protocol, exactly, over every package.

    By enumeration the zone is counted as well; by branch and bound its size is left 0,
    where there is a package too (see ``counting``).

    Args:
        space: the package space.
        table: one problem a draw.
        lines: red lines.
        name: the protocol, with a method after a colon if one is to be forced.
        lots: what chance decides; only some protocols ask.

    Raises:
        UsageError: an unknown protocol or method; a protocol that does not take so many
            principals, or a quorum.
        SpaceTooLarge: more packages than the method or the protocol takes.
    """
    asked = protocol(name)
    question = Question(space, table, lines, lots)
    if asked.unanimity_only and space.rules.quorum is not None:
        raise UsageError(
            f"protocol {name}: some principal may be outvoted; a situation in which all must "
            "agree is allowed; use another protocol, or rule: unanimity"
        )
    if asked.branch is not None and method_for(space.rules, name) == BRANCH:
        return asked.branch(question)
    return asked.solve(question)


def method_for(rules: Rules, name: str) -> str:
    """ENUMERATE or BRANCH: how a protocol, named as in ``solve``, is solved.

    Measured: enumeration takes a nanosecond or less a package and draw, and counts the zone
    in passing; branch and bound takes 10 to 100 microseconds a draw whatever the size, but
    then counting the zone takes as long as enumeration would. So up to 2^22 packages are
    enumerated unless another method is named.
    """
    if protocol(name).branch is None:
        return ENUMERATE
    method = name.partition(":")[2] or AUTO
    if method == AUTO:
        return ENUMERATE if rules.packages <= MOST_ENUMERATED else BRANCH
    return method
