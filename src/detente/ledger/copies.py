"""A copy of a log as a file, to look at: one that was exported, or one that ships.

A copy cannot be written to. It is taken into a ledger of one's own by importing it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from detente.errors import UsageError
from detente.ledger.chain import GENESIS, Entry, Fault, verify
from detente.ledger.exchange.log import entries_of, is_log
from detente.ledger.exchange.rows import read_table
from detente.ledger.history import History, book_of, read_entry
from detente.ledger.records import question_of
from detente.ledger.store.store import open_ledger

FOLDER = Path(__file__).parent / "shipped"


class Readable(Protocol):
    """What can be asked of a ledger without changing it."""

    @property
    def where(self) -> str:
        """Its name, without any password."""
        ...

    def entries(self, question: str | None = None) -> list[Entry]:
        """Every entry in order, or those of one question."""
        ...

    def book(self) -> dict[str, History]:
        """Every question with what was said of it."""
        ...

    def head(self) -> tuple[int, str]:
        """Number and hash of the last entry."""
        ...

    def verify(self, noted: str | None = None) -> tuple[Fault, ...]:
        """Everything that is wrong with the log."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
        /,
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class Copy:
    """The entries of an exported log, sound or not."""

    where: str
    log: tuple[Entry, ...]

    def entries(self, question: str | None = None) -> list[Entry]:
        """Every entry in order, or those of one question. Raises UsageError."""
        if question is None:
            return list(self.log)
        return [entry for entry in self.log if question_of(read_entry(entry)) == question]

    def book(self) -> dict[str, History]:
        """Every question with what was said of it. Raises UsageError."""
        return book_of(self.log)

    def head(self) -> tuple[int, str]:
        """Number and hash of the last entry; 0 and GENESIS for an empty log."""
        return (self.log[-1].number, self.log[-1].hash) if self.log else (0, GENESIS)

    def verify(self, noted: str | None = None) -> tuple[Fault, ...]:
        """Everything that is wrong; ``noted`` is the hash of an entry seen earlier."""
        return verify(self.log, noted)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """There is nothing to let go of."""


def shipped_ledgers() -> tuple[str, ...]:
    """Names of the ledgers that ship, each that of a case."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.csv")))


def read_copy(file: Path, where: str | None = None) -> Copy:
    """An exported log. Raises UsageError where the file is none, SituationError."""
    table = read_table(file)
    if not is_log(table):
        raise UsageError(f"{file}: no exported log; one is allowed; see: detente ledger export")
    return Copy(where or str(file), tuple(entries_of(table)))


def shipped_ledger(name: str) -> Copy:
    """The ledger of a case that ships."""
    return read_copy(FOLDER / f"{name}.csv", f"{name}, as it ships")


def is_copy(where: str) -> bool:
    """Whether a name is that of a copy: it ships, or is an exported log."""
    if "://" in where:
        return False
    path = Path(where)
    return path.suffix.lower() == ".csv" or (where in shipped_ledgers() and not path.exists())


def open_to_read(where: str) -> Readable:
    """A ledger, or a copy of one, to look at. Raises UsageError, SituationError, LedgerFailed."""
    if not is_copy(where):
        return open_ledger(where, make=False)
    return shipped_ledger(where) if where in shipped_ledgers() else read_copy(Path(where))


def refuse_copy(where: str) -> None:
    """Raises UsageError for a copy, which nobody can write to."""
    if is_copy(where):
        raise UsageError(
            f"--ledger {where}: a copy to look at, not written to; a ledger of your own is allowed; "
            f"take it over with: detente ledger export copy.csv --ledger {where}, then detente ledger "
            "import copy.csv --ledger mine.db"
        )
