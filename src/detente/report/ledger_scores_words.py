"""Scores and calibration of a ledger in words."""

from __future__ import annotations

from collections.abc import Sequence

from detente.ledger.calibrating import Calibration
from detente.ledger.references import REFERENCES
from detente.ledger.scores.corp import FEW
from detente.ledger.scores.value import BRIER, HALVED, SCORES
from detente.ledger.scoring import Group, Mean

SCORE_HEADINGS = {
    "brier": "Brier, two-class",
    "brier_halved": "Brier, halved",
    "log": "log",
    "rps": "ranked",
    "crps": "CRPS",
}

SCORE_NOTE = (
    "Smaller is better; Brier halved runs from 0 to 1, two-class to 2. \u00b1 is one standard error "
    "over questions. Over time: averaged from opening until the answer was known, over the time "
    "with a forecast."
)
NO_SCORE = "No question with an answer has a forecast that counts."
RELATIVE = ("brier_halved", "brier", "rps")  # the score whose difference from a reference is told


def against_words(groups: Sequence[Group], against: str) -> str:
    """What is subtracted, or that nothing can be held against that reference."""
    if any(one.less_reference for one in groups):
        return f"less: own less that of {REFERENCES[against]}."
    return f"No forecast made in time can be held against {REFERENCES[against]}."


def late_words(late: int) -> str:
    """How many forecasts came too late."""
    return f"{late:,} forecasts do not count: the answer could be known when they were made."


def score_names(groups: Sequence[Group]) -> list[str]:
    """Scores worth a column: the two-class form only where the halved one does not tell it."""
    names = [name for name in SCORES if any(name in one.at_close for one in groups)]
    halved = sum(one.at_close[HALVED].questions for one in groups if HALVED in one.at_close)
    both = sum(one.at_close[BRIER].questions for one in groups if BRIER in one.at_close)
    return [name for name in names if name != BRIER or both > halved]


def mean_words(one: Mean | None) -> str:
    """A mean with its standard error."""
    if one is None:
        return "\u2013"
    if one.mean == float("inf"):
        return "\u221e"
    return f"{one.mean:.3f}" + (f" \u00b1{one.se:.3f}" if one.se is not None else "")


def calibration_sentences(found: Calibration) -> tuple[str, ...]:
    """What a calibration says, and what it cannot say yet."""
    if found.murphy is None:
        return ("No yes-no question with an answer has a forecast that counts.",)
    n, parts = found.questions, found.murphy
    of = "question" if n == 1 else "questions"
    score = f"{len(found.points)} forecasts of {n} {of}; mean halved Brier score {parts.brier:.3f}."
    within = round(parts.within, 3) + 0.0  # no minus before nothing
    made_of = (
        f"It is made of reliability {parts.reliability:.3f} (0 is best), less resolution "
        f"{parts.resolution:.3f}, plus uncertainty {parts.uncertainty:.3f}, and {within:+.3f} "
        "within bins."
    )
    sentences = [score, made_of] if n > 1 else [score]
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
