"""The ledgers that pages show: one's own, and those that ship with the cases that are open.

A browser names a ledger by its key, never by a path. What was read is kept until the file
changes; a database is asked again after a few seconds.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from detente.errors import DetenteError, UsageError
from detente.ledger.chain import Entry, Fault
from detente.ledger.copies import Readable, is_copy, open_to_read, refuse_copy, shipped_ledgers
from detente.ledger.history import Book
from detente.ledger.store.store import Ledger, LedgerFailed, open_ledger
from detente.web.answering import Shelf
from detente.web.library import Unknown

T = TypeVar("T")
USUAL = "ledger.db"
OWN = "own"
KEPT = 8  # ledgers as they were read
KEPT_ANSWERS = 100  # scores, calibrations, figures, pages
SECONDS = 5  # until a database is asked again whether anything was written
CHECKED = 60  # seconds for which it is taken as sound, if nothing was


@dataclass(frozen=True, slots=True)
class Offered:
    """A ledger that can be looked at.

    Attributes:
        key: what it is called in addresses of pages.
        where: its file, URL or name, as commands have it.
        title: what people call it.
        writable: whether it is no copy.
    """

    key: str
    where: str
    title: str
    writable: bool


@dataclass(frozen=True, slots=True)
class Read:
    """A ledger as it was read.

    Attributes:
        where: its name, without any password.
        book: every question; empty where the log cannot be read.
        head: number and hash of the last entry.
        faults: everything that is wrong with the log.
        at: when it was checked.
        migrated: the copy that was kept of an earlier schema, or None.
        trouble: why the log cannot be read, or nothing.
    """

    where: str
    book: Book
    head: tuple[int, str]
    faults: tuple[Fault, ...]
    at: datetime
    migrated: str | None = None
    trouble: str = ""


@dataclass(slots=True)
class Ledgers:
    """Which ledgers there are, and what stands in them.

    Attributes:
        folder: where ``ledger.db`` is looked for, if no ledger was named.
        named: the one that was, a file, a URL or a name.
    """

    folder: Path | None = None
    named: str | None = None
    _read: Shelf = field(default_factory=lambda: Shelf(KEPT))
    _made: Shelf = field(default_factory=lambda: Shelf(KEPT_ANSWERS))
    _last: dict[str, Read] = field(default_factory=dict[str, Read])
    _written: int = 0

    def offered(self, open_cases: Iterable[str]) -> tuple[Offered, ...]:
        """One's own first, then those that ship with the cases that are open."""
        own, known = self._own(), frozenset(open_cases)
        shipped = [
            Offered(name, name, f"{name}, as it ships", writable=False)
            for name in shipped_ledgers()
            if name in known and (own is None or own.where != name)
        ]
        return (*([own] if own else []), *shipped)

    def _own(self) -> Offered | None:
        where = self.named or self._usual()
        if where is None:
            return None
        return Offered(OWN, where, _shown(where), writable=not is_copy(where))

    def _usual(self) -> str | None:
        """The one that commands would take; it may be begun while the server runs."""
        file = None if self.folder is None else self.folder / USUAL
        if file is None or not file.is_file():
            return None
        return USUAL if self.folder == Path.cwd() else str(file)

    def must_be_there(self) -> None:
        """Raises UsageError for a ledger that was named and is none."""
        if self.named is not None:
            with suppress(LedgerFailed), open_to_read(self.named):  # it may come back
                pass

    def read(self, one: Offered) -> Read:
        """What stands in a ledger. Raises DetenteError, in one line."""
        made: Read | DetenteError = self._read.get(self.stamp(one), lambda: self._looked_at(one))
        if isinstance(made, DetenteError):
            raise made
        return made

    def stamp(self, one: Offered) -> tuple[Any, ...]:
        """Changes whenever the ledger does, as far as that can be told without opening it."""
        if "://" in one.where:
            return one.where, self._written, int(time.monotonic() // SECONDS)
        if not one.writable and one.where in shipped_ledgers():
            return (one.where,)
        files = [Path(one.where), Path(f"{one.where}-wal")]
        return one.where, self._written, *(_of(file) for file in files)

    def worked_out(self, read: Read, what: tuple[Any, ...], make: Callable[[], T]) -> T:
        """Something made of a ledger as it was read, on this day; made once."""
        key = (read.where, read.at, datetime.now(UTC).date(), what)
        return self._made.get(key, make)

    def _looked_at(self, one: Offered) -> Read | DetenteError:
        """The ledger, or why not; a database that is gone is not tried again at once."""
        try:
            with open_to_read(one.where) as ledger:
                known = self._last.get(one.where)
                if "://" in one.where and known is not None and _still(known, ledger):
                    return known
                self._last[one.where] = _taken(ledger)
                return self._last[one.where]
        except LedgerFailed as error:
            if "://" in one.where:
                return error
            raise
        except OSError as error:
            raise UsageError(
                f"--ledger {_shown(one.where)}: {error.strerror or error}; a ledger that can be "
                "read is allowed; correct its permissions"
            ) from None

    def write(self, one: Offered, put: Callable[[Ledger], list[Entry]]) -> list[Entry]:
        """Write to a ledger; what is read afterwards has it. Raises UsageError, LedgerFailed."""
        refuse_copy(one.where)
        try:
            with open_ledger(one.where, make=False) as ledger:
                return put(ledger)
        finally:
            self._written += 1


def chosen(offered: tuple[Offered, ...], key: str | None) -> Offered:
    """The ledger of that key, the first where none is named. Raises Unknown."""
    for one in offered:
        if key in {None, "", one.key}:
            return one
    if key:
        raise Unknown(f"{key}: no such ledger is open; see the list of those that are")
    raise Unknown(f"there is no ledger here yet; begin one with: {BEGIN}")


BEGIN = 'detente ledger ask "Will they meet?" --closes 2030-12-31 --criteria "..."'


def _shown(where: str) -> str:
    """A name for people: of a database neither who opens it nor how."""
    return _public(where).rpartition("@")[2] if "://" in where else where


def _public(where: str) -> str:
    """Without the options of an address, where a password may stand as well."""
    return where.partition("?")[0] if "://" in where else where


def _of(file: Path) -> tuple[int, int, int]:
    try:
        found = file.stat()
    except OSError:
        return 0, 0, 0
    return (found.st_mtime_ns, found.st_ctime_ns, found.st_size) if found.st_size else (0, 0, 0)


def _still(known: Read, ledger: Readable) -> bool:
    """Whether nothing was written since, and it was checked lately."""
    fresh = (datetime.now(UTC) - known.at).total_seconds() < CHECKED
    return fresh and known.head == ledger.head()


def _taken(ledger: Readable) -> Read:
    head, faults, now = ledger.head(), ledger.verify(), datetime.now(UTC)
    migrated = ledger.migrated if isinstance(ledger, Ledger) else None
    try:
        return Read(_public(ledger.where), ledger.book(), head, faults, now, migrated)
    except UsageError as error:
        return Read(_public(ledger.where), {}, head, faults, now, migrated, str(error))
