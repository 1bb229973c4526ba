"""A ledger, its scores and its calibration as JSON objects."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from detente.ledger.calibrating import Calibration
from detente.ledger.chain import Entry
from detente.ledger.combining import Pooled
from detente.ledger.history import Book, Kept, standing
from detente.ledger.records import Forecast, Resolution
from detente.ledger.scores.corp import FEW, Reliability
from detente.ledger.scores.murphy import Murphy
from detente.ledger.scoring import Group, Mean, Scored


def entry_object(entry: Entry) -> dict[str, Any]:
    """An entry with its record as plain data."""
    return {
        "number": entry.number,
        "recorded": entry.recorded,
        "kind": entry.kind,
        "record": json.loads(entry.body),
        "previous": entry.previous,
        "hash": entry.hash,
    }


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


def scores_object(
    groups: Sequence[Group], scored: Sequence[Scored], *, group: str, against: str | None,
    late: int, version: str,
) -> dict[str, Any]:  # fmt: skip
    """Means by group, every stream on every question, and how many forecasts came too late."""
    return {
        "format": "detente-ledger-scores/1",
        "detente": version,
        "group": group,
        "against": against,
        "late": late,
        "groups": [
            {
                "name": one.name,
                "after_the_fact": one.after_the_fact,
                "questions": one.questions,
                "forecasts": one.forecasts,
                "coverage": one.coverage,
                "at_close": _means(one.at_close),
                "time_weighted": _means(one.time_weighted),
                "less_reference": _means(one.less_reference),
                "skill": dict(one.skill),
            }
            for one in groups
        ],
        "scores": [
            {
                "question": one.question.id,
                "by": one.stream.by,
                "lens": one.stream.lens,
                "reading": one.stream.reading,
                "after_the_fact": one.stream.after_the_fact,
                "forecasts": one.forecasts,
                "coverage": one.coverage,
                "at_close": _finite(one.at_close),
                "time_weighted": _finite(one.time_weighted),
                "less_reference": _finite(one.less_reference),
            }
            for one in scored
        ],
    }


def _means(means: Mapping[str, Mean]) -> dict[str, Any]:
    return {
        name: {
            "mean": _number(one.mean),
            "infinite": math.isinf(one.mean),
            "se": one.se,
            "questions": one.questions,
        }
        for name, one in means.items()
    }


def _finite(values: Mapping[str, float]) -> dict[str, float | None]:
    """Scores by name; JSON has no infinity, so an infinite one is null."""
    return {name: _number(value) for name, value in values.items()}


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None


def pooled_object(found: Sequence[Pooled], version: str) -> dict[str, Any]:
    """Every way of pooling, and the pool without each forecaster."""
    return {
        "format": "detente-ledger-pools/1",
        "detente": version,
        "pools": [
            {
                "method": one.method,
                "questions": one.questions,
                "brier_halved": one.brier_halved,
                "without": [
                    {
                        "by": w.by, "questions": w.questions, "own_brier_halved": w.own,
                        "change": w.change,
                    }
                    for w in one.without
                ],
            }
            for one in found
        ],
    }  # fmt: skip


def calibration_object(found: Calibration, version: str) -> dict[str, Any]:
    """Every point, the parts of the score, and the curve where there is one."""
    return {
        "format": "detente-ledger-calibration/1",
        "detente": version,
        "questions": found.questions,
        "curve_needs": FEW,
        "points": [
            {"question": x.question, "by": x.stream.by, "lens": x.stream.lens,
             "reading": x.stream.reading, "p": x.p, "happened": x.happened}
            for x in found.points
        ],
        "murphy": None if found.murphy is None else _murphy(found.murphy),
        "corp": None if found.curve is None else _corp(found.curve),
    }  # fmt: skip


def _murphy(one: Murphy) -> dict[str, Any]:
    return {
        "brier_halved": one.brier,
        "reliability": one.reliability,
        "resolution": one.resolution,
        "uncertainty": one.uncertainty,
        "within_bins": one.within,
        "bins": [
            {"low": b.low, "high": b.high, "count": b.count, "mean": b.mean,
             "came_true": b.came_true}
            for b in one.bins
        ],
    }  # fmt: skip


def _corp(one: Reliability) -> dict[str, Any]:
    return {
        "miscalibration": one.miscalibration,
        "discrimination": one.discrimination,
        "uncertainty": one.uncertainty,
        "level": one.level,
        "resamples": one.resamples,
        "seed": one.seed,
        "points": [
            {"p": p, "recalibrated": c, "low": low, "high": high, "count": int(n)}
            for p, c, low, high, n in zip(
                one.at.tolist(), one.curve.tolist(), one.low.tolist(), one.high.tolist(),
                one.count.tolist(), strict=True,
            )
        ],
    }  # fmt: skip
