"""Ledgers of every earlier schema open, and keep every row."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from detente.errors import UsageError
from detente.ledger.keeping import ask
from detente.ledger.store.engines import WRITES, engine_for, url_of
from detente.ledger.store.migrating import NEWEST, VERSION_TABLE, migrate, revisions, schema_of
from detente.ledger.store.store import open_ledger
from detente.ledger.store.tables import metadata

SCHEMAS = Path(__file__).parents[1] / "schemas"
COLUMNS = "number, recorded, kind, body, previous, hash"
ROWS = f"SELECT {COLUMNS} FROM ledger_entries ORDER BY number"
EARLIER = [name for name in revisions() if name != NEWEST]


def old_file(tmp_path: Path, schema: str) -> Path:
    """A ledger as that schema left it, from the dump that was taken then."""
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((SCHEMAS / f"{schema}.sql").read_text(encoding="utf-8"))
    return path


def rows_of(path: Path) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(ROWS).fetchall()


def test_there_is_a_ledger_of_every_earlier_schema() -> None:
    """Whoever adds a schema adds the dump of the one before."""
    assert {path.stem for path in SCHEMAS.glob("*.sql")} == set(EARLIER)
    assert revisions()[-1] == NEWEST
    assert len(EARLIER) >= 2


@pytest.mark.parametrize("schema", EARLIER)
def test_a_file_of_an_earlier_schema_keeps_every_row(tmp_path: Path, schema: str) -> None:
    """It opens, is sound, knows its questions, and a copy of it as it was stands beside it."""
    path = old_file(tmp_path, schema)
    before = rows_of(path)
    assert len(before) == 6
    with open_ledger(str(path)) as ledger:
        assert ledger.migrated == f"{path}.schema-{schema}"
        assert ledger.verify() == ()
        assert [entry.number for entry in ledger.entries("bridge")] == [1, 3, 5]
        assert ledger.head() == (6, before[-1][5])
    assert rows_of(path) == before
    copy = Path(f"{path}.schema-{schema}")
    assert rows_of(copy) == before
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchone() == (
            schema,
        )
    with open_ledger(str(path)) as ledger:
        assert ledger.migrated is None


@pytest.mark.parametrize("schema", EARLIER)
def test_a_server_of_an_earlier_schema_keeps_every_row(
    server: Any, tmp_path: Path, schema: str
) -> None:
    """The same on PostgreSQL."""
    rows = rows_of(old_file(tmp_path, schema))
    where = server.database()
    engine = engine_for(url_of(where))
    migrate(engine, schema)
    values = ", ".join(f":{name.strip()}" for name in COLUMNS.split(","))
    with engine.begin() as connection:
        connection.execute(
            text(f"INSERT INTO ledger_entries ({COLUMNS}) VALUES ({values})"),
            [dict(zip(COLUMNS.split(", "), row, strict=True)) for row in rows],
        )
        if schema != "0001":  # as that version would have filed them
            connection.execute(text(
                "UPDATE ledger_entries SET question = coalesce(body::json->>'question', body::json->>'id')"
            ))  # fmt: skip
            connection.execute(
                text("UPDATE ledger_head SET number = 6, hash = :own"), {"own": rows[-1][5]}
            )
    engine.dispose()
    with open_ledger(where) as ledger:
        assert ledger.verify() == ()
        with ledger._engine.connect() as connection:
            assert [tuple(row) for row in connection.execute(text(ROWS))] == rows


def test_the_migrations_make_the_tables_that_the_code_uses(where: str) -> None:
    """Nothing is in one and not in the other."""
    with open_ledger(where) as ledger, ledger._engine.connect() as connection:
        options = {"version_table": VERSION_TABLE, "compare_type": True}
        assert (
            compare_metadata(MigrationContext.configure(connection, opts=options), metadata) == []
        )


def test_a_failed_migration_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever stops it, and however late: the schema and every row stay."""
    path = old_file(tmp_path, "0001")
    before = rows_of(path)
    upgrade = command.upgrade

    def torn(*given: Any) -> None:
        upgrade(*given)
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "upgrade", torn)
    with pytest.raises(KeyboardInterrupt):
        open_ledger(str(path))
    assert rows_of(path) == before
    engine = engine_for(url_of(str(path)))
    with engine.connect() as connection:
        assert schema_of(connection) == "0001"
        names = [row[1] for row in connection.execute(text("PRAGMA table_info(ledger_entries)"))]
    engine.dispose()
    assert "question" not in names


def test_a_damaged_row_is_kept_and_reported(tmp_path: Path) -> None:
    """A body that cannot be read stops no migration; verify names its entry."""
    path = old_file(tmp_path, "0001")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE ledger_entries SET body = 'torn' WHERE number = 4")
        connection.commit()
    with open_ledger(str(path)) as ledger:
        assert [(fault.flaw, fault.number) for fault in ledger.verify()] == [("changed", 4)]


def test_a_later_ledger_and_a_strange_database_are_refused(tmp_path: Path, a_question: Any) -> None:
    """Nothing in them is touched."""
    path = tmp_path / "later.db"
    with open_ledger(str(path)) as ledger:
        ask(ledger, a_question())
        options = {WRITES: True}
        with ledger._engine.connect().execution_options(**options) as at, at.begin():
            at.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    before = rows_of(path)
    with pytest.raises(UsageError, match="schema 9999, which a later version"):
        open_ledger(str(path))
    assert rows_of(path) == before
    strange = tmp_path / "strange.db"
    with closing(sqlite3.connect(strange)) as connection:
        connection.execute("CREATE TABLE ledger_entries (x)")
    with pytest.raises(UsageError, match="tables of something else"):
        open_ledger(str(strange))


def test_safety_is_switched_on(tmp_path: Path) -> None:
    """Write-ahead log, foreign keys, every commit flushed."""
    with open_ledger(str(tmp_path / "safe.db")) as ledger, ledger._engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "synchronous")
        }
    assert found == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2}
