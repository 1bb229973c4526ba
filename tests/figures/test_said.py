"""Pictures of one question: what was said last, and what was said over time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from scipy.stats import norm

from detente.figures.drawing import inline_svg
from detente.figures.record import Figure
from detente.figures.said import DRAWN, place_words, said_figure, spread
from detente.figures.said_over_time import NAMED, over_time_figure
from detente.ledger.history import Kept
from detente.ledger.records import (
    Answer,
    Forecast,
    Kind,
    Normal,
    Probability,
    Quantiles,
    Question,
    Sample,
    Shares,
    Value,
)
from detente.ledger.tracks import stream_of

START = datetime(2026, 1, 1, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script> {{7*7}} ]]> ' datum[x.y]"


def a_question(kind: Kind = "yes-no", **more: Any) -> Question:
    return Question(
        id="q", text=HOSTILE, criteria="", kind=kind, opens=START.date(), closes=date(2026, 12, 31),
        **more,
    )  # fmt: skip


def kept(value: Value, by: str = "ann", day: int = 0, **more: Any) -> Kept[Forecast]:
    at = START + timedelta(days=day)
    return Kept(day + 1, at, Forecast(question="q", by=by, at=at, value=value, **more))


def last(*forecasts: Kept[Forecast]) -> dict[Any, Kept[Forecast]]:
    return {stream_of(one.record): one for one in forecasts}


def marks(figure: Figure, kind: str) -> list[dict[str, Any]]:
    """What every layer of a kind shows."""
    layers: Sequence[dict[str, Any]] = figure.spec["layer"]
    return [
        value
        for layer in layers
        if layer["mark"]["type"] == kind
        for value in values_of(figure, layer)
    ]


def values_of(figure: Figure, layer: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows that a layer shows."""
    data = layer.get("data", figure.spec.get("data", {}))
    return figure.spec["datasets"][data["name"]] if "name" in data else data["values"]


def test_each_stream_is_a_row_and_a_mark_at_what_it_said() -> None:
    """Numbers and marks agree, the answer is at its end, made after the fact is hollow and told."""
    figure = said_figure(
        a_question(),
        last(kept(Probability(p=0.3)), kept(Probability(p=0.9), reading="r", after_the_fact=True)),
        answer=False, stands="no",
    )  # fmt: skip
    assert figure is not None
    assert [row[-1] for row in figure.rows] == [0.3, 0.9]
    assert [row[4] for row in figure.rows] == ["in time", "made after the fact"]
    points = marks(figure, "point")
    assert [(p["at"], p["after"]) for p in points] == [(0.3, False), (0.9, True)]
    assert [m["at"] for m in marks(figure, "rule") if "top" in m] == [0.0]
    assert "answer: no" in [m["label"] for m in marks(figure, "text")]
    assert "Hollow: made after the fact." in figure.reading_aid
    assert "From 30%, ann, judgement, to 90%, ann, judgement, r. Answer: no." in figure.alt


def test_without_an_answer_there_is_no_line_for_one() -> None:
    """A question that is void says so, and is drawn as no "no"."""
    figure = said_figure(
        a_question(), last(kept(Probability(p=0.3))), None, "void: its condition failed"
    )
    assert figure is not None
    assert not [m for m in marks(figure, "rule") if "top" in m]
    assert ["void: its condition failed"] in [m["label"] for m in marks(figure, "text")]
    assert said_figure(a_question(), {}, None, "open") is None


@pytest.mark.parametrize(
    ("kind", "value", "answer", "more"),
    [
        ("number", Quantiles(levels=(0.1, 0.9), values=(10, 20)), 12.5, {"unit": "people"}),
        ("number", Normal(mean=3, sd=2), 3.0, {}),
        ("number", Sample(values=(1.0, 2.0, 3.0)), None, {}),
        ("date", Quantiles(levels=(0.2, 0.8), values=("2026-02-01", "2026-04-01")), "2026-03-01", {}),
        ("one-of", Shares(shares={"a": 0.25, HOSTILE: 0.75}), HOSTILE, {"options": ("a", HOSTILE)}),
    ],
)  # fmt: skip
def test_every_kind_is_drawn(
    kind: Kind, value: Value, answer: Answer | None, more: dict[str, Any]
) -> None:
    """Both pictures can be drawn, hostile names and all, and hold no script."""
    question = a_question(kind, **more)
    said = kept(value, by=HOSTILE)
    again = kept(value, by=HOSTILE, day=3)
    figures = (
        said_figure(question, last(said), answer, "resolved"),
        over_time_figure(
            question, {stream_of(said.record): [said, again]}, answer, START + timedelta(days=9)
        ),
    )
    for figure in figures:
        assert figure is not None
        drawn = inline_svg(figure)
        assert "<script" not in drawn
        assert "NaN" not in drawn
        assert all(len(row) == len(figure.columns) for row in figure.rows)


