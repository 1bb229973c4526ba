"""Counter-based random streams, one an address, stratified over the draws.

Row ``n`` of an address is a pure function of (seed, address, number of rows, n).
So chunks can be made in any order anywhere, and one more parameter disturbs no
other. The N rows of a column fall one into each N-th of the unit interval
(McKay, Beckman & Conover 1979); which row falls where is a keyed permutation,
a Feistel network walked until it lands inside 0..N-1 (Black & Rogaway 2002).
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b

import numpy as np

from detente.arrays import Floats, Words
from detente.kernels import kernel

_ROUNDS = 6
_WORDS = _ROUNDS + 1
_MULTIPLY_1 = np.uint64(0xBF58476D1CE4E5B9)
_MULTIPLY_2 = np.uint64(0x94D049BB133111EB)
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_BELOW_ONE = 1.0 - 2.0**-53
LONGEST_KEPT = 20_000  # rows: thousands of columns are kept, so that longer ones would fill memory


def uniforms(seed: int, name: str, rows: int, start: int, stop: int) -> Floats:
    """Rows ``start`` to ``stop`` of stream ``name``, strictly between 0 and 1.

    Args:
        seed: any integer.
        name: what the stream is for, such as an address.
        rows: N, the number of rows of the whole column.
        start: first row wanted.
        stop: one past the last row wanted, at most ``rows``.
    """
    if not 0 <= start <= stop <= rows:
        raise ValueError(f"rows {start}..{stop} of {rows}: 0 <= start <= stop <= rows is allowed")
    make = _kept if stop - start <= LONGEST_KEPT else _made
    return make(seed, name, rows, start, stop)


@lru_cache(maxsize=2048)
def _kept(seed: int, name: str, rows: int, start: int, stop: int) -> Floats:
    """Scenarios ask for the same rows one after the other."""
    return _made(seed, name, rows, start, stop)


def _made(seed: int, name: str, rows: int, start: int, stop: int) -> Floats:
    """The rows, read-only."""
    column = _uniforms(_keys(seed, name), rows, start, stop)
    column.flags.writeable = False
    return column


def keyed(seed: int, name: str) -> Words:
    """The key of stream ``name``, for kernels that draw with ``step_uniform``."""
    return _keys(seed, name)


@kernel
def step_uniform(keys: Words, row: int, step: int, which: int) -> float:
    """The ``which``-th uniform (0 to 255) of a row's step: a pure function of its arguments."""
    place = np.uint64(row) * _GOLDEN + (np.uint64(step) << np.uint64(8)) + np.uint64(which)
    bits = _mix(_mix(place + keys[0]) ^ keys[1]) >> np.uint64(11)
    return (np.float64(bits) + 0.5) * 2.0**-53


def _keys(seed: int, name: str) -> Words:
    digest = blake2b(f"{seed}\0{name}".encode(), digest_size=8 * _WORDS).digest()
    return np.frombuffer(digest, dtype="<u8").astype(np.uint64)


@kernel
def _mix(x: np.uint64) -> np.uint64:
    """The splitmix64 finaliser (Steele, Lea & Flood 2014)."""
    x ^= x >> np.uint64(30)
    x *= _MULTIPLY_1
    x ^= x >> np.uint64(27)
    x *= _MULTIPLY_2
    return x ^ (x >> np.uint64(31))


@kernel
def _uniforms(keys: Words, rows: int, start: int, stop: int) -> Floats:
    half = np.uint64(1)
    while np.uint64(1) << (np.uint64(2) * half) < np.uint64(rows):
        half += np.uint64(1)
    mask = (np.uint64(1) << half) - np.uint64(1)
    out = np.empty(stop - start)
    for i in range(stop - start):
        row = np.uint64(start + i)
        place = row
        while True:
            left = place >> half
            right = place & mask
            for r in range(_ROUNDS):
                left, right = right, left ^ (_mix(right ^ keys[r]) & mask)
            place = (left << half) | right
            if place < np.uint64(rows):
                break
        bits = _mix(_mix(row * _GOLDEN + keys[_ROUNDS]) ^ keys[0]) >> np.uint64(11)
        inside = (np.float64(bits) + 0.5) * 2.0**-53
        out[i] = min((np.float64(place) + inside) / rows, _BELOW_ONE)
    return out
