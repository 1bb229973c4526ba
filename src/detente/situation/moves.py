"""Checks of what the graph model is told: options, actors and orders that exist."""

from __future__ import annotations

from detente.situation.faults import (
    Fault,
    Faults,
    Names,
    is_status_quo,
    unknown_actor,
    unknown_option,
)
from detente.situation.schema import Situation


def move_faults(situation: Situation, names: Names) -> Faults:
    """Options and actors under ``stability`` are those of the file."""
    told = situation.stability
    for ref, actors in told.controls.items():
        path = ("stability", "controls", ref)
        yield from unknown_option(path, ref, names)
        for index, actor in enumerate(actors):
            yield from unknown_actor((*path, index), actor, names)
            if actor in actors[:index]:
                yield Fault((*path, index), f"{actor} stands twice", "each once", "drop one")
        if is_status_quo(ref, situation):
            yield _changes_nothing(path, ref)
    for index, ref in enumerate(told.irreversible):
        path = ("stability", "irreversible", index)
        yield from unknown_option(path, ref, names)
        if is_status_quo(ref, situation):
            yield _changes_nothing(path, ref)
    for actor, statements in told.order.items():
        yield from unknown_actor(("stability", "order", actor), actor, names)
        for index, parts in enumerate(statements):
            for text in parts:
                ref = text.removeprefix("not ").strip()
                yield from unknown_option(("stability", "order", actor, index), ref, names)


def _changes_nothing(path: tuple[str | int, ...], ref: str) -> Fault:
    return Fault(
        path, f"{ref} is the status quo", "an option that changes it",
        "name the option that is taken up or dropped",
    )  # fmt: skip
