"""What every store has to do: the same tests on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from detente.errors import UsageError
from detente.ledger.chain import GENESIS
from detente.ledger.keeping import ask, forecast, put_forecast, put_question, resolve
from detente.ledger.store.engines import WRITES
from detente.ledger.store.store import Ledger, LedgerFailed, open_ledger

TESTS = Path(__file__).parents[1]
ADDED = (
    "INSERT INTO ledger_entries (number, recorded, kind, body, previous, hash, question) "
    "SELECT 6, recorded, kind, body, previous, 'x', question FROM ledger_entries WHERE number = 5"
)


@pytest.fixture(scope="module", autouse=True)
def lives(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Generator[dict[str, subprocess.Popen[str] | str]]:
    """Writers that are killed 200 times on each store, beside the other tests of this file."""
    places = {"sqlite": str(tmp_path_factory.mktemp("lives") / "ledger.db")}
    found: dict[str, subprocess.Popen[str] | str] = {}
    try:
        places["postgresql"] = request.getfixturevalue("server").database()
    except pytest.skip.Exception as reason:
        found["postgresql"] = str(reason)
    for store, where in places.items():
        found[store] = subprocess.Popen(
            [sys.executable, str(TESTS / "lives.py"), where, "200"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
    yield found
    for one in found.values():
        if isinstance(one, subprocess.Popen):
            one.kill()
            one.communicate()


def with_history(ledger: Ledger, a_question: Any, a_forecast: Any, an_answer: Any) -> None:
    """Five entries on two questions."""
    ask(ledger, a_question())
    ask(ledger, a_question("toll"))
    forecast(ledger, [a_forecast(p=0.3), a_forecast("toll", 0.6)])
    resolve(ledger, an_answer())


def tamper(ledger: Ledger, *statements: str) -> None:
    """Change the database as somebody would who has it in hand, triggers put aside."""
    sqlite = ledger._engine.dialect.name == "sqlite"
    aside = (
        [
            "DROP TRIGGER IF EXISTS ledger_entries_UPDATE",
            "DROP TRIGGER IF EXISTS ledger_entries_DELETE",
        ]
        if sqlite
        else ["ALTER TABLE ledger_entries DISABLE TRIGGER ALL"]
    )
    with ledger._engine.connect().execution_options(**{WRITES: True}) as at, at.begin():
        for statement in (*aside, *statements):
            at.execute(text(statement))


def test_an_empty_log(ledger: Ledger) -> None:
    """It is sound, has no entry, and ends where the first one will begin."""
    assert ledger.entries() == []
    assert ledger.head() == (0, GENESIS)
    assert ledger.verify() == ()
    assert ledger.book() == {}


def test_what_was_written_is_there_when_opened_again(
    where: str, a_question: Any, a_forecast: Any, an_answer: Any
) -> None:
    """Every entry in order, each linked to the one before; by question too."""
    with open_ledger(where) as ledger:
        with_history(ledger, a_question, a_forecast, an_answer)
        before = ledger.entries()
    with open_ledger(where) as ledger:
        entries = ledger.entries()
        assert entries == before
        assert [e.kind for e in entries] == ["question"] * 2 + ["forecast"] * 2 + ["resolution"]
        assert [e.number for e in ledger.entries("toll")] == [2, 4]
        assert ledger.head() == (5, entries[-1].hash)
        assert ledger.verify() == ()
        book = ledger.book()
        assert list(book) == ["bridge", "toll"]
        assert book["bridge"].question == a_question()
        assert book["bridge"].resolutions[0].record.answer is True


def test_text_comes_back_as_it_was(ledger: Ledger, a_question: Any) -> None:
    """Letters of every script, quotes, line ends."""
    said = "\u00ab\u041c\u0438\u0440\u00bb \u2014 '会談'; \U0001f54a \"x\" \\ %s :name\nsecond line"
    ask(ledger, a_question(criteria=said))
    assert ledger.book()["bridge"].question.criteria == said


def test_a_turn_is_kept_whole_or_not_at_all(
    ledger: Ledger, a_question: Any, a_forecast: Any
) -> None:
    """What fails at its end leaves nothing of its beginning."""
    ask(ledger, a_question())
    before = ledger.head()
    with pytest.raises(UsageError, match="no question"):
        forecast(ledger, [a_forecast(), a_forecast("nowhere")])
    with suppress(KeyError), ledger.writing() as turn:
        put_forecast(turn, a_forecast())
        turn.flush()
        raise KeyError
    assert ledger.head() == before
    assert ledger.verify() == ()


def test_a_turn_knows_what_it_wrote(ledger: Ledger, a_question: Any, a_forecast: Any) -> None:
    """A forecast of a question asked in the same turn; names in order, unsent ones too."""
    with ledger.writing() as turn:
        for name in ("one", "two", "three"):
            put_question(turn, a_question(name))
            put_forecast(turn, a_forecast(name))
        assert turn.names() == ["one", "two", "three"]
        assert turn.length == 6
    assert len(ledger.entries()) == 6


def test_the_database_refuses_to_change_an_entry(ledger: Ledger, a_question: Any) -> None:
    """Update, delete, the same number twice: refused by the database itself."""
    ask(ledger, a_question())
    statements = ["UPDATE ledger_entries SET body = ''", "DELETE FROM ledger_entries"]
    if ledger._engine.dialect.name == "postgresql":
        statements.append("TRUNCATE ledger_entries")
    for statement in statements:
        with (
            ledger._engine.connect() as connection,
            pytest.raises(DBAPIError, match="never changed"),
        ):
            connection.execute(text(statement))
    assert ledger.verify() == ()


@pytest.mark.parametrize(
    ("statements", "flaw", "says"),
    [
        (["UPDATE ledger_entries SET body = replace(body, '0.3', '0.4') WHERE number = 3"],
         "changed", "entry 3 (forecast) was changed"),
        (["UPDATE ledger_entries SET recorded = '2020' WHERE number = 1"],
         "changed", "entry 1 (question) was changed"),
        (["UPDATE ledger_entries SET question = 'toll' WHERE number = 3"],
         "changed", "entry 3 is filed under toll, it is about bridge"),
        (["DELETE FROM ledger_entries WHERE number = 2",
          "UPDATE ledger_entries SET number = number - 1 WHERE number > 2"],
         "missing", "entry 1 was changed, or an entry between is missing"),
        (["DELETE FROM ledger_entries WHERE number = 5"],
         "truncated", "entries 5 to 5 are missing"),
        (["DELETE FROM ledger_entries"], "truncated", "entries 1 to 5 are missing"),
        (["UPDATE ledger_entries SET number = 99 WHERE number = 3",
          "UPDATE ledger_entries SET number = 3 WHERE number = 4",
          "UPDATE ledger_entries SET number = 4 WHERE number = 99"],
         "reordered", "entry 3 (forecast) was not written after entry 2 but entry 4"),
        ([ADDED], "inserted", "entry 5 was inserted"),
    ],
)  # fmt: skip
def test_what_is_done_behind_its_back_is_found(
    ledger: Ledger, a_question: Any, a_forecast: Any, an_answer: Any,
    statements: list[str], flaw: str, says: str,
) -> None:  # fmt: skip
    """Changed, missing, moved and added rows are found, and the entry is named."""
    with_history(ledger, a_question, a_forecast, an_answer)
    tamper(ledger, *statements)
    found = ledger.verify()
    assert flaw in {fault.flaw for fault in found}
    assert says in "\n".join(map(str, found))


def test_a_hash_noted_elsewhere_is_looked_for(ledger: Ledger, a_question: Any) -> None:
    """The one of an earlier entry is found again; one that was never here is not."""
    entry = ask(ledger, a_question())
    ask(ledger, a_question("toll"))
    assert ledger.verify(entry.hash) == ()
    assert [fault.flaw for fault in ledger.verify("a" * 64)] == ["truncated"]


def test_writers_lose_nothing(where: str) -> None:
    """Three processes begin at once on a ledger that is not there yet, and take turns."""
    turns, names = 12, ("ann", "bob", "cyd")
    script = str(TESTS / "writers.py")
    at_work = [
        subprocess.Popen([sys.executable, script, where, name, str(turns)], stderr=subprocess.PIPE)
        for name in names
    ]
    for one in at_work:
        _, said = one.communicate(timeout=60)
        assert one.returncode == 0, said.decode()
    with open_ledger(where) as ledger:
        assert ledger.verify() == ()
        said = [json.loads(e.body) for e in ledger.entries() if e.kind == "forecast"]
    for name in names:
        assert [one["why"] for one in said if one["by"] == name] == [str(t) for t in range(turns)]


@pytest.mark.parametrize("store", ["sqlite", "postgresql"])
def test_killed_in_the_middle_of_a_write(
    lives: dict[str, subprocess.Popen[str] | str], store: str
) -> None:
    """200 times: nothing acknowledged is lost, nothing half-written remains, the log is sound."""
    at_work = lives[store]
    if isinstance(at_work, str):
        pytest.skip(at_work)
    said, errors = at_work.communicate(timeout=120)
    assert at_work.returncode == 0, errors
    found = json.loads(said)
    assert found["lives"] == 200
    assert found["acknowledged"] >= 200
    assert found["entries"] >= 2 * found["acknowledged"]
    assert (found["lost"], found["half_written"], found["faults"]) == ([], False, [])


def test_a_place_that_cannot_hold_a_ledger_is_refused(tmp_path: Path) -> None:
    """A folder, a text, a folder that is not there, another database: said in one line."""
    (tmp_path / "notes.txt").write_text("not a database at all")
    for place, says in (
        (tmp_path, "a folder"),
        (tmp_path / "notes.txt", "a file that is no ledger"),
        (tmp_path / "no" / "ledger.db", "there is no folder"),
        ("mysql://someone:secret@host/db", "no ledger can be kept there"),
    ):
        with pytest.raises(UsageError, match=says) as caught:
            open_ledger(str(place))
        assert "secret" not in str(caught.value)
    with pytest.raises(UsageError, match="there is no such ledger"):
        open_ledger(str(tmp_path / "new.db"), make=False)
    assert not (tmp_path / "new.db").exists()


def test_a_server_that_is_not_there_is_told_in_one_line() -> None:
    """Without the password that was typed, and without a traceback."""
    with pytest.raises(LedgerFailed, match="the database refused") as caught:
        open_ledger("postgresql://keeper:secret@127.0.0.1:1/nothing")
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_only_begins_like_a_database_is_told(tmp_path: Path) -> None:
    """The database's own words, in one line."""
    path = tmp_path / "torn.db"
    path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    with pytest.raises(LedgerFailed, match="the database refused"):
        open_ledger(str(path))


def test_a_damaged_file_is_told(sqlite: Ledger, a_question: Any) -> None:
    """An entry that is no record names itself and the command that says more."""
    ask(sqlite, a_question())
    tamper(sqlite, "UPDATE ledger_entries SET body = '{}'")
    with pytest.raises(UsageError, match="entry 1 of the ledger cannot be read"):
        sqlite.book()
    assert [fault.flaw for fault in sqlite.verify()][:1] == ["changed"]
