"""A ledger in words: what was forecast, where a question stands, what a score is called."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from detente.figures.naming import percent
from detente.ledger.calibrating import Calibration
from detente.ledger.exchange.flat import said
from detente.ledger.history import Standing
from detente.ledger.records import Forecast, Normal, Probability, Quantiles, Sample, Shares, Value
from detente.ledger.scores.corp import FEW
from detente.ledger.scores.value import BRIER, HALVED, SCORES
from detente.ledger.scoring import Group, Mean

SCORE_HEADINGS = {
    "brier": "Brier (0\u20132)",
    "brier_halved": "Brier halved (0\u20131)",
    "log": "log",
    "rps": "ranked",
    "crps": "CRPS",
}
STATUS_WORDS = {
    "open": "open",
    "closed": "closed, not answered yet",
    "resolved": "answered",
    "ambiguous": "ambiguous: the criteria do not decide",
    "annulled": "annulled: the question was a mistake",
    "void": "void: its condition failed",
}
AFTER = "made after the fact"


def score_names(groups: Sequence[Group]) -> list[str]:
    """Scores worth a column: the two-class form only where the halved one does not tell it."""
    names = [name for name in SCORES if any(name in one.at_close for one in groups)]
    halved = sum(one.at_close[HALVED].questions for one in groups if HALVED in one.at_close)
    both = sum(one.at_close[BRIER].questions for one in groups if BRIER in one.at_close)
    return [name for name in names if name != BRIER or both > halved]


def value_words(value: Value) -> str:
    """A forecast in a few words."""
    match value:
        case Probability():
            return percent(value.p)
        case Shares():
            return ", ".join(f"{name} {percent(p)}" for name, p in value.shares.items())
        case Quantiles():
            pairs = zip(value.levels, value.values, strict=True)
            return ", ".join(f"{level:g}: {point}" for level, point in pairs)
        case Normal():
            return f"normal, mean {value.mean:g}, sd {value.sd:g}"
        case Sample():
            return f"a sample of {len(value.values)}"


def standing_words(stands: Standing) -> str:
    """Where a question stands; only an answer is ever told as yes or no."""
    if stands.status == "resolved":
        return said(stands.answer)
    told = STATUS_WORDS[stands.status]
    return f"{told} ({stands.because})" if stands.because else told


def forecast_notes(one: Forecast) -> str:
    """The lens, the reading, and whether it was made after the fact or taken from elsewhere."""
    parts = [one.lens, one.reading, AFTER if one.after_the_fact else ""]
    parts.append("imported" if one.imported else "")
    return ", ".join(part for part in parts if part)


def mean_words(one: Mean | None) -> str:
    """A mean with its standard error."""
    if one is None:
        return "\u2013"
    if one.mean == float("inf"):
        return "\u221e"
    return f"{one.mean:.3f}" + (f" \u00b1{one.se:.3f}" if one.se is not None else "")


def day_words(at: datetime) -> str:
    """A moment as a day."""
    return f"{at:%Y-%m-%d}"


def calibration_sentences(found: Calibration) -> tuple[str, ...]:
    """What a calibration says, and what it cannot say yet."""
    if found.murphy is None:
        return ("No yes-no question with an answer has a forecast that counts.",)
    n, parts = found.questions, found.murphy
    of = "question" if n == 1 else "questions"
    score = f"{len(found.points)} forecasts of {n} {of}; mean halved Brier score {parts.brier:.3f}."
    made_of = (
        f"It is made of reliability {parts.reliability:.3f} (0 is best), less resolution "
        f"{parts.resolution:.3f}, plus uncertainty {parts.uncertainty:.3f}, and {parts.within:+.3f} "
        "within bins."
    )
    sentences = [score, made_of]
    if found.curve is None:
        sentences.append(
            f"No curve is drawn from fewer than {FEW} questions: it would show chance. "
            f"{FEW - n} more are needed."
        )
        return tuple(sentences)
    curve = found.curve
    outside = int(((curve.curve < curve.low) | (curve.curve > curve.high)).sum())
    sentences.append(
        f"Without bins: miscalibration {curve.miscalibration:.3f}, discrimination "
        f"{curve.discrimination:.3f}, uncertainty {curve.uncertainty:.3f}; {outside} of "
        f"{len(curve.at)} points lie outside the {curve.level:.0%} band of reliable forecasts."
    )
    return tuple(sentences)
