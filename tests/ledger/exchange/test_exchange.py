"""A ledger out and in again; public question sets; what is not kept, and why."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.errors import SituationError, UsageError
from detente.ledger.exchange.flat import flat_csv
from detente.ledger.exchange.ifps import is_ifps, read_ifps
from detente.ledger.exchange.imported import keep
from detente.ledger.exchange.log import adopt_log, log_csv
from detente.ledger.exchange.question_set import read_set, slug
from detente.ledger.exchange.rows import clean, decoded, parsed, read_table
from detente.ledger.history import standing
from detente.ledger.keeping import ask, forecast, resolve
from detente.ledger.records import Condition, Forecast, Quantiles, Shares
from detente.ledger.scoring import score
from detente.ledger.store.store import Ledger, open_ledger
from detente.spreadsheets import csv_text

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
IFPS = Path(__file__).parents[4] / "shared" / "data" / "gjp" / "ifps.csv"
EARLY = datetime(2026, 1, 10, tzinfo=UTC)


@pytest.fixture
def full(sqlite: Ledger, a_question: Any, a_forecast: Any, an_answer: Any) -> Ledger:
    """A ledger with every kind of question, formulas in its texts, and a re-resolution."""
    ask(sqlite, a_question(criteria="=1+1 is no formula, nor \u201c@x\u201d;\nsecond line"))
    options = {"kind": "one-of", "options": ("none", "-5", "high"), "ordered": True}
    condition = Condition(says="it is built", question="bridge")
    ask(sqlite, a_question("toll", condition=condition, **options))
    ask(sqlite, a_question("day", kind="date", tags=("a", "b")))
    forecast(sqlite, [a_forecast(p=0.1 + 0.2, why='+ve, "sure"')], EARLY)
    shares = Shares(shares={"none": 0.25, "-5": 0.5, "high": 0.25})
    days = Quantiles(levels=(0.1, 0.9), values=("2026-04-01", "2026-08-01"))
    forecast(
        sqlite,
        [Forecast(question="toll", by="bob", at=EARLY, value=shares),
         Forecast(question="day", by="bob", at=EARLY, value=days, lens="outside")],
        EARLY,
    )  # fmt: skip
    resolve(sqlite, an_answer(answer=False), NOW)
    resolve(sqlite, an_answer(answer=True), NOW)
    resolve(sqlite, an_answer("toll", "-5"), NOW)
    return sqlite


def test_the_log_comes_back_with_the_same_hashes(full: Ledger, tmp_path: Path) -> None:
    """Into a new ledger; again, nothing is new; later entries are added to what is there."""
    path = tmp_path / "log.csv"
    path.write_text(log_csv(full.entries()), encoding="utf-8", newline="")
    with open_ledger(str(tmp_path / "copy.db")) as copy:
        assert adopt_log(copy, read_table(path)) == len(full.entries())
        assert copy.entries() == full.entries()
        assert copy.verify() == ()
        assert adopt_log(copy, read_table(path)) == 0
        resolve(copy, full.book()["bridge"].resolutions[0].record, NOW)
        later = log_csv(copy.entries())
    path.write_text(later, encoding="utf-8", newline="")
    assert adopt_log(full, read_table(path)) == 1


def test_another_log_is_refused(full: Ledger, tmp_path: Path, a_question: Any) -> None:
    """One that differs, one that was changed, one whose end is missing a link."""
    path = tmp_path / "log.csv"
    text = log_csv(full.entries())
    with open_ledger(str(tmp_path / "other.db")) as other:
        ask(other, a_question("elsewhere"))
        path.write_text(text, encoding="utf-8", newline="")
        with pytest.raises(UsageError, match=r"does not follow|another log"):
            adopt_log(other, read_table(path))
        path.write_text(text.replace("0.30000000000000004", "0.4"), encoding="utf-8", newline="")
        with pytest.raises(UsageError, match=r"entry 4 \(forecast\) was changed"):
            adopt_log(other, read_table(path))
        assert len(other.entries()) == 1


def test_the_flat_table_comes_back_with_the_same_scores(full: Ledger, tmp_path: Path) -> None:
    """Questions, forecasts, answers: what is scored is the same, texts letter by letter."""
    book = full.book()
    text = flat_csv(book, NOW)
    assert "\n=" not in text
    assert ",=" not in text
    with open_ledger(str(tmp_path / "copy.db")) as copy:
        done = keep(copy, read_set(parsed("flat.csv", text, "utf-8")))
        assert (done.questions, done.forecasts, done.resolutions, done.left_out) == (3, 3, 2, ())
        again = copy.book()
        assert list(again) == list(book)
        for name, history in again.items():
            skip = {"imported": ""}
            assert history.question.model_copy(update=skip) == book[name].question
            now, before = (standing(b, name, NOW) for b in (again, book))
            assert (now.status, now.answer, now.known) == (
                before.status,
                before.answer,
                before.known,
            )
        assert [(s.question.id, s.stream, s.time_weighted) for s in score(again, NOW)] == [
            (s.question.id, s.stream, s.time_weighted) for s in score(book, NOW)
        ]


texts = st.text("'=+-@,;\"\n x\u00e9", max_size=6) | st.text(max_size=12)


@given(st.lists(texts, min_size=3, max_size=3))
def test_no_text_is_lost_or_acts_as_a_formula(texts: list[str]) -> None:
    """Any field of text, quotes and line ends too, is read as it was written."""
    shown = [clean(text) for text in texts]
    out = csv_text(["a", "b", "c"], [["x", *shown[1:]]])
    (row,) = parsed("t.csv", out, "utf-8").rows
    assert [row.field("b"), row.field("c")] == shown[1:]
    assert not any(
        f.startswith(("=", "+", "@")) for f in out.splitlines()[1].split(",") if "\n" not in f
    )


def test_a_public_set_by_other_names_of_columns() -> None:
    """Two forecasters on one question, one cancelled, one without a date."""
    text = (
        "Title,Created,Close_Time,Prediction,User,Timestamp,Resolution,Resolved\n"
        '"Will it, in fact, rain?",2026-01-01,2026-02-01,70%,ann,2026-01-05,yes,2026-01-20\n'
        '"Will it, in fact, rain?",2026-01-01,2026-02-01,0.2,bob,2026-01-06T10:00+02:00,yes,2026-01-20\n'
        "Will it snow?,2026-01-01,2026-02-01,0.5,ann,2026-01-05,Canceled,\n"
        "Will it hail?,,,0.5,ann,2026-01-05,no,\n"
    )
    found = read_set(parsed("set.csv", text, "utf-8"), tags=("weather",))
    (rain, said, answer), (snow, _, cancelled) = found.kept
    assert (rain.id, rain.opens, rain.tags) == (
        "will-it-in-fact-rain",
        date(2026, 1, 1),
        ("weather",),
    )
    assert [(f.by, f.value.p) for f in said] == [("ann", 0.7), ("bob", 0.2)]  # pyright: ignore[reportAttributeAccessIssue]
    assert said[1].at == datetime(2026, 1, 6, 8, tzinfo=UTC)
    assert answer is not None
    assert cancelled is not None
    assert (answer.answer, cancelled.verdict, cancelled.answer) == (True, "annulled", None)
    assert snow.id == "will-it-snow"
    assert [(one.line, one.reason) for one in found.left_out] == [
        (5, "it has neither a closing date nor a date of its answer")
    ]


def test_every_mistake_of_a_set_is_told_at_once() -> None:
    """With its line and field; nothing is taken."""
    text = (
        "question,opens,closes,probability,outcome\n"
        "A?,2026-01-01,2026-02-01,1.5,yes\n"
        "B?,2026-01-01,soon,0.5,yes\n"
        "C?,2026-01-01,2026-02-01,0.5,perhaps\n"
        "D?,2026-01-01,2026-02-01,0.5,yes\n"
        "D?,2026-01-01,2026-02-01,0.5,no\n"
    )
    with pytest.raises(SituationError) as caught:
        read_set(parsed("set.csv", text, "utf-8"))
    told = str(caught.value)
    assert "set.csv:2:4: probability: found '1.5'; a probability from 0 to 1" in told
    assert "set.csv:3:3: closes: found 'soon'" in told
    assert "set.csv:4:5: outcome: found 'perhaps'" in told
    assert "several outcomes: no, yes" in told
    with pytest.raises(SituationError, match=r"2 fields; 1, as many as headings"):
        parsed("set.csv", "question\na,b\n", "utf-8")


def test_more_forecasts_of_a_question_that_is_there(sqlite: Ledger) -> None:
    """A second file adds what is new and no more; other words by the same name are left out."""
    head = "id,question,opens,closes,date,forecaster,probability,outcome\n"
    first = "q,Rain?,2026-01-01,2026-02-01,2026-01-05,ann,0.5,\n"
    more = "q,Rain?,2026-01-01,2026-02-01,2026-01-05,bob,0.7,yes\n"
    for text in (head + first, head + first + more, head + first + more):
        done = keep(sqlite, read_set(parsed("/home/ann/s.csv", text, "utf-8")))
    assert (done.questions, done.forecasts, done.resolutions, done.already) == (0, 0, 0, 4)
    history = sqlite.book()["q"]
    assert [kept.record.by for kept in history.forecasts] == ["ann", "bob"]
    assert len(history.resolutions) == 1
    assert history.question.imported.startswith("s.csv, sha256 ")
    other = head + first.replace("Rain?", "Snow?")
    done = keep(sqlite, read_set(parsed("s.csv", other, "utf-8")))
    assert [one.reason for one in done.left_out] == ["the ledger has another question of that name"]


def test_a_name_tells_questions_apart() -> None:
    """Long texts that begin alike get different names; any text gets a proper one."""
    long = "Will the very long question that nobody can finish reading "
    assert slug(long + "end in May?") != slug(long + "end in June?")
    assert slug("\u4f1a\u8c08?") != slug("\u6761\u7ea6?")
    assert slug("Will it rain?") == "will-it-rain"


def test_old_encodings_are_read() -> None:
    """Latin-1, with the quotes and dashes that Windows puts where Latin-1 has none."""
    assert decoded("caf\u00e9".encode()) == ("caf\u00e9", "utf-8")
    assert decoded(b"\xef\xbb\xbfid") == ("id", "utf-8")
    assert decoded(b"caf\xe9 \x96 \x93x\x94") == ("caf\u00e9 \u2013 \u201cx\u201d", "latin-1")


def test_every_question_of_the_tournament_is_kept_or_has_its_reason(sqlite: Ledger) -> None:
    """617 questions: 616 kept, one closes before it opens; voided ones are never a no."""
    if not IFPS.is_file():
        pytest.skip("no folder of shared data beside the project")
    table = read_table(IFPS)
    found = read_ifps(table)
    assert len(table.rows) == 617
    assert len(found.kept) + len(found.left_out) == 617
    assert [(one.question, one.reason) for one in found.left_out] == [
        ("gjp-1224-6", "opens on 2013-10-30, after it closes on 2013-06-30")
    ]
    done = keep(sqlite, found)
    assert (done.questions, done.resolutions) == (616, 616)
    book = sqlite.book()
    stands = [standing(book, name, NOW) for name in book]
    by = {s: sum(one.status == s for one in stands) for s in ("resolved", "void", "annulled")}
    assert by == {"resolved": 498, "void": 93, "annulled": 25}
    assert all(one.answer is None for one in stands if one.status != "resolved")
    assert sum(h.question.condition is not None for h in book.values()) == 172
    assert book["gjp-1002-0"].question.options == ("Medvedev", "Putin", "Neither")
    assert standing(book, "gjp-1002-0", NOW).answer == "Putin"
    assert keep(sqlite, found).questions == 0
    assert sqlite.verify() == ()


def test_the_layout_of_the_tournament_without_its_data() -> None:
    """A conditional branch, options in order, a wrong outcome, a wrong count, a strange date."""
    head = "ifp_id,q_type,q_text,q_desc,q_status,date_start,date_to_close,date_closed,outcome,n_opts,options\n"
    rows = (
        '1-1,1,Rain?,d,voided,9/1/11,9/2/11,NA,,2,"If it is wet :  (a) Yes, (b) No"\n'
        '2-6,6,How much?,d,closed,9/1/11,9/30/11,9/8/11,b,3,"(a) 1,000 or more, (b) 10-999, (c) less"\n'
        '3-0,0,Odd?,d,closed,9/1/11,9/30/11,9/8/11,z,2,"(a) Yes, (b) No"\n'
        '4-0,0,Odd?,d,closed,9/1/11,9/30/11,9/8/11,a,3,"(a) Yes, (b) No"\n'
        '5-0,0,Odd?,d,closed,later,9/30/11,9/8/11,a,2,"(a) Yes, (b) No"\n'
        '1-1,1,Again?,d,closed,9/1/11,9/30/11,9/8/11,a,2,"(a) Yes, (b) No"\n'
    )
    table = parsed("ifps.csv", head + rows, "latin-1")
    assert is_ifps(table)
    found = read_ifps(table)
    (rain, _, void), (much, _, told) = found.kept
    assert rain.condition is not None
    assert void is not None
    assert told is not None
    assert (rain.condition.says, void.verdict) == ("If it is wet", "void")
    assert (much.options, much.ordered) == (("1,000 or more", "10-999", "less"), True)
    assert (told.answer, told.known) == ("10-999", datetime(2011, 9, 8, tzinfo=UTC))
    assert [one.reason for one in found.left_out] == [
        "its outcome 'z' is none of its options", "2 options can be read, it says 3",
        "date_start is 'later', no date such as 9/1/11", "its name stands further up already",
    ]  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=5)
@given(st.integers(0, 4))
def test_an_import_is_whole_or_not_at_all(tmp_path: Path, at: int) -> None:
    """A question that fails among others leaves nothing behind."""
    lines = [f"Q{k}?,2026-01-01,2026-02-01,2026-01-05,0.5" for k in range(5)]
    lines[at] = f"Q{at}?,2026-01-01,2026-02-01,2025-01-05,0.5"  # forecast before it opens
    text = "question,opens,closes,date,probability\n" + "\n".join(lines)
    table = parsed("s.csv", text, "utf-8")
    with open_ledger(str(tmp_path / "l.db")) as ledger:
        with pytest.raises(UsageError, match="the question opens on"):
            keep(ledger, read_set(table))
        assert ledger.entries() == []
