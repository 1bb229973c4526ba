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
from detente.sampling.streams import LONGEST_KEPT, uniforms
from detente.situation.quantities import Shape
from detente.situation.values import Values

SECOND = "second"  # the luck, and the mark of the inputs, of a second sample


@dataclass(frozen=True, slots=True)
class Plan:
    """How many draws, from which seed.

    ``repeats`` consecutive rows share their inputs; ``draws`` is a multiple of it.
    ``luck`` names a set of events: plans that differ in it alone share every input, and
    what chance does to them is independent. ``other`` names inputs and events that come
    from their second streams: plans that differ in it alone share all the rest.
    """

    draws: int
    seed: int
    repeats: int = 1
    luck: str = ""
    other: frozenset[str] = frozenset()

    def stream(self, name: str) -> str:
        """The name of the stream that decides the events called ``name``."""
        luck = SECOND if name in self.other else self.luck
        return f"{luck} {name}" if luck else name

    def inputs(self, address: str) -> str:
        """The name of the stream that the input at ``address``, which has no space, comes from."""
        return f"{address} {SECOND}" if address in self.other else address


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
        plan = self.plan
        rows = plan.draws // plan.repeats
        stream = plan.inputs(address)
        make = _column if self.rows <= LONGEST_KEPT else _made
        return make(quantity.shape, stream, plan.seed, rows, plan.repeats, self.start, self.stop)

    def stratum(self, address: str) -> Floats:
        """Which N-th of its distribution each point falls into: shape (rows / repeats,), from 0.

        Values rise with their stratum, so over all rows of a plan these are ranks, without
        sorting. ``start`` and ``stop`` are multiples of the plan's ``repeats``.
        """
        plan = self.plan
        rows, first, last = (n // plan.repeats for n in (plan.draws, self.start, self.stop))
        return np.floor(uniforms(plan.seed, plan.inputs(address), rows, first, last) * rows)

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
def _column(
    shape: Shape, stream: str, seed: int, rows: int, repeats: int, start: int, stop: int
) -> Floats:
    """Scenarios, and plans, that share a stream ask for the same column one after the other."""
    return _made(shape, stream, seed, rows, repeats, start, stop)


def _made(
    shape: Shape, stream: str, seed: int, rows: int, repeats: int, start: int, stop: int
) -> Floats:
    """The column, read-only."""
    first, last = start // repeats, -(-stop // repeats)
    u = uniforms(seed, stream, rows, first, last)
    if repeats > 1:
        offset = start - first * repeats
        u = np.repeat(u, repeats)[offset : offset + stop - start]
    column = quantile(shape, u)
    column.flags.writeable = False
    return column
