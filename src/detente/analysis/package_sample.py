"""Packages by number: which of them the links allow, and a fixed sample of a large space."""

from __future__ import annotations

import numpy as np

from detente.arrays import Bools, Floats, Ints
from detente.bargaining.branch.domain import NUMBER, Domain, make_domain
from detente.bargaining.solution import active
from detente.bargaining.space import Space

MOST_SAMPLED = 2**17
BATCH = 2**14
BATCHES = 64  # looked through at most: eight times as many packages as are kept
SEED = 20  # the sample is the same in every run


def sample_packages(space: Space, always: int) -> Ints:
    """Numbers of packages that break no link in bit mask ``always``: shape (package,).

    Drawn evenly from all of them, each kept once, in order of number; at most MOST_SAMPLED,
    fewer where links between many issues leave hardly any.
    """
    domain = make_domain(space.rules, space.barred)
    groups = _choices(domain, always)
    if not all(len(choices) for choices in groups):
        return np.zeros(0, dtype=np.int64)
    bits = np.random.PCG64(SEED)
    found, count = list[Ints](), 0
    for _ in range(BATCHES):
        numbers = _batch(domain, groups, bits)
        kept = numbers[allowed(space, always, numbers)]
        found.append(kept)
        count += len(kept)
        if count >= MOST_SAMPLED:
            break
    return np.unique(np.concatenate(found)[:MOST_SAMPLED])


def _choices(domain: Domain, always: int) -> list[Ints]:
    """Choices of each group that break none of the links inside it."""
    whole = np.flatnonzero((domain.broken & always) == 0)
    return [
        whole[(whole >= start) & (whole < stop)]
        for start, stop in zip(domain.start[:-1], domain.start[1:], strict=True)
    ]


def _batch(domain: Domain, groups: list[Ints], bits: np.random.PCG64) -> Ints:
    """Numbers of BATCH packages, each choice of a group as likely as any other.

    Made from raw bits, which do not change between versions of NumPy.
    """
    numbers = np.zeros(BATCH, dtype=np.int64)
    for choices in groups:
        raw = np.asarray(bits.random_raw(BATCH)) >> np.uint64(32)
        picked = (raw * np.uint64(len(choices))) >> np.uint64(32)
        numbers += domain.facts[choices[picked.astype(np.int64)], NUMBER]
    return numbers


def allowed(space: Space, always: int, numbers: Ints) -> Bools:
    """Packages that change something and break no link in bit mask ``always``: (package,)."""
    held = space.positions_of(numbers)
    ok = numbers != space.barred
    for index, link in enumerate(space.rules.links):
        if always >> index & 1:
            both = active(space, index, held)
            when = np.asarray(np.isin(held, link.when).any(axis=1))
            ok &= ~(when & ~both if link.form == "requires" else both)
    return ok


def mean_gains(space: Space, mean: Floats, bonus: Floats, numbers: Ints) -> Floats:
    """What packages bring: shape (package, party).

    Args:
        space: the package space.
        mean: shape (party, option), gains of options.
        bonus: shape (link, party), worth of ``with`` links.
        numbers: shape (package,).
    """
    held = space.positions_of(numbers)
    total = np.zeros((len(numbers), len(mean)))
    for column in held.T:
        total += mean[:, column].T
    for index, link in enumerate(space.rules.links):
        if link.form == "with":
            total += active(space, index, held)[:, None] * bonus[index]
    return total
