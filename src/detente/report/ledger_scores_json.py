"""Scores, pools and calibration of a ledger as JSON objects."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from detente.ledger.calibrating import Calibration
from detente.ledger.combining import Pooled
from detente.ledger.scores.corp import FEW, Reliability
from detente.ledger.scores.murphy import Murphy
from detente.ledger.scoring import Group, Mean, Scored


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
