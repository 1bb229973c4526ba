"""Which addresses rest on which claims, and what is left when claims are taken away."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from detente.addresses import beneath
from detente.sources.claims import Claims
from detente.sources.removal import way

Supported = dict[str, tuple[str, ...]]


def supported(
    claims: Claims, addresses: Collection[str], counting: Collection[str] | None = None
) -> Supported:
    """The claims each address rests on, in file order; () where there is none.

    Prefixes are expanded. ``counting`` limits the claims that are looked at.
    """
    found: dict[str, list[str]] = {address: [] for address in addresses}
    for name, claim in claims.claims.items():
        if counting is None or name in counting:
            reached = dict.fromkeys(a for stem in claim.supports for a in beneath(stem, addresses))
            for address in reached:
                found[address].append(name)
    return {address: tuple(names) for address, names in found.items()}


def resting_only_on(
    claims: Claims,
    removed: Collection[str],
    addresses: Collection[str],
    counting: Collection[str] | None = None,
) -> frozenset[str]:
    """Addresses that some claim supports, every one of which is in ``removed``."""
    gone = frozenset(removed)
    rests = supported(claims, addresses, counting)
    return frozenset(
        address for address, names in rests.items() if names and gone.issuperset(names)
    )


def by_origin(claims: Claims, speaker: str) -> tuple[str, ...]:
    """Claims whose chain ends with ``speaker``: those that rest on its word."""
    return tuple(name for name, claim in claims.claims.items() if claim.origin == speaker)


def disbelieved(
    claims: Claims,
    ids: Iterable[str] = (),
    speakers: Iterable[str] = (),
    sources: Iterable[str] = (),
) -> frozenset[str]:
    """Claims taken away by id, by origin or by the source they stand in."""
    origins, texts = frozenset(speakers), frozenset(sources)
    found = {
        name
        for name, claim in claims.claims.items()
        if claim.origin in origins or claim.source in texts
    }
    return frozenset(found).union(ids)


def counted(
    claims: Claims, own: Mapping[str, Collection[str]], reading: str | None
) -> frozenset[str]:
    """Claims that count in ``reading``: its own, and those that are no reading's own.

    ``own`` holds the claims that each reading lists as its own; None is no reading.
    """
    reserved = {name for names in own.values() for name in names}
    mine = frozenset(own.get(reading, ())) if reading is not None else frozenset[str]()
    return frozenset(name for name in claims.claims if name not in reserved or name in mine)


@dataclass(frozen=True, slots=True)
class Repeat:
    """One origin that reaches an address by several ways: one source, not many."""

    address: str
    origin: str
    claims: tuple[str, ...]


def repeats(
    claims: Claims, addresses: Collection[str], counting: Collection[str] | None = None
) -> tuple[Repeat, ...]:
    """Origins that several speakers or texts pass on for one address, in address order.

    One speaker who says a thing twice in one text looks like one source already.
    """
    return tuple(
        Repeat(address, origin, same)
        for address, names in supported(claims, addresses, counting).items()
        for origin, same in _grouped(claims, names).items()
        if len({way(claims.claims[name]) for name in same}) > 1
    )


def _grouped(claims: Claims, names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, tuple[str, ...]] = {}
    for name in names:
        origin = claims.claims[name].origin
        groups[origin] = (*groups.get(origin, ()), name)
    return groups
