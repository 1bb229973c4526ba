"""One or two addresses moved over a range step by step, as a user writes it.

``address=from..to:steps``: both ends are numbers within the bounds of the address's kind, or
words of its scale, the first counting with its lower and the second with its upper end. One
word alone stands for its range.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from detente.errors import UsageError
from detente.situation.kinds import Kind
from detente.situation.quantities import Point, Quantity, Unreadable, read
from detente.situation.references import address_advice
from detente.situation.schema import Situation
from detente.situation.values import base_values

FEWEST, MOST, USUAL = 2, 41, 11  # steps
FORM = "ADDRESS=FROM..TO:STEPS"
DIGITS = 10  # so that a value is what it looks like when it is written down

_ENDS = re.compile(r"(.+?)\s*\.\.\s*(.+)\Z")


@dataclass(frozen=True, slots=True)
class Sweep:
    """An address and the values it is given one after the other, rising."""

    address: str
    values: tuple[float, ...]


def fixed(value: float) -> Quantity:
    """A step as ``--set`` would read it."""
    return Quantity(Point(value), f"{value:g}")


def read_sweeps(
    situation: Situation, texts: Sequence[str], taken: Collection[str] = ()
) -> tuple[Sweep, ...]:
    """One or two texts of the form ``address=from..to:steps``, steps 11 unless told.

    Args:
        situation: what the addresses belong to.
        texts: as typed.
        taken: addresses that the command line sets already.

    Raises:
        UsageError: naming every mistake.
    """
    base = base_values(situation)
    found: list[Sweep] = []
    mistakes: list[str] = []
    if not 1 <= len(texts) <= 2:
        mistakes.append(
            f"--over: {len(texts) or 'no'} addresses; one or two are allowed; "
            f"{'leave some out' if texts else f'name one as {FORM}'}"
        )
    for text in texts:
        address, equals, rest = (part.strip() for part in text.partition("="))
        if address not in base:
            mistakes.append(
                f"--over {address}: not in this situation; an address of it is allowed; "
                f"{address_advice(address, base)}"
            )
        elif address in taken or address in {sweep.address for sweep in found}:
            how = "set by --set as well" if address in taken else "named twice"
            mistakes.append(f"--over {address}: {how}; once is allowed; leave one of them out")
        else:
            try:
                found.append(Sweep(address, _values(rest if equals else "", base[address].kind)))
            except Unreadable as error:
                mistakes.append(f"--over {address}: {error}")
    if mistakes:
        raise UsageError("\n".join(mistakes))
    return tuple(found)


def _values(text: str, kind: Kind) -> tuple[float, ...]:
    ends, colon, count = text.partition(":")
    low, high = _ends(ends.strip(), kind)
    if not low < high:
        raise Unreadable(
            f"found {low:g}..{high:g}", "the lower end comes first",
            f"write {high:g}..{low:g}" if high < low else "give two different ends",
        )  # fmt: skip
    steps = _steps(count.strip()) if colon else USUAL
    inner = (float(f"{value:.{DIGITS}g}") for value in np.linspace(low, high, steps)[1:-1])
    return (low, *inner, high)


def _ends(text: str, kind: Kind) -> tuple[float, float]:
    if not text:
        low, high = kind.bounds
        raise Unreadable("found no range", FORM, f"write {low:g}..{high:g}, or less of it")
    match = _ENDS.match(text)
    if match is None:  # one word is a range by itself
        return read(text, kind).span
    return read(match[1], kind).span[0], read(match[2], kind).span[1]


def _steps(text: str) -> int:
    if not text.isdecimal() or not FEWEST <= int(text) <= MOST:
        raise Unreadable(
            f"found {text!r} as the number of steps", f"{FEWEST} to {MOST}",
            f"write a whole number, such as {USUAL}",
        )  # fmt: skip
    return int(text)
