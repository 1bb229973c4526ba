"""A copy of a log says what the ledger said of which it is a copy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from detente.errors import UsageError
from detente.ledger.copies import Copy, open_to_read, read_copy, refuse_copy, shipped_ledgers
from detente.ledger.exchange.log import log_csv
from detente.ledger.keeping import ask, forecast
from detente.ledger.store.store import Ledger

Make = Callable[..., Any]


@pytest.fixture
def copied(sqlite: Ledger, tmp_path: Path, a_question: Make, a_forecast: Make) -> Path:
    """A ledger of two questions, exported."""
    for name in ("bridge", "tunnel"):
        ask(sqlite, a_question(name))
        forecast(sqlite, [a_forecast(name)])
    file = tmp_path / "log.csv"
    file.write_text(log_csv(sqlite.entries()), encoding="utf-8")
    return file


def test_a_copy_answers_as_the_ledger_does(sqlite: Ledger, copied: Path) -> None:
    """Entries, of one question too, the book, the head, the verdict."""
    with open_to_read(str(copied)) as copy:
        assert isinstance(copy, Copy)
        assert copy.entries() == sqlite.entries()
        assert copy.entries("tunnel") == sqlite.entries("tunnel") != []
        assert copy.book() == sqlite.book()
        assert copy.head() == sqlite.head()
        assert copy.verify(copy.head()[1]) == ()


def test_a_copy_that_was_changed_is_found_out(copied: Path) -> None:
    """Read as it stands, and verified as a ledger is."""
    copy = read_copy(copied)
    first, *others = copy.log
    changed = Copy(
        copy.where, (replace(first, body=first.body.replace("bridge", "bribe")), *others)
    )
    assert {fault.number for fault in changed.verify()} == {1}


def test_a_ledger_is_opened_where_there_is_one(sqlite: Ledger, tmp_path: Path) -> None:
    """A file of a shipped ledger's name is the user's own."""
    with open_to_read(str(tmp_path / "ledger.db")) as found:
        assert isinstance(found, Ledger)
        assert found.head() == sqlite.head()


def test_what_is_no_copy_is_refused_and_copies_are_not_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A table that is no log; a shipped name and a CSV file as places to write."""
    monkeypatch.chdir(tmp_path)
    other = tmp_path / "other.csv"
    other.write_text("question,closes\nWill it?,2026-12-31\n", encoding="utf-8")
    with pytest.raises(UsageError, match="no exported log"):
        read_copy(other)
    for name in (*shipped_ledgers(), str(other)):
        with pytest.raises(UsageError, match="not written to"):
            refuse_copy(name)
    Path(shipped_ledgers()[0]).write_bytes(b"")
    refuse_copy(shipped_ledgers()[0])  # the user's own file of that name
