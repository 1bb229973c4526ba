"""The rules of a ledger: what may be asked, forecast and answered, and what becomes of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from detente.errors import UsageError
from detente.ledger.history import standing
from detente.ledger.keeping import ask, forecast, resolve
from detente.ledger.records import (
    Condition,
    Forecast,
    Normal,
    Probability,
    Quantiles,
    Question,
    Sample,
    Shares,
)
from detente.ledger.scoring import grouped, score
from detente.ledger.store.store import Ledger

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = datetime(2027, 3, 1, 12, tzinfo=UTC)


def status(ledger: Ledger, name: str, now: datetime = NOW) -> tuple[str, Any]:
    found = standing(ledger.book(), name, now)
    return found.status, found.answer


def test_criteria_stand_once_asked(sqlite: Ledger, a_question: Any) -> None:
    """The same name again is refused, whatever it would say; the first stays."""
    ask(sqlite, a_question())
    with pytest.raises(UsageError, match="it stays as it was asked"):
        ask(sqlite, a_question(criteria="Anything counts."))
    assert sqlite.book()["bridge"].question.criteria == "Traffic crosses it."
    with pytest.raises(ValidationError):
        sqlite.book()["bridge"].question.criteria = "Anything counts."


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"opens": date(2026, 2, 1), "closes": date(2026, 1, 1)}, "not before it"),
        ({"kind": "one-of", "options": ("a",)}, "at least two, all different"),
        ({"kind": "one-of", "options": ("a", "a")}, "at least two, all different"),
        ({"options": ("a", "b")}, "only one-of has them"),
        ({"condition": Condition(says="so", question="nowhere")}, "nowhere: no question"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(
    sqlite: Ledger, a_question: Any, given: dict[str, Any], says: str
) -> None:
    """And nothing is written."""
    with pytest.raises(UsageError, match=says):
        ask(sqlite, a_question(**given))
    assert sqlite.entries() == []


@pytest.mark.parametrize(
    ("question", "value", "says"),
    [
        ({}, Shares(shares={"a": 1.0}), "a probability from 0 to 1"),
        ({"kind": "one-of", "options": ("a", "b")}, Probability(p=0.5), "a share for each option"),
        ({"kind": "one-of", "options": ("a", "b")}, Shares(shares={"a": 1.0}), "no share for 'b'"),
        ({"kind": "one-of", "options": ("a", "b")}, Shares(shares={"a": 0.5, "b": 0.4}), "add up to 0.9"),
        ({"kind": "one-of", "options": ("a", "b")}, Shares(shares={"a": 0.5, "c": 0.5}), "option 'c'"),
        ({"kind": "number"}, Quantiles(levels=(0.5, 0.1), values=(1.0, 2.0)), "rising between 0 and 1"),
        ({"kind": "number"}, Quantiles(levels=(0.1, 0.5), values=(2.0, 1.0)), "values fall"),
        ({"kind": "number"}, Quantiles(levels=(0.1, 0.5), values=(2.0,)), "differ in number"),
        ({"kind": "number"}, Sample(values=("2026-01-01",)), "found '2026-01-01'"),
        ({"kind": "date"}, Sample(values=(5.0,)), "dates such as"),
        ({"kind": "date"}, Normal(mean=1.0, sd=1.0), "quantiles or a sample of dates"),
    ],
)  # fmt: skip
def test_a_forecast_has_to_fit_its_question(
    sqlite: Ledger, a_question: Any, question: dict[str, Any], value: Any, says: str
) -> None:
    """And nothing is written."""
    ask(sqlite, a_question(**question))
    with pytest.raises(UsageError, match=says):
        forecast(sqlite, [Forecast(question="bridge", by="ann", at=NOW, value=value)], NOW)
    assert len(sqlite.entries()) == 1


def test_a_forecast_counts_from_the_moment_it_is_written(
    sqlite: Ledger, a_question: Any, a_forecast: Any
) -> None:
    """An earlier moment cannot be claimed, except for a record that is imported."""
    ask(sqlite, a_question())
    before = NOW - timedelta(days=30)
    forecast(sqlite, [a_forecast(at=before), a_forecast(at=before, imported="a file")], NOW)
    own, foreign = (kept.record for kept in sqlite.book()["bridge"].forecasts)
    assert (own.at, foreign.at) == (NOW, before)
    assert not own.after_the_fact
    early = datetime(2025, 12, 31, tzinfo=UTC)
    with pytest.raises(UsageError, match="the question opens on 2026-01-01"):
        forecast(sqlite, [a_forecast(at=early, imported="a file")], NOW)


def test_made_after_the_fact_is_marked_by_the_ledger(
    sqlite: Ledger, a_question: Any, a_forecast: Any, an_answer: Any
) -> None:
    """Once the answer could be known, or the question closed; and it is never averaged in."""
    ask(sqlite, a_question())
    ask(sqlite, a_question("other"))
    forecast(sqlite, [a_forecast(p=0.4)], datetime(2026, 1, 10, tzinfo=UTC))
    resolve(sqlite, an_answer(), NOW)
    forecast(sqlite, [a_forecast(p=1.0, at=datetime(2026, 1, 5, tzinfo=UTC))], NOW)
    forecast(sqlite, [a_forecast("other", 0.9)], LATER)
    book = sqlite.book()
    marks = [kept.record.after_the_fact for kept in book["bridge"].forecasts]
    assert marks == [False, True]
    assert book["other"].forecasts[0].record.after_the_fact
    groups = grouped(score(book, NOW), "author")
    found = {g.after_the_fact: g.at_close["brier_halved"].mean for g in groups}
    assert found == {False: pytest.approx(0.36), True: 0.0}


@pytest.mark.parametrize(
    ("question", "given", "says"),
    [
        ({}, {"answer": "maybe"}, "yes or no is allowed"),
        ({}, {"answer": 1.0}, "yes or no is allowed"),
        ({}, {"answer": None}, "no answer"),
        ({"kind": "one-of", "options": ("low", "high")}, {"answer": "hihg"}, "did you mean high"),
        ({"kind": "number"}, {"answer": True}, "a finite number"),
        ({"kind": "number"}, {"answer": float("inf")}, "a finite number"),
        ({"kind": "date"}, {"answer": "soon"}, "a date such as"),
        ({}, {"verdict": "annulled", "answer": True}, "one of both"),
        ({}, {"verdict": "void", "answer": None}, "no condition that could fail"),
        ({}, {"known": datetime(2030, 1, 1, tzinfo=UTC)}, "yet to come"),
    ],
)
def test_an_answer_has_to_fit_its_question(
    sqlite: Ledger, a_question: Any, an_answer: Any, question: dict[str, Any],
    given: dict[str, Any], says: str,
) -> None:  # fmt: skip
    """And nothing is written."""
    ask(sqlite, a_question(**question))
    with pytest.raises(UsageError, match=says):
        resolve(sqlite, an_answer(**given), NOW)
    assert len(sqlite.entries()) == 1


@pytest.mark.parametrize("verdict", ["ambiguous", "annulled", "void"])
def test_what_has_no_answer_is_no_no(
    sqlite: Ledger, a_question: Any, a_forecast: Any, an_answer: Any, verdict: str
) -> None:
    """Ambiguous, annulled and void questions have no answer, no score, and say what they are."""
    ask(sqlite, a_question(condition=Condition(says="if so")))
    forecast(sqlite, [a_forecast(p=0.01)], datetime(2026, 1, 10, tzinfo=UTC))
    resolve(sqlite, an_answer(verdict=verdict, answer=None), NOW)
    assert status(sqlite, "bridge") == (verdict, None)
    assert score(sqlite.book(), NOW) == []


def test_a_failed_condition_makes_void(
    sqlite: Ledger, a_question: Any, a_forecast: Any, an_answer: Any
) -> None:
    """By itself, and no other answer is taken; a new answer to the condition opens it again."""
    ask(sqlite, a_question("held"))
    condition = Condition(says="they meet", question="held", answer=True)
    ask(sqlite, a_question("tangible", condition=condition))
    ask(sqlite, a_question("signed", condition=Condition(says="tangible", question="tangible")))
    forecast(sqlite, [a_forecast("tangible", 0.2)], datetime(2026, 1, 5, tzinfo=UTC))
    with pytest.raises(UsageError, match="held is open: resolve that first"):
        resolve(sqlite, an_answer("tangible", True), NOW)
    resolve(sqlite, an_answer("held", False), NOW)
    assert status(sqlite, "tangible") == ("void", None)
    assert status(sqlite, "signed") == ("void", None)
    assert standing(sqlite.book(), "tangible", NOW).because == "held"
    assert score(sqlite.book(), NOW) == []
    with pytest.raises(UsageError, match="counts only if they meet"):
        resolve(sqlite, an_answer("tangible", False), NOW)
    resolve(sqlite, an_answer("held", True), NOW)
    assert status(sqlite, "tangible") == ("open", None)
    resolve(sqlite, an_answer("tangible", False), NOW)
    assert status(sqlite, "tangible") == ("resolved", False)
    assert len(score(sqlite.book(), NOW)) == 1
    resolve(sqlite, an_answer("held", None, verdict="annulled"), NOW)
    assert status(sqlite, "tangible") == ("annulled", None)


def test_a_new_answer_rescores(
    sqlite: Ledger, a_question: Any, a_forecast: Any, an_answer: Any
) -> None:
    """Both stay in the log; the last one counts, for the answer and for when it was known."""
    ask(sqlite, a_question())
    forecast(sqlite, [a_forecast(p=0.2)], datetime(2026, 1, 10, tzinfo=UTC))
    forecast(sqlite, [a_forecast(p=0.9)], datetime(2026, 1, 20, tzinfo=UTC))
    resolve(sqlite, an_answer(answer=False), NOW)
    (before,) = score(sqlite.book(), NOW)
    resolve(sqlite, an_answer(answer=True, known=datetime(2026, 1, 15, tzinfo=UTC)), NOW)
    (after,) = score(sqlite.book(), NOW)
    assert before.at_close["brier_halved"] == pytest.approx(0.81)
    assert after.at_close["brier_halved"] == pytest.approx(0.64)
    assert len(sqlite.book()["bridge"].resolutions) == 2
    assert sqlite.verify() == ()


def test_a_question_closes_at_the_end_of_its_last_day(sqlite: Ledger, a_question: Any) -> None:
    """Open until midnight UTC, closed from then on."""
    ask(sqlite, a_question())
    assert status(sqlite, "bridge", datetime(2026, 12, 31, 23, 59, tzinfo=UTC))[0] == "open"
    assert status(sqlite, "bridge", datetime(2027, 1, 1, tzinfo=UTC))[0] == "closed"


@pytest.mark.parametrize(
    "given",
    [
        {"text": "two\nlines"}, {"text": ""}, {"text": "a\x1bb"}, {"criteria": "nul \x00"},
        {"id": "Two Words"}, {"tags": ("a b",)}, {"options": tuple(map(str, range(101)))},
        {"text": "x" * 501}, {"unknown": 1},
    ],
)  # fmt: skip
def test_records_refuse_what_could_harm(given: dict[str, Any]) -> None:
    """Control characters, names that are none, sizes without bound, fields nobody knows."""
    plain: dict[str, Any] = {
        "id": "q", "text": "Q?", "criteria": "C.", "opens": date(2026, 1, 1),
        "closes": date(2026, 2, 1),
    }  # fmt: skip
    assert Question(**plain).id == "q"
    with pytest.raises(ValidationError):
        Question(**{**plain, **given})
