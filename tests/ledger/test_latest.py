"""What each stream said last: the same streams that are scored, in the same order."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from detente.ledger.history import History, Kept
from detente.ledger.latest import by_stream, latest
from detente.ledger.records import Forecast, Probability, Question, Resolution
from detente.ledger.tracks import courses

START = datetime(2026, 1, 1, tzinfo=UTC)
NOW = START + timedelta(days=90)
SAID = st.lists(
    st.tuples(
        st.sampled_from(["ann", "bob"]), st.sampled_from(["", "calm"]), st.integers(0, 60),
        st.floats(0, 1), st.booleans(),
    ),
    max_size=12,
)  # fmt: skip


@given(SAID, st.integers(1, 60))
@settings(max_examples=60, deadline=None)
def test_streams_are_those_that_are_scored(
    said: list[tuple[str, str, int, float, bool]], known: int
) -> None:
    """Values, moments and order are those of the tracks; what came too late is left out."""
    question = Question(
        id="q", text="?", criteria="!", opens=START.date(), closes=date(2026, 12, 31)
    )
    answer = Resolution(
        question="q", verdict="value", answer=True, known=START + timedelta(days=known),
        source="it", by="ann",
    )  # fmt: skip
    forecasts = [
        Forecast(
            question="q", by=by, reading=reading, at=START + timedelta(days=day),
            value=Probability(p=p), after_the_fact=after,
        )
        for by, reading, day, p, after in said
    ]  # fmt: skip
    history = History(
        Kept(1, START, question),
        [Kept(n, NOW, one) for n, one in enumerate(forecasts, 2)],
        [Kept(len(forecasts) + 2, NOW, answer)],
    )
    (course,) = courses({"q": history}, NOW)
    found = by_stream({"q": history}, "q", NOW)
    assert [
        (stream, tuple(one.record.value for one in kept), [k.record.at.timestamp() for k in kept])
        for stream, kept in found.items()
    ] == [(track.stream, track.values, track.since.tolist()) for track in course.tracks]
    last = latest({"q": history}, "q", NOW)
    assert list(last) == list(found)
    assert all(one is found[stream][-1] for stream, one in last.items())
