"""The draw table: a column an address, a row a draw, made where it is needed.

Two kinds of chance are kept apart. *Inputs* are values an analyst is unsure of;
*events* (is a pressure felt, is a line absolute, does the deal close) would be
chance even if every input were known. A plan may hold the inputs fixed over
several rows while events go on: that is how input uncertainty is told apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from detente.arrays import Bools, Floats
from detente.sampling.distributions import quantile
from detente.sampling.streams import uniforms
from detente.situation.quantities import Shape
from detente.situation.values import Values


@dataclass(frozen=True, slots=True)
class Plan:
    """How many draws, from which seed.

    ``repeats`` consecutive rows share their inputs; ``draws`` is a multiple of it.
    ``luck`` names a set of events: plans that differ in it alone share every input, and
    what chance does to them is independent.
    """

    draws: int
    seed: int
    repeats: int = 1
    luck: str = ""

    def stream(self, name: str) -> str:
        """The name of the stream that decides the events called ``name``."""
        return f"{self.luck} {name}" if self.luck else name


@dataclass(frozen=True, slots=True)
class Draws:
    """Rows ``start`` to ``stop`` of the draw table of one patched situation."""

    values: Values
    plan: Plan
    start: int
    stop: int

    @property
    def rows(self) -> int:
        """Number of rows in this chunk."""
        return self.stop - self.start

    def value(self, address: str) -> Floats:
        """The column of ``address``: shape (rows,), in the units of its kind; read-only."""
        quantity = self.values[address].quantity
        if quantity.fixed is not None:
            return np.full(self.rows, quantity.fixed)
        return _column(quantity.shape, address, self.plan, self.start, self.stop)

    def stratum(self, address: str) -> Floats:
        """Which N-th of its distribution each row falls into: shape (rows,), from 0.

        Values rise with their stratum, so these are ranks, without sorting.
        """
        plan = self.plan
        rows = plan.draws // plan.repeats
        return np.floor(uniforms(plan.seed, address, rows, 0, rows) * rows)

    def chance(self, name: str) -> Floats:
        """A uniform column for the event ``name``: shape (rows,), between 0 and 1."""
        plan = self.plan
        stream = plan.stream(f"event {name}")
        return uniforms(plan.seed, stream, plan.draws, self.start, self.stop)

    def happens(self, address: str) -> Bools:
        """Whether the event whose probability stands at ``address`` happens: shape (rows,)."""
        probability = self.value(address)
        if self.values[address].quantity.fixed in (0.0, 1.0):
            return probability > 0.5
        return self.chance(address) < probability


@lru_cache(maxsize=4096)
def _column(shape: Shape, address: str, plan: Plan, start: int, stop: int) -> Floats:
    """Scenarios that share a value ask for the same column one after the other."""
    rows = plan.draws // plan.repeats
    first, last = start // plan.repeats, -(-stop // plan.repeats)
    u = uniforms(plan.seed, address, rows, first, last)
    if plan.repeats > 1:
        offset = start - first * plan.repeats
        u = np.repeat(u, plan.repeats)[offset : offset + stop - start]
    column = quantile(shape, u)
    column.flags.writeable = False
    return column
