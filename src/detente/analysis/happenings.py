"""What came of each draw in one byte, for tables too long to keep whole in memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from detente.arrays import Bools, Ints
from detente.model.causes import HELD

Codes = npt.NDArray[np.uint8]
CAUSE_BITS = 0b111
DEAL, TANGIBLE, LASTS, ESCALATED = 3, 4, 5, 6  # bits above those of the cause


class Happenings(Protocol):
    """What probabilities are counted from: columns of shape (draw,), None if not modelled.

    ``Outcomes`` are these, and so is what is kept of them in one byte a draw.
    """

    def __len__(self) -> int: ...
    @property
    def cause(self) -> Ints | None:
        """HELD, or why the meeting was not held."""
        ...

    @property
    def held(self) -> Bools:
        """Whether they met."""
        ...

    @property
    def deal(self) -> Bools:
        """Whether they met and it closed."""
        ...

    @property
    def tangible(self) -> Bools:
        """Whether it counts as tangible as well."""
        ...

    @property
    def lasts(self) -> Bools | None:
        """Whether the deal outlasted the horizon."""
        ...

    @property
    def escalated(self) -> Bools | None:
        """Whether war came."""
        ...


@dataclass(frozen=True, slots=True)
class Happened:
    """The same columns, packed: see ``Happenings``.

    Attributes:
        codes: shape (draw,), the cause in the lowest bits, then one bit a column.
        modelled: names of the columns that there are, of cause, lasts and escalated.
    """

    codes: Codes
    modelled: frozenset[str]

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def cause(self) -> Ints | None:
        """As in ``Outcomes``."""
        if "cause" not in self.modelled:
            return None
        return (self.codes & CAUSE_BITS).astype(np.int64)

    @property
    def held(self) -> Bools:
        """Whether they met."""
        return np.asarray((self.codes & CAUSE_BITS) == HELD)

    @property
    def deal(self) -> Bools:
        """Whether they met and it closed."""
        return self._bit(DEAL)

    @property
    def tangible(self) -> Bools:
        """Whether it counts as tangible as well."""
        return self._bit(TANGIBLE)

    @property
    def lasts(self) -> Bools | None:
        """Whether the deal outlasted the horizon."""
        return self._bit(LASTS) if "lasts" in self.modelled else None

    @property
    def escalated(self) -> Bools | None:
        """Whether war came."""
        return self._bit(ESCALATED) if "escalated" in self.modelled else None

    def _bit(self, bit: int) -> Bools:
        return np.asarray(self.codes >> np.uint8(bit) & np.uint8(1) == 1)


def happened(found: Happenings) -> Happened:
    """The same columns in one byte a draw."""
    codes = np.zeros(len(found), dtype=np.uint8)  # HELD is 0, and what is taken as held too
    if found.cause is not None:
        codes |= found.cause.astype(np.uint8)
    columns = {
        DEAL: found.deal, TANGIBLE: found.tangible, LASTS: found.lasts,
        ESCALATED: found.escalated,
    }  # fmt: skip
    for bit, column in columns.items():
        if column is not None:
            codes |= column.astype(np.uint8) << np.uint8(bit)
    names = ("cause", "lasts", "escalated")
    return Happened(codes, frozenset(n for n in names if getattr(found, n) is not None))


def all_happened(parts: Iterable[Happened]) -> Happened:
    """Parts of one scenario end to end; at least one."""
    kept = list(parts)
    return Happened(np.concatenate([part.codes for part in kept]), kept[0].modelled)
