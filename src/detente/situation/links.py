"""Checks of links: one form each, names that exist, no circles, nothing impossible."""

from __future__ import annotations

from collections.abc import Mapping

from detente.situation.faults import (
    Fault,
    Faults,
    Names,
    not_a_party,
    unknown_actor,
    unknown_options,
)
from detente.situation.schema import Link, Situation
from detente.yamltree import TreePath


def link_faults(situation: Situation, names: Names) -> Faults:
    """One form a link, names that exist, conditions that can be met."""
    for index, link in enumerate(situation.links):
        path = ("links", index)
        given = {"requires": link.requires, "excludes": link.excludes, "with": link.together}
        written = [key for key, refs in given.items() if refs is not None]
        if len(written) != 1:
            yield Fault(
                path, f"found {' and '.join(written) or 'none of them'}",
                "exactly one of requires, excludes and with", "split it into one link each",
            )  # fmt: skip
        for key, refs in [("if", link.when), *given.items()]:
            yield from unknown_options((*path, key), refs or (), names)
        for actor in link.worth:
            yield from unknown_actor((*path, "worth", actor), actor, names)
            remedy = "drop the line, or change its role"
            yield from not_a_party((*path, "worth", actor), actor, situation, remedy)
        if bool(link.worth) != (link.together is not None):
            yield Fault(
                path, "found worth without with" if link.worth else "found with without worth",
                "with: [options] and worth: {actor: ..} go together", "add the other one",
            )  # fmt: skip
        yield from _never(path, link)


def _never(path: TreePath, link: Link) -> Faults:
    """A link whose condition can never be met, because one issue takes one option."""
    needed = [ref.split(".")[0] for ref in link.requires or ()]
    own = {ref.split(".")[0] for ref in link.when}
    clash = len(own) == 1 and (link.match == "all" or len(set(needed)) == 1) and own & set(needed)
    if clash or (link.match == "all" and len(needed) > len(set(needed))):
        yield Fault(
            (*path, "requires"), "an issue would need two options at once",
            "one option an issue", "require options of other issues, or match: any",
        )  # fmt: skip


def circle_faults(situation: Situation, _: Names) -> Faults:
    """Links that require one another in a circle: nothing could come first."""
    edges: dict[str, set[str]] = {}
    where: dict[str, int] = {}
    for index, link in enumerate(situation.links):
        for ref in link.when:
            edges.setdefault(ref, set()).update(link.requires or ())
            where.setdefault(ref, index)
    seen: set[frozenset[str]] = set()
    for start in edges:
        cycle = _cycle_through(start, edges)
        if cycle and frozenset(cycle) not in seen:
            seen.add(frozenset(cycle))
            yield Fault(
                ("links", where[start], "requires"),
                f"the links run in a circle: {' requires '.join([*cycle, cycle[0]])}",
                "what comes first must not need what comes after",
                "drop one of these links, or make the options one",
            )


def _cycle_through(start: str, edges: Mapping[str, set[str]]) -> list[str]:
    """A shortest way from ``start`` back to itself, or nothing."""
    trails = [[start]]
    reached: set[str] = set()
    while trails:
        trail = trails.pop(0)
        for ref in sorted(edges.get(trail[-1], ())):
            if ref == start:
                return trail
            if ref not in reached:
                reached.add(ref)
                trails.append([*trail, ref])
    return []
