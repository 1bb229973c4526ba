"""Every ledger is brought to the newest schema when it is opened."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

from detente.errors import UsageError
from detente.files import whole
from detente.ledger.store.engines import WRITES

MIGRATIONS = Path(__file__).parent / "migrations"
NEWEST = "0003"
VERSION_TABLE = "ledger_schema"  # other programs may use Alembic in the same database
LOCK = 0x6465_7465  # any number will do: PostgreSQL's migrations wait for each other on it


@cache
def revisions() -> tuple[str, ...]:
    """Every schema there has been, oldest first."""
    found = ScriptDirectory.from_config(_config()).walk_revisions()
    return tuple(one.revision for one in found)[::-1]


def schema_of(connection: Connection) -> str | None:
    """The schema of a database; None for an empty one."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    return connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608 -- our own name


def migrate(engine: Engine, to: str = NEWEST) -> Path | None:
    """Bring a ledger to the schema ``to``, whole or not at all; returns the copy that was kept.

    Before a file with rows is changed, a copy of it as it was is kept beside it. Raises
    UsageError for a ledger that a later version wrote, or a database of something else.
    """
    with engine.connect() as connection:
        tables = inspect(connection).get_table_names()  # before the schema: others may be at it
        found = schema_of(connection)
        _must_be_ours(found, tables)
    if found == to:
        return None
    copy: Path | None = None
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
        found = schema_of(connection)
        if found != to:  # somebody else may have been first
            copy = _keep(engine, found) if found is not None else None
            config = _config()
            config.attributes.update(connection=connection, version_table=VERSION_TABLE)
            command.upgrade(config, to)
    return copy


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _must_be_ours(found: str | None, tables: Sequence[str]) -> None:
    if found is None:
        if "ledger_entries" not in tables:
            return
        what = "a database with tables of something else"
    elif found in revisions():
        return
    else:
        what = f"a ledger of schema {found}, which a later version of Detente wrote"
    raise UsageError(
        f"--ledger: {what}; a ledger up to schema {NEWEST} is allowed; "
        "name another, or install a newer Detente"
    )


def _keep(engine: Engine, found: str) -> Path | None:
    """A copy of a SQLite file as it is, beside it. PostgreSQL has backups of its own.

    Taken by a reader of its own while we hold the right to write and have written nothing.
    """
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return None
    path = Path(engine.url.database)
    copy = path.with_name(f"{path.name}.schema-{found}")
    if not copy.exists():
        with whole(copy) as scratch, closing(sqlite3.connect(path)) as connection:
            connection.execute("VACUUM INTO ?", (str(scratch),))
    return copy
