"""Questions and forecasts as a flat table: one row a forecast, for spreadsheets and other tools.

What a table cannot hold is left behind: earlier resolutions, hashes, provenance. The log as
CSV keeps everything.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime

from detente.ledger.history import Book, History, standing
from detente.ledger.records import Answer, Forecast, Probability, Question
from detente.spreadsheets import csv_text

HEADINGS = (
    "id", "question", "criteria", "fine_print", "kind", "options", "ordered", "unit", "opens",
    "closes", "condition", "truth", "tags", "forecaster", "date", "lens", "reading", "probability",
    "value", "why", "after_the_fact", "outcome", "resolved", "source",
)  # fmt: skip


def flat_csv(book: Book, now: datetime) -> str:
    """Every question with its forecasts and where it stands, one row a forecast."""
    rows = [row for name in book for row in _rows(book, name, now)]
    return csv_text(HEADINGS, rows)


def _rows(book: Book, name: str, now: datetime) -> Iterator[tuple[str, ...]]:
    history: History = book[name]
    front = _question(history.question)
    stands = standing(book, name, now)
    answer = said(stands.answer) if stands.status == "resolved" else ""
    status = "" if stands.status in {"open", "closed", "resolved"} else stands.status
    known = "" if stands.known is None else _moment(stands.known)
    back = (answer or status, known, stands.source)
    if not history.forecasts:
        yield (*front, *[""] * 8, *back)
    for kept in history.forecasts:
        yield (*front, *_forecast(kept.record), *back)


def _question(one: Question) -> tuple[str, ...]:
    return (
        one.id, one.text, one.criteria, one.fine_print, one.kind,
        json.dumps(one.options, ensure_ascii=False) if one.options else "",
        "yes" if one.ordered else "", one.unit, one.opens.isoformat(), one.closes.isoformat(),
        one.condition.model_dump_json(exclude_none=True) if one.condition else "",
        one.truth, " ".join(one.tags),
    )  # fmt: skip


def _forecast(one: Forecast) -> tuple[str, ...]:
    p = one.value.p if isinstance(one.value, Probability) else None
    return (
        one.by, _moment(one.at), one.lens, one.reading,
        "" if p is None else repr(p), one.value.model_dump_json() if p is None else "",
        one.why, "yes" if one.after_the_fact else "",
    )  # fmt: skip


def said(answer: Answer | None) -> str:
    """An answer as a person writes it."""
    if answer is None:
        return ""
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return answer if isinstance(answer, str) else f"{answer:.15g}"


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
