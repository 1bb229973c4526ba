"""The log on a database: read it, add to it, verify it.

What a store guarantees, on SQLite and on PostgreSQL alike: an entry is there whole or not at
all; what ``writing`` wrote is on disk when the block ends; writers take turns, so that no two
entries follow the same one; entries are never changed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine, func, insert, select, update
from sqlalchemy.exc import DBAPIError

from detente.errors import DetenteError, UsageError
from detente.ledger.chain import GENESIS, Entry, Fault, canonical, sealed, verify
from detente.ledger.history import History, book_of, enter
from detente.ledger.records import Forecast, Question, Resolution, kind_of, question_of
from detente.ledger.store.checking import columns_agree
from detente.ledger.store.engines import WRITES, engine_for, url_of
from detente.ledger.store.interrupts import uninterrupted
from detente.ledger.store.migrating import migrate
from detente.ledger.store.tables import entries, head

AT_ONCE = 5_000  # rows sent to the database together
LOOKED_UP = 500  # names in one question to it


class LedgerFailed(DetenteError):
    """The database refused: it is locked, gone, full or read-only."""


class Ledger:
    """A log that is open. Use it as a context manager, or ``close`` it.

    Attributes:
        where: the file or URL, without any password.
        migrated: the copy that was kept of an earlier schema, or None.
    """

    def __init__(self, engine: Engine, where: str, migrated: str | None = None) -> None:
        self._engine = engine
        self.where = where
        self.migrated = migrated

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def entries(self, question: str | None = None) -> list[Entry]:
        """Every entry in order, or those of one question. Raises LedgerFailed."""
        with told(self.where), self._engine.connect() as connection, connection.begin():
            return list(_read(connection, question))

    def book(self) -> dict[str, History]:
        """Every question with what was said of it. Raises UsageError, LedgerFailed."""
        return book_of(self.entries())

    def head(self) -> tuple[int, str]:
        """Number and hash of the last entry; 0 and GENESIS for an empty log."""
        with told(self.where), self._engine.connect() as connection, connection.begin():
            return _last(connection)

    @contextmanager
    def writing(self, now: datetime | None = None) -> Generator[Writing]:
        """A turn to write: everything in the block is kept, or nothing of it.

        Raises LedgerFailed where the database refuses.
        """
        options = {WRITES: True}
        with (
            told(self.where),
            self._engine.connect().execution_options(**options) as connection,
            connection.begin() as transaction,
        ):
            turn = Writing(connection, now or datetime.now(UTC))
            yield turn
            turn.flush()
            with uninterrupted():  # else it could be on disk and nobody be told
                transaction.commit()

    def verify(self, noted: str | None = None) -> tuple[Fault, ...]:
        """Everything that is wrong with the log; ``noted`` is the hash of an entry seen earlier."""
        with told(self.where), self._engine.connect() as connection, connection.begin():
            rows = connection.execute(select(entries).order_by(entries.c.number)).all()
            kept = connection.execute(select(head.c.number, head.c.hash)).all()
        log = [_entry(row) for row in rows]
        return (*verify(log, noted), *columns_agree(rows, log, kept))


class Writing:
    """One turn to write. It knows what is in the log, its own entries included."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self.now = now
        self._connection = connection
        row = connection.execute(select(head.c.number, head.c.hash).with_for_update()).one()
        self._number, self._hash = int(row[0]), str(row[1])
        self._known: dict[str, History | None] = {}
        self._waiting: list[dict[str, Any]] = []
        self.written: list[Entry] = []

    @property
    def length(self) -> int:
        """How many entries the log has."""
        return self._number

    def history(self, name: str) -> History | None:
        """A question with what was said of it, None where nobody asked it."""
        if name not in self._known:
            found = book_of(_read(self._connection, name))
            self._known[name] = found.get(name)
        return self._known[name]

    def foresee(self, names: Sequence[str]) -> None:
        """Look many questions up at once, which is quicker than one by one."""
        for start in range(0, len(names), LOOKED_UP):
            some = list(names[start : start + LOOKED_UP])
            wanted = select(entries).where(entries.c.question.in_(some)).order_by(entries.c.number)
            found = book_of(_entry(row) for row in self._connection.execute(wanted))
            self._known.update({name: found.get(name) for name in some})

    def names(self) -> list[str]:
        """The name of every question, in the order asked."""
        self.flush()
        asked = select(entries.c.question).where(entries.c.kind == "question")
        return [str(name) for name in self._connection.scalars(asked.order_by(entries.c.number))]

    def append(self, record: Question | Forecast | Resolution) -> Entry:
        """Add a record to the log; it is there for good when the turn ends."""
        body = canonical(record.model_dump(mode="json", exclude_none=True))
        recorded = self.now.astimezone(UTC).isoformat(timespec="milliseconds")
        entry = sealed(self._number + 1, recorded, kind_of(record), body, self._hash)
        name = question_of(record)
        before = self.history(name)
        found: dict[str, History] = {name: before} if before else {}
        enter(found, entry, record)
        self._known[name] = found[name]
        self._take(entry, name)
        return entry

    def adopt(self, entry: Entry, question: str) -> None:
        """Add an entry of another copy of this log. Raises UsageError where it does not follow."""
        if (entry.number, entry.previous) != (self._number + 1, self._hash):
            raise UsageError(
                f"entry {entry.number} does not follow entry {self._number} of this ledger; "
                "another copy of the same log is allowed; import into a new ledger"
            )
        self._known.pop(question, None)
        self._take(entry, question)

    def hash_at(self, number: int) -> str:
        """The hash of an entry that was there before the turn, empty where there is none."""
        wanted = select(entries.c.hash).where(entries.c.number == number)
        return str(self._connection.scalar(wanted) or "")

    def _take(self, entry: Entry, question: str) -> None:
        self._number, self._hash = entry.number, entry.hash
        self._waiting.append({**_columns(entry), "question": question})
        self.written.append(entry)
        if len(self._waiting) >= AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Send what waits to the database, within the turn."""
        if self._waiting:
            self._connection.execute(insert(entries), self._waiting)
            self._connection.execute(update(head).values(number=self._number, hash=self._hash))
            self._waiting = []


def open_ledger(where: str, *, make: bool = True) -> Ledger:
    """Open a ledger, by file name or URL, at the newest schema.

    ``make`` says whether one that is not there is begun. Raises UsageError for what cannot be
    a ledger, LedgerFailed where the database refuses.
    """
    url = url_of(where)
    if not make and url.get_backend_name() == "sqlite":
        _must_exist(url.database or "")
    on_file = url.get_backend_name() == "sqlite"
    shown = url.database if on_file else url.set(drivername="postgresql").render_as_string()
    engine = engine_for(url)
    try:
        with told(shown or where):
            copy = migrate(engine)
    except BaseException:
        engine.dispose()
        raise
    return Ledger(engine, shown or where, None if copy is None else str(copy))


@contextmanager
def told(where: str) -> Generator[None]:
    """Say in one line what a database refuses."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        said = error.orig if isinstance(error, DBAPIError) else error
        reason = " ".join(str(said).split())
        raise LedgerFailed(
            f"--ledger {where}: the database refused ({reason}); a database that can be reached "
            "and written to is allowed; nothing was written"
        ) from None


def _must_exist(name: str) -> None:
    if not Path(name).exists():
        raise UsageError(
            f"--ledger {name}: there is no such ledger; one that is there is allowed; "
            "begin one with: detente ledger ask, or name another with --ledger"
        )


def _read(connection: Connection, question: str | None) -> Iterator[Entry]:
    wanted = select(entries).order_by(entries.c.number)
    if question is not None:
        wanted = wanted.where(entries.c.question == question)
    for row in connection.execute(wanted):
        yield _entry(row)


def _entry(row: Any) -> Entry:
    return Entry(int(row.number), row.recorded, row.kind, row.body, row.previous, row.hash)


def _columns(entry: Entry) -> dict[str, Any]:
    return {
        "number": entry.number, "recorded": entry.recorded, "kind": entry.kind,
        "body": entry.body, "previous": entry.previous, "hash": entry.hash,
    }  # fmt: skip


def _last(connection: Connection) -> tuple[int, str]:
    count = connection.execute(select(func.max(entries.c.number))).scalar()
    if not count:
        return 0, GENESIS
    found = connection.execute(select(entries.c.hash).where(entries.c.number == count)).scalar_one()
    return int(count), str(found)
