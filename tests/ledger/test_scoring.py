"""Scores of a ledger against brute force: over time, at the close, relative, by group."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from statistics import mean, median, stdev
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.ledger.calibrating import calibration
from detente.ledger.combining import combine, pools_now
from detente.ledger.history import History, Kept
from detente.ledger.records import Forecast, Probability, Question, Resolution, Sample, Shares
from detente.ledger.scores.corp import FEW
from detente.ledger.scoring import GROUPINGS, grouped, late, score

START = datetime(2026, 1, 1, tzinfo=UTC)
END = START + timedelta(days=10)
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def a_book(
    said: list[tuple[str, int, float]], answer: bool = True, name: str = "q", **question: Any
) -> dict[str, History]:
    """One question answered ten days after it opened; who said what at which hour."""
    asked = Question(
        id=name, text="Q?", criteria="C.", opens=START.date(), closes=NOW.date(), **question
    )
    history = History(Kept(1, START, asked))
    for number, (by, hour, p) in enumerate(said, 2):
        at = START + timedelta(hours=hour)
        one = Forecast(question=name, by=by, at=at, value=Probability(p=p))
        history.forecasts.append(Kept(number, at, one))
    told = Resolution(question=name, verdict="value", answer=answer, known=END, source="s", by="b")
    history.resolutions.append(Kept(99, NOW, told))
    return {name: history}


hours = st.integers(0, 239)
sayings = st.lists(
    st.tuples(st.sampled_from("abc"), hours, st.sampled_from([0.0, 0.1, 0.5, 0.8, 1.0])),
    min_size=1, max_size=8, unique_by=lambda one: (one[0], one[1]),
)  # fmt: skip


def standing_at(said: list[tuple[str, int, float]], by: str, hour: int) -> float | None:
    """What somebody's last word was, by looking through all of it."""
    found = [(h, p) for who, h, p in said if who == by and h <= hour]
    return max(found)[1] if found else None


@given(sayings, st.booleans())
def test_time_weights_are_those_of_a_clock(
    said: list[tuple[str, int, float]], answer: bool
) -> None:
    """Hour by hour: score, coverage, and the difference from the median of all."""
    y = float(answer)
    scored = score(a_book(said, answer), NOW, against="community")
    assert [one.stream.by for one in scored] == sorted({by for by, _, _ in said})
    for one in scored:
        own = [standing_at(said, one.stream.by, h) for h in range(240)]
        squares = [(p - y) ** 2 for p in own if p is not None]
        assert one.time_weighted["brier_halved"] == pytest.approx(mean(squares))
        assert one.coverage == pytest.approx(len(squares) / 240)
        assert one.at_close["brier_halved"] == (standing_at(said, one.stream.by, 239) - y) ** 2  # pyright: ignore[reportOptionalOperand]
        apart: list[float] = []
        for h, p in enumerate(own):
            others = [x for by in "abc" if (x := standing_at(said, by, h)) is not None]
            if p is not None:
                apart.append((p - y) ** 2 - (median(others) - y) ** 2)
        assert one.less_reference["brier_halved"] == pytest.approx(mean(apart), abs=1e-12)


def test_forecasts_from_when_the_answer_could_be_known_do_not_count() -> None:
    """One in time and one after it; one that is only late is no forecast at all."""
    (one,) = score(a_book([("a", 5, 0.3), ("a", 240, 1.0)]), NOW)
    assert (one.forecasts, one.at_close["brier_halved"]) == (1, pytest.approx(0.49))
    only_late = a_book([("a", 241, 1.0)])
    assert score(only_late, NOW) == []
    assert late(only_late, NOW) == 1


def test_base_rates_leave_the_question_out() -> None:
    """Two of three others came to yes: the reference is 2/3, with the own answer left out."""
    book: dict[str, History] = {}
    for name, answer in (("a", True), ("b", True), ("c", False), ("d", False)):
        book |= a_book([("x", 0, 0.5)], answer, name)
    found = {one.question.id: one for one in score(book, NOW, against="base-rate")}
    assert found["a"].of_reference["brier_halved"] == pytest.approx((1 / 3 - 1) ** 2)
    assert found["c"].of_reference["brier_halved"] == pytest.approx((2 / 3) ** 2)
    (group,) = grouped(list(found.values()), "all")
    assert group.less_reference["brier_halved"].mean == pytest.approx(0.25 - 4 / 9)
    assert group.skill["brier_halved"] == pytest.approx(1 - 0.25 / (4 / 9))


def test_the_outside_view_is_the_lens_of_that_name() -> None:
    """Compared only while both had a forecast; none where there is no outside view."""
    book = a_book([("a", 0, 0.6), ("b", 120, 0.9)])
    outside = book["q"].forecasts[1].record.model_copy(update={"lens": "outside"})
    book["q"].forecasts[1] = Kept(3, START, outside)
    own, view = score(book, NOW, against="outside")
    assert own.less_reference["brier_halved"] == pytest.approx(0.16 - 0.01)
    assert view.less_reference["brier_halved"] == 0.0
    (alone,) = score(a_book([("a", 0, 0.6)]), NOW, against="outside")
    assert alone.less_reference == {}


