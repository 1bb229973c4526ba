"""A ledger as a JSON object."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from detente.ledger.chain import Fault
from detente.ledger.combining import pools_now
from detente.ledger.history import Book, Kept, standing
from detente.ledger.records import Forecast, Resolution


def question_object(book: Book, name: str, now: datetime) -> dict[str, Any]:
    """A question, where it stands, and everything that was said of it."""
    history, stands = book[name], standing(book, name, now)
    return {
        "entry": history.asked.number,
        "question": history.question.model_dump(mode="json", exclude_none=True),
        "status": stands.status,
        "answer": stands.answer,
        "known": None if stands.known is None else stands.known.astimezone(UTC).isoformat(),
        "decided_by": stands.because,
        "together": pools_now(book, name),
        "forecasts": [_kept(one) for one in history.forecasts],
        "resolutions": [_kept(one) for one in history.resolutions],
    }


def _kept(one: Kept[Forecast] | Kept[Resolution]) -> dict[str, Any]:
    return {
        "entry": one.number,
        "recorded": one.recorded.isoformat(),
        **one.record.model_dump(mode="json", exclude_none=True),
    }


def ledger_object(
    book: Book, names: Sequence[str], now: datetime, *, where: str, head: tuple[int, str],
    version: str,
) -> dict[str, Any]:  # fmt: skip
    """The questions named, and where the log ends."""
    return {
        "format": "detente-ledger/1",
        "detente": version,
        "ledger": where,
        "read_at": now.astimezone(UTC).isoformat(timespec="seconds"),
        "entries": head[0],
        "head": head[1],
        "questions": [question_object(book, name, now) for name in names],
    }


def verified_object(where: str, head: tuple[int, str], faults: Sequence[Fault]) -> dict[str, Any]:
    """Where a log ends, and everything that is wrong with it."""
    return {
        "ledger": where,
        "entries": head[0],
        "head": head[1] if head[0] else None,
        "sound": not faults,
        "faults": [{"flaw": f.flaw, "number": f.number, "says": f.says} for f in faults],
    }
