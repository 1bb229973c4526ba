"""From a file or a URL to an engine whose transactions begin as the ledger needs them."""

from __future__ import annotations

import sqlite3
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from detente.errors import NotInstalled, UsageError

WAIT = 60.0  # seconds that a writer waits for its turn
WRITES = "detente_writes"  # the execution option of a transaction that will write
SQLITE_MAGIC = b"SQLite format 3\x00"


def url_of(where: str) -> URL:
    """The database that a file name or a URL stands for. Raises UsageError, NotInstalled."""
    if "://" not in where:
        return URL.create("sqlite+pysqlite", database=str(Path(where)))
    try:
        url = make_url(where)
    except (ArgumentError, ValueError):
        raise _refused(where.partition("://")[0] + "://\u2026") from None
    match url.get_backend_name():
        case "sqlite" if url.database:
            return url.set(drivername="sqlite+pysqlite")
        case "postgresql" | "postgres":
            if find_spec("psycopg") is None:
                raise NotInstalled(
                    "a ledger on PostgreSQL needs psycopg; install it with: "
                    'pip install "detente[postgres]"'
                )
            return url.set(drivername="postgresql+psycopg")
        case _:
            raise _refused(url.render_as_string(hide_password=True))


def _refused(where: str) -> UsageError:
    return UsageError(
        f"--ledger {where}: no ledger can be kept there; a file name or a "
        "postgresql://USER@HOST/DATABASE is allowed; correct it"
    )


def engine_for(url: URL) -> Engine:
    """An engine of the ledger.

    On SQLite: write-ahead log, foreign keys on, every commit flushed to disk, and a
    transaction that will write takes its turn when it begins. Raises UsageError for a file
    that is no database.
    """
    if url.get_backend_name() == "sqlite":
        _check_file(Path(url.database or ""))
        engine = create_engine(url, connect_args={"timeout": WAIT})
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
        return engine
    return create_engine(url, connect_args={"connect_timeout": 10}, pool_pre_ping=True)


def _check_file(path: Path) -> None:
    if path.is_dir():
        found = "a folder"
    elif not path.parent.is_dir():
        found = f"there is no folder {path.parent}"
    elif path.exists() and path.stat().st_size and _start(path) != SQLITE_MAGIC:
        found = "a file that is no ledger"
    else:
        return
    raise UsageError(
        f"--ledger {path}: {found}; a ledger, or a new file in a folder that is there, is "
        "allowed; correct the name"
    )


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(len(SQLITE_MAGIC))


def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin where we say, not where sqlite3 does
    connection.execute(f"PRAGMA busy_timeout = {int(WAIT * 1000)}")
    connection.execute("PRAGMA foreign_keys = ON")
    _turn_wal_on(connection)
    connection.execute("PRAGMA synchronous = FULL")


def _turn_wal_on(connection: sqlite3.Connection) -> None:
    """Another process may be doing the same, and SQLite does not wait for that by itself."""
    until = time.monotonic() + WAIT
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