def test_groups_count_each_question_once() -> None:
    """Means within a question, then over questions, with their standard error."""
    book = a_book([("a", 0, 0.5), ("b", 0, 0.9)], True, "q", tags=("x",))
    book |= a_book([("a", 0, 0.2)], True, "r", tags=("x", "y"))
    scored = score(book, NOW)
    found = {g.name: g for g in grouped(scored, "tag")}
    x = found["x"].at_close["brier_halved"]
    each = [mean([0.25, 0.01]), 0.64]
    assert (x.mean, x.se, x.questions) == (
        pytest.approx(mean(each)), pytest.approx(stdev(each) / math.sqrt(2)), 2,
    )  # fmt: skip
    assert found["y"].at_close["brier_halved"].se is None
    assert [g.name for g in grouped(scored, "author")] == ["a", "b"]
    assert {by: len(grouped(scored, by)) for by in GROUPINGS} == {
        "stream": 2, "author": 2, "lens": 1, "reading": 1, "tag": 2, "question": 2, "all": 1,
    }  # fmt: skip


def test_a_forecast_under_a_reading_speaks_for_the_reading() -> None:
    """It is scored, and is no part of the community, nor of a pool; by hand is no reading."""
    book = a_book([("a", 0, 0.6), ("b", 0, 0.8), ("b", 1, 0.1)])
    under = book["q"].forecasts[2].record.model_copy(update={"reading": "sceptic", "lens": "run"})
    book["q"].forecasts[2] = Kept(4, START, under)
    scored = score(book, NOW, against="community")
    assert [one.of_reference["brier_halved"] for one in scored] == [pytest.approx(0.09)] * 3
    assert [g.name for g in grouped(scored, "stream")] == [
        "a, judgement", "b, judgement", "b, run, sceptic",
    ]  # fmt: skip
    assert [g.name for g in grouped(scored, "reading")] == ["no reading", "sceptic"]
    assert combine(book, NOW)[0].brier_halved == pytest.approx(0.09)
    assert pools_now(book, "q")["mean"] == pytest.approx(0.7)


def test_certainty_that_was_wrong_is_infinite() -> None:
    """In the log score and its mean; the Brier score stays finite."""
    (group,) = grouped(score(a_book([("a", 0, 0.0)]), NOW), "all")
    assert group.at_close["log"].mean == math.inf
    assert group.at_close["log"].se is None
    assert group.at_close["brier_halved"].mean == 1.0


def test_each_kind_has_its_scores() -> None:
    """Ordered options the ranked score, dates and numbers the CRPS in their unit."""
    book = a_book([("a", 0, 0.5)], kind="one-of", options=("x", "y", "z"), ordered=True)
    one = book["q"].forecasts[0].record
    shares = Shares(shares={"x": 0.2, "y": 0.5, "z": 0.3})
    book["q"].forecasts[0] = Kept(2, START, one.model_copy(update={"value": shares}))
    told = book["q"].resolutions[0].record
    book["q"].resolutions[0] = Kept(9, NOW, told.model_copy(update={"answer": "z"}))
    (found,) = score(book, NOW, against="community")
    assert set(found.at_close) == {"brier", "log", "rps"}
    assert found.at_close["rps"] == pytest.approx(0.53)
    assert found.less_reference["rps"] == pytest.approx(0.0)
    book = a_book([("a", 0, 0.5)], kind="date")
    dates = Sample(values=("2026-03-01", "2026-03-03"))
    book["q"].forecasts[0] = Kept(2, START, one.model_copy(update={"value": dates}))
    book["q"].resolutions[0] = Kept(9, NOW, told.model_copy(update={"answer": "2026-03-02"}))
    (found,) = score(book, NOW, against="community")
    assert found.at_close == {"crps": pytest.approx(1.0 - 0.5)}
    assert found.less_reference == {}


def many(count: int) -> dict[str, History]:
    book: dict[str, History] = {}
    for k in range(count):
        book |= a_book([("a", 0, (k % 10) / 10 + 0.05), ("b", 1, 0.5)], k % 3 == 0, f"q{k}")
    return book


def test_few_questions_get_points_and_no_curve() -> None:
    """One below the threshold refuses it, the threshold has it; forecasts are not questions."""
    few, enough = calibration(many(FEW - 1), NOW), calibration(many(FEW), NOW)
    assert (few.questions, len(few.points), few.curve) == (FEW - 1, 2 * FEW - 2, None)
    assert enough.curve is not None
    assert enough.murphy is not None
    only = calibration(many(FEW), NOW, counts=lambda _, stream: stream.by == "a")
    assert {x.stream.by for x in only.points} == {"a"}
    assert calibration({}, NOW).points == ()


def test_a_pool_without_somebody_is_the_pool_of_the_rest() -> None:
    """By hand: the mean of three, and of two; those who are alone on a question do not count."""
    book = a_book([("a", 0, 0.2), ("b", 0, 0.6), ("c", 0, 0.7)]) | a_book(
        [("a", 0, 0.1)], True, "r"
    )
    pools = {one.method: one for one in combine(book, NOW)}
    assert pools["mean"].questions == 1
    assert pools["mean"].brier_halved == pytest.approx(0.25)
    without = {one.by: one for one in pools["mean"].without}
    assert without["a"].change == pytest.approx((0.65 - 1) ** 2 - 0.25)
    assert without["c"].change == pytest.approx((0.4 - 1) ** 2 - 0.25)
    assert without["a"].own == pytest.approx(0.64)
    assert pools_now(book, "q")["median"] == pytest.approx(0.6)
    assert pools_now(book, "r") == {}
    assert combine(a_book([("a", 0, 0.5)]), NOW) == ()
    assert np.isclose(pools["median"].brier_halved, 0.16)
