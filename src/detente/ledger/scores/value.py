"""The scores of one forecast against one answer: which apply depends on the kind of question."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from detente.arrays import Floats
from detente.ledger.records import (
    Answer,
    Normal,
    Probability,
    Quantiles,
    Question,
    Sample,
    Shares,
    Value,
)
from detente.ledger.scores.crps import crps_normal, crps_quantiles, crps_sample
from detente.ledger.scores.probability import brier, brier_halved, log_score
from detente.ledger.scores.ranked import rps
from detente.ledger.values import point_number

BRIER, HALVED, LOG, RPS, CRPS = "brier", "brier_halved", "log", "rps", "crps"
SCORES = {
    BRIER: "Brier, two-class form (0 to 2)",
    HALVED: "Brier, halved (0 to 1)",
    LOG: "logarithmic",
    RPS: "ranked probability",
    CRPS: "continuous ranked probability",
}
Scores = dict[str, Floats]  # by name, in the order of SCORES


def classes(question: Question) -> tuple[str, ...]:
    """What a question of classes can be answered with; none for a number or a date."""
    return ("no", "yes") if question.kind == "yes-no" else question.options


def as_shares(question: Question, value: Value) -> Floats:
    """Probabilities in the order of ``classes``, shape (class,), adding up to 1."""
    if isinstance(value, Probability):
        return np.array([1.0 - value.p, value.p])
    assert isinstance(value, Shares)
    found = np.array([value.shares[name] for name in question.options])
    return found / found.sum()


def class_of(question: Question, answer: Answer) -> int:
    """Which class came true."""
    return int(answer is True) if question.kind == "yes-no" else question.options.index(str(answer))


def scores_of_shares(question: Question, shares: Floats, answer: Answer) -> Scores:
    """Every score that applies, each of shape (forecast,), from shares (forecast, class)."""
    happened = np.zeros_like(shares)
    true = class_of(question, answer)
    happened[:, true] = 1.0
    found = {BRIER: brier(shares, happened)}
    if question.kind == "yes-no":
        found[HALVED] = brier_halved(shares[:, 1], happened[:, 1])
    found[LOG] = log_score(shares[:, true])
    if question.ordered:
        found[RPS] = rps(shares, happened)
    return found


def scores_of(question: Question, values: Sequence[Value], answer: Answer) -> Scores:
    """Every score that applies, each of shape (forecast,). ``values`` fit the question."""
    if classes(question):
        shares = np.array([as_shares(question, value) for value in values])
        return scores_of_shares(question, shares, answer)
    y = point_number(question, answer)
    return {CRPS: np.array([_crps(question, value, y) for value in values])}


def _crps(question: Question, value: Value, y: float) -> float:
    match value:
        case Normal():
            return crps_normal(value.mean, value.sd, y)
        case Quantiles():
            return crps_quantiles(np.array(value.levels), _points(question, value), y)
        case Sample():
            return crps_sample(_points(question, value), y)
        case _:
            raise TypeError(f"{value.form} is no forecast of a number")


def _points(question: Question, value: Quantiles | Sample) -> Floats:
    return np.array([point_number(question, point) for point in value.values])
