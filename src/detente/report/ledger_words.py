"""A ledger in words: what was forecast, and where a question stands."""

from __future__ import annotations

from datetime import datetime

from detente.ledger.exchange.flat import said
from detente.ledger.history import Standing
from detente.ledger.records import (
    AFTER,
    Forecast,
    Normal,
    Probability,
    Quantiles,
    Sample,
    Shares,
    Value,
)

STATUS_WORDS = {
    "open": "open",
    "closed": "closed, not answered yet",
    "resolved": "answered",
    "ambiguous": "ambiguous: the criteria do not decide",
    "annulled": "annulled: the question was a mistake",
    "void": "void: its condition failed",
}

NOTE_HASH = (
    "A log written anew from the start is sound too: note this hash elsewhere, and give it with "
    "--head the next time."
)
TOO_LATE = "does not count: the answer could be known"


def sound_words(entries: int, faults: int) -> str:
    """How long a log is, and whether it is sound."""
    sound = "sound" if not faults else f"{faults} fault{'s' if faults > 1 else ''}"
    return f"{entries:,} entries, {sound}"


def share_words(p: float) -> str:
    """A probability in per cent, to three digits."""
    return f"{100.0 * p:.3g}%"


def value_words(value: Value) -> str:
    """A forecast in a few words."""
    match value:
        case Probability():
            return share_words(value.p)
        case Shares():
            return ", ".join(f"{name} {share_words(p)}" for name, p in value.shares.items())
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


def day_words(at: datetime) -> str:
    """A moment as a day."""
    return f"{at:%Y-%m-%d}"
