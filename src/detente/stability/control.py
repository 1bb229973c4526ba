"""Who controls which option of a situation.

An option is controlled by those who have to deliver it and those whose consent it needs, unless
the file says otherwise. They take it up together; each of them may drop it alone, and what is
left if it is not delivered takes its place. Where nobody is named to deliver it, that is up to
the principals together.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.arrays import Bools
from detente.model.structure import Structure
from detente.situation.schema import Situation
from detente.stability.graph import Group


@dataclass(frozen=True, slots=True)
class Control:
    """Decision makers and what is in their hands. Axes: maker, option.

    Attributes:
        makers: actors that control something, and every principal.
        principals: the first so many makers.
        by: by option position, who is named, takes it up together and may drop it alone; empty
            for a status quo and where nobody is named.
        shared: shape (option,), what nobody is named to deliver, so that principals do together.
        final: shape (option,), what cannot be dropped once it is taken up.
        left_out: named as in control, but with nothing to prefer one outcome to another by.
        idle: parties that control nothing.
    """

    makers: tuple[str, ...]
    principals: int
    by: tuple[Group, ...]
    shared: Bools
    final: Bools
    left_out: tuple[str, ...]
    idle: tuple[str, ...]

    @property
    def heads(self) -> Group:
        """The principals as a group."""
        return tuple(range(self.principals))

    def named(self, maker: int) -> Bools:
        """Whether ``maker`` is named as in control of an option: shape (option,)."""
        return np.array([maker in group for group in self.by], dtype=np.bool_)

    def takes_part(self, maker: int) -> Bools:
        """Whether an option is one that ``maker`` has a hand in: shape (option,)."""
        return self.named(maker) | (self.shared & (maker < self.principals))


def control_of(situation: Situation, structure: Structure) -> Control:
    """Read off the file who controls what."""
    told = situation.stability
    named = [_named(situation, structure, place) for place in range(len(structure.options))]
    judges = [*structure.parties, *(n for n in told.order if n not in structure.parties)]
    every = {name for names in named for name in names}
    principals = structure.parties[: structure.principals]
    makers = (*principals, *(n for n in judges if n in every and n not in principals))
    where = {name: index for index, name in enumerate(makers)}
    shared = [
        place != option.status_quo
        and option.ref not in told.controls
        and not where.keys() & set(option.obligors)
        for place, option in enumerate(structure.options)
    ]
    final = np.array([option.ref in told.irreversible for option in structure.options])
    return Control(
        makers,
        structure.principals,
        tuple(tuple(sorted(where[n] for n in names if n in where)) for names in named),
        np.array(shared, dtype=np.bool_),
        final,
        tuple(name for name in situation.actors if name in every and name not in where),
        tuple(name for name in structure.parties if name not in where),
    )


def _named(situation: Situation, structure: Structure, place: int) -> tuple[str, ...]:
    """Who is named as in control of the option at a position."""
    option = structure.options[place]
    if option.ref in situation.stability.controls:
        return situation.stability.controls[option.ref]
    if place == option.status_quo:
        return ()
    asked = [name for name, actor in situation.actors.items() if option.ref in actor.consents_to]
    return tuple(dict.fromkeys([*option.obligors, *asked]))
