"""The hash chain: each entry carries the hash of the one before, so that no change goes unseen.

An entry's hash is the SHA-256 of canonical JSON: keys sorted, no spaces, ASCII only, numbers
in the shortest form that reads back. Its number is not hashed, its place follows from the links.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

GENESIS = "0" * 64  # what the first entry carries
_CANONICAL = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False
)
Flaw = Literal["changed", "missing", "inserted", "reordered", "renumbered", "repeated", "truncated"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log.

    Attributes:
        number: its place, from 1.
        recorded: when it was written, ISO 8601 in UTC.
        kind: of record.
        body: the record as canonical JSON.
        previous: hash of the entry before, GENESIS for the first.
        hash: its own.
    """

    number: int
    recorded: str
    kind: str
    body: str
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a log; ``number`` is the place in the log as it stands."""

    flaw: Flaw
    number: int
    says: str

    def __str__(self) -> str:
        return self.says


def canonical(data: Any) -> str:
    """Canonical JSON. Raises ValueError for a number that is not finite."""
    return _CANONICAL.encode(data)


def entry_hash(recorded: str, kind: str, body: str, previous: str) -> str:
    """What the hash of such an entry has to be."""
    said = canonical({"body": body, "kind": kind, "previous": previous, "recorded": recorded})
    return hashlib.sha256(said.encode("ascii")).hexdigest()


def sealed(number: int, recorded: str, kind: str, body: str, previous: str) -> Entry:
    """The entry that follows the one whose hash is ``previous``."""
    return Entry(number, recorded, kind, body, previous, entry_hash(recorded, kind, body, previous))


def verify(entries: Sequence[Entry], head: str | None = None) -> tuple[Fault, ...]:
    """Everything that is wrong with a log, in its order; empty where it is sound.

    ``head`` is a hash noted earlier. Where it is given and no entry has it, the log was cut
    off before it, or written anew. A log that was changed and hashed anew from there on can
    be told from the true one only by a hash noted elsewhere.
    """
    places = {entry.hash: place for place, entry in enumerate(entries, 1)}
    faults = [
        *_own(entries),
        *_numbers(entries),
        *(fault for place in range(len(entries)) for fault in _link(entries, place, places)),
        *_head(entries, places, head),
    ]
    return tuple(sorted(faults, key=lambda fault: fault.number))


def _own(entries: Sequence[Entry]) -> Iterator[Fault]:
    """Entries whose text does not make their hash, and those that stand twice."""
    seen: dict[str, int] = {}
    for place, entry in enumerate(entries, 1):
        wanted = entry_hash(entry.recorded, entry.kind, entry.body, entry.previous)
        if wanted != entry.hash:
            yield Fault(
                "changed",
                place,
                f"entry {place} ({entry.kind}) was changed: its text gives the hash {wanted[:12]}, "
                f"it carries {entry.hash[:12]}",
            )
        if entry.hash in seen:
            yield Fault("repeated", place, f"entry {place} repeats entry {seen[entry.hash]}")
        seen.setdefault(entry.hash, place)


def _numbers(entries: Sequence[Entry]) -> Iterator[Fault]:
    for place, entry in enumerate(entries, 1):
        if entry.number != place:
            yield Fault(
                "renumbered", place, f"the entry in place {place} carries the number {entry.number}"
            )
            return  # all that follow are shifted


def _link(entries: Sequence[Entry], place: int, places: dict[str, int]) -> Iterator[Fault]:
    """What is wrong between an entry and the one before it."""
    entry, number = entries[place], place + 1
    before = entries[place - 1].hash if place else GENESIS
    if entry.previous == before:
        return
    said = f"entry {number} ({entry.kind}) was not written after entry {place}"
    if entry.previous == GENESIS:
        true = 0
    elif entry.previous in places:
        true = places[entry.previous]
    else:
        told = (
            f"{said} as it stands: entry {place} was changed, or an entry between is missing"
            if place
            else f"entry 1 ({entry.kind}) is not the first: what stood before it is missing"
        )
        yield Fault("missing", number, told)
        return
    if true < place:
        between = f"entry {place}" if true == place - 1 else f"entries {true + 1} to {place}"
        told = f"{said} but entry {true}: {between} was inserted, or was moved there"
        yield Fault("inserted", place, told)
    else:
        yield Fault("reordered", number, f"{said} but entry {true}: the order was changed")


def _head(entries: Sequence[Entry], places: dict[str, int], head: str | None) -> Iterator[Fault]:
    if head is None or head in places or head == GENESIS:
        return
    last = entries[-1].hash[:12] if entries else "nothing"
    yield Fault(
        "truncated",
        len(entries) + 1,
        f"no entry has the hash {head[:12]}: what led to it was cut off or written anew; "
        f"the log ends with {last}",
    )
