"""From a forecast back to the situation it was read off, where that is open; and on."""

from __future__ import annotations

from dataclasses import dataclass

from detente.bargaining.protocols import NASH
from detente.cases.opening import Opened
from detente.errors import SituationError
from detente.ledger.history import Book
from detente.ledger.records import Provenance
from detente.situation.dumping import content_hash
from detente.situation.scenarios import AS_WRITTEN
from detente.web.bench import Bench
from detente.web.library import Entry, Unknown
from detente.web.state import MOST_DRAWS, State


@dataclass(frozen=True, slots=True)
class Place:
    """An open situation: its key in addresses, what else it is called, the hash of its content."""

    key: str
    name: str
    sha256: str

    def is_of(self, one: Provenance) -> bool:
        """Whether a run was of this situation, as it is or as it was."""
        return one.sha256 == self.sha256 or one.situation in {self.key, self.name}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a run can be looked at again, and what is not as it was then."""

    key: str
    address: str
    differs: str


def name_of(entry: Entry) -> str:
    """What a command would call a situation: the case, the file, or its folder."""
    if entry.shipped or entry.file.stem == "situation":
        return entry.key if entry.shipped else entry.file.resolve().parent.name
    return entry.file.stem


def place_of(bench: Bench, opened: Opened) -> Place:
    """An open situation by all its names."""
    entry = bench.library.entry(opened.name)
    key = ("content", entry.key, bench.library.version(entry.key))
    digest: str = bench.answers.shelf.get(key, lambda: content_hash(opened.situation))
    return Place(entry.key, name_of(entry), digest)


def places(bench: Bench) -> tuple[Place, ...]:
    """Every situation that is open and can be read."""
    found: list[Place] = []
    for entry in bench.library.entries():
        try:
            found.append(place_of(bench, bench.library.open(entry.key)))
        except (SituationError, Unknown):
            continue
    return tuple(found)


def origin(known: tuple[Place, ...], one: Provenance) -> Origin | None:
    """Where a run can be looked at again; the very situation before one of the same name."""
    fitting = sorted((p for p in known if p.is_of(one)), key=lambda p: p.sha256 != one.sha256)
    if not fitting:
        return None
    place = fitting[0]
    differs = [
        told
        for told, holds in (
            ("the file has changed since, or is another of that name", place.sha256 == one.sha256),
            ("the page runs the Nash solution", one.protocol == NASH),
            (f"the page takes at most {MOST_DRAWS:,} draws", one.draws <= MOST_DRAWS),
        )
        if not holds
    ]
    state = State(
        one.round, one.reading or AS_WRITTEN, min(one.draws, MOST_DRAWS), one.seed,
        tuple(f"{address}={value}" for address, value in one.patch.items()),
    )  # fmt: skip
    return Origin(place.key, state.query, "; ".join(differs))


def forecast_from(book: Book, place: Place) -> list[str]:
    """Questions of a ledger that were forecast from a situation, in the order asked."""
    return [
        name
        for name, history in book.items()
        if any(k.record.provenance and place.is_of(k.record.provenance) for k in history.forecasts)
    ]