def test_ends_and_middle_of_a_distribution() -> None:
    """Closed forms: of a normal distribution, of even quantiles, of a sample."""
    number = a_question("number")
    assert spread(number, Normal(mean=5, sd=2)) == pytest.approx(norm(5, 2).ppf([0.05, 0.5, 0.95]))
    assert spread(number, Quantiles(levels=(0.25, 0.75), values=(0, 4))) == (0.0, 2.0, 4.0)
    sample = spread(number, Sample(values=tuple(range(101))))
    assert sample == pytest.approx((5.0, 50.0, 95.0))
    day = a_question("date")
    low, middle, high = spread(
        day, Quantiles(levels=(0.25, 0.75), values=("2026-01-01", "2026-01-03"))
    )
    assert [place_words(day, x) for x in (low, middle, high)] == [
        "2026-01-01", "2026-01-02", "2026-01-03",
    ]  # fmt: skip


def test_many_rows_are_capped_in_the_picture_and_not_in_the_numbers() -> None:
    """What is not drawn is said."""
    many = last(*(kept(Probability(p=k / 100), by=f"n{k}") for k in range(DRAWN + 5)))
    figure = said_figure(a_question(), many, None, "open")
    assert figure is not None
    assert len(figure.rows) == DRAWN + 5
    assert len(marks(figure, "point")) == DRAWN
    assert f"{DRAWN} of {DRAWN + 5} are drawn" in figure.reading_aid


def test_over_time_a_step_for_each_forecast() -> None:
    """Few streams are drawn one by one until the end; nothing is drawn where nothing changed."""
    said = [kept(Probability(p=p), day=d) for d, p in ((0, 0.2), (4, 0.6))]
    late = kept(Probability(p=0.9), day=2, after_the_fact=True)
    end = START + timedelta(days=10)
    streams = {stream_of(said[0].record): said, stream_of(late.record): [late]}
    figure = over_time_figure(a_question(), streams, answer=True, end=end)
    assert figure is not None
    assert [row[-1] for row in figure.rows] == [0.2, 0.6, 0.9]
    (line,) = [layer for layer in figure.spec["layer"] if layer["mark"]["type"] == "line"]
    steps = values_of(figure, line)
    assert [(s["x"] / 1000 - START.timestamp()) / 86400 for s in steps] == [0.0, 4.0, 10.0]
    assert steps[1]["y"] == steps[2]["y"]
    assert "Hollow, without a line: made after the fact." in figure.reading_aid
    only = {stream_of(late.record): [late]}
    assert over_time_figure(a_question(), only, answer=True, end=end) is None


def test_many_streams_have_their_median() -> None:
    """The thick line is the median of what stood, by brute force over days."""
    rng = np.random.default_rng(1)
    streams: dict[Any, list[Kept[Forecast]]] = {}
    for k in range(NAMED + 4):
        days = sorted(rng.choice(30, size=3, replace=False).tolist())
        said = [kept(Probability(p=float(rng.uniform())), by=f"n{k}", day=d) for d in days]
        streams[stream_of(said[0].record)] = said
    end = START + timedelta(days=40)
    figure = over_time_figure(a_question(), streams, None, end)
    assert figure is not None
    lines = [one for one in figure.spec["layer"] if one["mark"]["type"] == "line"]
    thick = values_of(figure, max(lines, key=lambda one: one["mark"]["strokeWidth"]))
    zero, one = (
        next(m["y"] for m in marks(figure, "text") if m["label"] == told) for told in ("0%", "100%")
    )
    for step in thick[:-1]:
        stood = [
            before[-1].record.value.p
            for said in streams.values()
            if (before := [s for s in said if s.record.at.timestamp() * 1000 <= step["x"]])
            and isinstance(before[-1].record.value, Probability)
        ]
        assert (zero - step["y"]) / (zero - one) == pytest.approx(float(np.median(stood)))
