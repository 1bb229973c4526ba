"""What a check of the whole file finds, and the names checks look up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from detente.addresses import suggestion
from detente.situation.schema import Situation
from detente.situation.values import bearers, parties
from detente.yamltree import TreePath


@dataclass(frozen=True, slots=True)
class Fault:
    """One broken reference or sum, by its path in the file."""

    path: TreePath
    found: str
    allowed: str
    remedy: str


Faults = Iterator[Fault]


@dataclass(frozen=True, slots=True)
class Names:
    """Names the file defines, even where their definition has mistakes of its own."""

    actors: frozenset[str]
    options: Mapping[str, frozenset[str]]

    @property
    def option_refs(self) -> list[str]:
        """Every option as ``issue.option``."""
        return [f"{issue}.{option}" for issue, names in self.options.items() for option in names]


def unknown_actor(path: TreePath, actor: str, names: Names) -> Faults:
    """A name that no actor of the file has."""
    if actor not in names.actors:
        yield Fault(
            path, f"no actor is called {actor}", "an actor of this file",
            suggestion(actor, names.actors),
        )  # fmt: skip


def bystander(path: TreePath, actor: str, situation: Situation) -> Faults:
    """Somebody who only appears cannot want anything or move anybody."""
    if actor in situation.actors and actor not in bearers(situation):
        yield Fault(
            path, f"{actor} is a bystander", "an actor with another role",
            "give it a role that the account gives it, such as influencer",
        )  # fmt: skip


def not_a_party(path: TreePath, actor: str, situation: Situation, remedy: str) -> Faults:
    """Only parties demand, gain and lose."""
    if actor in situation.actors and actor not in parties(situation):
        yield Fault(path, f"{actor} is no party", "a party of this file", remedy)


def unknown_option(path: TreePath, ref: str, names: Names) -> Faults:
    """An ``issue.option`` that the file does not have."""
    issue, _, option = ref.partition(".")
    if issue not in names.options:
        known, what = names.option_refs, f"no issue is called {issue}"
    elif option not in names.options[issue]:
        known = [f"{issue}.{o}" for o in names.options[issue]]
        what = f"{issue} has no option {option}"
    else:
        return
    yield Fault(path, what, "an option of this file, as issue.option", suggestion(ref, known))


def is_status_quo(ref: str, situation: Situation) -> bool:
    """Whether ``issue.option`` changes nothing."""
    name, _, option = ref.partition(".")
    issue = situation.issues.get(name)
    return issue is not None and issue.status_quo == option


def unknown_options(path: TreePath, refs: Iterable[str], names: Names) -> Faults:
    """``unknown_option`` for each of a list."""
    for index, ref in enumerate(refs):
        yield from unknown_option((*path, index), ref, names)
